import Chart

/// Small simfiles written for the tests.
enum SimfileTexts {
  static func ssc(_ charts: String..., header: String = "") -> String {
    "#VERSION:0.83;\n#TITLE:Tapir;\n#OFFSET:-0.1;\n#BPMS:0=120;\n" + header + charts.joined()
  }

  static func chart(_ notes: String, type: String = "pump-single", tags: String = "") -> String {
    "\n//-- chart --\n#NOTEDATA:;\n#STEPSTYPE:\(type);\n#DESCRIPTION:S5;\n#DIFFICULTY:Edit;\n#METER:5;\n\(tags)"
      + "#NOTES:\n\(notes)\n;\n"
  }

  static func document(_ text: String, name: String = "a.ssc") throws -> SimfileDocument {
    try SimfileDocument(bytes: Array(text.utf8), name: name)
  }

  /// The notes of the only chart, each as `row:lane:kind`.
  static func notes(_ data: String, type: String = "pump-single") throws -> [String] {
    let document = try document(ssc(chart(data, type: type)))
    return (document.simfile.charts.first?.notes ?? NoteList()).map(Self.text)
  }

  static func text(_ note: Note) -> String {
    let kind: String
    switch note.kind {
    case .tap: kind = "tap"
    case .hold(let end): kind = "hold-\(end.index)"
    case .roll(let end): kind = "roll-\(end.index)"
    case .mine: kind = "mine"
    case .lift: kind = "lift"
    case .fake: kind = "fake"
    case .keysound: kind = "keysound"
    }
    var text = "\(note.row.index):\(note.lane.index):\(kind)"
    if note.modifiers.visibility != .normal { text += ":\(note.modifiers.visibility)" }
    if note.modifiers.isFake { text += ":unjudged" }
    if let player = note.modifiers.player { text += ":p\(player)" }
    if let keysound = note.modifiers.keysound { text += ":k\(keysound)" }
    return text
  }
}
