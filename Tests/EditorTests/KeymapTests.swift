import Chart
import Editor
import Testing

@Suite("Keys, commands and what is written about them")
struct KeymapTests {
  @Test(arguments: KeyPreset.allCases)
  func noKeyIsBoundTwiceAndEveryLineRuns(preset: KeyPreset) {
    let keymap = Keymap(preset: preset)
    #expect(keymap.problems.isEmpty, "\(keymap.problems)")
    for table in preset.tables {
      #expect(Set(table.map(\.0)).count == table.count, "a key stands twice in one table of \(preset)")
    }
    for binding in preset.bindings {
      let invocation = Invocation(binding.line)
      let command = invocation.flatMap { CommandTable.command(named: $0.command) }
      #expect(command != nil, "\(binding.line) is no command")
      #expect(command?.modes.contains(binding.mode) == true, "\(binding.line) is not for \(binding.mode)")
      #expect(keymap.keys(for: binding.line, in: binding.mode).isEmpty == false)
    }
  }

  /// What the known editors agree on stays where the hands expect it, whatever the preset.
  @Test(arguments: KeyPreset.allCases)
  func theCommonCoreIsInEveryPreset(preset: KeyPreset) throws {
    let keymap = Keymap(preset: preset)
    let core = [
      ("space", "play"), ("up", "up"), ("down", "down"), ("left", "snap-coarser"), ("right", "snap-finer"),
      ("pageup", "measure-up"), ("pagedown", "measure-down"), ("home", "go-start"), ("end", "go-end"),
      ("tab", "mark"),
      ("ctrl+z", "undo"), ("ctrl+y", "redo"), ("ctrl+x", "cut"), ("ctrl+c", "copy"), ("ctrl+v", "paste"),
      ("ctrl+a", "select-all"), ("ctrl+s", "save"), ("F5", "previous-chart"), ("F6", "next-chart"),
      ("shift+left", "slower"), ("shift+right", "faster"), ("ctrl+up", "stream-up"),
      ("ctrl+down", "stream-down"),
    ]
    for (keys, line) in core {
      let sequence = try #require(KeyEvent.sequence(keys))
      guard case .command(let invocation)? = keymap.node(sequence, in: .edit) else {
        Issue.record("\(keys) does nothing in \(preset)")
        continue
      }
      #expect(invocation.line == line, "\(keys) in \(preset)")
    }
  }

