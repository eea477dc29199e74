import App
import Chart
import Editor
import Playback
import Testing

@Suite struct PlaybackServiceTests {
  /// Half a second that goes round goes on round at another speed.
  @Test func anotherSpeedKeepsTheLoop() async throws {
    let inbox = try Inbox<Action>()
    let service = PlaybackService(music: MusicService(inbox: inbox), inbox: inbox) { notify in
      PlaybackEngine(open: { rate throws(PCMTrouble) in SilentDevice(rate: rate) }, notify: notify)
    }
    let chart = StepChart(header: ChartHeader(stepsType: .pumpSingle))
    var state = EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: [chart]))
    _ = state.reduce(
      .musicLoaded(duration: Seconds(60), waveform: Envelope(secondsPerBin: 1, bins: [1]), onsets: nil))
    _ = state.reduce(.command("select-rows 0 1"))
    func run(_ line: String) {
      for effect in state.reduce(.command(line)) {
        switch effect {
        case .play(let request): service.play(request, in: state)
        case .setRate(let rate): service.setRate(rate, in: state)
        default: break
        }
      }
    }
    run("play-region")
    run("rate 2")
    guard case .playing(let request) = state.playback else {
      Issue.record("it plays on")
      return
    }
    #expect(request.rate == 2 && request.loop == Row(0)..<Row(48))
    for _ in 0..<12 {
      try await Task.sleep(for: .milliseconds(50))
      service.follow(state)
      #expect(try #require(service.playhead) < Seconds(0.55))
    }
    service.silence()
  }

  @Test func anotherWayToASpeedIsHeardAtOnce() {
    var state = EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: []))
    #expect(state.reduce(.command("rate 0.5")).contains(.setRate(0.5)))
    #expect(state.settings.ratePitch == .keep)
    #expect(state.reduce(.command("set rate-pitch shift")).contains(.setRate(0.5)))
    #expect(!state.reduce(.command("set volume 0.5")).contains(.setRate(0.5)))
  }
}
