/// Everything that a theme can give a look, by dotted names. A scope that a theme leaves out looks like the next
/// shorter one (`note.quant.4`, `note.quant`, `note`), in the end like `ui`.
package enum Scope: String, CaseIterable, Sendable {
  // The frame of the screen
  case ui
  case title = "ui.title"
  case titleDetail = "ui.title.detail"
  case titleUnsaved = "ui.title.unsaved"
  case status = "ui.status"
  case modeEdit = "ui.status.mode.edit"
  case modeReview = "ui.status.mode.review"
  case modeSync = "ui.status.mode.sync"
  case modeOverlay = "ui.status.mode.overlay"
  case messageNote = "ui.message.note"
  case messageWarning = "ui.message.warning"
  case messageError = "ui.message.error"
  case keysKey = "ui.keys.key"
  case keysText = "ui.keys.text"
  case frame = "ui.frame"
  case panelHeading = "ui.panel.heading"
  case panelLabel = "ui.panel.label"
  case panelValue = "ui.panel.value"
  case menu = "ui.menu"
  case menuSelected = "ui.menu.selected"
  case menuHint = "ui.menu.hint"
  case prompt = "ui.prompt"
  case caret = "ui.prompt.caret"

  // The note field
  case field
  case fieldMeasure = "field.measure"
  case fieldBeat = "field.beat"
  case fieldLane = "field.lane"
  case fieldNumber = "field.number"
  case fieldReceptor = "field.receptor"
  case fieldRegion = "field.region"
  case eventTempo = "field.event.tempo"
  case eventPause = "field.event.pause"
  case eventWarp = "field.event.warp"
  case eventDisplay = "field.event.display"
  case eventLabel = "field.event.label"
  case eventProposed = "field.event.proposed"

  // Notes: by panel, by quantisation, by kind
  case panelUpper = "note.panel.upper"
  case panelCentre = "note.panel.centre"
  case panelLower = "note.panel.lower"
  case panelSide = "note.panel.side"
  case quant4 = "note.quant.4"
  case quant8 = "note.quant.8"
  case quant12 = "note.quant.12"
  case quant16 = "note.quant.16"
  case quant24 = "note.quant.24"
  case quant32 = "note.quant.32"
  case quant48 = "note.quant.48"
  case quant64 = "note.quant.64"
  case quant96 = "note.quant.96"
  case quant192 = "note.quant.192"
  case noteInk = "note.ink"
  case noteMine = "note.mine"
  case noteLift = "note.lift"
  case noteFake = "note.fake"
  case noteKeysound = "note.keysound"

  // The feet
  case footLeft = "foot.left"
  case footRight = "foot.right"
  case footHard = "foot.hard"

  // Proposals
  case ghost
  case ghostUnsure = "ghost.unsure"
  case ghostTaken = "ghost.taken"
  case ghostStruck = "ghost.struck"

  // The music
  case waveQuiet = "wave.quiet"
  case waveLoud = "wave.loud"
  case waveOnset = "wave.onset"

  // The whole chart at a glance
  case minimapSparse = "minimap.sparse"
  case minimapDense = "minimap.dense"
  case minimapView = "minimap.view"
  case minimapRegion = "minimap.region"
  case minimapCursor = "minimap.cursor"

  // Finding the tempo
  case syncChosen = "sync.chosen"
  case syncGood = "sync.good"
  case syncBad = "sync.bad"
  case syncPin = "sync.pin"

  /// The names that a theme may use: the scopes and every beginning of one.
  package static let names: Set<String> = {
    var names: Set<String> = []
    for scope in allCases { names.formUnion(scope.fallbacks) }
    return names
  }()

  /// The scope's own name, then ever shorter ones.
  var fallbacks: [String] {
    var parts = rawValue.split(separator: ".")
    var names: [String] = []
    while !parts.isEmpty {
      names.append(parts.joined(separator: "."))
      parts.removeLast()
    }
    return names
  }
}
