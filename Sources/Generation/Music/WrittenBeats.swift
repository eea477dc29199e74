import Foundation

/// A chart's rhythm beat by beat, where it is known.
struct WrittenBeats {
  /// A known beat near another one.
  struct Neighbour {
    /// Beats from the other one.
    var offset: Int
    var weight: Float
    var slots: UInt32
    var size: Float
  }

  /// Beats of which every slot is known, in measures that hold a note, ascending: an empty measure may not be written yet.
  let known: [Int]
  /// The same, for each beat.
  private let isKnown: [Bool]
  /// The slots that hold a note row, the first in the lowest bit.
  private let rhythm: [UInt32]
  /// The length of the rhythm as a vector, at least 1.
  private let sizes: [Float]

  init(_ slots: KnownSlots) {
    let size = BeatGrid.slotsPerBeat
    let beats = slots.isKnown.count / size
    let rhythm = (0..<beats).map { beat in
      (0..<size).reduce(UInt32(0)) { slots.hasNotes[beat * size + $1] ? $0 | 1 << UInt32($1) : $0 }
    }
    let written = Set(rhythm.indices.filter { rhythm[$0] != 0 }.map { $0 / 4 })
    let isKnown = (0..<beats).map { beat in
      written.contains(beat / 4) && (0..<size).allSatisfy { slots.isKnown[beat * size + $0] }
    }
    self.rhythm = rhythm
    self.isKnown = isKnown
    known = isKnown.indices.filter { isKnown[$0] }
    sizes = rhythm.map { max(1, Float($0.nonzeroBitCount).squareRoot()) }
  }

  /// Of one beat, ascending.
  func slots(of beat: Int) -> some Sequence<Int> {
    let slots = rhythm[beat]
    return (0..<BeatGrid.slotsPerBeat).lazy.filter { slots & (1 << UInt32($0)) != 0 }
  }

  /// The known beats around one, without itself.
  /// - Parameter window: how much each of them counts.
  func neighbours(of beat: Int, window: [Float]) -> [Neighbour] {
    window.indices.compactMap { place in
      let offset = place - window.count / 2
      guard offset != 0, isKnown.indices.contains(beat + offset), isKnown[beat + offset] else { return nil }
      return Neighbour(
        offset: offset, weight: window[place], slots: rhythm[beat + offset], size: sizes[beat + offset])
    }
  }

  /// How alike the steps around a beat are to those around another, where both are known. Half a likeness counts neither
  /// for nor against.
  func agreement(_ around: [Neighbour], beside other: Int) -> Float {
    var sum: Float = 0
    for neighbour in around {
      let beat = other + neighbour.offset
      guard isKnown.indices.contains(beat), isKnown[beat] else { continue }
      let both = Float((neighbour.slots & rhythm[beat]).nonzeroBitCount)
      sum += neighbour.weight * (both / (neighbour.size * sizes[beat]) - 0.5)
    }
    return sum
  }
}
