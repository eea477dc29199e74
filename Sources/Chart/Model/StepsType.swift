/// What a chart is played on, by StepMania's name for it (`pump-single`). Unknown names are kept as they stand.
package struct StepsType: Hashable, Sendable, Codable, CustomStringConvertible {
  package let name: String

  package init(_ name: String) { self.name = name }

  package var description: String { name }

  package static let pumpSingle = StepsType("pump-single")
  package static let pumpHalfDouble = StepsType("pump-halfdouble")
  package static let pumpDouble = StepsType("pump-double")
  package static let danceSingle = StepsType("dance-single")
  package static let danceDouble = StepsType("dance-double")

  /// The types that the note field, the feet and the model know by heart, in the order in which they are offered.
  package static let authored: [StepsType] = [
    .pumpSingle, .pumpDouble, .pumpHalfDouble, .danceSingle, .danceDouble,
  ]

  /// The number of lanes, or nil for a type that is not in StepMania's table.
  package var lanes: Int? { StepsType.laneCounts[name] }

  package var isPump: Bool { name.hasPrefix("pump-") }
  package var isDance: Bool { name.hasPrefix("dance-") }

  /// StepMania's table of steps types (its `GameManager`), name to number of lanes.
  package static let laneCounts: [String: Int] = [
    "dance-single": 4, "dance-double": 8, "dance-couple": 8, "dance-solo": 6, "dance-threepanel": 3,
    "dance-routine": 8,
    "pump-single": 5, "pump-halfdouble": 6, "pump-double": 10, "pump-couple": 10, "pump-routine": 10,
    "kb7-single": 7, "ez2-single": 5, "ez2-double": 10, "ez2-real": 7,
    "para-single": 5, "para-versus": 10, "ds3ddx-single": 8,
    "bm-single5": 6, "bm-versus5": 6, "bm-double5": 12, "bm-single7": 8, "bm-versus7": 8, "bm-double7": 16,
    "maniax-single": 4, "maniax-double": 8,
    "techno-single4": 4, "techno-single5": 5, "techno-single8": 8,
    "techno-double4": 8, "techno-double5": 10, "techno-double8": 16,
    "pnm-five": 5, "pnm-nine": 9,
    "kickbox-human": 4, "kickbox-quadarm": 4, "kickbox-insect": 6, "kickbox-arachnid": 8,
    "lights-cabinet": 6,
  ]
}
