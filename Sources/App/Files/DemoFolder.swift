import Audio
import Chart
import Foundation
import Glibc

/// The song that the editor opens when it is given none: synthesised at its first use, kept in the cache folder.
package enum DemoFolder {
  /// Where the demo song's sound is, or will be once `synthesise` has been called.
  package static func song(in folders: XDGFolders) -> URL {
    // The version in the name: a later program with another song does not open this one.
    folders.cache.appending(path: "demo-\(Program.version)/\(DemoSong.title).wav")
  }

  /// Makes the sound file when it is not there yet. Takes a second or two.
  package static func synthesise(to file: URL) throws(CommandError) {
    if FileStore.stamp(of: file) != nil { return }
    let folder = file.deletingLastPathComponent()
    let remedy = "set XDG_CACHE_HOME to a folder that can be written"
    do {
      try FileStore.makeFolder(folder)
      let unfinished = folder.appending(path: ".unfinished-\(getpid()).wav")
      try DemoSong.synthesise().clip.write(to: unfinished.path)
      guard rename(unfinished.path, file.path) == 0 else { throw SystemFailure() }
    } catch let failure as SystemFailure {
      throw CommandError(
        .cannotRun, file: folder.path, "the demo song cannot be kept, \(failure.text)", remedy: remedy)
    } catch {
      throw CommandError(.cannotRun, "\(error)", remedy: remedy)
    }
  }
}
