import Glibc
import Synchronization

/// Makes music at another speed in pieces, each of which depends on nothing that was made before.
protocol PieceMaker: Sendable {
  /// The first frame of each piece, and the frame after the last piece.
  var starts: [Int] { get }
  /// One or two.
  var channels: Int { get }
  /// Writes a piece to zeroed memory of its size, interleaved.
  func make(_ index: Int, into samples: UnsafeMutableBufferPointer<Float>)
}

/// Music at another speed, made some seconds ahead of where it is heard. One thread, the audio thread, reads it, and
/// never waits; where nothing is prepared it finds silence.
///
/// Unchecked because pieces are plain memory behind atomic pointers: one is published by the store that fills its
/// slot, and freed once it is out of its slot and `reading` is another.
final class PreparedMusic: @unchecked Sendable {
  private typealias Slot = Atomic<UnsafeMutablePointer<Float>?>

  private let maker: any PieceMaker
  private let starts: [Int]
  private let channels: Int
  private let rate: Int
  private let slots: UnsafeMutablePointer<Slot>
  /// The piece that is being read this moment; -1 when none is.
  private let reading = Atomic<Int>(-1)
  /// The piece that was last read, or that is about to be.
  private let place = Atomic<Int>(0)
  /// The pieces there are, the oldest first. Not for the audio thread.
  private let held = Mutex<[Int]>([])

  /// Seconds that are kept, made ahead, and made where a loop begins.
  private static let (kept, ahead, again) = (60, 4, 2)

  init(_ maker: some PieceMaker, rate: Int) {
    self.maker = maker
    self.rate = rate
    starts = maker.starts
    channels = maker.channels
    slots = .allocate(capacity: starts.count)
    for index in starts.indices { (slots + index).initialize(to: Slot(nil)) }
  }

  deinit {
    for index in starts.indices { slots[index].load(ordering: .acquiring)?.deallocate() }
    slots.deinitialize(count: starts.count)
    slots.deallocate()
  }

  // MARK: - The audio thread

  /// Writes frames, all of which lie within the music, as interleaved stereo.
  func copy(to output: UnsafeMutablePointer<Float>, from start: Int, frames: Int, gain: Float) {
    var done = 0
    while done < frames {
      let index = piece(at: start + done)
      let count = min(frames - done, starts[index + 1] - start - done)
      copy(index, to: output + done * channelCount, from: start + done - starts[index], frames: count, gain)
      place.store(index, ordering: .relaxed)
      done += count
    }
  }

  private func copy(
    _ index: Int, to output: UnsafeMutablePointer<Float>, from start: Int, frames: Int, _ gain: Float
  ) {
    // In one order for all threads: who takes the piece out of its slot sees this first, or this finds the slot empty.
    reading.store(index, ordering: .sequentiallyConsistent)
    if let samples = slots[index].load(ordering: .sequentiallyConsistent) {
      for frame in 0..<frames {
        for channel in 0..<channelCount {
          let source = (start + frame) * channels + min(channel, channels - 1)
          output[frame * channelCount + channel] = samples[source] * gain
        }
      }
    } else {
      output.update(repeating: 0, count: frames * channelCount)
    }
    reading.store(-1, ordering: .sequentiallyConsistent)
  }

  // MARK: - Other threads

  /// Makes what lacks of some frames, and waits for it.
  func prepare(_ frames: Range<Int>) {
    let wanted = pieces(in: frames)
    // Where nothing is to be made, before the music, the first piece comes next all the same.
    place.store(piece(at: frames.lowerBound), ordering: .relaxed)
    for index in wanted where isMissing(index) { make(index) }
    trim(keeping: Array(wanted))
  }

  /// Makes the next piece that will be heard and is not there; false when there is none.
  func prepareNext(loop: Range<Int>?) -> Bool {
    let here = starts[place.load(ordering: .relaxed)]
    var wanted: [Int]
    if let loop, loop.upperBound > here {
      wanted = Array(pieces(in: here..<min(here + Self.ahead * rate, loop.upperBound)))
      wanted += pieces(in: loop.lowerBound..<min(loop.lowerBound + Self.again * rate, loop.upperBound))
    } else {
      wanted = Array(pieces(in: here..<here + Self.ahead * rate))
    }
    guard let next = wanted.first(where: isMissing) else { return false }
    make(next)
    trim(keeping: wanted)
    return true
  }

  private func isMissing(_ index: Int) -> Bool { slots[index].load(ordering: .acquiring) == nil }

  private func make(_ index: Int) {
    let count = (starts[index + 1] - starts[index]) * channels
    let samples = UnsafeMutablePointer<Float>.allocate(capacity: count)
    samples.initialize(repeating: 0, count: count)
    maker.make(index, into: UnsafeMutableBufferPointer(start: samples, count: count))
    held.withLock { held in
      // Another thread may have made it meanwhile.
      if isMissing(index) {
        slots[index].store(samples, ordering: .sequentiallyConsistent)
        held.append(index)
      } else {
        samples.deallocate()
      }
    }
  }

  /// Frees the oldest pieces beyond what is kept.
  private func trim(keeping wanted: [Int]) {
    held.withLock { held in
      var frames = held.reduce(0) { $0 + starts[$1 + 1] - starts[$1] }
      while frames > Self.kept * rate, let oldest = held.firstIndex(where: { !wanted.contains($0) }) {
        let index = held.remove(at: oldest)
        frames -= starts[index + 1] - starts[index]
        let samples = slots[index].exchange(nil, ordering: .sequentiallyConsistent)
        while reading.load(ordering: .sequentiallyConsistent) == index { usleep(100) }
        samples?.deallocate()
      }
    }
  }

  private func pieces(in frames: Range<Int>) -> Range<Int> {
    let end = starts[starts.count - 1]
    let range = frames.clamped(to: 0..<end)
    return range.isEmpty ? 0..<0 : piece(at: range.lowerBound)..<piece(at: range.upperBound - 1) + 1
  }

  /// The last that starts at or before `frame`.
  private func piece(at frame: Int) -> Int {
    var low = 0
    var high = starts.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= frame { low = middle } else { high = middle }
    }
    return low
  }
}
