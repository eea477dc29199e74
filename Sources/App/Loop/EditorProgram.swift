import Foundation
import TUI

/// The editor from its start to its end: puts the parts together and lets the loop run.
package struct EditorProgram {
  private let song: OpenedSong
  private let folders: XDGFolders
  private let configuration: Configuration

  package init(song: OpenedSong, folders: XDGFolders, configuration: Configuration) {
    self.song = song
    self.folders = folders
    self.configuration = configuration
  }

  /// Runs the editor, on one song after another. Returns when the author has quit.
  package func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let terminal = TerminalType(environment: environment)
    let screen = try Self.openScreen(environment)
    let standardError = StandardErrorToLog(in: folders)
    defer {
      screen.close()
      standardError.end()
    }
    let surroundings = EditorSession.Surroundings(
      screen: screen, signals: try SignalPipe(catching: EventLoop.signals), model: SharedModel(),
      folders: folders, configuration: configuration, hasLightBackground: terminal.hasLightBackground)
    var session = try EditorSession(song, in: surroundings)
    while true {
      let ending = session.run()
      guard case .opened(let next) = ending else { return session.end(ending) }
      // The new one stands before the old one's journal goes.
      let following = try EditorSession(next, in: surroundings, after: session)
      session.end(ending)
      session = following
    }
  }

  private static func openScreen(_ environment: [String: String]) throws(CommandError) -> NcursesScreen {
    do throws(TerminalError) {
      return try NcursesScreen(environment: environment)
    } catch {
      throw CommandError(.cannotRun, error.description)
    }
  }
}
