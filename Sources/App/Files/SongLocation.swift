import Foundation

/// Where a song's parts are: what the author's argument leads to.
package struct SongLocation: Hashable, Sendable {
  /// The folder that no path of the song leads out of.
  package var folder: URL
  /// The chart file to read; nil for a song that has none yet.
  package var simfile: URL?
  /// The sound named by the author or found beside the chart; nil where the chart file shall tell.
  package var music: URL?

  package static let audioExtensions = ["ogg", "mp3", "flac", "wav", "opus", "oga", "aif", "aiff"]
  /// In order of preference where a folder holds several.
  package static let simfileExtensions = ["ssc", "sm", "ucs", "dwi", "ksf"]

  /// Where a new chart of the song is saved: beside the sound, under its name.
  package var newSimfile: URL {
    let stem = music?.deletingPathExtension().lastPathComponent ?? folder.lastPathComponent
    return folder.appending(path: stem + ".ssc")
  }
}

// MARK: - Finding

extension SongLocation {
  /// Looks at what a path names: a sound, a chart or a folder with either.
  package init(path: String) throws(CommandError) {
    let url = URL(filePath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CommandError(
        .cannotRun, file: path, "no such file or folder", remedy: "check the name")
    }
    if isFolder.boolValue {
      try self.init(folder: URL(filePath: path, directoryHint: .isDirectory), named: path)
    } else if Self.simfileExtensions.contains(url.pathExtension.lowercased()) {
      self.init(folder: url.deletingLastPathComponent(), simfile: url, music: nil)
    } else if Self.audioExtensions.contains(url.pathExtension.lowercased()) {
      let folder = url.deletingLastPathComponent()
      self.init(folder: folder, simfile: Self.simfile(beside: url), music: url)
    } else {
      throw CommandError(
        .cannotRun, file: path, "neither a sound nor a chart",
        remedy: "give one of "
          + (Self.audioExtensions + Self.simfileExtensions).map { "." + $0 }
          .joined(separator: " "))
    }
  }

  private init(folder: URL, named path: String) throws(CommandError) {
    guard let files = Self.files(in: folder) else {
      throw CommandError(
        .cannotRun, file: path, "the folder cannot be read", remedy: "give yourself the right to read it")
    }
    let sounds = Self.files(in: files, with: Self.audioExtensions)
    if let simfile = Self.files(in: files, with: Self.simfileExtensions).first {
      self.init(folder: folder, simfile: simfile, music: nil)
    } else if sounds.count > 1 {
      let names = sounds.prefix(3).map(\.lastPathComponent).joined(separator: ", ")
      throw CommandError(
        .cannotRun, file: path, "several sounds and no chart (\(names))", remedy: "open one of the sounds")
    } else if let sound = sounds.first {
      self.init(folder: folder, simfile: nil, music: sound)
    } else {
      throw CommandError(
        .cannotRun, file: path, "no song in this folder",
        remedy: "put a sound (.ogg, .mp3, .flac, .wav) there")
    }
  }

  /// All that is in a folder; nil where that cannot be read.
  private static func files(in folder: URL) -> [URL]? {
    // By its path: what is in a folder that is named by a link is not listed by its URL.
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return names?.map { folder.appending(path: $0) }
  }

  /// The files with one of the extensions, by the order of the extensions and then by name.
  private static func files(in files: [URL], with extensions: [String]) -> [URL] {
    func rank(_ file: URL) -> Int? { extensions.firstIndex(of: file.pathExtension.lowercased()) }
    return files.compactMap { file in rank(file).map { (rank: $0, file: file) } }
      .sorted { ($0.rank, $0.file.lastPathComponent) < ($1.rank, $1.file.lastPathComponent) }
      .map(\.file)
  }

  /// The chart that was saved for a sound earlier: under its name, beside it.
  private static func simfile(beside sound: URL) -> URL? {
    simfileExtensions.lazy
      .map { sound.deletingPathExtension().appendingPathExtension($0) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }
}

// MARK: - Paths in files

extension SongLocation {
  /// The file in the song's folder that a path in a chart file means; nil when it leads out of the folder (by `..`,
  /// from the root, or through a symbolic link) or names nothing.
  package func file(named path: String) -> URL? {
    let path = path.replacingOccurrences(of: "\\", with: "/").trimmingCharacters(in: .whitespaces)
    guard !path.isEmpty, !path.hasPrefix("/"), !path.contains("\0") else { return nil }
    guard let file = inside(folder.appending(path: path)) else { return nil }
    if FileManager.default.fileExists(atPath: file.path) { return file }
    return sameNameInAnotherCase(as: file).flatMap(inside)
  }

  /// Where a path leads in the end; nil when that is not in the song's folder.
  private func inside(_ file: URL) -> URL? {
    let root = folder.resolvingSymlinksInPath().standardizedFileURL.path
    let resolved = file.resolvingSymlinksInPath().standardizedFileURL
    return resolved.path.hasPrefix(root.hasSuffix("/") ? root : root + "/") ? resolved : nil
  }

  /// Packs are made on systems that do not tell `Song.OGG` from `song.ogg`.
  private func sameNameInAnotherCase(as file: URL) -> URL? {
    let folder = file.deletingLastPathComponent()
    let name = file.lastPathComponent.lowercased()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().first { $0.lowercased() == name }.map { folder.appending(path: $0) }
  }

  /// The song's sound: what the author named, else what the chart file names, else the only one in the folder.
  package func sound(named tag: String) throws(CommandError) -> URL {
    if let music { return music }
    if let file = file(named: tag) { return file }
    let files = Self.files(in: folder) ?? []
    // A link that leads out of the folder is no sound of the song, whoever put it there.
    let sounds = Self.files(in: files, with: Self.audioExtensions).filter {
      file(named: $0.lastPathComponent) != nil
    }
    if sounds.count == 1, let only = sounds.first { return only }
    let name = simfile?.path ?? folder.path
    if tag.isEmpty {
      throw CommandError(.problems, file: name, "no #MUSIC", remedy: "name the sound in the file")
    }
    throw CommandError(
      .problems, file: name, "#MUSIC:\(tag) is not in the song's folder",
      remedy: "put the sound beside the chart")
  }
}
