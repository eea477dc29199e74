import Chart

extension CommandTable {
  static let playbackCommands: [Command] = [
    Command("play", .playback, "Play from the cursor, or stop", label: "play", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.playback.isPlaying ? [.stop] : try state.play(from: state.cursor)
    },
    Command(
      "play-region", .playback, "Play the region over and over, or stop", label: "loop", in: Set(Mode.bound)
    ) {
      state, _ throws(Refusal) in
      if state.playback.isPlaying { return [.stop] }
      guard let region = state.review?.region ?? state.region else {
        throw Refusal("mark a region first (\(state.keyHint("mark")) at each end)")
      }
      return try state.play(from: region.lowerBound, loop: region)
    },
    Command("play-start", .playback, "Play from the beginning", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      try state.play(from: .zero)
    },
    Command("stop", .playback, "Stop the music", in: Set(Mode.bound)) { state, _ throws(Refusal) in
      state.playback.isPlaying ? [.stop] : []
    },
    Command(
      "rate", .playback, "Set the playing speed; 1 is the music's own",
      arguments: [ArgumentSpec("factor", .number(0.1...3))], in: Set(Mode.bound)
    ) { state, input throws(Refusal) in
      state.changeRate(to: input.number() ?? 1)
    },
    Command("slower", .playback, "Play slower by a tenth", in: Set(Mode.bound)) { state, _ throws(Refusal) in
      state.changeRate(to: state.settings.rate - 0.1)
    },
    Command("faster", .playback, "Play faster by a tenth", in: Set(Mode.bound)) { state, _ throws(Refusal) in
      state.changeRate(to: state.settings.rate + 0.1)
    },
    Command("louder", .playback, "Make the music louder", in: Set(Mode.bound)) { state, _ throws(Refusal) in
      state.changeSound("volume") { $0.volume = min(1, $0.volume + 0.05) }
    },
    Command("quieter", .playback, "Make the music quieter", in: Set(Mode.bound)) { state, _ throws(Refusal) in
      state.changeSound("volume") { $0.volume = max(0, $0.volume - 0.05) }
    },
    Command("tick", .playback, "Whether each row of notes ticks", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.changeSound("tick") { $0.ticksNotes.toggle() }
    },
    Command("metronome", .playback, "Whether each beat ticks", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.changeSound("metronome") { $0.ticksBeats.toggle() }
    },
    Command("follow", .playback, "Whether the cursor stays where the music was stopped", in: Set(Mode.bound))
    {
      state, _ throws(Refusal) in
      state.settings.follows.toggle()
      state.message = Message(
        "stopping leaves the cursor \(state.settings.follows ? "at the music" : "in place")")
      return [.settingsChanged(state.settings)]
    },
  ]
}

extension EditorState {
  fileprivate mutating func play(from row: Row, loop: Range<Row>? = nil) throws(Refusal) -> [Effect] {
    switch music.status {
    case .loaded: break
    case .loading: throw Refusal.musicIsBeingRead
    case .failed(let reason): throw Refusal("no music: \(reason)")
    case .none: throw Refusal("the song names no music (#MUSIC)")
    }
    let request = PlayRequest(from: row, loop: loop, rate: settings.rate)
    playback = .playing(request)
    return [.play(request)]
  }

  fileprivate mutating func changeRate(to rate: Double) -> [Effect] {
    settings.rate = (min(max(rate, 0.1), 3) * 100).rounded() / 100
    if case .playing(var request) = playback {
      request.rate = settings.rate
      playback = .playing(request)
    }
    message = Message("speed \(settings.rate)")
    return [.setRate(settings.rate), .settingsChanged(settings)]
  }

  fileprivate mutating func changeSound(_ name: String, _ change: (inout SoundSettings) -> Void) -> [Effect] {
    change(&settings.sound)
    let sound = settings.sound
    switch name {
    case "volume": message = Message("volume \(Int((sound.volume * 100).rounded())) %")
    case "tick": message = Message("tick on notes: \(sound.ticksNotes ? "on" : "off")")
    default: message = Message("tick on beats: \(sound.ticksBeats ? "on" : "off")")
    }
    return [.setSound(sound), .settingsChanged(settings)]
  }

  /// The music stopped by itself or because it was asked to.
  mutating func playbackStopped(_ reason: StopReason, at beat: Beat?) {
    let wasLooping = if case .playing(let request) = playback { request.loop != nil } else { false }
    playback = .stopped
    if case .deviceLost(let why) = reason {
      playback = .unavailable(why)
      message = Message("no sound: \(why); editing goes on without it", weight: .warning)
    } else if reason == .asked, settings.follows, !wasLooping, let beat {
      cursor = min(max(snap.nearest(to: beat.row), .zero), rowLimit)
    }
  }
}
