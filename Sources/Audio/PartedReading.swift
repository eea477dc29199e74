import CSndFile
import Dispatch
import Glibc
import Synchronization

/// Frames as decoders deliver them: the samples of all channels side by side.
enum Interleaving {
  /// How many planes are kept of so many channels: all of one or two, else their mean.
  static func planeCount(of channels: Int) -> Int { channels > 2 ? 1 : channels }

  /// Writes one plane of `count` to the start of `plane`.
  static func plane(
    _ index: Int, of count: Int, from interleaved: UnsafePointer<Float>, channels: Int, frames: Int,
    into plane: UnsafeMutableBufferPointer<Float>
  ) {
    guard count != channels else {
      for frame in 0..<frames { plane[frame] = interleaved[frame * channels + index] }
      return
    }
    for frame in 0..<frames {
      var sum: Float = 0
      for channel in 0..<channels { sum += interleaved[frame * channels + channel] }
      plane[frame] = sum / Float(channels)
    }
  }
}

/// Reads a long file in four parts at once, each with a decoder of its own that seeks to its start.
///
/// Decoders of all five formats seek to the sample, and what follows is what they would have decoded anyway (Opus
/// within 1e-7). The number of parts does not depend on the machine, so that the samples do not either.
struct PartedReading {
  let path: String
  let info: SF_INFO
  let lead: Int
  let limit: Int

  private static let parts = 4
  private static let block = 4096
  /// Frames that a file may hold beyond what its header says.
  private static let slack = 16_384

  /// The planes of a file, after `lead` frames of silence; nil if the file is short, or any part is not what its
  /// header promised, and is better read from front to back.
  func planes(_ isCancelled: @Sendable () -> Bool) -> [[Float]]? {
    let expected = Int(info.frames)
    guard info.seekable != 0, expected > 20 * Int(info.samplerate), expected <= limit else { return nil }
    let capacity = lead + expected + Self.slack
    let hasTwo = Interleaving.planeCount(of: Int(info.channels)) == 2
    var second: [Float] = []
    let first = [Float](unsafeUninitializedCapacity: capacity) { first, count in
      guard hasTwo else {
        count = fill(Planes(buffers: [first]), expected: expected, isCancelled)
        return
      }
      second = [Float](unsafeUninitializedCapacity: capacity) { second, secondCount in
        count = fill(Planes(buffers: [first, second]), expected: expected, isCancelled)
        secondCount = count
      }
    }
    return first.isEmpty ? nil : hasTwo ? [first, second] : [first]
  }

  /// Memory that the parts fill side by side. Unchecked because each part writes only its own frames, which nobody
  /// reads before all parts have ended.
  private struct Planes: @unchecked Sendable {
    let buffers: [UnsafeMutableBufferPointer<Float>]
  }

  /// The frames filled, from the first on; 0 if a part was not whole.
  private func fill(_ planes: Planes, expected: Int, _ isCancelled: @Sendable () -> Bool) -> Int {
    for plane in planes.buffers { plane[0..<lead].initialize(repeating: 0) }
    let length = expected / Self.parts
    let wholeParts = Atomic<Int>(0)
    let lastLength = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: Self.parts) { part in
      let start = length * part
      if part + 1 < Self.parts {
        let count = read(start..<(start + length), into: planes, isCancelled)
        wholeParts.add(count == length ? 1 : 0, ordering: .relaxed)
      } else {
        let count = read(start..<(expected + Self.slack), into: planes, isCancelled)
        lastLength.store(count, ordering: .relaxed)
      }
    }
    let last = lastLength.load(ordering: .relaxed)
    let start = length * (Self.parts - 1)
    // A last part that fills all its room may have been stopped by the end of it.
    let hasEnd = last > 0 && start + last < expected + Self.slack
    return hasEnd && wholeParts.load(ordering: .relaxed) == Self.parts - 1 ? lead + start + last : 0
  }

  /// Decodes a range of frames to its place; the number of frames there were.
  private func read(_ frames: Range<Int>, into planes: Planes, _ isCancelled: () -> Bool) -> Int {
    var info = SF_INFO()
    guard let file = sf_open(path, Int32(SFM_READ), &info) else { return 0 }
    defer { sf_close(file) }
    let start = sf_count_t(frames.lowerBound)
    guard info.channels == self.info.channels, sf_seek(file, start, SEEK_SET) == start else { return 0 }
    let channels = Int(info.channels)
    var done = 0
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.block * channels) { interleaved in
      guard let base = interleaved.baseAddress else { return }
      while done < frames.count, !isCancelled() {
        let wanted = min(Self.block, frames.count - done)
        let read = Int(sf_readf_float(file, base, sf_count_t(wanted)))
        guard read > 0 else { break }
        let place = lead + frames.lowerBound + done
        for (index, plane) in planes.buffers.enumerated() {
          Interleaving.plane(
            index, of: planes.buffers.count, from: base, channels: channels, frames: read,
            into: UnsafeMutableBufferPointer(rebasing: plane[place..<(place + read)]))
        }
        done += read
      }
    }
    return done
  }
}
