import Audio

/// The interface's end of playing. All its calls come from one thread, and none of them waits for the device.
package final class PlaybackEngine {
  /// The current `play`; events of earlier ones are stale and are dropped here.
  private var generation = 0
  private var playing: Playing?
  private let thread: AudioThread
  private let hasThread: Bool
  private let preparer = MusicPreparer()

  private struct Playing {
    var program: MixProgram
    var start: Double
    var loop: Range<Double>?
    /// The last thing that the clock said, so that it never steps back by a hair.
    var lastSecond: Double?
    var lastAnchor: ClockAnchor?
  }

  /// `open` is called on the audio thread at each `play`; `notify` too, whenever `takeEvents` has something new, and
  /// it must not block.
  package init(open: @escaping DeviceOpener, notify: @escaping @Sendable () -> Void) {
    thread = AudioThread(open: open, notify: notify)
    // Without a thread that prepares there is silence where the music is at another speed, and the rest goes well.
    _ = preparer.start()
    hasThread = thread.start()
  }

  /// Playing through ALSA; `device` is the name of one of its devices.
  package convenience init(device: String = "default", notify: @escaping @Sendable () -> Void) {
    let open: DeviceOpener = { rate throws(PCMTrouble) in try ALSADevice(name: device, rate: rate) }
    self.init(open: open, notify: notify)
  }

  deinit {
    _ = thread.send(.quit)
    preparer.end()
  }

  package var isPlaying: Bool { playing != nil }

  /// Starts at `start` seconds of music, or jumps there if it plays. With a loop it goes on from the loop's start each
  /// time that its end is reached.
  package func play(_ program: MixProgram, from start: Double, loop: Range<Double>? = nil) {
    generation += 1
    prepare(program, from: start, loop: loop)
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

  /// Other ticks, gains or another speed from here on, without a gap. The clip must be the one that plays.
  package func replace(_ program: MixProgram) {
    guard let old = playing, old.program.rate == program.rate else { return }
    if !program.music.isSameSound(as: old.program.music) {
      prepare(program, from: playhead() ?? old.start, loop: old.loop)
    }
    playing?.program = program
    _ = thread.send(.replace(program, loop: frames(old.loop, program)))
  }

  /// Another loop from here on, or none, without a gap.
  package func setLoop(_ loop: Range<Double>?) {
    guard let program = playing?.program else { return }
    playing?.loop = loop
    preparer.follow(program.music.prepared, loop: frames(loop, program))
    _ = thread.send(.loop(frames(loop, program)))
  }

  package func stop() {
    guard playing != nil else { return }
    end()
    // Whatever still comes of what played until now is stale.
    generation += 1
    _ = thread.send(.stop)
  }

  /// The second of the music that is heard now; nil when nothing plays.
  package func playhead(now: UInt64 = monotonicNanoseconds()) -> Double? {
    guard var playing else { return nil }
    if let anchor = thread.board.read(), anchor.generation == generation { playing.lastAnchor = anchor }
    guard let anchor = playing.lastAnchor else { return playing.start }
    var second = anchor.seconds(at: now, rate: playing.program.rate)
    // Anchors differ by the jitter of the device's own clock; a real jump back is a loop's.
    let jitter = anchor.timeline.speed.factor / 50
    if let last = playing.lastSecond, second < last, last - second < jitter { second = last }
    playing.lastSecond = second
    self.playing = playing
    return second
  }

  /// What happened since the last call. `finished` and `failed` mean that nothing plays any more.
  package func takeEvents() -> [PlaybackEvent] {
    while thread.retired.pop() != nil {}
    var events: [PlaybackEvent] = []
    while let event = thread.events.pop() {
      switch event {
      case .finished(generation), .failed(generation, _):
        end()
        events.append(event)
      case .silent(generation, _): events.append(event)
      default: break
      }
    }
    return events
  }

  private func end() {
    playing = nil
    preparer.follow(nil, loop: nil)
  }

  /// Makes the music that the audio thread is about to render, which is ahead of the ear by what the device holds, and
  /// has the rest made while it plays.
  private func prepare(_ program: MixProgram, from start: Double, loop: Range<Double>?) {
    guard let music = program.music.prepared else {
      preparer.follow(nil, loop: nil)
      return
    }
    let first = program.frame(at: start)
    let loop = frames(loop, program)
    let soon = program.rate * 3 / 10
    if let loop, loop.upperBound < first + soon { music.prepare(loop.lowerBound..<loop.lowerBound + soon) }
    music.prepare(first..<first + soon)
    preparer.follow(music, loop: loop)
  }

  private func frames(_ loop: Range<Double>?, _ program: MixProgram) -> Range<Int>? {
    loop.map { program.frame(at: $0.lowerBound)..<program.frame(at: $0.upperBound) }
  }
}
