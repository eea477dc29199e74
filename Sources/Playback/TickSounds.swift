import Glibc

/// The short sounds that are mixed over the music. Each starts at its loudest, so that its time is its first sample.
struct TickSounds {
  /// On every row of notes.
  let tick: [Float]
  /// On every beat, and higher on the first of a measure.
  let beat: [Float]
  let measure: [Float]

  init(rate: Int) {
    tick = Self.blip(frequency: 3520, seconds: 0.018, decay: 220, rate: rate)
    beat = Self.blip(frequency: 1056, seconds: 0.03, decay: 110, rate: rate)
    measure = Self.blip(frequency: 1584, seconds: 0.04, decay: 90, rate: rate)
  }

  /// A cosine that dies away; the last tenth fades to nothing.
  private static func blip(frequency: Double, seconds: Double, decay: Double, rate: Int) -> [Float] {
    let count = Int(seconds * Double(rate))
    return (0..<count).map { frame in
      let time = Double(frame) / Double(rate)
      let fade = min(1, Double(count - frame) / (Double(count) * 0.1))
      return Float(cos(2 * .pi * frequency * time) * exp(-time * decay) * fade)
    }
  }
}
