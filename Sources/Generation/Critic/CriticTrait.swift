/// What the critic looks at in a region, in the order in which its weights take it.
enum CriticTrait: String, CaseIterable, Sendable {
  // Panels, by the selection network that reads from the left: logarithms of chances.
  case panels, panelsWorst, panelsThreeWorst, panelsAgainstExpected, panelsEntrance, panelsExit,
    panelsExitWorst
  case panelsFarFetched, panelsWorstAgainstExpected, panelsAtBars, recalled, recalledFirst
  // Rhythm, by the placement network that knows both sides: log-odds of rows there and of rows left out.
  case rows, rowsWorst, rowsThreeWorst, rowsLeftOut, rowsLeftOutWorst, rowsAgainstBest, rowsAgainstCount
  // Rhythm, beside what stands around.
  case density, densityAgainstAround, quartersAgainstAround, eighthsAgainstAround, sixteenthsAgainstAround
  case oddPlaces, rhythmRepeats, panelsRepeat, panelsRepeatUnmirrored, panelsRepeatInOrder
  // Beside the measure that sounds most like each.
  case rhythmAsHeard, panelsAsHeard, hasAlike
  // Feet: costs and findings in a row, and what they are around.
  case cost, costWorst, costThreeWorst, costExit, costAgainstAround, doubleSteps, doubleStepsAgainstAround
  case crossovers, twists, jacks, footSwitches, spins, stretches, jacksAgainstAround,
    footSwitchesAgainstAround
  case twistsAgainstAround, jumps, jumpsAgainstAround, bracketsAgainstAround, holdsAgainstAround, lanesUnused
  // What it is all about.
  case isHeard, isWrittenBefore, isWrittenAfter, level, isLevelKnown, rowCount, isPumpSingle, isPumpDouble
  case isHalfDouble, isDanceSingle, isDanceDouble
}

/// The traits of one region.
struct CriticTraits: Sendable {
  private(set) var values = [Float](repeating: 0, count: CriticTrait.allCases.count)

  /// Values that are no numbers count as 0.
  subscript(trait: CriticTrait) -> Double {
    get { Double(values[Self.positions[trait] ?? 0]) }
    set { values[Self.positions[trait] ?? 0] = newValue.isFinite ? Float(newValue) : 0 }
  }

  private static let positions = Dictionary(
    uniqueKeysWithValues: CriticTrait.allCases.enumerated().map { ($1, $0) })
}
