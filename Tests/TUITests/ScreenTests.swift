import Chart
import Editor
import TUI
import Testing

@Suite struct ScreenTests {
  @Test(arguments: [(120, 40), (100, 30), (60, 20), (40, 12), (20, 5)])
  func theFieldAtEverySize(width: Int, height: Int) throws {
    try expectGolden(Songs.zoo().screen(width, height), "field-\(width)x\(height)")
  }

  @Test func tenLanesFitSixtyColumns() throws {
    let grid = Songs.zoo(.pumpDouble).screen(60, 20)
    try expectGolden(grid, "double-60x20")
    for arrow in ["[↖]", "[■]", "[↗]", "[↘]"] {
      #expect(grid.text.components(of: arrow) >= 1, "\(arrow)")
    }
  }

  @Test func danceNotesAreColouredByQuantisation() throws {
    try expectGolden(
      Songs.zoo(.danceSingle).screen(80, 24, theme: Theme.load("light") { _ in nil }.theme), "dance-light")
  }

  @Test func withoutColoursShapeTellsTheSame() throws {
    let mono = Songs.zoo().screen(80, 30, theme: .mono)
    try expectGolden(mono, "field-mono")
    #expect(mono.text == Songs.zoo().screen(80, 30).text, "themes change the look and never the words")
  }

  /// Every kind of note has a picture of its own, in text alone, in Unicode as in ASCII.
  @Test(arguments: [false, true]) func kindsAreToldApartByTextAlone(isASCII: Bool) throws {
    let kinds: [Note.Kind] = [
      .tap, .hold(end: Row(9600)), .roll(end: Row(9600)), .mine, .lift, .fake, .keysound,
    ]
    var pictures: [String] = []
    for kind in kinds {
      let note = Note(row: .zero, lane: Lane(1), kind: kind)
      let chart = StepChart(header: ChartHeader(stepsType: .pumpSingle), notes: NoteList([note]))
      let state = EditorState(document: Simfile(charts: [chart]))
      let grid = state.screen(80, 12)
      let receptors = try #require((0..<12).first { grid.row($0).contains { $0.glyph == Glyph("▶") } })
      let skinned = isASCII ? grid.inASCII : grid
      // The lane's three cells on the receptors' line and, for what follows a head, on the next.
      let start = 17 + 5 + 1
      pictures.append(
        [receptors, receptors + 1].flatMap { y in (start..<start + 3).map { skinned[$0, y].glyph.string } }
          .joined())
    }
    #expect(Set(pictures).count == kinds.count, "\(pictures)")
  }

  /// Whatever the program draws of its own has a stand-in; a question mark would tell nothing.
  @Test func inASCIINothingIsAQuestionMark() {
    for state in [Songs.zoo(), Songs.zoo(.danceDouble), Songs.empty(), Songs.review(), Songs.syncing()] {
      for lines in [[], [":set "], ["help"], ["new-chart"], ["charts"], ["go 0 2"]] {
        var state = state
        for line in lines { _ = state.reduce(.command(line)) }
        for playhead in [nil, Beat(0.6)] {
          let grid = state.screen(140, 40, playhead: playhead)
          #expect(grid.inASCII.text.components(of: "?") == grid.text.components(of: "?"), "\(lines)")
        }
      }
    }
  }

  /// Each note tells its foot, and the panel why; a walk of an older chart is not shown.
  @Test func theFeetAreTold() throws {
    var state = Songs.zoo(.danceSingle)
    _ = state.reduce(.command("toggle-feet"))
    let plain = state.screen(100, 30)
    let step = Footwork.Step(
      row: .zero, left: [Lane(0)], right: [], freedom: .clear, notices: ["double-step"], isHard: true,
      reason: "with the other foot the player would spin around here")
    _ = state.reduce(.feetWalked(Footwork([step]), revision: state.revision - 1))
    #expect(state.screen(100, 30) == plain)
    _ = state.reduce(.feetWalked(Footwork([step]), revision: state.revision))
    let told = state.screen(100, 30)
    #expect(told.text.components(of: "L←") == 1)
    #expect(told.text.components(of: "double-step") == 1)
    try expectGolden(told, "feet-100x30")
  }

  /// Proposals are no notes: their cells look other than those of the same notes taken.
  @Test func proposalsLookOtherThanNotes() throws {
    let review = Songs.review()
    try expectGolden(review.screen(120, 40), "review-120x40")
    var taken = review
    _ = taken.reduce(.command("take-all"))
    let (before, after) = (review.screen(120, 40), taken.screen(120, 40))
    for ghost in review.review?.ghosts ?? [] {
      let line = 12 + (ghost.note.row.index - review.cursor.index) / 12
      let x = 17 + ghost.note.lane.index * 5 + 2
      #expect(before[x, line].glyph != after[x, line].glyph)
    }
  }

  @Test func aSongWithoutChartsSaysWhatToDo() throws {
    try expectGolden(Songs.empty().screen(80, 20), "no-chart")
  }

  @Test func hostileAndWideTitlesStayInTheirCells() throws {
    let hostile = Songs.zoo(
      title: "\u{1B}]0;owned\u{7}\u{1B}[2J가나다라마바사아자차카타파하".repeated(3), artist: "\u{202E}evil")
    for width in [8, 21, 60, 120] {
      let grid = hostile.screen(width, 10)
      for scalar in grid.text.unicodeScalars where scalar != "\n" {
        #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
      }
      for line in grid.text.split(separator: "\n") { #expect(String(line).columns <= width) }
    }
    try expectGolden(Songs.zoo(title: "타피르의 노래", artist: "넴").screen(60, 10), "korean-title")
  }

  /// Whatever the size, there is a picture of that size, for every kind of state.
  @Test(arguments: [
    Songs.zoo(), Songs.zoo(.pumpDouble), Songs.zoo(StepsType("bm-double7")),
    Songs.zoo(StepsType("nobody-knows")),
    Songs.empty(),
  ])
  func anySizeCanBeDrawn(state: EditorState) {
    for width in [1, 2, 3, 5, 8, 13, 21, 39, 40, 59, 60, 61, 79, 80, 99, 100, 160, 250] {
      for height in [1, 2, 3, 4, 5, 7, 8, 10, 24, 80] {
        #expect(state.screen(width, height).size == Size(width: width, height: height))
        _ = state.screen(width, height, playhead: Beat(2.37))
      }
    }
  }

  @Test func playingMovesNotesByPartsOfALine() {
    let state = Songs.zoo()
    let still = state.screen(80, 24, playhead: Beat(1))
    let later = state.screen(80, 24, playhead: Beat(1 + 0.25 / 8))
    #expect(still.text != later.text)
    let mono = state.screen(80, 24, theme: .mono, playhead: Beat(1))
    let monoLater = state.screen(80, 24, theme: .mono, playhead: Beat(1 + 0.25 / 8))
    #expect(mono.row(10) == monoLater.row(10), "without colours whole lines move")
  }
}

extension String {
  func repeated(_ count: Int) -> String { String(repeating: self, count: count) }

  /// How often a text occurs.
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