  @Test func commandNamesAreUnique() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(CommandTable.all.allSatisfy { !$0.doc.isEmpty && !$0.doc.hasSuffix(".") })
  }

  @Test func anAuthorsOwnKeysReplaceAndFree() {
    var state = EditorState(
      document: Simfile(
        timing: TimingData(offset: .zero, bpm: 120),
        charts: [StepChart(header: ChartHeader(stepsType: .pumpSingle))]),
      overrides: [
        KeyOverride(mode: .edit, keys: "z", line: "lane 1"), KeyOverride(mode: .edit, keys: "1", line: nil),
        KeyOverride(mode: .edit, keys: "hyper+x", line: "undo"),
        KeyOverride(mode: .edit, keys: "Q", line: "fly"),
        KeyOverride(mode: .edit, keys: "Z", line: "take"),
        KeyOverride(mode: .edit, keys: "F9", line: "snap 0"),
      ])
    #expect(state.keymap.problems.count == 4)
    #expect(state.keymap.problems.contains("Q: no command “fly”"))
    #expect(state.keymap.problems.contains("Z: “take” does nothing in edit mode"))
    #expect(state.keymap.problems.last?.hasPrefix("F9: snap: parts is a whole number from 1 to 192") == true)
    state.press("z")
    #expect(state.notes.count == 1)
    state.press("1 down")
    #expect(state.notes.count == 1)
    #expect(state.cursor == Row(12), "the freed digit counts")
  }

  @Test func shiftedDigitsFollowTheAuthorsKeyboard() {
    var state = Drawing.editor("> .....")
    state.run("set shifted-digits !\"·$%&/()=")
    state.press("\" ·")
    #expect(state.notes.map(\.lane.index) == [1, 2])
  }

  @Test(arguments: ["ctrl+z", "shift+up", "alt+1", "F12", "a", "A", "esc", "+", "ctrl+plus", "pagedown"])
  func keysAreReadAsTheyAreWritten(text: String) {
    #expect(KeyEvent(text)?.description == text)
  }

  @Test func prefixesTellHowTheyGoOn() {
    var state = Drawing.editor("> .....")
    state.press("k")
    #expect(state.pending.keys.count == 1)
    #expect(state.keyHints.map(\.keys) == ["f", "h", "l", "m", "r", "t"])
    state.press("esc")
    #expect(state.pending.isEmpty)
    #expect(state.keyHints.contains { $0.text == "play" && $0.keys == "space" })
  }

  @Test(arguments: KeyPreset.allCases)
  func theBottomLineTellsOfCommandsThatThereAre(preset: KeyPreset) {
    let keymap = Keymap(preset: preset)
    for mode in Mode.bound {
      let offers = KeyHints.offers(in: mode)
      for line in offers.flatMap(\.lines) {
        let command = Invocation(line).flatMap { CommandTable.command(named: $0.command) }
        #expect(command?.modes.contains(mode) == true, "\(line) in \(mode)")
      }
      #expect(offers.compactMap { $0.hint(in: mode, keymap) }.count >= offers.count - 2, "\(mode) \(preset)")
    }
  }

  @Test func theHelpIsSearched() {
    var state = Drawing.editor("> .....")
    state.type("?/mirror")
    guard case .help(let page)? = state.overlay else {
      Issue.record("the help is closed")
      return
    }
    #expect(page.search == "mirror")
    let found = HelpText.lines(for: .edit, keymap: state.keymap, containing: page.search)
    #expect(found.contains { if case .command(_, "mirror", _) = $0 { true } else { false } })
    #expect(found.count < 8)
    state.press("esc")
    #expect(state.overlay != nil, "escape first ends the search")
    state.press("esc")
    #expect(state.overlay == nil)
  }

  @Test func theManualNamesEveryCommandAndSetting() {
    let text = HelpText.markdown()
    for command in CommandTable.all {
      #expect(text.contains("`\(command.usage.replacing("|", with: "\\|"))`"))
    }
    for setting in Setting.all { #expect(text.contains("`\(setting.name)`")) }
  }

  @Test func settingsReadWhatTheyWrite() {
    for setting in Setting.all {
      var settings = Settings()
      #expect(setting.set(&settings, setting.get(settings)), "\(setting.name)")
      #expect(settings == Settings())
      #expect(!setting.set(&settings, ""))
    }
  }

  @Test func thePromptFindsCommandsByAnyPart() {
    let words = CommandTable.completions(of: "measure", in: .edit).map(\.word)
    #expect(words.first == "measure-down" && words.contains("select-measure"))
    #expect(CommandTable.completions(of: "backwards", in: .edit).isEmpty)
    #expect(CommandTable.completions(of: "left and right", in: .edit).isEmpty, "a second word is an argument")
    #expect(CommandTable.completions(of: "metronome", in: .edit).map(\.word).contains("metronome"))
    #expect(CommandTable.completions(of: "palette", in: .edit).isEmpty)
  }

  @Test func thePromptCompletesAndRemembers() {
    var state = Drawing.editor("> .....")
    state.type(":mirr")
    state.press("tab")
    guard case .prompt(let prompt)? = state.overlay else { return }
    #expect(prompt.text == "mirror")
    state.press("esc")
    state.type(":snap 2")
    guard case .prompt(let second)? = state.overlay else { return }
    #expect(second.completions.map(\.word) == ["24"])
    state.press("tab enter")
    #expect(state.snap.division == 24)
    state.type(":")
    state.press("up enter")
    #expect(state.snap.division == 24 && state.mode == .edit)
    state.run("snap 193")
    #expect(state.message?.text == "snap: parts is a whole number from 1 to 192" && state.snap.division == 24)
  }

  @Test func choicesAreTakenHoweverTheyAreWritten() {
    var state = Drawing.editor("> .....")
    state.run("tag TITLE Song")
    #expect(state.document.song[.title] == "Song")
    state.run("tag Artist Somebody")
    #expect(state.document.song[.artist] == "Somebody")
  }

  @Test func aThemeThatIsNotThereGivesWayToTheOneBefore() {
    var state = Drawing.editor("> .....")
    #expect(state.settings.theme == "auto")
    state.run("set theme light")
    state.run("set theme ligth")
    let effects = state.reduce(.themeMissing("ligth", known: ["auto", "dark", "light"]))
    #expect(state.settings.theme == "light" && effects == [.settingsChanged(state.settings)])
    #expect(state.message?.text == "no theme “ligth”; there are auto, dark, light")
    #expect(state.reduce(.themeMissing("ligth", known: [])).isEmpty, "a late answer changes nothing")
  }
}
