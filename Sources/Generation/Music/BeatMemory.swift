import Foundation

/// What the author wrote at other beats that sound alike and stand among steps alike: attention from the beats of a region
/// to the known ones. Only how likeness is told is fitted (`Training/ENGINE.md`); nothing is trained on the chart, so that
/// each beat that is written counts at once.
package struct BeatMemory: Sendable {
  /// Four measures. Of a chart that is only begun, mostly empty beats are known, which would silence what is heard.
  private static let fewestBeats = 16

  /// Each was fitted to other charts; together they err less than any one.
  private let heads: [BeatAttention]

  package init(_ file: SafeTensors, audioWidth: Int) throws(ModelError) {
    heads = try BeatAttention.heads(file, audioWidth: audioWidth)
  }

  /// How alike a song's beats sound to each head.
  /// - Parameters:
  ///   - vectors: row-major, tokens × audio width.
  ///   - coarse: row-major, tokens × coarse bands and their rises.
  /// - Returns: nil for a song that is too long.
  func likeness(vectors: [Float], coarse: [Float]) -> [BeatLikeness]? {
    let likeness = heads.compactMap { $0.likeness(vectors: vectors, coarse: coarse) }
    return likeness.count == heads.count ? likeness : nil
  }

  /// What the log-odds of a note row gain on each slot of a region; nothing on slots that are known.
  func gains(_ region: Range<Int>, known: KnownSlots, likeness: [BeatLikeness]) -> [Float] {
    var gains = [Float](repeating: 0, count: region.count)
    guard !region.isEmpty else { return gains }
    let written = WrittenBeats(known)
    guard written.known.count >= Self.fewestBeats else { return gains }
    let size = BeatGrid.slotsPerBeat
    for beat in region.lowerBound / size...(region.upperBound - 1) / size {
      let slots = max(region.lowerBound, beat * size)..<min(region.upperBound, (beat + 1) * size)
      let open = slots.filter { !known.isKnown[$0] }
      guard !open.isEmpty else { continue }
      for (head, likeness) in zip(heads, likeness) {
        let said = head.gains(of: beat, from: written, likeness)
        for slot in open { gains[slot - region.lowerBound] += said[slot % size] / Float(heads.count) }
      }
    }
    return gains
  }
}
