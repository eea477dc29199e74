import Audio
import Chart
import Editor
import Logging
import Playback

/// Plays the song as the editor shows it: from a row, over a loop, with a tick on every row of steps.
///
/// Speed is played as sound of another sample rate: at rate 0.5 a clip of 44.1 kHz goes out at 22.05 kHz. So the
/// engine's seconds are those of the listener, and times of the music are divided by the rate on the way in and
/// multiplied on the way out.
package final class PlaybackService {
  private let engine: PlaybackEngine
  private let music: MusicService
  private let inbox: Inbox<Action>
  private let log = Logger(label: "playback")
  private var rate = 1.0
  private var sound = SoundSettings()
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
    engine.playhead().map { Seconds($0 * rate) }
  }

  package func play(_ request: PlayRequest, in state: EditorState) {
    rate = request.rate
    sound = state.settings.sound
    let map = state.timingMap
    engine.play(
      program(of: state), from: map.seconds(at: request.from).value / rate,
      loop: request.loop.map { seconds(of: $0, in: map) })
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
    engine.seek(to: state.timingMap.seconds(at: row).value / rate)
  }

  /// Another speed from the next moment on, at the place that is heard now; what goes round goes on round.
  package func setRate(_ rate: Double, in state: EditorState) {
    guard let playhead else { return }
    self.rate = rate
    var loop: Range<Row>?
    if case .playing(let request) = state.playback { loop = request.loop }
    let map = state.timingMap
    engine.play(
      program(of: state), from: playhead.value / rate, loop: loop.map { seconds(of: $0, in: map) })
  }

  package func setSound(_ sound: SoundSettings, in state: EditorState) {
    self.sound = sound
    if engine.isPlaying { engine.replace(program(of: state)) }
  }

  /// Keeps what is heard like what is seen, and passes on what the audio thread has to tell.
  package func follow(_ state: EditorState) {
    for event in engine.takeEvents() { tell(event) }
    if engine.isPlaying, revision != state.revision { engine.replace(program(of: state)) }
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
    let clip = music.clip ?? AudioClip(rate: AudioClip.analysisRate, channels: [[]])
    let gains = MixProgram.Gains(
      music: Float(sound.volume), tick: sound.ticksNotes ? Float(sound.tickVolume) : 0,
      metronome: sound.ticksBeats ? Float(sound.tickVolume) : 0)
    return MixProgram(
      clip: clip.at(speed: rate),
      ticks: PlaybackService.stepTimes(of: state.heardNotes, by: map).map { $0.value / rate },
      beats: sound.ticksBeats ? beats(of: state) : [], gains: gains)
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
      MixProgram.Beat(time: time.value / rate, startsMeasure: row.index % Row.perMeasure == 0)
    }
  }

  private func seconds(of rows: Range<Row>, in map: TimingMap) -> Range<Double> {
    let start = map.seconds(at: rows.lowerBound).value / rate
    return start..<max(start, map.seconds(at: rows.upperBound).value / rate)
  }
}

extension AudioClip {
  /// The same samples, to be played faster or slower.
  fileprivate func at(speed: Double) -> AudioClip {
    speed == 1 ? self : AudioClip(rate: max(1, Int((Double(rate) * speed).rounded())), channels: channels)
  }
}
