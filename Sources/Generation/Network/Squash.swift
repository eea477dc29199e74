/// The hyperbolic tangent and the logistic function, eight at a time and within 4e-7 of the true ones: next to the
/// products they are what the LSTMs spend their time on.
enum Squash {
  typealias Eight = SIMD8<Float>

  /// Beyond this the tangent is 1 in 32-bit floats.
  private static let limit = Eight(repeating: 9)

  /// x P(x²) / Q(x²), fitted to the least greatest error over -9...9.
  @inline(__always)
  static func tanh(_ x: Eight) -> Eight {
    // The library's least and greatest of two vectors take them number by number.
    let bounded = x.replacing(with: limit, where: x .> limit)
    let x = bounded.replacing(with: -limit, where: bounded .< -limit)
    let u = x * x
    var p = u * 1.783296080248853e-11 + Eight(repeating: -1.2588958320236543e-08)
    p = p * u + 9.19428111956222e-06
    p = p * u + 0.00291190342977643
    p = p * u + 0.12910597026348114
    p = p * u + 0.9999997615814209
    var q = u * 0.00022692859056405723 + Eight(repeating: 0.02372579276561737)
    q = q * u + 0.46243831515312195
    q = q * u + 1
    return x * p / q
  }

  @inline(__always)
  static func sigmoid(_ x: Eight) -> Eight { tanh(x * 0.5) * 0.5 + 0.5 }

  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Eight {
    UnsafeRawPointer(pointer).loadUnaligned(as: Eight.self)
  }

  @inline(__always)
  static func store(_ values: Eight, to pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: values, as: Eight.self)
  }
}
