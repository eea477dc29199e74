import Glibc

/// One stretch of playing on one open device: rendering, writing, mending what goes wrong, telling the time.
package struct AudioSession<Device: PCMDevice> {
  package enum Outcome: Hashable {
    case playing
    case finished
    case failed(reason: String)
  }

  package private(set) var generation: Int
  package private(set) var isStopped = false
  private let device: Device
  private var transport: Transport
  private let block: UnsafeMutablePointer<Float>
  /// Of the block: frames rendered, and frames already written.
  private var blockLength = 0
  private var blockWritten = 0
  /// Frames that the device took since it was last started, and those before.
  private var taken = 0
  /// What fades out under what was changed.
  private let tail: FadingTail
  /// The timelines of what is still on its way to the ear, the oldest first.
  private var past: [Timeline] = []
  /// Troubles mended since the device last took sound.
  private var mended = 0
  /// Milliseconds for which the device has taken nothing.
  private var stalled: Int32 = 0

  /// So often may a device fail without taking sound between.
  private static var mostMends: Int { 20 }
  private static var patience: Int32 { 3000 }
  private static var waitSlice: Int32 { 50 }
  /// More changes than anybody makes while a buffer is played.
  private static var mostPast: Int { 32 }

  package init(device: Device, transport: Transport, generation: Int) {
    self.device = device
    self.transport = transport
    self.generation = generation
    block = .allocate(capacity: device.period * channelCount)
    tail = FadingTail(frames: device.rate / 100)
    past.reserveCapacity(Self.mostPast)
  }

  /// To be called once, at the end.
  package mutating func release(retire: (MixProgram) -> Void) {
    retire(transport.program)
    block.deallocate()
  }

  /// Does what a command says; gives it back if it needs another session.
  package mutating func obey(_ command: AudioCommand, retire: (MixProgram) -> Void) -> AudioCommand? {
    switch command {
    case .play(let generation, let program, let start, let loop):
      guard program.rate == device.rate, (try? device.restart()) != nil else { return command }
      retire(transport.program)
      self.generation = generation
      transport = Transport(program: program, start: start, loop: loop)
      taken = 0
      blockLength = 0
      blockWritten = 0
      tail.forget()
      past.removeAll(keepingCapacity: true)
    case .replace(let program, let loop):
      // Another rate would need another device; who changes the clip plays anew.
      guard program.rate == device.rate else {
        retire(program)
        return nil
      }
      if !program.music.isSameSound(as: transport.program.music) { tail.take(from: transport) }
      change { retire($0.replace(program, loop: loop)) }
    case .loop(let loop): change { $0.setLoop(loop) }
    case .stop: isStopped = true
    case .quit: return command
    }
    return nil
  }

  private mutating func change(_ change: (inout Transport) -> Void) {
    let timeline = transport.timeline
    change(&transport)
    guard transport.timeline != timeline else { return }
    if past.count == Self.mostPast { past.removeFirst() }
    past.append(timeline)
  }

  /// Waits for room and fills it, at most one block; then publishes the clock.
  package mutating func step(publish: (ClockAnchor) -> Void) -> Outcome {
    do throws(PCMTrouble) {
      if try device.wait(milliseconds: Self.waitSlice) {
        try fill()
      } else {
        stalled += Self.waitSlice
      }
    } catch {
      if let reason = mend(error) { return .failed(reason: reason) }
    }
    if stalled >= Self.patience {
      return .failed(reason: "the sound device has taken no sound for \(Self.patience / 1000) s")
    }
    let heard = publishClock(publish)
    if let last = transport.lastOutput, heard >= last { return .finished }
    return .playing
  }

  private mutating func fill() throws(PCMTrouble) {
    if blockWritten == blockLength {
      transport.render(block, frames: device.period)
      tail.mix(into: block, frames: device.period)
      blockLength = device.period
      blockWritten = 0
    }
    let written = try device.write(
      block + blockWritten * channelCount, frames: blockLength - blockWritten)
    guard written > 0 else {
      // Ready and yet taking nothing: a moment's rest keeps this from spinning.
      usleep(1000)
      stalled += 1
      return
    }
    blockWritten += written
    taken += written
    stalled = 0
    mended = 0
  }

  /// The reason why it cannot be mended, else nil.
  private mutating func mend(_ trouble: PCMTrouble) -> String? {
    mended += 1
    guard mended <= Self.mostMends else { return trouble.reason }
    do throws(PCMTrouble) {
      switch trouble {
      case .underrun: try device.restart()
      case .suspended:
        if try !device.resume() {
          usleep(UInt32(Self.waitSlice) * 1000)
          stalled += Self.waitSlice
          mended -= 1
        }
      case .gone(let reason): return reason
      }
      return nil
    } catch {
      return error.reason
    }
  }

  /// The frames of output heard so far.
  private mutating func publishClock(_ publish: (ClockAnchor) -> Void) -> Int {
    // A device that does not know is taken to be empty: the sound is a buffer late then, not a song.
    let queue =
      device.queue() ?? PCMQueue(delay: 0, stamp: monotonicNanoseconds(), isRunning: taken > 0)
    let heard = max(0, taken - queue.delay)
    while !past.isEmpty, following.origin <= heard { past.removeFirst() }
    publish(
      ClockAnchor(
        generation: generation, heard: heard, limit: past.isEmpty ? taken : min(taken, following.origin),
        stamp: queue.stamp, isRunning: queue.isRunning, timeline: past.first ?? transport.timeline))
    return heard
  }

  /// What comes after the oldest of the past timelines.
  private var following: Timeline { past.count > 1 ? past[1] : transport.timeline }
}
