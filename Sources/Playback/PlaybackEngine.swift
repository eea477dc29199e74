import Audio

/// The interface's end of playing. All its calls come from one thread, and none of them waits for the device.
package final class PlaybackEngine {
  /// The current `play`; events of earlier ones are stale and are dropped here.
  private var generation = 0
  private var playing: Playing?
  private let thread: AudioThread
  private let hasThread: Bool

  private struct Playing {
    var program: MixProgram
    var start: Double
    var loop: Range<Double>?
    /// The last thing that the clock said, so that it never steps back by a hair.
    var lastFrame: Double?
    var lastAnchor: ClockAnchor?
  }

  /// `open` is called on the audio thread at each `play`; `notify` too, whenever `takeEvents` has something new, and
  /// it must not block.
  package init(open: @escaping DeviceOpener, notify: @escaping @Sendable () -> Void) {
    thread = AudioThread(open: open, notify: notify)
    hasThread = thread.start()
  }

  /// Playing through ALSA; `device` is the name of one of its devices.
  package convenience init(device: String = "default", notify: @escaping @Sendable () -> Void) {
    let open: DeviceOpener = { rate throws(PCMTrouble) in try ALSADevice(name: device, rate: rate) }
    self.init(open: open, notify: notify)
  }

  deinit { _ = thread.send(.quit) }

  package var isPlaying: Bool { playing != nil }

  /// Starts at `start` seconds of music, or jumps there if it plays. With a loop it goes on from the loop's start each
  /// time that its end is reached.
  package func play(_ program: MixProgram, from start: Double, loop: Range<Double>? = nil) {
    generation += 1
    playing = Playing(program: program, start: start, loop: loop)
    let command = AudioCommand.play(
      generation: generation, program, start: program.frame(at: start), loop: frames(loop, program))
    if !hasThread || !thread.send(command) { playing = nil }
  }

  /// Jumps to `seconds`, if it plays. A loop is kept, and reached again from before its end.
  package func seek(to seconds: Double) {
    guard let playing else { return }
    play(playing.program, from: seconds, loop: playing.loop)
  }

  /// Other ticks or gains from here on, without a gap. The clip must be the one that plays.
  package func replace(_ program: MixProgram) {
    guard let old = playing?.program, old.rate == program.rate else { return }
    playing?.program = program
    _ = thread.send(.replace(program))
  }

  /// Another loop from here on, or none, without a gap.
  package func setLoop(_ loop: Range<Double>?) {
    guard let program = playing?.program else { return }
    playing?.loop = loop
    _ = thread.send(.loop(frames(loop, program)))
  }

  package func stop() {
    guard playing != nil else { return }
    playing = nil
    // Whatever still comes of what played until now is stale.
    generation += 1
    _ = thread.send(.stop)
  }

  /// The second of the music that is heard now; nil when nothing plays.
  package func playhead(now: UInt64 = monotonicNanoseconds()) -> Double? {
    guard var playing else { return nil }
    if let anchor = thread.board.read(), anchor.generation == generation { playing.lastAnchor = anchor }
    guard let anchor = playing.lastAnchor else { return playing.start }
    var frame = anchor.songFrame(at: now, rate: playing.program.rate)
    // Anchors differ by the jitter of the device's own clock; a real jump back is a loop's.
    let jitter = Double(playing.program.rate) / 50
    if let last = playing.lastFrame, frame < last, last - frame < jitter { frame = last }
    playing.lastFrame = frame
    self.playing = playing
    return playing.program.seconds(at: frame)
  }

  /// What happened since the last call. `finished` and `failed` mean that nothing plays any more.
  package func takeEvents() -> [PlaybackEvent] {
    while thread.retired.pop() != nil {}
    var events: [PlaybackEvent] = []
    while let event = thread.events.pop() {
      switch event {
      case .finished(generation), .failed(generation, _):
        playing = nil
        events.append(event)
      case .silent(generation, _): events.append(event)
      default: break
      }
    }
    return events
  }

  private func frames(_ loop: Range<Double>?, _ program: MixProgram) -> Range<Int>? {
    loop.map { program.frame(at: $0.lowerBound)..<program.frame(at: $0.upperBound) }
  }
}
