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

  package var simfile: Simfile { file.simfile }

  /// Opens what a path names: a sound, a chart or a folder.
  package init(path: String) throws(CommandError) {
    let location = try SongLocation(path: path)
    self.location = location
    guard let simfile = location.simfile else {
      music = location.music
      file = SongFile(new: OpenedSong.blank(for: location), at: location.newSimfile)
      return
    }
    file = try SongFile(reading: simfile)
    do throws(CommandError) {
      music = try location.sound(named: file.simfile.song[.music])
    } catch {
      musicProblem = error
    }
  }

  /// The demo song, which may have to be synthesised before it can be heard.
  package init(demoIn folders: XDGFolders) throws(CommandError) {
    let sound = DemoFolder.song(in: folders)
    if FileStore.stamp(of: sound) != nil {
      try self.init(path: sound.path)
    } else {
      location = SongLocation(folder: sound.deletingLastPathComponent(), simfile: nil, music: sound)
      music = sound
      file = SongFile(new: OpenedSong.blank(for: location), at: location.newSimfile)
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
