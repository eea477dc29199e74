import Audio
import Foundation
import Tempo

/// What was heard of each sound, kept in a folder: decoding, synthesis and spectra take most of a report's time, and
/// none of them changes while the search is worked on. Whoever changes those empties the folder.
struct SoundCache: Sendable {
  /// Nil keeps nothing.
  let folder: String?

  /// - Parameter clip: called when nothing is kept under the name.
  func sound(_ name: String, _ clip: () throws -> AudioClip) throws -> HeardSound? {
    let file = folder.map { "\($0)/\(name.replacing(" ", with: "-")).heard" }
    if let file, let data = FileManager.default.contents(atPath: file) {
      var reader = FloatReader(data)
      return HeardSound(&reader)
    }
    let sound = try HeardSound(of: clip())
    if let file, let folder, let sound {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try sound.data.write(to: URL(filePath: file), options: .atomic)
    }
    return sound
  }
}

/// Numbers of four bytes as this machine has them.
private struct FloatReader {
  private let values: [Float]
  private var position = 0

  init(_ data: Data) {
    values = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }

  mutating func next() -> Float? {
    guard position < values.count else { return nil }
    position += 1
    return values[position - 1]
  }

  mutating func list(of count: Int) -> [Float]? {
    guard count >= 0, position + count <= values.count else { return nil }
    position += count
    return Array(values[position - count..<position])
  }
}

extension HeardSound {
  /// Start of the music; then for both novelties the frame rate, the number of bands and frames, and the values.
  fileprivate var data: Data {
    var values = [Float(musicStart)]
    for part in [novelty, phase] {
      values += [Float(part.frameRate), Float(part.bands.count), Float(part.count)]
      for band in part.bands { values += band }
    }
    return values.withUnsafeBytes { Data($0) }
  }

  fileprivate init?(_ reader: inout FloatReader) {
    guard let musicStart = reader.next(), let novelty = Novelty(&reader), let phase = Novelty(&reader) else {
      return nil
    }
    self.init(start: 0, musicStart: Double(musicStart), novelty: novelty, phase: phase)
  }
}

extension Novelty {
  fileprivate init?(_ reader: inout FloatReader) {
    guard let rate = reader.next(), let bands = reader.next(), let count = reader.next() else { return nil }
    let lists = (0..<Int(bands)).compactMap { _ in reader.list(of: Int(count)) }
    guard lists.count == Int(bands) else { return nil }
    self.init(frameRate: Double(rate), bands: lists)
  }
}
