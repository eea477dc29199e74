/// Numbers as step files write them: a point, and no exponent below 10^12, whatever the locale.
package enum DecimalText {
  /// With a fixed number of decimals, halves away from zero; `trimmed` drops trailing zeros and a bare point.
  package static func fixed(_ value: Double, decimals: Int, trimmed: Bool = false) -> String {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = (value * scale).rounded()
    guard scaled.magnitude < 9e18 else { return "\(value)" }
    var digits = String(Int(scaled.magnitude))
    if digits.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
    }
    var text = String(digits.dropLast(decimals))
    var fraction = Substring(digits.suffix(decimals))
    if trimmed {
      while fraction.last == "0" { fraction.removeLast() }
    }
    if !fraction.isEmpty { text += "." + fraction }
    return scaled < 0 ? "-" + text : text
  }

  /// With so many significant digits at most, trailing zeros dropped.
  package static func significant(_ value: Double, digits: Int) -> String {
    var decimals = digits - 1
    var limit = 10.0
    while decimals > 0, value.magnitude >= limit {
      decimals -= 1
      limit *= 10
    }
    return fixed(value, decimals: decimals, trimmed: true)
  }
}
