import Audio

/// What is to be heard at each sample frame of a song: its music, a tick on each row of notes, a metronome.
///
/// Immutable, and a function of the frame alone: so playing, looping, seeking and rendering to a file cannot differ.
/// Frame 0 is the first sample of the music; frames before it and after its end hold ticks only. Seconds are those of
/// the music, whatever its speed; frames are those that are heard.
package final class MixProgram: Sendable {
  package struct Gains: Hashable, Sendable {
    package var music: Float
    package var tick: Float
    package var metronome: Float
    package init(music: Float = 0.7, tick: Float = 0.6, metronome: Float = 0) {
      self.music = music
      self.tick = tick
      self.metronome = metronome
    }
  }

  /// A beat of the metronome.
  package struct Beat: Hashable, Sendable {
    /// Seconds of music.
    package var time: Double
    package var startsMeasure: Bool
    package init(time: Double, startsMeasure: Bool) {
      self.time = time
      self.startsMeasure = startsMeasure
    }
  }

  package let rate: Int
  /// The frame after the last that is not silent.
  package let end: Int
  package let music: PlayedMusic
  private let gains: Gains
  private let sounds: TickSounds
  private let ticks: [Int]
  private let beats: [Int]
  private let measures: [Int]

  /// `ticks` are seconds of music, in any order; they sound at the nearest frame.
  package init(music: PlayedMusic, ticks: [Double], beats: [Beat] = [], gains: Gains = Gains()) {
    func frames(_ times: [Double]) -> [Int] {
      times.filter { abs($0) < Self.furthest }.map { Self.frame(at: $0, of: music) }.sorted()
    }
    rate = music.rate
    self.music = music
    self.gains = gains
    sounds = TickSounds(rate: rate)
    self.ticks = gains.tick == 0 ? [] : frames(ticks)
    let audible = gains.metronome == 0 ? [] : beats
    self.beats = frames(audible.filter { !$0.startsMeasure }.map(\.time))
    measures = frames(audible.filter(\.startsMeasure).map(\.time))
    end = max(music.length, (self.ticks.last ?? 0) + sounds.tick.count)
  }

  /// With the music at its own speed.
  package convenience init(clip: AudioClip, ticks: [Double], beats: [Beat] = [], gains: Gains = Gains()) {
    self.init(music: PlayedMusic(clip), ticks: ticks, beats: beats, gains: gains)
  }

  /// Seconds beyond which nobody waits for a tick: a chart's tempo may be so slow that its notes come next year.
  private static let furthest = 1e5

  package func frame(at seconds: Double) -> Int {
    Self.frame(at: min(Self.furthest, max(-Self.furthest, seconds)), of: music)
  }

  private static func frame(at seconds: Double, of music: PlayedMusic) -> Int {
    Int((seconds / music.speed.factor * Double(music.rate)).rounded())
  }

  /// Writes the frames from `start` on as interleaved stereo. Ticks that begin before `audibleFrom` are not heard:
  /// a song started inside a tick would otherwise begin with the rest of it.
  func render(_ output: UnsafeMutablePointer<Float>, from start: Int, frames: Int, audibleFrom: Int) {
    music.copy(to: output, from: start, frames: frames, gain: gains.music)
    let block = Block(output: output, start: start, frames: frames, audibleFrom: audibleFrom)
    add(sounds.tick, at: ticks, gain: gains.tick, to: block)
    add(sounds.beat, at: beats, gain: gains.metronome, to: block)
    add(sounds.measure, at: measures, gain: gains.metronome, to: block)
    limit(UnsafeMutableBufferPointer(start: output, count: frames * channelCount))
  }

  /// Up to here a sample is left alone.
  private static let knee: Float = 0.8

  /// Bends what is beyond the knee so that it nears 1 and never passes it: a tick over loud music would be clipped by
  /// the device otherwise.
  private func limit(_ samples: UnsafeMutableBufferPointer<Float>) {
    let room = 1 - Self.knee
    for index in samples.indices where abs(samples[index]) > Self.knee {
      let excess = abs(samples[index]) - Self.knee
      let bent = Self.knee + room * excess / (excess + room)
      samples[index] = samples[index] < 0 ? -bent : bent
    }
  }

  private struct Block {
    let output: UnsafeMutablePointer<Float>
    let start: Int
    let frames: Int
    let audibleFrom: Int
  }

  /// Adds a sound at each of the sorted `times`. A later one cuts an earlier one off, so that a dense stretch does not
  /// grow louder.
  private func add(_ sound: [Float], at times: [Int], gain: Float, to block: Block) {
    times.withUnsafeBufferPointer { times in
      sound.withUnsafeBufferPointer { sound in
        let blockEnd = block.start + block.frames
        let earliest = max(block.audibleFrom, block.start - sound.count + 1)
        var index = Self.firstIndex(in: times, notBefore: earliest)
        while index < times.count, times[index] < blockEnd {
          let time = times[index]
          let next = index + 1 < times.count ? times[index + 1] : .max
          let last = min(time + sound.count, next, blockEnd)
          for frame in max(time, block.start)..<max(last, max(time, block.start)) {
            let value = sound[frame - time] * gain
            let place = (frame - block.start) * channelCount
            block.output[place] += value
            block.output[place + 1] += value
          }
          index += 1
        }
      }
    }
  }

  private static func firstIndex(in times: UnsafeBufferPointer<Int>, notBefore frame: Int) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] < frame { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension MixProgram {
  /// The whole of it from `start` on as a clip: what the ear would get.
  package func rendered(from start: Int = 0) -> AudioClip {
    let count = max(0, end - start)
    var channels = [[Float]](repeating: [], count: channelCount)
    for channel in channels.indices { channels[channel].reserveCapacity(count) }
    forEachBlock(from: start) { samples in
      for channel in channels.indices {
        for index in stride(from: channel, to: samples.count, by: channelCount) {
          channels[channel].append(samples[index])
        }
      }
    }
    return AudioClip(rate: rate, channels: channels)
  }

  /// Writes the whole of it to a wav file, a block at a time.
  package func write(to path: String) throws(AudioError) {
    let wave = try WaveFile(path: path, rate: rate, channels: channelCount)
    try forEachBlock(from: 0) { samples throws(AudioError) in try wave.append(samples) }
    try wave.finish()
  }

  private func forEachBlock<Failure>(
    from start: Int, _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    let block = 4096
    var buffer = [Float](repeating: 0, count: block * channelCount)
    for frame in stride(from: start, to: end, by: block) {
      let frames = min(block, end - frame)
      music.prepare(frame..<frame + frames)
      try buffer.withUnsafeMutableBufferPointer { samples throws(Failure) in
        guard let base = samples.baseAddress else { return }
        render(base, from: frame, frames: frames, audibleFrom: start)
        try body(UnsafeBufferPointer(start: base, count: frames * channelCount))
      }
    }
  }
}
