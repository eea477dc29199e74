import Signal

/// How strongly novelty repeats at each rate: the amplitude of its Fourier transform, in units in which a novelty
/// of unit variance without any rhythm has an expected amplitude near 1 at every rate.
struct PulseSpectrum: Sendable {
  /// The span of the novelty in seconds: rates closer than its inverse cannot be told apart.
  let duration: Double
  private let amplitudes: [Float]
  private let binsPerHertz: Double

  init(_ novelty: [Float], frameRate: Double) {
    var size = 1024
    while size < 2 * novelty.count { size *= 2 }
    duration = Double(novelty.count) / frameRate
    binsPerHertz = Double(size) / frameRate
    let mean = novelty.reduce(0, +) / Float(max(1, novelty.count))
    let scale = 1 / Float(max(1, novelty.count)).squareRoot()
    amplitudes = RealTransform(size: size).transform { input in
      for index in novelty.indices { input[index] = (novelty[index] - mean) * scale }
      for index in novelty.count..<size { input[index] = 0 }
    } read: { spectrum in
      spectrum.map { ($0.0 * $0.0 + $0.1 * $0.1).squareRoot() }
    }
  }

  /// The amplitude at a rate in Hz, between bins by straight line; 0 beyond the last.
  func amplitude(at rate: Double) -> Double {
    let position = rate * binsPerHertz
    let bin = Int(position)
    guard bin + 1 < amplitudes.count else { return 0 }
    let fraction = Float(position - Double(bin))
    return Double(amplitudes[bin] * (1 - fraction) + amplitudes[bin + 1] * fraction)
  }

  /// The sum of the amplitudes of a rate and its harmonics: what a pulse of that rate explains.
  func comb(at rate: Double, harmonics: Int) -> Double {
    var sum = 0.0
    for harmonic in 1...harmonics { sum += amplitude(at: rate * Double(harmonic)) }
    return sum
  }

  /// The rate near a given one where sixteen harmonics together are strongest.
  func refined(_ rate: Double) -> Double {
    var rate = rate
    for step in [0.02 / duration, 0.004 / duration, 0.0008 / duration] {
      let rates = (-8...8).map { rate + Double($0) * step }
      let combs = rates.map { comb(at: $0, harmonics: 16) }
      rate = combs.indices.max { combs[$0] < combs[$1] }.map { rates[$0] } ?? rate
    }
    return rate
  }
}

extension PulseSpectrum {
  /// Rates of beats that are looked at, in Hz.
  static let searched = 50.0 / 60...320.0 / 60

  struct Peaks {
    /// Rates in Hz, strongest first.
    var rates: [Double]
    /// The strongest comb over the median comb: near 2 without any rhythm.
    var prominence: Double
  }

  /// The median comb of eight harmonics over the rates that are looked at.
  var usualComb: Double {
    let step = 0.25 / duration
    let combs = stride(
      from: PulseSpectrum.searched.lowerBound, to: PulseSpectrum.searched.upperBound, by: step
    )
    .map { comb(at: $0, harmonics: 8) }.sorted()
    return combs.isEmpty ? 0 : combs[combs.count / 2]
  }

  /// The strongest pulses, no two of them within reach of one another.
  func peaks(keeping limit: Int) -> Peaks {
    let step = 0.06 / duration
    let count = Int((PulseSpectrum.searched.upperBound - PulseSpectrum.searched.lowerBound) / step)
    let rate = { (index: Int) in PulseSpectrum.searched.lowerBound + Double(index) * step }
    let combs = (0..<count).map { comb(at: rate($0), harmonics: 8) }
    guard count > 2, let strongest = combs.max(), strongest > 0 else {
      return Peaks(rates: [], prominence: 0)
    }
    let tops = (1..<count - 1).filter { combs[$0] >= combs[$0 - 1] && combs[$0] > combs[$0 + 1] }
    var kept: [Int] = []
    for top in tops.sorted(by: { combs[$0] > combs[$1] }) where kept.count < limit {
      if kept.allSatisfy({ abs($0 - top) > 10 }) { kept.append(top) }
    }
    let median = combs.sorted()[count / 2]
    return Peaks(rates: kept.map(rate), prominence: median > 0 ? strongest / median : 0)
  }
}
