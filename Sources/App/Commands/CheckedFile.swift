import Audio
import Chart
import Foundation
import Synchronization

/// One chart file and all that is wrong with it.
package struct CheckedFile: Sendable {
  package var path: String
  package var diagnostics: [Diagnostic]
  /// Why the file could not be looked at; its diagnostics say so too.
  package var failure: CommandError?

  /// Reads and judges a file.
  ///
  /// - Parameters:
  ///   - least: what is less severe is not told.
  ///   - sounds: where the songs' lengths come from; nil to judge the charts alone, without their folder.
  package init(_ file: URL, least: Diagnostic.Severity, sounds: SoundLengths?) {
    path = file.path
    do throws(CommandError) {
      let read = try SongFile(reading: file)
      diagnostics = CheckedFile.findings(in: read, sounds: sounds).filter { $0.severity >= least }
    } catch {
      diagnostics = [
        Diagnostic(.error, "unreadable", error.message, remedy: error.remedy, line: error.line)
      ]
      failure = error
    }
  }

  private static func findings(in file: SongFile, sounds: SoundLengths?) -> [Diagnostic] {
    guard let sounds else { return file.findings(Lint.Context()) }
    let folder = file.url.deletingLastPathComponent()
    let location = SongLocation(folder: folder, simfile: file.url, music: nil)
    var context = Lint.Context()
    context.fileExists = { location.file(named: $0) != nil }
    var problems: [Diagnostic] = []
    if let sound = location.file(named: file.simfile.song[.music]) {
      switch sounds.length(of: sound) {
      case .success(let length): context.musicLength = length
      case .failure(let error):
        problems.append(Diagnostic(.error, "unreadable-music", error.description))
      }
    }
    return problems + file.findings(context)
  }
}

/// How long sounds are, each decoded once: a folder's charts share theirs. Headers are not believed.
package final class SoundLengths: Sendable {
  private let known = Mutex<[URL: Result<Seconds, AudioError>]>([:])

  package init() {}

  package func length(of file: URL) -> Result<Seconds, AudioError> {
    if let length = known.withLock({ $0[file] }) { return length }
    let length: Result<Seconds, AudioError>
    do throws(AudioError) {
      length = .success(Seconds(try AudioClip.decode(file.path).duration))
    } catch {
      length = .failure(error)
    }
    known.withLock { $0[file] = length }
    return length
  }
}
