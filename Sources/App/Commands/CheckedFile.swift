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
      // Walking takes longer than all other rules together.
      let feet = least <= .note ? FootChecks.findings(in: read.simfile) : []
      diagnostics = CheckedFile.findings(in: read, sounds: sounds).filter { $0.severity >= least } + feet
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
    let sound = location.file(named: file.simfile.song[.music]).map { sounds.finding(on: $0) }
    context.musicLength = sound?.length
    return (sound?.problem.map { [$0] } ?? []) + file.findings(context)
  }

  /// Code and one-line meaning of what is found beyond the rules of charts, for the manual.
  package static let manual: [(code: String, summary: String)] = ownCodes + FootChecks.manual

  private static let ownCodes: [(code: String, summary: String)] = [
    ("unreadable", "The file is no chart, or cannot be read."),
    ("unreadable-music", "The sound that the song names is none, or cannot be read."),
    ("damaged-music", "The sound is cut off or damaged, and played as far as it goes."),
  ]
}

/// How long sounds are and what is wrong with them, each decoded once: a folder's charts share theirs. Headers are not
/// believed.
package final class SoundLengths: Sendable {
  package struct Finding: Sendable {
    /// Nil for a sound that cannot be read.
    package var length: Seconds?
    package var problem: Diagnostic?
  }

  private let known = Mutex<[URL: Finding]>([:])

  package init() {}

  package func finding(on file: URL) -> Finding {
    if let finding = known.withLock({ $0[file] }) { return finding }
    let finding = SoundLengths.listen(to: file)
    known.withLock { $0[file] = finding }
    return finding
  }

  private static func listen(to file: URL) -> Finding {
    do throws(AudioError) {
      let clip = try AudioClip.decode(file.path)
      let problem = clip.warning.map {
        Diagnostic(
          .warning, "damaged-music", "\(file.lastPathComponent): \($0)", remedy: "copy the sound again")
      }
      return Finding(length: Seconds(clip.duration), problem: problem)
    } catch {
      return Finding(problem: Diagnostic(.error, "unreadable-music", error.description))
    }
  }
}
