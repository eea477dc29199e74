/// Where notes are drawn: what SCROLLS and SPEEDS make of beats. Timing and judging do not depend on it.
package struct DisplayMap: Sendable {
  private struct Scroll {
    var row: Row
    var ratio: Double
    /// Displayed beats at the row.
    var displayed: Double
  }

  private let scrolls: [Scroll]
  private let speeds: [TimingEvent<SpeedChange>]
  private let map: TimingMap
  private let delays: [Row: Double]

  package init(_ timing: TimingData) {
    var scrolls = [Scroll(row: .zero, ratio: 1, displayed: 0)]
    for event in timing.scrolls {
      let last = scrolls[scrolls.count - 1]
      let displayed =
        last.displayed + Double(last.row.distance(to: event.row)) / Double(Row.perBeat) * last.ratio
      if event.row <= last.row { scrolls.removeLast() }
      scrolls.append(Scroll(row: event.row, ratio: event.value, displayed: displayed))
    }
    self.scrolls = scrolls
    speeds = timing.speeds
    map = TimingMap(timing)
    delays = Dictionary(timing.delays.map { ($0.row, $0.value.value) }, uniquingKeysWith: +)
  }

  /// The displayed beat of a beat: stretches of the chart counted by the scroll ratio in force in them.
  package func displayedBeat(at beat: Beat) -> Double {
    let scroll = scrolls[max(0, scrolls.firstIndex(past: { $0.row.beat <= beat }) - 1)]
    return scroll.displayed + (beat.value - scroll.row.beat.value) * scroll.ratio
  }

  /// The factor on the scroll speed at a time: 1 before the first change, then moving evenly in time to each
  /// change's ratio over its beats or seconds.
  package func speed(at time: Seconds) -> Double {
    guard let index = speeds.lastIndex(where: { start(of: $0) <= time }) else { return 1 }
    let ratio = speeds[index].value.ratio
    let before = index > 0 ? speeds[index - 1].value.ratio : 1
    let begin = start(of: speeds[index])
    let duration = length(of: speeds[index], from: begin)
    guard duration > 0, time.value < begin.value + duration else { return ratio }
    return before + (ratio - before) * (time.value - begin.value) / duration
  }

  /// A change on a row with a delay begins before the delay.
  private func start(of change: TimingEvent<SpeedChange>) -> Seconds {
    map.seconds(at: change.row) - Seconds(delays[change.row] ?? 0)
  }

  private func length(of change: TimingEvent<SpeedChange>, from start: Seconds) -> Double {
    if change.value.isInSeconds { return change.value.delay }
    return map.seconds(at: Beat(change.row.beat.value + change.value.delay)).value - start.value
  }
}
