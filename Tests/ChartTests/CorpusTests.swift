import Chart
import Foundation
import Testing

/// Laws that hold for every real file, not only for those that we thought of. Skipped without the corpus.
@Suite(.enabled(if: Corpus.isHere, "the corpus of real simfiles is not here")) struct CorpusTests {
  @Test func unchangedFilesKeepTheirBytes() {
    #expect(
      Corpus.failures { _, document in
        document.serialized(document.simfile).bytes == document.bytes ? nil : "the bytes differ"
      } == [])
  }

  @Test func anotherCreditChangesThatTagAlone() {
    #expect(
      Corpus.failures { url, document in
        var edited = document.simfile
        edited.song[.credit] = "Ann Other"
        let written = document.serialized(edited).bytes
        let again = try SimfileDocument(
          bytes: written, name: url.lastPathComponent, encoding: document.encoding)
        if again.simfile != edited { return "it reads back as something else" }
        let (old, new) = Self.changedLines(document.bytes, written)
        return old.count > 1 || new.count > 1 ? "\(old.count) lines became \(new.count)" : nil
      } == [])
  }

  @Test func aNoteChangesItsMeasureAlone() {
    let edits = Corpus.isWhole ? 500 : 60
    let chosen = Set((0..<edits).map { $0 * Corpus.files.count / edits }.map { Corpus.files[$0] })
    #expect(
      Corpus.failures { url, document in
        guard chosen.contains(url) else { return nil }
        var random = Seeded(UInt64(url.path.utf8.reduce(7) { $0 &* 31 &+ Int($1) } & .max))
        var edited = document.simfile
        guard let measure = Self.editOneNote(of: &edited, &random) else { return nil }
        let written = document.serialized(edited).bytes
        let again = try SimfileDocument(
          bytes: written, name: url.lastPathComponent, encoding: document.encoding)
        if again.simfile != edited { return "measure \(measure): it reads back as something else" }
        let (old, new) = Self.changedLines(document.bytes, written)
        let isWithin = (old + new).allSatisfy {
          !$0.contains(UInt8(ascii: ",")) && !$0.contains(UInt8(ascii: "#"))
        }
        return isWithin ? nil : "measure \(measure): \(old.count) lines became \(new.count)"
      } == [])
  }

  @Test func theCanonicalFormSaysTheSameAndIsFixed() {
    #expect(
      Corpus.failures { url, document in
        let once = try SimfileDocument(bytes: document.canonicalBytes, name: url.lastPathComponent)
        if once.simfile.charts.map(\.notes) != document.simfile.charts.map(\.notes) { return "other notes" }
        if once.simfile.charts.map(\.timing) != document.simfile.charts.map(\.timing) { return "other times" }
        return once.canonicalBytes == once.bytes ? nil : "its own canonical form is another"
      } == [])
  }

  @Test func everyFindingHasAPlace() {
    #expect(
      Corpus.failures { _, document in
        let lost = Lint.findings(in: document).first { $0.line == nil && $0.chart != nil }
        return lost.map { "\($0.code) has no line" }
      } == [])
  }

  @Test func ucsKeepsTimesWhereNothingIsLost() {
    #expect(Corpus.failures { _, document in try Self.ucsFailure(document.simfile) } == [])
  }

  /// The worst of a file's charts, written as `.ucs`, read again and compared.
  private static func ucsFailure(_ simfile: Simfile) throws -> String? {
    for (index, chart) in simfile.charts.enumerated()
    where [.pumpSingle, .pumpDouble].contains(chart.header.stepsType) {
      let written = try UCSDocument.written(
        Simfile(timing: simfile.timing(of: chart), charts: [chart]), chart: 0)
      guard written.losses.isEmpty else { continue }
      let again = try UCSDocument(bytes: written.bytes, name: "x").simfile
      let (old, new) = (times(chart, simfile), times(again.charts[0], again))
      if old.count != new.count { return "chart \(index): \(old.count) notes became \(new.count)" }
      let worst = zip(old, new).map { max(abs($0.start - $1.start), abs($0.end - $1.end)) }.max() ?? 0
      if worst > 0.0005 { return "chart \(index): \(worst * 1000) ms off" }
      if !zip(old, new).allSatisfy({ $0.lane == $1.lane }) { return "chart \(index): other lanes" }
    }
    return nil
  }

  private struct Sounding {
    var start: Double
    var lane: Int
    var end: Double
  }

  private static func times(_ chart: StepChart, _ simfile: Simfile) -> [Sounding] {
    let map = TimingMap(simfile.timing(of: chart))
    return chart.notes.map { note in
      Sounding(
        start: map.seconds(at: note.row).value, lane: note.lane.index,
        end: map.seconds(at: note.lastRow).value)
    }
  }

  /// Puts a tap into a chart, or takes one away. Returns its measure; nil when the file has no room for that.
  private static func editOneNote(of simfile: inout Simfile, _ random: inout Seeded) -> Int? {
    guard let index = simfile.charts.indices.randomElement(using: &random) else { return nil }
    let chart = simfile.charts[index]
    guard let last = chart.notes.last, let lanes = chart.header.stepsType.lanes else { return nil }
    let row = Row(
      Int.random(in: 0...last.row.measure, using: &random) * 192 + 12 * Int.random(in: 0..<16, using: &random)
    )
    let lane = Lane(Int.random(in: 0..<lanes, using: &random))
    if let there = chart.notes.note(covering: row, lane: lane) {
      guard there.kind == .tap else { return nil }
      simfile.charts[index].notes.remove(there)
    } else {
      let player = chart.notes.allSatisfy { $0.modifiers.player != nil } ? 0 : nil
      simfile.charts[index].notes.insert(Note(row: row, lane: lane, modifiers: NoteModifiers(player: player)))
    }
    return row.measure
  }

  /// The lines between those that both texts begin and end with.
  private static func changedLines(
    _ before: [UInt8], _ after: [UInt8]
  ) -> (old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) {
    let old = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let new = after.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let same = zip(old, new).prefix { $0.elementsEqual($1) }.count
    let rest = (old: old.dropFirst(same), new: new.dropFirst(same))
    let sameAtEnd = zip(rest.old.reversed(), rest.new.reversed()).prefix { $0.elementsEqual($1) }.count
    return (Array(rest.old.dropLast(sameAtEnd)), Array(rest.new.dropLast(sameAtEnd)))
  }
}
