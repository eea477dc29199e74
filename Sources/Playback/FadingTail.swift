/// What would have been heard next, to fade out under what is heard instead: the ear takes a jump for a click.
/// Nothing is allocated after the start.
final class FadingTail {
  private let length: Int
  /// Twice the length: there is room for a tail that is taken while another fades.
  private let samples: UnsafeMutablePointer<Float>
  private var left = 0

  init(frames: Int) {
    length = max(1, frames)
    samples = .allocate(capacity: 2 * length * channelCount)
    samples.initialize(repeating: 0, count: 2 * length * channelCount)
  }

  deinit { samples.deallocate() }

  func forget() { left = 0 }

  /// Takes what is heard next if nothing changes.
  func take(from transport: Transport) {
    var transport = transport
    let next = samples + length * channelCount
    transport.render(next, frames: length)
    mix(into: next, frames: length)
    samples.update(from: next, count: length * channelCount)
    left = length
  }

  func mix(into output: UnsafeMutablePointer<Float>, frames: Int) {
    let count = min(left, frames)
    for frame in 0..<count {
      let weight = Float(left - frame) / Float(length)
      let source = (length - left + frame) * channelCount
      for channel in 0..<channelCount {
        let place = frame * channelCount + channel
        output[place] += (samples[source + channel] - output[place]) * weight
      }
    }
    left -= count
  }
}
