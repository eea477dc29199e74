/// A matrix that rows of numbers are multiplied by, laid out once as its products read it: in strips of columns, each in
/// one piece. Products of a few rows wait for memory, and memory is quickest read from first to last.
///
/// Products are always made on the calling thread, so that results do not depend on the number of processors.
struct Weights: Sendable {
  static let strip = 32
  /// So many rows at a time go through a strip, which stays near the processor until the last has done so.
  private static let rowsAtOnce = 16
  /// Bytes of a line of the processor's cache, on which strips begin.
  private static let line = 64

  let inner: Int
  let columns: Int
  /// The strips one after the other, the last filled up with zeros; before them as many zeros as bring them to a line.
  private let padded: [Float]
  private let first: Int

  /// - Parameter numbers: row-major, `inner` × `columns`.
  init(_ numbers: some RandomAccessCollection<Float>, columns: Int) {
    // A file of weights may hold none.
    inner = columns > 0 ? numbers.count / columns : 0
    self.columns = columns
    let strips = (columns + Self.strip - 1) / Self.strip
    let spare = Self.line / MemoryLayout<Float>.stride
    var padded = [Float](repeating: 0, count: strips * inner * Self.strip + spare)
    let first = padded.withUnsafeMutableBytes { bytes in
      let past = bytes.baseAddress.map { Int(bitPattern: $0) % Self.line } ?? 0
      return (Self.line - past) % Self.line / MemoryLayout<Float>.stride
    }
    for (index, number) in numbers.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let strip = first + column / Self.strip * inner * Self.strip
      padded[strip + row * Self.strip + column % Self.strip] = number
    }
    self.padded = padded
    self.first = first
  }

  /// `output += input · weights`, row-major: `rows` × `inner`, `rows` × `columns`.
  func multiplyAdd(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>
  ) {
    guard rows > 0, inner > 0 else { return }
    let usual = StripProduct(
      rows: min(rows, Self.rowsAtOnce), inner: inner, columns: min(columns, Self.strip), outputs: columns)
    padded.withUnsafeBufferPointer { numbers in
      guard let strips = numbers.baseAddress.map({ $0 + first }) else { return }
      for column in stride(from: 0, to: columns, by: Self.strip) {
        for row in stride(from: 0, to: rows, by: Self.rowsAtOnce) {
          let size = (rows: min(Self.rowsAtOnce, rows - row), columns: min(Self.strip, columns - column))
          let product =
            size == (usual.rows, usual.columns)
            ? usual
            : StripProduct(rows: size.rows, inner: inner, columns: size.columns, outputs: columns)
          product.add(input + row * inner, strips + column * inner, to: output + row * columns + column)
        }
      }
    }
  }

  /// The dot products of each two of some vectors, row-major.
  static func products(_ vectors: [Float], count: Int, width: Int) -> [Float] {
    guard count > 0 else { return [] }
    var turned = [Float](repeating: 0, count: count * width)
    for row in 0..<count {
      for index in 0..<width { turned[index * count + row] = vectors[row * width + index] }
    }
    var result = [Float](repeating: 0, count: count * count)
    Weights(turned, columns: count).multiplyAdd(vectors, rows: count, into: &result)
    return result
  }
}
