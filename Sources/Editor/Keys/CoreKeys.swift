/// The keys that all presets share: the common core that the known editors agree on, and what they do not have.
enum CoreKeys {
  /// Keys of every mode with a note field.
  static let everywhere: [(String, String)] = [
    ("down", "down"), ("up", "up"), ("pagedown", "measure-down"), ("pageup", "measure-up"),
    ("alt+down", "beat-down"), ("alt+up", "beat-up"), ("home", "go-start"), ("end", "go-end"),
    ("ctrl+down", "stream-down"), ("ctrl+up", "stream-up"),
    ("space", "play"), ("shift+left", "slower"), ("shift+right", "faster"),
    ("F3", "metronome"), ("F4", "tick"), ("ctrl+l", "redraw"), ("ctrl+q", "quit"), ("ctrl+o", "open"),
    (":", "prompt"), ("?", "help"), ("F1", "help"),
  ]

  /// Keys of edit mode.
  static let edit: [(String, String)] =
    [
      ("left", "snap-coarser"), ("right", "snap-finer"),
      ("tab", "mark"), ("esc", "select-none"), ("ctrl+a", "select-all"),
      ("shift+down", "extend-down"), ("shift+up", "extend-up"), ("shift+pagedown", "extend-measure-down"),
      ("shift+pageup", "extend-measure-up"), ("shift+home", "extend-start"), ("shift+end", "extend-end"),
      ("ctrl+x", "cut"), ("ctrl+c", "copy"), ("ctrl+v", "paste"), ("alt+v", "paste-merge"),
      ("del", "delete"), ("backspace", "delete"),
      ("ctrl+z", "undo"), ("ctrl+y", "redo"), ("ctrl+s", "save"),
      ("F5", "previous-chart"), ("F6", "next-chart"),
      ("+", "lengthen"), ("-", "shorten"), ("=", "lengthen"),
      ("ctrl+p", "play-region"), ("ctrl+g", "cancel"),
    ]
    + [
      ("g g", "go-start"), ("g e", "go-end"), ("g s", "stream-down"), ("g S", "stream-up"),
      ("g b", "beat-down"),
      ("g B", "beat-up"), ("g t", "next-timing"), ("g T", "previous-timing"), ("g l", "next-label"),
      ("g L", "previous-label"), ("g n", "next-note"), ("g p", "previous-note"), ("g o", "jump-back"),
      ("g i", "jump-forward"), ("g x", "next-problem"), ("g X", "previous-problem"),
    ]
    + [
      ("e 2", "stretch 2 1"), ("e 3", "stretch 3 2"), ("e 4", "stretch 4 3"), ("e h", "stretch 1 2"),
      ("e t", "stretch 2 3"), ("e q", "stretch 3 4"), ("e right", "lanes-right"), ("e left", "lanes-left"),
      ("e down", "shift-later"), ("e up", "shift-earlier"), ("e u", "quantise"), ("e i", "insert-beats 1"),
      ("e d", "delete-beats 1"), ("e m", "convert mine"), ("e l", "convert lift"), ("e f", "convert fake"),
      ("e x", "convert tap"), ("e r", "convert roll"), ("e o", "convert hold"),
    ]
    + [
      ("k t", "kind tap"), ("k h", "kind hold"), ("k r", "kind roll"), ("k m", "kind mine"),
      ("k l", "kind lift"),
      ("k f", "kind fake"),
    ]
    + [
      ("v w", "toggle-waveform"), ("v m", "toggle-minimap"), ("v p", "toggle-panel"), ("v k", "toggle-keys"),
      ("v l", "toggle-feet"),
      ("v i", "zoom-in"), ("v o", "zoom-out"), ("v f", "follow"), ("v a", "advance"), ("v +", "louder"),
      ("v -", "quieter"), ("v b", "metronome"), ("v t", "tick"),
    ]
    + [
      ("f o", "open"), ("f left", "previous-song"), ("f right", "next-song"), ("f p", "song-properties"),
      ("f s", "save"), ("f a", "save-as"), ("f e", "sample"),
    ]
    + [
      ("C n", "new-chart"), ("C l", "charts"), ("C p", "chart-properties"), ("C d", "duplicate-chart"),
      ("C x", "delete-chart"), ("C left", "previous-chart"), ("C right", "next-chart"),
    ]

