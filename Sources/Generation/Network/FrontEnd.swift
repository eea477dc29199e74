import Signal

/// The part of the placement network that hears: log-mel frames to audio vectors, once a song.
package struct FrontEnd: Sendable {
  private let mean: [Float]
  private let factor: [Float]
  private let layers: [TimeConvolution]

  init(_ file: SafeTensors) throws(ModelError) {
    mean = try file.floats("features.mean", [LogMel.channels])
    factor = try file.floats("features.std", [LogMel.channels]).map { 1 / max($0, 1e-6) }
    var layers: [TimeConvolution] = []
    var width = LogMel.channels
    while file.names.contains("front.layers.\(layers.count).weight") {
      let layer = try TimeConvolution(file, "front.layers.\(layers.count)", inputs: width)
      width = layer.outputs
      layers.append(layer)
    }
    guard !layers.isEmpty else {
      throw .weightsBroken(name: file.name, problem: "it has no tensor front.layers.0.weight")
    }
    self.layers = layers
  }

  /// Values in an audio vector.
  package var width: Int { layers[layers.count - 1].outputs }

  /// Frames whose vectors are made at a time: bounds the working memory.
  private static let block = 2048

  /// Row-major, frames × `width`.
  func vectors(of mel: LogMel) -> [Float] {
    vectors(frames: mel.frames) { normalise(mel, frames: $0, into: $1) }
  }

  /// The same from normalised frames, which `fill` writes for a range of frames, 240 values each.
  package func vectors(
    frames count: Int, fill: (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    let reach = layers.reduce(0) { $0 + $1.reach(dilation: 1) }
    let widest = layers.map(\.outputs).max() ?? 0
    let capacity = min(count, Self.block + 2 * reach)
    let work = [
      Scratch(capacity * max(widest, LogMel.channels)), Scratch(capacity * max(widest, LogMel.channels)),
    ]
    var result = [Float](repeating: 0, count: count * width)
    for start in stride(from: 0, to: count, by: Self.block) {
      let wanted = start..<min(start + Self.block, count)
      let seen = max(0, wanted.lowerBound - reach)..<min(count, wanted.upperBound + reach)
      fill(seen, work[0][0])
      var current = 0
      for layer in layers {
        layer.apply(work[current][0], count: seen.count, range: 0..<seen.count, into: work[1 - current][0])
        rectify(work[1 - current][0], count: seen.count * layer.outputs)
        current = 1 - current
      }
      let offset = (wanted.lowerBound - seen.lowerBound) * width
      for index in 0..<wanted.count * width {
        result[start * width + index] = work[current][offset + index].pointee
      }
    }
    return result
  }

  private func normalise(_ mel: LogMel, frames: Range<Int>, into output: UnsafeMutablePointer<Float>) {
    for (position, frame) in frames.enumerated() {
      for channel in 0..<LogMel.channels {
        let value = mel.values[frame * LogMel.channels + channel]
        output[position * LogMel.channels + channel] = (value - mean[channel]) * factor[channel]
      }
    }
  }
}
