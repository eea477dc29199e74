import Synchronization

/// Where the sound is, as last seen by the audio thread.
package struct ClockAnchor: Hashable, Sendable {
  /// Which `play` this belongs to.
  package var generation: Int
  /// Frames of output heard, at `stamp`.
  package var heard: Int
  /// Frames of output that the device has taken, and of which the timeline tells: the ear cannot be beyond these.
  package var limit: Int
  /// Nanoseconds of the monotonic clock.
  package var stamp: UInt64
  package var isRunning: Bool
  package var timeline: Timeline

  package init(
    generation: Int, heard: Int, limit: Int, stamp: UInt64, isRunning: Bool, timeline: Timeline
  ) {
    self.generation = generation
    self.heard = heard
    self.limit = limit
    self.stamp = stamp
    self.isRunning = isRunning
    self.timeline = timeline
  }

  /// The song's frame that is heard at `now`. Between two anchors the clock runs on by itself, but never beyond what
  /// the device was given: a device that stalls would otherwise be followed into silence.
  package func songFrame(at now: UInt64, rate: Int) -> Double {
    let age = isRunning && now > stamp ? Double(now - stamp) * Double(rate) / 1e9 : 0
    return timeline.songFrame(at: min(Double(heard) + age, Double(max(limit, heard))))
  }

  /// The second of the music that is heard at `now`.
  package func seconds(at now: UInt64, rate: Int) -> Double {
    songFrame(at: now, rate: rate) / Double(rate) * timeline.speed.factor
  }
}

/// The place where the audio thread leaves its anchor and the interface finds it. The writer never waits; a reader
/// that meets a writer tries again (a seqlock, with atomics for the fields so that no access is a race).
final class ClockBoard: Sendable {
  /// Odd while a write is under way.
  private let sequence = Atomic<Int>(0)
  private let generation = Atomic<Int>(0)
  private let heard = Atomic<Int>(0)
  private let limit = Atomic<Int>(0)
  private let stamp = Atomic<UInt64>(0)
  private let isRunning = Atomic<Bool>(false)
  private let origin = Atomic<Int>(0)
  private let position = Atomic<Int>(0)
  private let loopStart = Atomic<Int>(0)
  private let loopEnd = Atomic<Int>(0)
  private let hundredths = Atomic<Int>(100)

  /// Only the audio thread may call this.
  func publish(_ anchor: ClockAnchor) {
    let count = sequence.load(ordering: .relaxed)
    sequence.store(count + 1, ordering: .relaxed)
    // Releasing stores keep the odd count ahead of every field.
    generation.store(anchor.generation, ordering: .releasing)
    heard.store(anchor.heard, ordering: .releasing)
    limit.store(anchor.limit, ordering: .releasing)
    stamp.store(anchor.stamp, ordering: .releasing)
    isRunning.store(anchor.isRunning, ordering: .releasing)
    origin.store(anchor.timeline.origin, ordering: .releasing)
    position.store(anchor.timeline.position, ordering: .releasing)
    loopStart.store(anchor.timeline.loop?.lowerBound ?? 0, ordering: .releasing)
    loopEnd.store(anchor.timeline.loop?.upperBound ?? 0, ordering: .releasing)
    hundredths.store(anchor.timeline.speed.hundredths, ordering: .releasing)
    sequence.store(count + 2, ordering: .releasing)
  }

  /// The latest anchor; nil if the writer was met at every one of many tries, which leaves the old one good.
  func read() -> ClockAnchor? {
    for _ in 0..<64 {
      let before = sequence.load(ordering: .acquiring)
      guard before & 1 == 0 else { continue }
      // Acquiring loads keep every field ahead of the second look at the count.
      let start = loopStart.load(ordering: .acquiring)
      let end = loopEnd.load(ordering: .acquiring)
      let timeline = Timeline(
        origin: origin.load(ordering: .acquiring), position: position.load(ordering: .acquiring),
        loop: start < end ? start..<end : nil,
        speed: Speed(hundredths: hundredths.load(ordering: .acquiring)))
      let anchor = ClockAnchor(
        generation: generation.load(ordering: .acquiring), heard: heard.load(ordering: .acquiring),
        limit: limit.load(ordering: .acquiring), stamp: stamp.load(ordering: .acquiring),
        isRunning: isRunning.load(ordering: .acquiring), timeline: timeline)
      if sequence.load(ordering: .relaxed) == before { return anchor }
    }
    return nil
  }
}
