import Chart
import Testing

@testable import Generation

/// The simulated author's keys, counted by hand.
struct AuthorKeysTests {
  private func row(_ beat: Double) -> Row { Row(Int(beat * 48)) }

  private func taps(_ places: (Double, [Int])...) -> [Note] {
    places.flatMap { beat, lanes in lanes.map { Note(row: row(beat), lane: Lane($0)) } }
  }

  private func keys(_ notes: [Note], _ style: TypingStyle) -> Int {
    TypingByHand(notes, style: style).keys(from: GridKeys(row: .zero)).keys
  }

  @Test func aRunOfSixteenths() {
    let run = taps((0, [0]), (0.25, [1]), (0.5, [2]), (0.75, [3]))
    #expect(keys(run, .staying) == 7, "four taps, three steps")
    #expect(keys(run, .advancing) == 4, "the cursor goes by itself")
  }

  @Test func beatsAndMeasuresAreKeysOfTheirOwn() {
    #expect(keys(taps((0, [0]), (1, [0]), (2, [0])), .staying) == 5)
    #expect(keys(taps((5, [0])), .staying) == 3, "a measure, a beat, the tap")
    #expect(keys(taps((0.75, [0])), .staying) == 3, "a beat too far and one step back")
  }

  @Test func otherSnapsAreStepsAway() {
    #expect(keys(taps((0, [0]), (1.0 / 3, [0])), .staying) == 4, "the tap, to 12ths, a step, the tap")
  }

  @Test func jumpsCostTheWayBackWhereTheCursorMoves() {
    let jump = taps((0, [0, 4]))
    #expect(keys(jump, .staying) == 2)
    #expect(keys(jump, .advancing) == 3)
  }

  @Test func aHoldIsStretchedOrEnded() {
    let short = [Note(row: .zero, lane: Lane(0), kind: .hold(end: row(0.5)))]
    #expect(keys(short, .staying) == 3, "the tap and twice longer")
    let long = [Note(row: .zero, lane: Lane(0), kind: .hold(end: row(4)))]
    #expect(keys(long, .staying) == 4, "h, its lane, the way, its lane")
  }

  private func proposal(_ beats: [Double], unsure: [Double] = []) -> ReviewProposal {
    ReviewProposal(rows: beats.map(row), unsure: unsure.map(row))
  }

  @Test func aWrongPanelIsOneKeyAndTheNextRowIsNear() {
    let rows = proposal([0, 0.25, 0.5, 0.75])
    var hand = ReviewKeys(at: .zero, goesOn: true)
    hand.correct(taps((0, [1])), into: taps((0, [2])), in: rows)
    #expect(hand.count == 1)
    hand.reach(row(0.25), in: rows)
    #expect(hand.count == 1, "the cursor is there already")
    hand.correct(taps((0.25, [1])), into: [], in: rows)
    hand.reach(row(0.75), in: rows)
    #expect(hand.count == 3, "refused, one row further")
  }

  @Test func aBeatTooManyIsRefusedAtOnce() {
    let rows = proposal([0, 0.25, 0.5, 1])
    var hand = ReviewKeys(at: .zero, goesOn: true)
    hand.refuse(row(0)..<row(1), in: rows)
    hand.reach(row(1), in: rows)
    #expect(hand.count == 1)
  }

  @Test func aCursorThatStaysHasToBeMoved() {
    let rows = proposal([0, 0.25])
    var hand = ReviewKeys(at: .zero, goesOn: false)
    hand.correct(taps((0, [1])), into: taps((0, [2])), in: rows)
    hand.reach(row(0.25), in: rows)
    #expect(hand.count == 2)
  }

  @Test func theCheapestWayToARow() {
    let rows = proposal([0, 0.25, 0.5, 0.75, 1, 1.25], unsure: [1.25])
    var hand = ReviewKeys(at: .zero, goesOn: true)
    hand.reach(row(1.25), in: rows)
    #expect(hand.count == 1, "the next unsure row")
    hand.reach(row(1), in: rows)
    #expect(hand.count == 2, "one proposed row back")
    hand.reach(row(1.5), in: rows)
    #expect(hand.count == 4, "two steps of the snap")
  }

  @Test func rowsNearlyProposedAreReachedByKeysOfTheirOwn() {
    let rows = ReviewProposal(rows: [row(0), row(1)], unsure: [], near: [row(0.25), row(1.0 / 3)])
    var hand = ReviewKeys(at: .zero, goesOn: true)
    hand.reach(row(1.0 / 3), in: rows)
    #expect(hand.count == 2)
    hand.reach(row(1), in: rows)
    #expect(hand.count == 3)
  }

  @Test func jumpsAndTailsInAReview() {
    let rows = proposal([0, 0.25])
    var hand = ReviewKeys(at: .zero, goesOn: true)
    hand.correct(taps((0, [1])), into: taps((0, [2, 3])), in: rows)
    #expect(hand.count == 2, "a lane, and another with Alt")
    hand = ReviewKeys(at: .zero, goesOn: true)
    hand.correct(taps((0, [1])), into: taps((0, [1, 3])), in: rows)
    #expect(hand.count == 1, "only what is missing")
    #expect(hand.cursor.row == .zero)
    hand = ReviewKeys(at: .zero, goesOn: true)
    let held = [Note(row: .zero, lane: Lane(1), kind: .hold(end: row(0.75)))]
    hand.correct([Note(row: .zero, lane: Lane(1), kind: .hold(end: row(0.5)))], into: held, in: rows)
    #expect(hand.count == 1, "one step longer")
    hand = ReviewKeys(at: .zero, goesOn: true)
    hand.correct(taps((0, [0])), into: held, in: rows)
    #expect(hand.count == 4, "the lane, three steps longer")
    hand = ReviewKeys(at: .zero, goesOn: true)
    hand.correct(taps((0, [0])), into: held, in: ReviewProposal(rows: rows.rows, unsure: [], held: 36))
    #expect(hand.count == 2, "the lane, as long as the last hold")
    hand = ReviewKeys(at: .zero, goesOn: true)
    let beside = held + taps((0, [3]))
    hand.correct(taps((0, [0])), into: beside, in: ReviewProposal(rows: rows.rows, unsure: [], held: 24))
    #expect(hand.count == 4, "a lane, as long as the last hold and one more, another lane with Alt")
    hand = ReviewKeys(at: .zero, goesOn: true)
    hand.correct(taps((0, [1, 2])), into: held, in: ReviewProposal(rows: rows.rows, unsure: [], held: 36))
    #expect(hand.count == 2, "a lane taken away, the other held")
    hand = ReviewKeys(at: .zero, goesOn: true)
    let long = [Note(row: .zero, lane: Lane(1), kind: .hold(end: row(4)))]
    hand.correct(taps((0, [0])), into: long, in: rows)
    #expect(hand.count == 4, "h and the lane, a measure down, the lane")
    #expect(hand.cursor.row == row(0.25))
  }
}
