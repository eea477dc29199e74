import Glibc

/// Where the voices of the demo song are mixed.
struct DemoDesk {
  private let rate: Int
  private var left: [Float]
  private var right: [Float]
  private var instruments: DemoInstruments
  private let kick: [Float]
  private let snare: [Float]
  private let hat: [Float]
  private let crash: [Float]
  private var notes: [NoteKey: [Float]] = [:]

  private enum Voice: Hashable {
    case bass, lead
    /// The lower and the upper half of a chord, which stand left and right.
    case lowPad, highPad
  }

  /// A pitched sound that has been rendered: few differ, many repeat.
  private struct NoteKey: Hashable {
    let voice: Voice
    let degree: Int
    let frames: Int
  }

  init(rate: Int, seconds: Double) {
    self.rate = rate
    left = [Float](repeating: 0, count: Int(seconds * Double(rate)))
    right = left
    instruments = DemoInstruments(rate: rate)
    kick = instruments.kick()
    snare = instruments.snare()
    hat = instruments.cymbal(seconds: 0.08, decay: 60)
    crash = instruments.cymbal(seconds: 1.6, decay: 2.6)
  }

  mutating func play(_ section: DemoSection, from beat: Int) {
    let start = frame(ofBeat: Double(beat))
    add(crash, at: start, gain: 0.25, pan: 0.2)
    if section.rises {
      let frames = frame(ofBeat: Double(beat + section.beats)) - start
      add(instruments.riser(frames: frames), at: start, gain: 0.16, pan: 0)
    }
    for bar in 0..<section.bars {
      let first = Double(beat + bar * 4)
      strike(DemoSection.bar(bar, of: section.kick), kick, from: first, gain: 0.85, pan: 0)
      strike(DemoSection.bar(bar, of: section.snare), snare, from: first, gain: 0.5, pan: 0.08)
      strike(DemoSection.bar(bar, of: section.hat), hat, from: first, gain: 0.28, pan: -0.3)
      let root = DemoScore.roots[bar % DemoScore.roots.count]
      sing(DemoSection.bar(bar, of: section.bass), .bass, root: root, from: first)
      sing(DemoSection.bar(bar, of: section.lead), .lead, root: 0, from: first)
      if section.pad > 0 { chord(root, from: first, gain: section.pad) }
    }
  }

  /// The finished song, its loudest sample at 0.9.
  consuming func mixed() -> AudioClip {
    var peak: Float = 0
    for frame in left.indices { peak = max(peak, abs(left[frame]), abs(right[frame])) }
    let gain = 0.9 / max(peak, 1e-6)
    for frame in left.indices {
      left[frame] *= gain
      right[frame] *= gain
    }
    return AudioClip(rate: rate, channels: [left, right])
  }

  private func frame(ofBeat beat: Double) -> Int {
    Int((DemoSong.time(ofBeat: beat) * Double(rate)).rounded())
  }

  private mutating func strike(_ bar: String, _ sound: [Float], from beat: Double, gain: Float, pan: Float) {
    for (sixteenth, character) in bar.utf8.enumerated() where character == UInt8(ascii: "x") {
      // Off the beat a little softer, as a drummer would.
      let accent: Float = sixteenth % 4 == 0 ? 1 : 0.8
      add(sound, at: frame(ofBeat: beat + Double(sixteenth) / 4), gain: gain * accent, pan: pan)
    }
  }

  private mutating func sing(_ bar: String, _ voice: Voice, root: Int, from beat: Double) {
    let cells = Array(bar)
    for sixteenth in cells.indices {
      guard let degree = cells[sixteenth].hexDigitValue else { continue }
      let held = cells[(sixteenth + 1)...].prefix { $0 == "-" }.count
      let start = frame(ofBeat: beat + Double(sixteenth) / 4)
      let end = frame(ofBeat: beat + Double(sixteenth + 1 + held) / 4)
      let sound = note(voice, degree: degree + root, frames: end - start)
      add(sound, at: start, gain: voice == .bass ? 0.55 : 0.3, pan: voice == .bass ? 0 : -0.15)
      if voice == .lead {
        let echo = frame(ofBeat: beat + Double(sixteenth) / 4 + 0.75)
        add(sound, at: echo, gain: 0.1, pan: 0.6)
      }
    }
  }

  private mutating func note(_ voice: Voice, degree: Int, frames: Int) -> [Float] {
    // Notes of one length differ by a frame in where they fall; rounding down lets them share a sound.
    let key = NoteKey(voice: voice, degree: degree, frames: frames & ~63)
    if let sound = notes[key] { return sound }
    let sound =
      switch voice {
      case .bass: instruments.bass(frequency: frequency(degree: degree, octave: -2), frames: key.frames)
      case .lead: instruments.lead(frequency: frequency(degree: degree, octave: 0), frames: key.frames)
      case .lowPad: pad(degree, [0, 4], key.frames)
      case .highPad: pad(degree, [2, 7], key.frames)
      }
    notes[key] = sound
    return sound
  }

  private func pad(_ root: Int, _ degrees: [Int], _ frames: Int) -> [Float] {
    instruments.pad(frequencies: degrees.map { frequency(degree: root + $0, octave: -1) }, frames: frames)
  }

  private mutating func chord(_ root: Int, from beat: Double, gain: Float) {
    let start = frame(ofBeat: beat)
    let frames = frame(ofBeat: beat + 4) - start
    add(note(.lowPad, degree: root, frames: frames), at: start, gain: 0.16 * gain, pan: -0.5)
    add(note(.highPad, degree: root, frames: frames), at: start, gain: 0.16 * gain, pan: 0.5)
  }

  /// Degrees of A minor from A3 = 220 Hz, seven to the octave.
  private func frequency(degree: Int, octave: Int) -> Float {
    let scale = [0, 2, 3, 5, 7, 8, 10]
    let semitones = scale[degree % 7] + (degree / 7 + octave) * 12
    return 220 * pow(2, Float(semitones) / 12)
  }

  /// Adds a sound; `pan` from -1 (left) to 1 (right). What lies beyond the end is dropped.
  private mutating func add(_ sound: [Float], at start: Int, gain: Float, pan: Float) {
    let count = min(sound.count, left.count - start)
    guard count > 0 else { return }
    let leftGain = gain * min(1, 1 - pan)
    let rightGain = gain * min(1, 1 + pan)
    sound.withUnsafeBufferPointer { sound in
      left.withUnsafeMutableBufferPointer { left in
        for frame in 0..<count { left[start + frame] += sound[frame] * leftGain }
      }
      right.withUnsafeMutableBufferPointer { right in
        for frame in 0..<count { right[start + frame] += sound[frame] * rightGain }
      }
    }
  }
}
