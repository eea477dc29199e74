import Editor
import Foundation

/// The songs of a folder of songs, in the order of their folders' names.
package struct SongPack {
  /// A song of the pack, and what stands in its way in between that could not be opened.
  package typealias Found = (song: OpenedSong, passed: [CommandError])

  private let folder: URL
  /// The folder of the song that the others are counted from.
  private let current: String

  /// - Parameter folder: that of one of the songs.
  package init(around folder: URL) {
    let folder = folder.standardizedFileURL
    self.folder = folder.deletingLastPathComponent()
    current = folder.lastPathComponent
  }

  /// The next song, or the one before. A song that cannot be read is passed over: nobody could get beyond it.
  package func neighbour(_ isNext: Bool) throws(CommandError) -> Found {
    var passed: [CommandError] = []
    for name in names(isNext) {
      let path = folder.appending(path: name, directoryHint: .isDirectory).path
      guard (try? SongLocation(path: path)) != nil else {
        if let error = unreachable(path) { passed.append(error) }
        continue
      }
      do throws(CommandError) {
        return (try OpenedSong(path: path), passed)
      } catch {
        passed.append(error)
      }
    }
    if let first = passed.first { throw first }
    throw CommandError(
      .cannotRun, "no song \(isNext ? "after" : "before") this one in \(folder.path)",
      remedy: isNext ? "this is the last" : "this is the first")
  }

  /// What is told of a folder that is listed and yet cannot be reached: old archives hold names in the writing of the
  /// system that packed them.
  private func unreachable(_ path: String) -> CommandError? {
    guard path.unicodeScalars.contains("\u{FFFD}"), !FileManager.default.fileExists(atPath: path) else {
      return nil
    }
    return CommandError(.cannotRun, file: path, "its name is not UTF-8", remedy: "rename the folder")
  }

  /// The names beyond the current one, the nearest first.
  private func names(_ isNext: Bool) -> [String] {
    let all = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { !$0.hasPrefix(".") }
    let beyond = all.filter { isNext ? isOrdered(current, $0) : isOrdered($0, current) }.sorted(by: isOrdered)
    return isNext ? beyond : beyond.reversed()
  }

  /// As file managers list them: without regard to case, and 9 before 10.
  private func isOrdered(_ one: String, _ other: String) -> Bool {
    switch one.compare(other, options: [.caseInsensitive, .numeric]) {
    case .orderedAscending: true
    case .orderedSame: one < other
    case .orderedDescending: false
    }
  }
}

extension OpenedSong {
  /// The song that is asked for from within another.
  ///
  /// - Parameters:
  ///   - location: where the other song is.
  ///   - folder: that paths begin in.
  package static func asked(
    _ song: OpenRequest.Song, from location: SongLocation, folder: URL
  ) throws(CommandError) -> SongPack.Found {
    switch song {
    case .next: try SongPack(around: location.folder).neighbour(true)
    case .previous: try SongPack(around: location.folder).neighbour(false)
    case .path(let path):
      (try OpenedSong(path: TypedPath.url(path, from: folder).standardizedFileURL.path), [])
    }
  }
}