  /// Digits as lanes, with their other half under Alt.
  static let digitLanes: [(String, String)] = (1...10).flatMap { lane in
    [
      ("\(lane % 10)", "lane \(lane)"), ("alt+\(lane % 10)", "lane-other \(lane)"),
      ("h \(lane % 10)", "hold \(lane)"),
    ]
  }

  static let review: [(String, String)] =
    [
      ("y", "take"), ("enter", "take-all-and-ask"), ("x", "refuse"), ("del", "refuse"),
      ("n", "next-proposal"),
      ("p", "previous-proposal"), ("b", "take-beat"), ("B", "refuse-beat"), ("m", "take-measure"),
      ("M", "refuse-measure"), ("a", "take-all"), ("X", "refuse-all"), ("tab", "other"),
      ("shift+tab", "other-back"), ("+", "denser"), ("=", "denser"), ("-", "thinner"), ("r", "ask-again"),
      ("left", "note-left"), ("right", "note-right"), ("u", "undecide"), ("ctrl+z", "undecide"),
      ("l", "play-region"),
      ("ctrl+p", "play-region"), ("esc", "leave"), ("q", "leave"), ("D", "drop"), ("ctrl+g", "cancel"),
      ("ctrl+s", "save"),
      ("g g", "go-start"), ("g e", "go-end"), ("[", "snap-coarser"), ("]", "snap-finer"),
      ("N", "next-unsure"), ("P", "previous-unsure"), (".", "next-near"), (",", "previous-near"),
      (">", "type-longer"), ("<", "type-shorter"),
    ]
    + (1...10).flatMap { lane in
      [
        ("\(lane % 10)", "type \(lane)"), ("alt+\(lane % 10)", "also \(lane)"),
        ("h \(lane % 10)", "type-hold \(lane)"),
      ]
    }

  static let sync: [(String, String)] = [
    ("enter", "keep-tempo"), ("esc", "drop-tempo"), ("tab", "next-candidate"),
    ("shift+tab", "previous-candidate"),
    ("[", "earlier"), ("]", "later"), ("{", "earlier 10"), ("}", "later 10"), (",", "bpm-down"),
    (".", "bpm-up"),
    ("<", "bpm-down 0.1"), (">", "bpm-up 0.1"), ("ctrl+left", "bpm-down 1"), ("ctrl+right", "bpm-up 1"),
    ("t", "tap"), ("T", "use-taps"), ("h", "half-beat"), ("2", "double"), ("/", "halve"),
    (";", "first-beat-earlier"),
    ("'", "first-beat-later"), ("b", "put-bpm"), ("B", "remove-bpm"), ("S", "rows-to-stop"), ("d", "listen"),
    ("f", "fewer"), ("g", "tighter"), ("y", "take-tempo"), ("x", "refuse-tempo"), ("a", "take-all-tempo"),
    ("n", "next-event"), ("N", "previous-event"), ("p", "pin"), ("o", "pin-onset"), ("m", "sync-mark"),
    ("-", "slide -1"), ("=", "slide 1"), ("_", "slide -10"), ("+", "slide 10"), ("(", "drag -1"),
    (")", "drag 1"),
    ("shift+up", "move-event -1"), ("shift+down", "move-event 1"), ("c", "merge-event"),
    ("r", "next-reading"), ("i", "bpm-onsets"),
    ("C", "convention"), ("R", "prune"), ("k", "notes-keep"), ("u", "undo-tempo"), ("ctrl+z", "undo-tempo"),
    ("left", "snap-coarser"),
    ("right", "snap-finer"), ("ctrl+g", "cancel"),
  ]
}
