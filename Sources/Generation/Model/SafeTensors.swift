import Foundation

/// A file of named tensors in the safetensors format: eight bytes with the header's length, a JSON header, the data.
/// Every offset is checked before it is followed.
package struct SafeTensors {
  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  /// Entries by the tensors' names; text about the file, under a key of its own, says nothing to the engine.
  private struct Header: Decodable {
    var entries: [String: Entry] = [:]

    struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys where key.stringValue != "__metadata__" {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }

  /// Larger headers or files are not ours.
  private static let largestHeader = 1 << 20
  private static let largestFile = 1 << 28

  let name: String
  private let header: Header
  private let data: [UInt8]

  package init(contentsOf path: String) throws(ModelError) {
    let name = (path as NSString).lastPathComponent
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    guard size <= Self.largestFile, let bytes = FileManager.default.contents(atPath: path) else {
      throw .weightsBroken(name: name, problem: "the file cannot be read")
    }
    try self.init(name: name, bytes: [UInt8](bytes))
  }

  package init(name: String, bytes: [UInt8]) throws(ModelError) {
    self.name = name
    guard bytes.count >= 8 else { throw .weightsBroken(name: name, problem: "the file is cut off") }
    let length = bytes[..<8].enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << (8 * UInt64($1.offset))
    }
    guard length <= Self.largestHeader, Int(length) + 8 <= bytes.count else {
      throw .weightsBroken(name: name, problem: "the header is cut off or not safetensors")
    }
    let text = Data(bytes[8..<8 + Int(length)])
    guard let header = try? JSONDecoder().decode(Header.self, from: text) else {
      throw .weightsBroken(name: name, problem: "the header is not safetensors")
    }
    self.header = header
    data = Array(bytes[(8 + Int(length))...])
  }

  package var names: [String] { header.entries.keys.sorted() }

  func shape(of tensor: String) throws(ModelError) -> [Int] { try entry(tensor).shape }

  /// A tensor of F16 or F32 as 32-bit floats.
  /// - Parameter shape: what each dimension must be; nil leaves it open.
  package func floats(_ tensor: String, _ shape: [Int?]) throws(ModelError) -> [Float] {
    let entry = try entry(tensor, shape: shape)
    switch entry.dtype {
    case "F32":
      return try elements(tensor, entry, of: UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
    case "F16":
      return try elements(tensor, entry, of: UInt16.self).map { Self.float(half: UInt16(littleEndian: $0)) }
    default: throw .weightsBroken(name: name, problem: "\(tensor) is of type \(entry.dtype), not F16 or F32")
    }
  }

  /// A tensor of I32 or U8.
  package func integers(_ tensor: String, _ shape: [Int?]) throws(ModelError) -> [Int] {
    let entry = try entry(tensor, shape: shape)
    switch entry.dtype {
    case "I32": return try elements(tensor, entry, of: Int32.self).map { Int(Int32(littleEndian: $0)) }
    case "U8": return try elements(tensor, entry, of: UInt8.self).map(Int.init)
    default: throw .weightsBroken(name: name, problem: "\(tensor) is of type \(entry.dtype), not I32 or U8")
    }
  }

  private func entry(_ tensor: String, shape: [Int?]? = nil) throws(ModelError) -> Entry {
    guard let entry = header.entries[tensor] else {
      throw .weightsBroken(name: name, problem: "it has no tensor \(tensor)")
    }
    if let shape {
      let fits =
        shape.count == entry.shape.count && zip(shape, entry.shape).allSatisfy { $0 == nil || $0 == $1 }
      guard fits else {
        throw .weightsBroken(name: name, problem: "\(tensor) has the unexpected shape \(entry.shape)")
      }
    }
    return entry
  }

  private func elements<Element: FixedWidthInteger>(
    _ tensor: String, _ entry: Entry, of type: Element.Type
  ) throws(ModelError) -> [Element] {
    var count = MemoryLayout<Element>.size
    var overflows = entry.shape.contains { $0 < 0 }
    for dimension in entry.shape where !overflows {
      (count, overflows) = count.multipliedReportingOverflow(by: dimension)
    }
    guard !overflows, entry.dataOffsets.count == 2, entry.dataOffsets[0] >= 0,
      entry.dataOffsets[1] <= data.count, entry.dataOffsets[1] - entry.dataOffsets[0] == count
    else { throw .weightsBroken(name: name, problem: "\(tensor) does not fit its place in the file") }
    return data.withUnsafeBytes { bytes in
      stride(from: entry.dataOffsets[0], to: entry.dataOffsets[1], by: MemoryLayout<Element>.size).map {
        bytes.loadUnaligned(fromByteOffset: $0, as: Element.self)
      }
    }
  }

  /// IEEE 754 half precision. Written out, since `Float16` does not exist on every platform.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 31: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
