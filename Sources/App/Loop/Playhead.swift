import Chart

/// A moment of the music and where it is in the chart.
package struct Playhead: Hashable, Sendable {
  package var time: Seconds
  package var beat: Beat

  package init(time: Seconds, beat: Beat) {
    self.time = time
    self.beat = beat
  }
}
