import Chart
import Testing

/// Each rule on the smallest simfile that breaks it, and silence on a sound one.
@Suite struct LintTests {
  static func sound() -> Simfile {
    var simfile = Simfile()
    simfile.song[.title] = "Tapir"
    simfile.song[.music] = "tapir.ogg"
    simfile.charts = [
      StepChart(
        header: ChartHeader(stepsType: .pumpSingle, description: "S7", meter: 7),
        timing: TimingData(offset: .zero, bpm: 120),
        notes: NoteList([
          Note(row: Row(0), lane: Lane(0)), Note(row: Row(48), lane: Lane(4), kind: .hold(end: Row(96))),
        ]))
    ]
    return simfile
  }

  struct Breach: Sendable, CustomTestStringConvertible {
    var code: String
    var breaking: @Sendable (inout Simfile) -> Void
    var testDescription: String { code }
  }

  static let breaches: [Breach] = [
    Breach(code: "no-charts") { $0.charts = [] },
    Breach(code: "missing-title") { $0.song[.title] = "" },
    Breach(code: "missing-file") { $0.song[.music] = "" },
    Breach(code: "missing-file") { $0.song[.banner] = "gone.png" },
    Breach(code: "outside-path") { $0.song[.background] = "../secret.png" },
    Breach(code: "outside-path") { $0.song[.background] = "/etc/passwd" },
    Breach(code: "duplicate-slot") {
      $0.charts[0].header.difficulty = .hard
      $0.charts.append($0.charts[0])
      $0.charts[1].notes = NoteList([Note(row: Row(0), lane: Lane(1))])
    },
    Breach(code: "duplicate-chart") { $0.charts.append($0.charts[0]) },
    Breach(code: "sample-range") {
      $0.song[.sampleStart] = "55"
      $0.song[.sampleLength] = "12"
    },
    Breach(code: "unknown-type") { $0.charts[0].header.stepsType = StepsType("horse-single") },
    Breach(code: "no-notes") { $0.charts[0].notes = NoteList() },
    Breach(code: "level-mismatch") { $0.charts[0].header.meter = 8 },
    Breach(code: "level-range") {
      $0.charts[0].header.meter = 0
      $0.charts[0].header.description = ""
    },
    Breach(code: "lane-range") { $0.charts[0].notes.insert(Note(row: Row(0), lane: Lane(5))) },
    Breach(code: "before-music") { $0.charts[0].timing?.offset = Seconds(1) },
    Breach(code: "after-music") { $0.charts[0].notes.insert(Note(row: Row(48 * 121), lane: Lane(0))) },
    Breach(code: "impossible-row") { file in
      for lane in 0..<4 { file.charts[0].notes.insert(Note(row: Row(60), lane: Lane(lane))) }
    },
    Breach(code: "impossible-row") { file in
      file.charts[0].header = ChartHeader(stepsType: .pumpDouble, description: "D7", meter: 7)
      file.charts[0].notes = NoteList([0, 3, 7].map { Note(row: Row(0), lane: Lane($0)) })
    },
    Breach(code: "warped-notes") { $0.charts[0].timing?.warps = [TimingEvent(row: Row(0), value: 12)] },
    Breach(code: "short-hold") {
      $0.charts[0].notes.insert(Note(row: Row(0), lane: Lane(2), kind: .hold(end: Row(2))))
    },
    Breach(code: "no-bpm") { $0.charts[0].timing?.bpms = [] },
    Breach(code: "first-bpm") { $0.charts[0].timing?.bpms = [TimingEvent(row: Row(48), value: 120)] },
    Breach(code: "redundant-bpm") { $0.charts[0].timing?.bpms.set(120, at: Row(96)) },
    Breach(code: "bpm-warp") { $0.charts[0].timing?.bpms.set(1e8, at: Row(192)) },
    Breach(code: "overlapping-warps") {
      $0.charts[0].timing?.warps = [
        TimingEvent(row: Row(192), value: 48), TimingEvent(row: Row(216), value: 48),
      ]
    },
    Breach(code: "nested-warp") {
      $0.charts[0].timing?.warps = [
        TimingEvent(row: Row(192), value: 96), TimingEvent(row: Row(216), value: 48),
      ]
    },
    Breach(code: "label-text") { $0.charts[0].timing?.labels = [TimingEvent(row: Row(0), value: "a,b")] },
  ]

  static var context: Lint.Context {
    Lint.Context(musicLength: Seconds(60), fileExists: { $0 == "tapir.ogg" })
  }

  @Test func aSoundFilePassesInSilence() {
    #expect(Lint.findings(in: Self.sound(), Self.context).isEmpty)
  }

  @Test(arguments: breaches) func aBreachIsFoundByName(breach: Breach) {
    var simfile = Self.sound()
    breach.breaking(&simfile)
    let found = Lint.findings(in: simfile, Self.context).map(\.code)
    #expect(found.contains(breach.code), "found \(found)")
  }

  @Test func everyRuleHasABreachHere() {
    let written = DocumentLintTests.breaches.map(\.code).filter { !["unclosed-hold"].contains($0) }
    let codes = Self.breaches.map(\.code) + written + ["old-encoding"]
    #expect(Set(Lint.manual.map(\.code)) == Set(codes))
  }
}
