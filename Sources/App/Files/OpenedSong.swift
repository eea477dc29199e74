import Chart
import Foundation

/// A song as it is opened: its chart file, or a new one, and where its sound is.
package struct OpenedSong: Sendable {
  package var location: SongLocation
  package var file: SongFile
  /// Nil when there is none that could be played; `musicProblem` says why.
  package var music: URL?
  package var musicProblem: CommandError?
  /// What has to be done before the sound can be decoded, in the background.
  package var preparesMusic: (@Sendable () throws(CommandError) -> Void)?

  /// What there is to say about how it was found.
  package var notes: [String] = []

  package var simfile: Simfile { file.simfile }

  /// The sound of a chart: its own where it has some, else the song's.
  ///
  /// - Parameter purpose: what it is wanted for, for the error where there is none.
  func music(of chart: StepChart?, for purpose: String, named name: String) throws(CommandError) -> URL {
    if let own = chart?.header.music, !own.isEmpty { return try location.sound(named: own) }
    guard let music else {
      throw musicProblem ?? CommandError(.problems, file: name, "no music to \(purpose)")
    }
    return music
  }

  /// Opens what a path names: a sound, a chart or a folder.
  package init(path: String) throws(CommandError) {
    let location = try SongLocation(path: path)
    guard let simfile = location.simfile else {
      self.init(new: location)
      return
    }
    try self.init(location, reading: simfile)
  }

  /// A song with a chart file.
  private init(_ location: SongLocation, reading simfile: URL) throws(CommandError) {
    self.location = location
    file = try SongFile(reading: simfile)
    do throws(CommandError) {
      music = try location.sound(named: file.simfile.song[.music])
    } catch {
      musicProblem = error
    }
  }

  /// A song without a chart file.
  private init(new location: SongLocation) {
    self.location = location
    music = location.music
    file = SongFile(new: OpenedSong.blank(for: location), at: location.newSimfile)
  }

  /// The demo song, which may have to be synthesised before it can be heard.
  package init(demoIn folders: XDGFolders) throws(CommandError) {
    let sound = DemoFolder.song(in: folders)
    if FileStore.stamp(of: sound) != nil {
      try self.init(path: sound.path)
    } else {
      self.init(new: SongLocation(folder: sound.deletingLastPathComponent(), simfile: nil, music: sound))
    }
    preparesMusic = { () throws(CommandError) in try DemoFolder.synthesise(to: sound) }
  }

  /// A song of which nothing is known but its sound's name.
  private static func blank(for location: SongLocation) -> Simfile {
    var song = SongHeader()
    if let music = location.music {
      song[.title] = music.deletingPathExtension().lastPathComponent
      song[.music] = music.lastPathComponent
    }
    return Simfile(song: song)
  }
}
