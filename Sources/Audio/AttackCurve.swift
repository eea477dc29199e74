import Glibc

/// How suddenly a sound grows louder, millisecond by millisecond: where drums and the like set in.
///
/// Drums are looked for where they are heard: in the sound itself and in its differences, which lift what is high, so
/// that a hi-hat over a bass is found too.
package struct AttackCurve: Sendable {
  /// Where a sound may be cut in two.
  package struct Cut: Hashable, Sendable {
    package var frame: Int
    /// Whether a sound sets in there; else it is only the best place around.
    package var isAttack: Bool
    package init(frame: Int, isAttack: Bool) {
      self.frame = frame
      self.isAttack = isAttack
    }
  }

  /// Frames for each value.
  private let hop: Int
  /// The natural logarithm of the growth of the energy at the start of each hop.
  private let values: [Float]
  /// The frames at which something sets in, in order.
  private let attacks: [Int]

  /// Growth from which a sound is said to set in: 4.3 dB.
  private static let threshold: Float = 1
  /// No two attacks are nearer, in hops: a drum and its echo are one.
  private static let apart = 50
  /// Hops before and after a moment that are compared.
  private static let (before, after) = (15, 5)
  /// What counts as silence, as a part of the mean energy.
  private static let floor = 1e-3

  package init(of clip: AudioClip) {
    hop = max(1, clip.rate / 1000)
    let count = clip.length.count / hop
    var values = [Float](repeating: 0, count: count)
    for energies in Self.energies(of: clip, hop: hop, count: count) {
      var sums = [0.0]
      sums.reserveCapacity(count + 1)
      for energy in energies { sums.append(sums[sums.count - 1] + Double(energy)) }
      let floor = Self.floor * sums[count] / Double(max(1, count)) + .leastNormalMagnitude
      for index in 0..<count {
        let next = (sums[min(count, index + Self.after)] - sums[index]) / Double(Self.after)
        let last = (sums[index] - sums[max(0, index - Self.before)]) / Double(Self.before)
        values[index] = max(values[index], Float(log((next + floor) / (last + floor))))
      }
    }
    self.values = values
    attacks = Self.peaks(of: values).map { [hop] in Self.start(in: clip, from: $0 * hop, hop: hop) }
  }

  /// The energies of each hop: of the sound and of its differences.
  private static func energies(of clip: AudioClip, hop: Int, count: Int) -> [[Float]] {
    var plain = [Float](repeating: 0, count: count)
    var differences = plain
    for channel in clip.channels {
      channel.withUnsafeBufferPointer { samples in
        var last = samples.first ?? 0
        for index in 0..<count {
          var (sum, high): (Float, Float) = (0, 0)
          for frame in index * hop..<(index + 1) * hop {
            let sample = samples[frame]
            sum += sample * sample
            high += (sample - last) * (sample - last)
            last = sample
          }
          plain[index] += sum
          differences[index] += high
        }
      }
    }
    return [plain, differences]
  }

  /// The attacks, in order, and between two that are further apart than `longest` frames the best places there are.
  package func cuts(longest: Int) -> [Cut] {
    let most = max(2, longest / hop)
    let end = values.count * hop
    var cuts: [Cut] = []
    var last = 0
    for attack in attacks + [end] {
      while attack - last > most * hop {
        let hops = last / hop + most / 2..<min(values.count, last / hop + most)
        last = Self.strongest(of: values, in: hops) * hop
        cuts.append(Cut(frame: last, isAttack: false))
      }
      guard attack < end else { break }
      cuts.append(Cut(frame: attack, isAttack: true))
      last = attack
    }
    return cuts
  }

  private static func peaks(of values: [Float]) -> [Int] {
    var found: [Int] = []
    for index in values.indices where values[index] > threshold {
      if let last = found.last, index - last < apart { continue }
      let around = max(0, index - apart / 2)..<min(values.count, index + apart / 2)
      if values[index] >= values[strongest(of: values, in: around)] { found.append(index) }
    }
    return found
  }

  /// The first frame in two hops that differs from the one before by half as much as any there. At a tenth of the speed a
  /// millisecond that is missed here is nine that are heard.
  private static func start(in clip: AudioClip, from frame: Int, hop: Int) -> Int {
    let frames = max(1, frame)..<min(clip.length.count, frame + 2 * hop)
    let steps = frames.map { frame in
      clip.channels.reduce(0) { max($0, abs($1[frame] - $1[frame - 1])) }
    }
    let largest = steps.max() ?? 0
    return frames.lowerBound + (steps.firstIndex { $0 * 2 >= largest } ?? 0)
  }

  private static func strongest(of values: [Float], in range: Range<Int>) -> Int {
    range.max { values[$0] < values[$1] } ?? range.lowerBound
  }
}
