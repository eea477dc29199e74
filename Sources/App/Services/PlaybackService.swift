import Audio
import Chart
import Editor
import Logging
import Playback

/// Plays the song as the editor shows it: from a row, over a loop, with a tick on every row of steps.
///
/// All times are seconds of the music, whatever its speed.
package final class PlaybackService {
  private let engine: PlaybackEngine
  private let music: MusicService
  private let inbox: Inbox<Action>
  private let log = Logger(label: "playback")
  private var rate = 1.0
  /// What goes round, and where it was heard last.
  private var loop: (rows: Range<Row>, seconds: Range<Double>)?
  private var sound = SoundSettings()
  /// What plays, or played last, and what it was made of: it is not made anew for each tick that moves.
  private var heard: (music: PlayedMusic, of: MusicService.Sound, rate: Double, pitch: Settings.RatePitch)?
  /// What the program that plays was made of.
  private var revision: Int?

  /// - Parameter engine: how to make the engine, given what wakes the event loop.
  package init(
    music: MusicService, inbox: Inbox<Action>,
    engine: (_ notify: @escaping @Sendable () -> Void) -> PlaybackEngine
  ) {
    self.music = music
    self.inbox = inbox
    let pipe = inbox.pipe
    self.engine = engine { pipe.wake() }
  }

  /// The second of the music that is heard now; nil when nothing plays.
  package var playhead: Seconds? {
    engine.playhead().map { Seconds($0) }
  }

  package func play(_ request: PlayRequest, in state: EditorState) {
    sound = state.settings.sound
    let map = state.timingMap
    rate = request.rate
    loop = request.loop.map { ($0, seconds(of: $0, in: map)) }
    engine.play(program(of: state), from: map.seconds(at: request.from).value, loop: loop?.seconds)
  }

  /// Falls silent and tells the editor where the music was.
  package func stop(in state: EditorState) {
    guard let playhead else { return }
    engine.stop()
    inbox.post(.playbackStopped(.asked, at: state.timingMap.beat(at: playhead)))
  }

  /// Falls silent without a word.
  package func silence() { engine.stop() }

  package func seek(to row: Row, in state: EditorState) {
    engine.seek(to: state.timingMap.seconds(at: row).value)
  }

  /// Another speed, or another way to it, from the next moment on; what goes round goes on round.
  package func setRate(_ rate: Double, in state: EditorState) {
    guard engine.isPlaying else { return }
    self.rate = rate
    engine.replace(program(of: state))
  }

  package func setSound(_ sound: SoundSettings, in state: EditorState) {
    self.sound = sound
    if engine.isPlaying { engine.replace(program(of: state)) }
  }

  /// Keeps what is heard like what is seen, and passes on what the audio thread has to tell.
  package func follow(_ state: EditorState) {
    for event in engine.takeEvents() { tell(event) }
    guard engine.isPlaying, revision != state.revision else { return }
    engine.replace(program(of: state))
    // The tempo may have changed under what goes round.
    guard let loop, case let now = seconds(of: loop.rows, in: state.timingMap), now != loop.seconds else {
      return
    }
    self.loop?.seconds = now
    engine.setLoop(now)
  }

  private func tell(_ event: PlaybackEvent) {
    switch event {
    case .finished:
      inbox.post(.playbackStopped(.ended, at: nil))
    case .silent(_, let reason):
      log.warning("no sound device", metadata: ["reason": "\(reason)"])
      inbox.post(
        .notice(Message("no sound device, playing in silence: \(reason.printable)", weight: .warning)))
    case .failed(_, let reason):
      log.warning("sound device lost", metadata: ["reason": "\(reason)"])
      inbox.post(.playbackStopped(.deviceLost(reason.printable), at: nil))
    }
  }

  // MARK: - What is heard

  private static let mostBeats = 200_000

  private func program(of state: EditorState) -> MixProgram {
    revision = state.revision
    let map = state.timingMap
    let gains = MixProgram.Gains(
      music: Float(sound.volume), tick: sound.ticksNotes ? Float(sound.tickVolume) : 0,
      metronome: sound.ticksBeats ? Float(sound.tickVolume) : 0)
    return MixProgram(
      music: playedMusic(with: state.settings.ratePitch),
      ticks: PlaybackService.stepTimes(of: state.heardNotes, by: map).map(\.value),
      beats: sound.ticksBeats ? beats(of: state) : [], gains: gains)
  }

  private func playedMusic(with pitch: Settings.RatePitch) -> PlayedMusic {
    guard let sound = music.sound else {
      heard = nil
      let silence = AudioClip(rate: AudioClip.analysisRate, channels: [[]])
      return PlayedMusic(silence, at: Speed(rate), pitch: .shifted)
    }
    if let heard, heard.of === sound, heard.rate == rate, heard.pitch == pitch { return heard.music }
    let sped = PlayedMusic(
      sound.clip, at: Speed(rate), pitch: pitch == .keep ? .kept(sound.attacks) : .shifted)
    heard = (sped, sound, rate, pitch)
    return sped
  }

  /// When the feet have to be down: once for each row with a judged step.
  package static func stepTimes(of notes: NoteList, by map: TimingMap) -> [Seconds] {
    var rows: [Row] = []
    for note in notes where note.isStep && rows.last != note.row && map.isJudged(note.row) {
      rows.append(note.row)
    }
    return map.seconds(atSorted: rows)
  }

  private func beats(of state: EditorState) -> [MixProgram.Beat] {
    // A tempo beyond all tempos would put more beats into the music than memory holds.
    let last = min(state.lastRow, Row(PlaybackService.mostBeats * Row.perBeat))
    let rows = stride(from: Row.zero, through: last, by: Row.perBeat).map(\.self)
    return zip(rows, state.timingMap.seconds(atSorted: rows)).map { row, time in
      MixProgram.Beat(time: time.value, startsMeasure: row.index % Row.perMeasure == 0)
    }
  }

  private func seconds(of rows: Range<Row>, in map: TimingMap) -> Range<Double> {
    let start = map.seconds(at: rows.lowerBound).value
    return start..<max(start, map.seconds(at: rows.upperBound).value)
  }
}
