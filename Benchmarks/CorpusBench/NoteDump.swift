import Chart
import Foundation

/// Every note of every chart as lines: `C index lanes path`, then `row lane kind end seconds judged` for each note.
enum NoteDump {
  static func write(_ paths: [String], under folder: String) {
    for path in paths {
      let name = (path as NSString).lastPathComponent
      guard let document = try? SimfileDocument(bytes: CorpusFiles.bytes(of: path), name: name) else {
        print("X \(path.dropFirst(folder.count + 1))")
        continue
      }
      let simfile = document.simfile
      for (index, chart) in simfile.charts.enumerated() {
        var text = "C \(index) \(chart.header.stepsType.lanes ?? 0) \(path.dropFirst(folder.count + 1))\n"
        let map = TimingMap(simfile.timing(of: chart))
        for (note, time) in zip(chart.notes, map.seconds(of: chart.notes)) {
          let judged = map.isJudged(note.row) ? 1 : 0
          text +=
            "\(note.row.index) \(note.lane.index) \(letter(note.kind)) \(note.lastRow.index) \(time.value) \(judged)\n"
        }
        FileHandle.standardOutput.write(Data(text.utf8))
      }
    }
  }

  private static func letter(_ kind: Note.Kind) -> String {
    switch kind {
    case .tap: "1"
    case .hold: "2"
    case .roll: "4"
    case .mine: "M"
    case .lift: "L"
    case .fake: "F"
    case .keysound: "K"
    }
  }
}
