/// Where the presets differ. Each key stands once in a table.
enum PresetKeys {
  /// Asking for steps, which no other editor has keys for.
  static let asking: [(String, String)] = [
    ("a", "ask"), ("A", "ask-song"), ("R", "ask-panels"), ("F", "ask-fill"), ("S", "sync"),
    ("w", "select-measure"), (">", "denser"), ("<", "thinner"), ("c", "count"),
  ]

  static let vortex: [(String, String)] =
    shared + shiftMines + [
      ("y", "mirror"), ("t", "flip"), ("G", "turn"), ("`", "convert roll"), (".", "repeat"),
      ("]", "next-note"),
      ("[", "previous-note"), ("n", "next-kind"), ("b", "metronome"), ("T", "put-bpm"), ("N", "new-chart"),
      ("L", "charts"), ("J", "advance"), ("P", "song-properties"), ("C", "chart-properties"),
      ("shift+F5", "previous-song"), ("shift+F6", "next-song"),
    ]

  /// Shift is a roll, `.` and `,` go by notes, Del and Ins work on beats, P plays the region.
  static let stepmania: [(String, String)] =
    shared + shiftRolls + [
      ("m", "next-kind"), ("n", "previous-kind"), (".", "next-note"), (",", "previous-note"), ("P", "play"),
      ("p", "play-region"), ("del", "delete-beats 1"), ("ins", "insert-beats 1"),
      ("\\", "insert-beats 1"), ("r", "repeat"), ("y", "mirror"), ("t", "flip"), ("F7", "bpm-by -0.02"),
      ("F8", "bpm-by 0.02"), ("F11", "offset-by -0.02"), ("F12", "offset-by 0.02"), ("L", "charts"),
    ]

  static let groove: [(String, String)] =
    shared + shiftMines + [
      ("m", "advance"), ("b", "metronome"), ("t", "tick"), (".", "repeat"), ("]", "next-note"),
      ("[", "previous-note"), ("n", "next-kind"), ("ctrl+l", "next-label"), ("y", "mirror"), ("Y", "flip"),
      ("L", "charts"),
    ]

  static let smeditor: [(String, String)] =
    shared + shiftRolls + [
      ("m", "next-kind"), ("n", "previous-kind"), (".", "next-note"), (",", "previous-note"), ("F7", "tick"),
      ("F8", "metronome"), ("T", "put-bpm"), ("r", "repeat"), ("y", "mirror"), ("t", "flip"), ("L", "charts"),
      ("shift+F5", "previous-song"), ("shift+F6", "next-song"),
    ]

  /// Lanes as the pad lies under the hand; digits are free, so they count.
  static let stepedit: [(String, String)] = [
    ("u", "undo"), ("U", "redo"), ("x", "cut"), ("p", "paste"), ("P", "paste-merge"), ("d", "delete"),
    ("m", "mirror"), ("t", "flip"), ("T", "turn"), (".", "repeat"), ("]", "next-note"),
    ("[", "previous-note"),
    ("F1", "advance"), ("l", "play-region"), (";", "measure-up"), ("'", "measure-down"), ("i", "next-kind"),
    ("b", "metronome"), ("L", "charts"), ("o", "count"),
  ]

  /// Digits count, letters move and operate; lanes are on the pad-shaped keys, the second pad's under Alt.
  static let vim: [(String, String)] =
    [
      ("j", "down"), ("k", "up"), ("J", "beat-down"), ("K", "beat-up"), ("h", "snap-coarser"),
      ("l", "snap-finer"), ("w", "next-note"), ("b", "previous-note"), ("}", "measure-down"),
      ("{", "measure-up"), (")", "stream-down"), ("(", "stream-up"), ("ctrl+d", "measure-down"),
      ("ctrl+u", "measure-up"), ("ctrl+f", "measure-down"), ("ctrl+b", "measure-up"), ("G", "go-end"),
      ("g g", "go-start"), ("ctrl+o", "jump-back"), ("v", "mark"), ("V", "select-measure"), ("y", "copy"),
      ("d d", "delete"), ("d c", "cut"), ("d b", "delete-beats 1"), ("x", "delete"), ("p", "paste"),
      ("P", "paste-merge"), ("u", "undo"), ("ctrl+r", "redo"), (".", "repeat"), ("m", "mirror"),
      ("M", "flip"), ("Q", "quantise"), ("i", "next-kind"), ("I", "insert-beats 1"), ("r", "play-region"),
      ("t", "tick"), ("T", "metronome"), ("n", "next-timing"), ("N", "previous-timing"), ("L", "charts"),
      ("W", "toggle-waveform"), ("a", "ask"), ("A", "ask-song"), ("Z", "save"),
    ]

  static let vimLanes: [(String, String)] = Array("zqsec").enumerated().flatMap { index, key in
    [
      (String(key), "lane \(index + 1)"), ("alt+\(key)", "lane-other \(index + 1)"),
      ("o \(key)", "hold \(index + 1)"),
    ]
  }

  /// The same over a proposal; `q` leaves no review there.
  static let reviewLanes: [(String, String)] = Array("zqsec").enumerated().flatMap { index, key in
    [
      (String(key), "type \(index + 1)"), ("alt+\(key)", "also \(index + 1)"),
      ("h \(key)", "type-hold \(index + 1)"),
    ]
  }

  /// Single `z q s e c`, the second pad `v r g y n`; `h` before one opens a hold.
  static let padLanes: [(String, String)] = Array("zqsecvrgyn").enumerated().flatMap { index, key in
    [(String(key), "lane \(index + 1)"), ("h \(key)", "hold \(index + 1)")]
  }

  private static let shared: [(String, String)] = [
    ("u", "undo"), ("U", "redo"), ("x", "cut"), ("d", "delete"), ("q", "quantise"), ("}", "beat-down"),
    ("{", "beat-up"), (";", "measure-up"), ("'", "measure-down"), ("l", "play-region"),
    ("i", "insert-beats 1"),
    ("I", "delete-beats 1"), ("z", "zoom-in"), ("Z", "zoom-out"),
  ]

  private static let shiftMines = (1...10).map { ("shift+\($0 % 10)", "mine \($0)") }
  private static let shiftRolls = (1...10).map { ("shift+\($0 % 10)", "roll \($0)") }
}
