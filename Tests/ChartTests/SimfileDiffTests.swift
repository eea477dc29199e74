import Chart
import Testing

@Suite struct SimfileDiffTests {
  @Test func aFileDoesNotDifferFromItself() {
    #expect(SimfileDiff(from: LintTests.sound(), to: LintTests.sound()).isEmpty)
  }

  @Test func notesAreAddedRemovedAndMoved() {
    let old = LintTests.sound()
    var new = old
    new.charts[0].notes.remove(Note(row: Row(0), lane: Lane(0)))
    new.charts[0].notes.insert(Note(row: Row(12), lane: Lane(0)))
    new.charts[0].notes.insert(Note(row: Row(400), lane: Lane(2)))
    let change = SimfileDiff(from: old, to: new).changed.first
    #expect(change?.moved.map(\.from) == [Note(row: Row(0), lane: Lane(0))])
    #expect(change?.moved.map(\.to) == [Note(row: Row(12), lane: Lane(0))])
    #expect(change?.added == [Note(row: Row(400), lane: Lane(2))])
    #expect(change?.removed == [])
  }

  @Test func chartsArePairedByWhatTheyAreCalled() {
    var old = LintTests.sound()
    var other = old.charts[0]
    other.header.description = "S9"
    other.header.meter = 9
    old.charts.append(other)
    var new = old
    new.charts.swapAt(0, 1)
    #expect(SimfileDiff(from: old, to: new).isEmpty)
    new.charts[0].header.meter = 10
    new.charts[1].timing?.offset = Seconds(-0.01)
    new.charts.append(StepChart(header: ChartHeader(stepsType: .danceSingle)))
    let diff = SimfileDiff(from: old, to: new)
    #expect(diff.changed.map(\.header) == [[], ["METER"]])
    #expect(diff.changed.map(\.timing) == [["OFFSET"], []])
    #expect(diff.added == [2])
  }
}
