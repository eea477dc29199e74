import Chart
import Foundation

/// What a chart itself says about one of its rows: the rows that followed the same steps in the same rhythm elsewhere,
/// mirrored or not, likeliest first.
struct Recollection: Sendable {
  static let most = 4

  /// Rows of the vocabulary, with their shares of all votes.
  var candidates: [(row: Int, share: Float)] = []
  /// How many steps agreed, at most.
  var length = 0
}

/// The rhythm of a chart, as recall looks at it.
struct RecallRhythm: Sendable {
  private static let noGap = 384

  /// Rows from the step before to each step, and from the last to nowhere.
  let gaps: [Int]
  /// Where each step stands in its measure.
  let places: [Int]
  /// The steps that have the same gap before them, for each gap, ascending.
  private let byGap: [Int: [Int32]]

  init(rows: [Row]) {
    var gaps = [Int](repeating: Self.noGap, count: rows.count + 1)
    for step in rows.indices.dropFirst() { gaps[step] = rows[step - 1].distance(to: rows[step]) }
    self.gaps = gaps
    places = rows.map { $0.index - $0.measure * Row.perMeasure }
    var byGap: [Int: [Int32]] = [:]
    for step in rows.indices { byGap[gaps[step], default: []].append(Int32(step)) }
    self.byGap = byGap
  }

  var count: Int { places.count }

  /// The steps whose gap equals a step's.
  func witnesses(for step: Int) -> [Int32] { byGap[gaps[step]] ?? [] }
}

/// Asks a chart's own rows about the next one (after prediction by partial matching, J. Cleary and I. Witten, 1984).
/// One for each thread: it keeps the tables that a question needs.
struct Recall {
  static let longest = 12
  /// Weights of a vote: e^1.5 a step that agrees, e for the same gap to the next step, e for the same place in the
  /// measure, e^-0.3 for a mirror image.
  /// Not static, which costs a look each time.
  private let byLength = (0...longest).map { exp(1.5 * Double($0)) }
  private let byMirror = [1, exp(-0.3), exp(-0.3), exp(-0.3)]
  /// Of the gap to the next step and the place in the measure, how many agree.
  private let byAgreement = (0...2).map { exp(Double($0)) }

  private let images: [[Int32]]
  private var votes: [Double]
  /// Votes of steps as they stand, before their images vote.
  private var plain: [Double]
  private var touched: [Int32] = []
  /// For each row a bit for each mirror under which it is the row before the step that is asked about.
  private var mirrorsToBefore: [UInt8]

  init(_ images: RowImages, rows: Int) {
    self.images = images.images
    votes = [Double](repeating: 0, count: rows)
    plain = votes
    mirrorsToBefore = [UInt8](repeating: 0, count: rows)
  }

  /// - Parameters:
  ///   - known: the row of the vocabulary on each step; -1 for those that are not known or not in it.
  ///   - limit: steps from here on are not heard. To hear all, the step asked about must not be known.
  mutating func ask(_ step: Int, _ rhythm: RecallRhythm, known: [Int32], below limit: Int) -> Recollection {
    var total = 0.0
    var longest = 0
    let images = images(before: step, known)
    for image in images { mirrorsToBefore[image.row] |= 1 << image.mirror }
    let (next, place) = (rhythm.gaps[step + 1], rhythm.places[step])
    for witness in rhythm.witnesses(for: step) {
      // Ascending.
      guard witness < limit else { break }
      let row = known[Int(witness)]
      guard row >= 0 else { continue }
      let agreement =
        (rhythm.gaps[Int(witness) + 1] == next ? 1 : 0) + (rhythm.places[Int(witness)] == place ? 1 : 0)
      let weight = byAgreement[agreement]
      touch(row)
      plain[Int(row)] += weight
      let before = witness > 0 ? known[Int(witness) - 1] : -1
      guard before >= 0 else { continue }
      var mirrors = mirrorsToBefore[Int(before)]
      while mirrors != 0 {
        let mirror = mirrors.trailingZeroBitCount
        mirrors &= mirrors - 1
        let run = run(mirror, before: step, Int(witness), rhythm, known)
        let image = self.images[mirror][Int(row)]
        guard run > 0, image >= 0 else { continue }
        let extra = (byLength[run] - 1) * weight * byMirror[mirror]
        vote(for: image, extra)
        total += extra
        longest = max(longest, run)
      }
    }
    for index in touched.indices where plain[Int(touched[index])] > 0 {
      let row = Int(touched[index])
      for (mirror, image) in self.images.enumerated() where image[row] >= 0 {
        let weight = plain[row] * byMirror[mirror]
        vote(for: image[row], weight)
        total += weight
      }
    }
    defer { forget(images) }
    return Recollection(candidates: total > 0 ? best(of: total) : [], length: longest)
  }

  /// The images of the row before a step. All mirrors are their own inverses.
  private func images(before step: Int, _ known: [Int32]) -> [(mirror: Int, row: Int)] {
    guard step > 0, known[step - 1] >= 0 else { return [] }
    let before = Int(known[step - 1])
    return images.indices.compactMap { images[$0][before] >= 0 ? ($0, Int(images[$0][before])) : nil }
  }

  /// How many steps before a witness equal those before a step.
  private func run(
    _ mirror: Int, before step: Int, _ witness: Int, _ rhythm: RecallRhythm, _ known: [Int32]
  ) -> Int {
    let images = images[mirror]
    var length = 0
    var own = step - 1
    var other = witness - 1
    while length < Self.longest, own >= 0, other >= 0, known[own] >= 0, known[other] >= 0,
      images[Int(known[other])] == known[own]
    {
      length += 1
      if rhythm.gaps[own] != rhythm.gaps[other] { break }
      own -= 1
      other -= 1
    }
    return length
  }

  @inline(__always)
  private mutating func vote(for row: Int32, _ weight: Double) {
    touch(row)
    votes[Int(row)] += weight
  }

  @inline(__always)
  private mutating func touch(_ row: Int32) {
    if votes[Int(row)] == 0, plain[Int(row)] == 0 { touched.append(row) }
  }

  private func best(of total: Double) -> [(row: Int, share: Float)] {
    var best: [(row: Int, votes: Double)] = []
    for row in touched.map(Int.init) {
      let position =
        best.firstIndex { votes[row] > $0.votes || votes[row] == $0.votes && row < $0.row } ?? best.count
      guard position < Recollection.most, votes[row] > 0 else { continue }
      best.insert((row, votes[row]), at: position)
      if best.count > Recollection.most { best.removeLast() }
    }
    return best.map { ($0.row, Float($0.votes / total)) }
  }

  private mutating func forget(_ images: [(mirror: Int, row: Int)]) {
    for image in images { mirrorsToBefore[image.row] = 0 }
    for row in touched {
      votes[Int(row)] = 0
      plain[Int(row)] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }
}
