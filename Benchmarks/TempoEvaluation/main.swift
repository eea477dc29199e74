import Audio
import Foundation
import Tempo

/// Compares the tempo search with charts made by people, and with the method that chart writers know.
///
/// `tempo-evaluation DATA [--split valid|train] [--fit] [--list] [--only WORD]`; DATA holds songs.csv and songs/.
struct Options {
  var data: String
  var isTraining = false
  var fits = false
  var lists = false
  var only = ""

  init?(_ arguments: [String]) {
    guard let data = arguments.first else { return nil }
    self.data = data
    var rest = arguments.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "--split": isTraining = rest.popFirst() == "train"
      case "--fit": (fits, isTraining) = (true, true)
      case "--list": lists = true
      case "--only": only = rest.popFirst() ?? ""
      default: return nil
      }
    }
  }
}

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  print("usage: tempo-evaluation DATA [--split valid|train] [--fit] [--list] [--only WORD]")
  exit(2)
}
let songs = try SongTruth.all(in: options.data).filter {
  $0.isTraining == options.isTraining && (options.only.isEmpty || $0.name.contains(options.only))
}
if options.fits {
  try Evaluation.fit(songs)
} else {
  try Evaluation.compare(songs, lists: options.lists)
}
