/// The notes of the demo song, a bar (four beats) a string of sixteen characters, so a character a sixteenth.
/// Drums: `x` strikes. Melody and bass: a digit is a degree of the A minor scale (`7` the octave, letters go on
/// from there), `-` holds the note before, `.` rests.
struct DemoSection {
  let name: String
  let bpm: Double
  let bars: Int
  let kick: [String]
  let snare: [String]
  let hat: [String]
  let bass: [String]
  let lead: [String]
  /// Loudness of the chords, 0 for none.
  let pad: Float
  /// Noise that swells to the section's end.
  let rises: Bool

  static let restBar = "................"

  /// A part shorter than its section starts over; an empty one rests.
  static func bar(_ index: Int, of part: [String]) -> String {
    part.isEmpty ? restBar : part[index % part.count]
  }

  var beats: Int { bars * 4 }
}

enum DemoScore {
  /// The chords' roots, a bar each, as degrees of the scale: Am F C G.
  static let roots = [0, 5, 2, 6]

  private static let fourOnTheFloor = ["x...x...x...x..."]
  private static let backbeat = ["....x.......x..."]
  private static let hook = [
    "7-7.a.9.7-5.4-..", "5-5.7.9.7-5.4-2.", "4-4.7.9.a-9.7-9.", "8-8.9.8.6-4.6-..",
    "7-7.a.9.b-a.9-..", "c-b.a.9.7-9.a-9.", "9-9.b.9.7-4.7-9.", "8.9.8.6.4.6.8.b.",
  ]
  private static let arpeggio = [
    "0.2.4.7.4.2.4.2.", "5.7.9.c.9.7.9.7.", "2.4.6.9.6.4.6.4.", "6.8.a.d.a.8.a.8.",
  ]

  static let sections = [
    DemoSection(
      name: "intro", bpm: 140, bars: 4, kick: ["x...x...x...x..."], snare: [], hat: ["..x...x...x...x."],
      bass: [], lead: [], pad: 0.7, rises: false),
    DemoSection(
      name: "verse", bpm: 140, bars: 8, kick: fourOnTheFloor, snare: backbeat,
      hat: ["x.x.x.x.x.x.x.x.", "x.x.x.x.x.x.x.xx"],
      bass: ["0-..0.0-..0.0.0."], lead: arpeggio, pad: 0.5, rises: false),
    DemoSection(
      name: "build", bpm: 140, bars: 4,
      kick: ["x...x...x...x...", "x.x.x.x.x.x.x.x.", "x.x.x.x.x.x.x.x.", DemoSection.restBar],
      snare: ["x...x...x...x...", "x...x...x...x...", "x.x.x.x.x.x.x.x.", "xxxxxxxxxxxx...."],
      hat: [], bass: ["0---............"], lead: [], pad: 0.8, rises: true),
    DemoSection(
      name: "chorus", bpm: 140, bars: 8, kick: fourOnTheFloor,
      snare: ["....x.......x...", "....x.......x...", "....x.......x...", "....x..x.x..x.xx"],
      hat: ["x.xxx.xxx.xxx.xx"], bass: ["..0-..0-..0-..0."], lead: hook, pad: 0.6, rises: false),
    DemoSection(
      name: "break", bpm: 160, bars: 4,
      kick: ["x.......x.......", DemoSection.restBar, "x.......x.......", "x...x...x.x.x.x."],
      snare: [DemoSection.restBar, DemoSection.restBar, DemoSection.restBar, "....x...x.x.xxxx"],
      hat: ["....x.......x..."],
      bass: ["0-------........"], lead: ["0---4---7---9-8-", "7---5---4-------"], pad: 0.9, rises: true),
    DemoSection(
      name: "last chorus", bpm: 160, bars: 8, kick: ["x...x...x...x.x."],
      snare: ["....x.......x...", "....x.......x..x", "....x.......x...", "....x..x.x..x.xx"],
      hat: ["xxxxxxxxxxxxxxxx"], bass: ["..00..00..00..00"], lead: hook, pad: 0.6, rises: false),
    DemoSection(
      name: "outro", bpm: 160, bars: 4,
      kick: ["x...x...x...x...", "x...x...x...x...", "x.......x.......", "x..............."],
      snare: [], hat: ["..x...x...x...x.", "..x...x...x...x.", DemoSection.restBar, DemoSection.restBar],
      bass: ["0---....0---....", "0---....0---....", "0-------........", "0---------------"],
      lead: arpeggio.dropLast() + ["7---------------"], pad: 0.7, rises: false),
  ]
}
