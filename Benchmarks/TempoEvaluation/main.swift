import Audio
import Foundation
import Tempo

/// Compares the tempo search with charts made by people, with the method that chart writers know, and with songs
/// whose tempo is known because they are synthesised.
struct Options {
  static let usage = """
    usage: tempo-evaluation [DATA] [--split valid|train] [--part PART]... [--fit] [--features FILE] [--list] [--alone] [--only WORD]
      [--cache FOLDER]
    DATA holds songs.csv and songs/. PART is constant, changing, synthetic or beatless; all of them when none is
    named, without DATA the last two. FOLDER keeps what was heard of each sound for the next run.
    """
  static let parts = ["constant", "changing", "synthetic", "beatless"]

  var data: String?
  var isTraining = false
  var parts: [String] = []
  var fits = false
  var features: String?
  var stretches: String?
  var lists = false
  /// Without the other method.
  var isAlone = false
  var only = ""
  var count = 200
  var cache = SoundCache(folder: nil)

  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--split": isTraining = rest.popFirst() == "train"
      case "--part": parts.append(rest.popFirst() ?? "")
      case "--fit": (fits, isTraining) = (true, true)
      case "--features": features = rest.popFirst()
      case "--stretches": stretches = rest.popFirst()
      case "--alone": isAlone = true
      case "--list": lists = true
      case "--cache": cache = SoundCache(folder: rest.popFirst())
      case "--only": only = rest.popFirst() ?? ""
      case "--count": count = rest.popFirst().flatMap { Int($0) } ?? count
      default:
        guard data == nil, !word.hasPrefix("-") else { return nil }
        data = word
      }
    }
    guard Set(parts).isSubset(of: Options.parts), !fits || data != nil else { return nil }
    if parts.isEmpty { parts = data == nil ? ["synthetic", "beatless"] : Options.parts }
  }
}

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  print(Options.usage)
  exit(2)
}
let songs = try options.data.map { try SongTruth.all(in: $0) } ?? []
let chosen = songs.filter {
  $0.isTraining == options.isTraining && (options.only.isEmpty || $0.name.contains(options.only))
}
if options.fits {
  try Evaluation.fit(chosen, cache: options.cache)
} else if let file = options.stretches {
  try Evaluation.writeStretchFeatures(of: chosen, to: file, options: options)
} else if let file = options.features {
  try Evaluation.writeFeatures(of: chosen, to: file, cache: options.cache)
} else {
  for part in options.parts {
    switch part {
    case "constant": try Evaluation.compare(chosen, options: options)
    case "changing": try Evaluation.followReal(chosen, options: options)
    case "synthetic": try Evaluation.followSynthetic(options.count, options: options)
    default: try Evaluation.refuse()
    }
  }
}
