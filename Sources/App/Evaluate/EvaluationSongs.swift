import Audio
import Chart
import Foundation
import Generation

/// A chart file with the charts in it that figures can be made of.
struct EvaluationSong: Sendable {
  var charts: [HumanChart]
  /// Nil for a song without sound.
  var music: URL?

  /// The song's other charts beside one.
  func companions(of index: Int) -> [CompanionChart] {
    charts[index].companions(among: charts.indices.filter { $0 != index }.map { charts[$0] })
  }
}

/// All songs in some folders.
struct EvaluationSongs: Sendable {
  private(set) var songs: [EvaluationSong] = []
  /// What could not be used, in words.
  private(set) var notes: [String] = []

  init(searching folders: [String]) throws(CommandError) {
    var files: [URL] = []
    for folder in folders { files += try Self.files(below: folder) }
    let found = Parallel.map(files) { file in Self.read(file) }
    for song in found {
      switch song {
      case .success(let song): if !song.charts.isEmpty { songs.append(song) }
      case .failure(let error): notes.append("left out: \(error.text.printable)")
      }
    }
    guard !songs.isEmpty else {
      throw CommandError(
        .problems, file: folders.joined(separator: " "), "no charts to measure with",
        remedy: "give folders with .ssc, .sm, .ucs, .dwi or .ksf files of Pump or dance charts")
    }
  }

  /// The chart files below a folder by path; of one song's files in several formats the one that says most.
  private static func files(below folder: String) throws(CommandError) -> [URL] {
    let root = URL(filePath: folder)
    guard FileStore.stamp(of: root) != nil else {
      throw CommandError(.cannotRun, file: folder, "no such folder", remedy: "check the name")
    }
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    func rank(_ path: String) -> Int? {
      SongLocation.simfileExtensions.firstIndex(of: URL(filePath: path).pathExtension.lowercased())
    }
    var best: [String: (rank: Int, path: String)] = [:]
    for path in paths.sorted() {
      guard let rank = rank(path) else { continue }
      let stem = String(path.dropLast(URL(filePath: path).pathExtension.count + 1))
      if best[stem].map({ rank < $0.rank }) ?? true { best[stem] = (rank, path) }
    }
    if paths.isEmpty, rank(folder) != nil { return [root] }
    return best.values.map(\.path).sorted().map { root.appending(path: $0) }
  }

  private static func read(_ url: URL) -> Result<EvaluationSong, CommandError> {
    do throws(CommandError) {
      let file = try SongFile(reading: url)
      let charts = file.simfile.charts.compactMap {
        HumanChart($0, timing: file.simfile.timing(of: $0))
      }
      let location = SongLocation(folder: url.deletingLastPathComponent(), simfile: url, music: nil)
      return .success(
        EvaluationSong(charts: charts, music: try? location.sound(named: file.simfile.song[.music])))
    } catch {
      return .failure(error)
    }
  }

  /// What each chart of known level asks of its player.
  func measured() -> [(type: StepsType, level: Int, playability: Playability)] {
    let charts = songs.flatMap(\.charts).filter { $0.level != nil }
    let all = Parallel.map(charts) { Playability($0.chart, timing: $0.timing) }
    return zip(charts, all).compactMap { chart, playability in
      guard let level = chart.level, let playability else { return nil }
      return (chart.stepsType, level, playability)
    }
  }
}
