import Glibc

/// What the interface tells the audio thread. Order is kept.
package enum AudioCommand: Sendable {
  case play(generation: Int, MixProgram, start: Int, loop: Range<Int>?)
  /// Other ticks, gains or music, without a gap and without a jump.
  /// At another speed, with what goes round in frames of that speed.
  case replace(MixProgram, loop: Range<Int>? = nil)
  case loop(Range<Int>?)
  case stop
  /// Ends the thread.
  case quit
}

/// What the audio thread tells the interface; `generation` says of which `play`.
package enum PlaybackEvent: Hashable, Sendable {
  /// The song was heard to its end.
  case finished(generation: Int)
  /// No device could be opened; the clock runs, nothing is heard.
  case silent(generation: Int, reason: String)
  /// The device failed while it played, and playing has stopped.
  case failed(generation: Int, reason: String)
}

/// The thread that makes sound. Between two commands it does nothing but render, write and publish its clock: no
/// lock, no allocation.
final class AudioThread: ThreadBody {
  let commands = SPSCQueue<AudioCommand>(capacity: 256)
  let events = SPSCQueue<PlaybackEvent>(capacity: 64)
  /// Programs no longer heard, to be freed by the interface: freeing could take long.
  let retired = SPSCQueue<MixProgram>(capacity: 256)
  let board = ClockBoard()
  private let wakeup = Wakeup()
  private let open: DeviceOpener
  private let notify: @Sendable () -> Void

  init(open: @escaping DeviceOpener, notify: @escaping @Sendable () -> Void) {
    self.open = open
    self.notify = notify
  }

  /// Hands a command over; never waits. False when hundreds are already pending.
  func send(_ command: AudioCommand) -> Bool {
    guard commands.push(command) else { return false }
    wakeup.wake()
    return true
  }

  /// Until `quit`.
  func run() {
    askForRealTime()
    var next: AudioCommand?
    while true {
      if next == nil {
        wakeup.wait()
        next = commands.pop()
      }
      switch next {
      case .quit: return
      case .play(let generation, let program, let start, let loop):
        let transport = Transport(program: program, start: start, loop: loop)
        next = perform(transport, generation: generation)
      case .replace(let program, _):
        retire(program)
        next = nil
      case .loop, .stop, nil:
        next = nil
      }
    }
  }

  /// Plays until the end, a stop, a failure, or a command that needs another device; that command is given back.
  private func perform(_ transport: Transport, generation: Int) -> AudioCommand? {
    let rate = transport.program.rate
    do {
      return perform(on: try open(rate), transport, generation: generation)
    } catch {
      post(.silent(generation: generation, reason: error.reason))
      return perform(on: SilentDevice(rate: rate), transport, generation: generation)
    }
  }

  private func perform(
    on device: some PCMDevice, _ transport: Transport, generation: Int
  ) -> AudioCommand? {
    var session = AudioSession(device: device, transport: transport, generation: generation)
    defer {
      device.close()
      session.release { retire($0) }
    }
    while true {
      while let command = commands.pop() {
        if let unserved = session.obey(command, retire: retire) { return unserved }
        if session.isStopped { return nil }
      }
      switch session.step(publish: board.publish) {
      case .playing: continue
      case .finished:
        post(.finished(generation: session.generation))
        return nil
      case .failed(let reason):
        post(.failed(generation: session.generation, reason: reason))
        return nil
      }
    }
  }

  private func retire(_ program: MixProgram) {
    // When the interface has not looked for hundreds of programs, this thread frees it after all.
    _ = retired.push(program)
  }

  private func post(_ event: PlaybackEvent) {
    // Events are few; one that finds 64 unread before it is not missed.
    _ = events.push(event)
    notify()
  }

  /// Asks for a priority above ordinary programs; most systems refuse it, and sound mostly goes well without.
  private func askForRealTime() {
    var parameters = sched_param()
    parameters.sched_priority = 10
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters)
  }
}

/// Opens a device at a rate.
package typealias DeviceOpener = @Sendable (_ rate: Int) throws(PCMTrouble) -> any PCMDevice

extension PCMTrouble {
  /// In words, for the interface.
  var reason: String {
    switch self {
    case .underrun: "the sound device ran dry again and again"
    case .suspended: "the sound device does not wake up"
    case .gone(let reason): reason
    }
  }
}
