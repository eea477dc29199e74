import Chart
import Editor

/// The colours of notes in one chart, looked up once a frame.
struct NotePalette {
  let paper: RGB
  let isMono: Bool
  let ink: Style
  private let laneStyles: [Style]
  private let quantStyles: [Snap: Style]
  private let isByLane: Bool
  private let theme: Theme

  init(state: EditorState, theme: Theme) {
    let type = state.chart?.header.stepsType ?? .pumpSingle
    self.theme = theme
    paper = theme.paper
    isMono = theme.isMono
    ink = theme[.noteInk]
    laneStyles = (0..<max(1, state.lanes)).map { theme[NoteShapes.scope(of: Lane($0), in: type)] }
    quantStyles = Dictionary(
      uniqueKeysWithValues: Snap.all.map { ($0, theme[NoteShapes.quantisation($0).scope]) })
    switch state.settings.colours {
    case .auto: isByLane = type.isPump
    case .lane: isByLane = true
    case .quantisation: isByLane = false
    }
  }

  /// The colour of a note's body and edges.
  func style(of note: Note) -> Style {
    switch note.kind {
    case .mine: return theme[.noteMine]
    case .lift: return theme[.noteLift]
    case .fake: return theme[.noteFake]
    case .keysound: return theme[.noteKeysound]
    case .tap, .hold, .roll:
      if note.modifiers.isFake { return theme[.noteFake] }
      if isByLane { return laneStyles[safe: note.lane.index] ?? Style() }
      return quantStyles[Snap.quantisation(of: note.row)] ?? Style()
    }
  }

  func style(of snap: Snap) -> Style { quantStyles[snap] ?? Style() }

  /// The faint band behind a hold's body.
  func band(_ style: Style) -> RGB? { style.foreground.map { $0.mixed(with: paper, 0.66) } }

  /// A ghost's look: the brighter, the surer.
  func ghost(_ probability: Double) -> Style {
    guard let sure = theme[.ghost].foreground, let unsure = theme[.ghostUnsure].foreground else {
      return probability >= 0.4 ? theme[.ghost] : theme[.ghostUnsure]
    }
    var style = theme[.ghost]
    let color = unsure.mixed(with: sure, probability)
    style.foreground = color
    style.background = paper.mixed(with: color, 0.12 + 0.2 * probability)
    if probability < 0.4 { style.attributes = theme[.ghostUnsure].attributes }
    return style
  }
}
