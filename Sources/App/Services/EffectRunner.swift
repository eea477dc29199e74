import Chart
import Editor
import Foundation
import Logging

/// Does what the editor asks for, each thing by the service that knows how. On the main thread.
package final class EffectRunner: EffectHandler {
  package struct Services {
    package var music: MusicService
    package var tempo: TempoService
    package var suggestions: SuggestionService
    package var feet: FootService
    package var playback: PlaybackService
    package var saving: SaveService
    package var paths: PathService
    package var remembered: RememberedSettings
    package var themes: ThemeFiles
    package var journals: URL
    /// Nil when the state folder cannot be written: the editor goes on without a safety net, and says so.
    package var journal: Journal?
  }

  private var services: Services
  private let location: SongLocation
  /// The song's #MUSIC as it was when its sound was last looked for.
  private var musicName: String
  /// The theme that was last looked for.
  private var theme: String
  private let inbox: Inbox<Action>
  private let log = Logger(label: "effects")

  /// - Parameters:
  ///   - song: as it was opened; edits that were done again since may name another sound.
  ///   - theme: the theme that the session begins with.
  package init(_ services: Services, of song: OpenedSong, theme: String, inbox: Inbox<Action>) {
    self.services = services
    location = song.location
    musicName = song.simfile.song[.music]
    self.theme = theme
    self.inbox = inbox
  }

  package var playhead: Seconds? { services.playback.playhead }

  package func follow(_ state: EditorState) {
    followMusic(state)
    services.playback.follow(state)
    services.feet.follow(state)
    // While the tempo is worked on the processor is for the tempo.
    if state.chart != nil, state.sync == nil { services.suggestions.prepare() }
  }

  /// Reads the sound anew when the song names another, by whatever edit or its undoing.
  private func followMusic(_ state: EditorState) {
    let name = state.document.song[.music]
    guard name != musicName else { return }
    musicName = name
    services.playback.stop(in: state)
    services.tempo.end()
    services.suggestions.forgetMusic()
    inbox.post(.musicRenamed)
    do throws(CommandError) {
      var place = location
      // The author's word at the start was about the sound that the song had then.
      place.music = nil
      services.music.load(try place.sound(named: name))
    } catch {
      services.music.unload()
      inbox.post(.musicFailed(error.text))
    }
  }

  package func run(_ effect: Effect, in state: EditorState) {
    switch effect {
    case .play(let request): services.playback.play(request, in: state)
    case .stop: services.playback.stop(in: state)
    case .seek(let row): services.playback.seek(to: row, in: state)
    case .setRate(let rate): services.playback.setRate(rate, in: state)
    case .setSound(let sound): services.playback.setSound(sound, in: state)
    case .suggest(let id, let request): services.suggestions.ask(id, request)
    case .cancelSuggestion(let id): services.suggestions.cancel(id)
    case .detectTempo(let id, let request): services.tempo.ask(id, request)
    case .cancelTempo(let id): services.tempo.cancel(id)
    case .save(let request): save(request, in: state)
    case .listPaths(let query): services.paths.ask(query, in: services.saving.folder)
    case .journal(let entry): record(entry)
    // The painter and the next request read the settings from the state.
    case .settingsChanged(let settings): remember(settings)
    // The loop does these itself: they concern the terminal, or its own end.
    case .suspend, .redraw, .quit, .open: break
    }
  }

  package func open(_ song: OpenRequest.Song) -> OpenedSong? {
    do throws(CommandError) {
      var found = try OpenedSong.asked(song, from: location, folder: services.saving.folder)
      found.song.notes = found.passed.map { "passed over \($0.text)" }
      return found.song
    } catch {
      inbox.post(.notice(Message("not opened: \(error.text)", weight: .warning)))
      return nil
    }
  }

  /// Stops the sound at once, and all that is at work for the song, without telling the editor.
  package func end() {
    services.playback.silence()
    services.suggestions.end()
    services.tempo.end()
    services.feet.end()
    services.music.end()
    services.paths.cancel()
  }

  /// Ends the journal of a session that leaves nothing unsaved, or whose author wants nothing of it.
  package func removeJournal() { services.journal?.remove() }

  private func save(_ request: SaveRequest, in state: EditorState) {
    guard let saved = services.saving.save(request), !saved.isCopy else { return }
    // What the file lacks lives on in the journal: one edit that leads from the file to the song.
    let rest =
      saved.missing.isEmpty
      ? nil
      : JournalEntry(
        sequence: state.journalled,
        transaction: Transaction(name: "unsaved parts", from: saved.file.simfile, to: request.song))
    do throws(SystemFailure) {
      if saved.file.url == services.journal?.song {
        try services.journal?.begin(base: saved.file.bytes, holding: rest)
      } else if let old = services.journal {
        services.journal = try Journal(for: saved.file.url, base: saved.file.bytes, in: services.journals)
        old.remove()
      }
    } catch {
      giveUpJournal(error)
    }
  }

  private func remember(_ settings: Settings) {
    if settings.theme != theme {
      guard services.themes.has(settings.theme) else {
        inbox.post(.themeMissing(settings.theme, known: services.themes.names))
        return
      }
      tellWarnings(of: settings.theme)
      theme = settings.theme
    }
    do throws(SystemFailure) {
      try services.remembered.keep(settings)
    } catch {
      log.warning("settings not kept", metadata: ["reason": "\(error.text)"])
    }
  }

  private func tellWarnings(of theme: String) {
    guard theme != Settings.anyTheme, let first = services.themes.load(theme).warnings.first else { return }
    inbox.post(.notice(Message(first.printable, weight: .warning)))
  }

  private func record(_ entry: JournalEntry) {
    do throws(SystemFailure) {
      try services.journal?.append(entry)
    } catch {
      giveUpJournal(error)
    }
  }

  /// Said once: a message at each key would be in the way, and the song itself can still be saved.
  private func giveUpJournal(_ failure: SystemFailure) {
    services.journal = nil
    log.error("no journal", metadata: ["reason": "\(failure.text)"])
    inbox.post(
      .notice(
        Message("unsaved edits are not safe from a crash: \(failure.text); save often", weight: .warning)))
  }
}
