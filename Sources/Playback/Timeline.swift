/// Which frame of the song the n-th frame that goes to the device is: a straight line, bent back where it loops. The
/// song's frames are those that are heard at `speed`.
package struct Timeline: Hashable, Sendable {
  /// The frame of output from which this holds.
  package var origin: Int
  /// The frame of the song at `origin`.
  package var position: Int
  package var loop: Range<Int>?
  package var speed: Speed

  /// A loop that lies behind the position, or that is too short to be heard as one, is not taken.
  package init(origin: Int, position: Int, loop: Range<Int>?, speed: Speed = .normal) {
    self.speed = speed
    self.origin = origin
    self.position = position
    self.loop = loop.flatMap { $0.upperBound > position && $0.count >= 64 ? $0 : nil }
  }

  /// The song's position when `output` frames have gone out.
  package func songFrame(at output: Double) -> Double {
    let straight = Double(position) + output - Double(origin)
    guard let loop, straight >= Double(loop.upperBound) else { return straight }
    let passed = straight - Double(loop.lowerBound)
    return Double(loop.lowerBound) + passed.truncatingRemainder(dividingBy: Double(loop.count))
  }
}

/// What goes out next. A value: rendering moves it on.
package struct Transport {
  package private(set) var program: MixProgram
  private(set) var timeline: Timeline
  /// Frames rendered since the start.
  private(set) var rendered = 0
  /// The next frame of the song.
  private(set) var position: Int
  private var audibleFrom: Int

  package init(program: MixProgram, start: Int, loop: Range<Int>?) {
    self.program = program
    timeline = Timeline(origin: 0, position: start, loop: loop, speed: program.music.speed)
    position = start
    audibleFrom = start
  }

  /// Changes what is heard without a gap, at the same moment of the music; gives back what was heard before, for another
  /// thread to free. At another speed `loop` tells where what goes round does so; if nothing does, nothing will.
  mutating func replace(_ program: MixProgram, loop: Range<Int>?) -> MixProgram {
    let old = self.program
    self.program = program
    let speed = program.music.speed
    if speed != old.music.speed {
      let ratio = old.music.speed.factor / speed.factor
      let loop = timeline.loop == nil ? nil : loop
      // Rounding must not carry it out of the loop.
      position = min(Int((Double(position) * ratio).rounded()), loop.map { $0.upperBound - 1 } ?? .max)
      audibleFrom = Int((Double(audibleFrom) * ratio).rounded())
      timeline = Timeline(origin: rendered, position: position, loop: loop, speed: speed)
    }
    return old
  }

  mutating func setLoop(_ loop: Range<Int>?) {
    timeline = Timeline(origin: rendered, position: position, loop: loop, speed: timeline.speed)
  }

  /// The frame of output after which nothing is heard any more; nil while it loops.
  var lastOutput: Int? {
    timeline.loop == nil ? timeline.origin + max(0, program.end - timeline.position) : nil
  }

  /// Renders the next `frames` as interleaved stereo.
  mutating func render(_ output: UnsafeMutablePointer<Float>, frames: Int) {
    var done = 0
    while done < frames {
      let room = timeline.loop.map { $0.upperBound - position } ?? .max
      let count = min(frames - done, room)
      program.render(output + done * channelCount, from: position, frames: count, audibleFrom: audibleFrom)
      done += count
      position += count
      if let loop = timeline.loop, position == loop.upperBound {
        position = loop.lowerBound
        audibleFrom = loop.lowerBound
      }
    }
    rendered += frames
  }
}
