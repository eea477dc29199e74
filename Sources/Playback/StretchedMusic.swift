import Audio
import CSoundTouch

/// Music that is played slower or faster with its pitch kept.
///
/// A stretch in time repeats or leaves out sequences of the sound, which moves what is in them by tens of milliseconds
/// and makes two of one drum. So the music is cut where a sound sets in, each segment is stretched by itself, and its
/// first sequence is a copy that stands at its exact place. A segment depends on nothing but the clip and the speed:
/// whether one plays, seeks or goes round, the same sound is heard.
struct StretchedMusic: PieceMaker {
  let starts: [Int]
  let channels: Int
  private let clip: AudioClip
  private let segments: [Segment]
  /// For each piece the index of its first segment; the number of segments at the end.
  private let firsts: [Int]

  private struct Segment {
    /// Of the clip.
    var music: Range<Int>
    /// Of what is heard.
    var heard: Range<Int>
    /// Frames at the end over which it fades into the clip before the next segment; 0 for the last.
    var fade: Int
  }

  /// In milliseconds. The window holds a period of 55 Hz, so that a bass stays whole; longer sequences would move what
  /// sets in unnoticed further from its place.
  private static let lengths = soundtouch_lengths(sequence: 30, seek: 18, overlap: 8)
  /// What SoundTouch needs beyond a segment's end, in milliseconds, at three times the speed.
  private static let beyond = 250
  /// An attack is cut so much before it is noticed, in milliseconds.
  private static let early = 2
  /// Milliseconds of a fade before an attack, which hides it, and elsewhere.
  private static let (shortFade, longFade) = (8, 20)
  /// Nothing is shorter, in milliseconds.
  private static let shortest = 10

  init(_ clip: AudioClip, at speed: Speed, attacks: AttackCurve) {
    self.clip = clip
    channels = min(clip.channels.count, channelCount)
    segments = Self.segments(of: clip, at: speed, attacks: attacks)
    // Pieces of some length: there is one slot for each.
    var starts: [Int] = []
    var firsts: [Int] = []
    for (index, segment) in segments.enumerated() {
      if let last = starts.last, segment.heard.lowerBound - last < clip.rate * 3 / 10 { continue }
      starts.append(segment.heard.lowerBound)
      firsts.append(index)
    }
    self.starts = starts + [speed.played(clip.length.count)]
    self.firsts = firsts + [segments.count]
  }

  private static func segments(
    of clip: AudioClip, at speed: Speed, attacks: AttackCurve
  ) -> [Segment] {
    func frames(_ milliseconds: Int) -> Int { max(1, clip.rate * milliseconds / 1000) }
    let length = clip.length.count
    // Neither of the music nor of what is heard more than two seconds: they are waited for.
    let longest = Int(2 * Double(clip.rate) * min(1, speed.factor))
    var segments: [Segment] = []
    var (music, heard) = (0, 0)
    for cut in attacks.cuts(longest: longest) {
      let lead = cut.isAttack ? frames(early) : 0
      let (start, place) = (cut.frame - lead, speed.played(cut.frame) - lead)
      guard min(start - music, place - heard, length - start) >= frames(shortest) else { continue }
      let fade = min(frames(cut.isAttack ? shortFade : longFade), (place - heard) / 2, start)
      segments.append(Segment(music: music..<start, heard: heard..<place, fade: fade))
      (music, heard) = (start, place)
    }
    segments.append(Segment(music: music..<length, heard: heard..<speed.played(length), fade: 0))
    return segments
  }

  func make(_ index: Int, into samples: UnsafeMutableBufferPointer<Float>) {
    for segment in segments[firsts[index]..<firsts[index + 1]] {
      let place = (segment.heard.lowerBound - starts[index]) * channels
      stretch(segment, into: UnsafeMutableBufferPointer(rebasing: samples[place...]))
    }
  }

  private func stretch(_ segment: Segment, into output: UnsafeMutableBufferPointer<Float>) {
    let count = segment.heard.count
    guard count > 0 else { return }
    let input = mirrored(segment.music, beyond: clip.rate * Self.beyond / 1000)
    _ = soundtouch_stretch(
      UInt32(clip.rate), UInt32(channels), Self.lengths, Double(segment.music.count) / Double(count), input,
      UInt32(input.count / channels), output.baseAddress, UInt32(count))
    // What the next segment begins with is a copy of the clip, so the clip before it is where this one has to arrive.
    for frame in 0..<segment.fade {
      let weight = Float(frame) / Float(segment.fade)
      let music = segment.music.upperBound - segment.fade + frame
      let place = (count - segment.fade + frame) * channels
      for channel in 0..<channels {
        let sample = output[place + channel]
        output[place + channel] = sample + (clip.channels[channel][music] - sample) * weight
      }
    }
  }

  /// The interleaved samples of a range, and after them the same backwards, back and forth. SoundTouch reads beyond
  /// what it writes: it must not find the next attack there, which would be heard twice, nor silence.
  private func mirrored(_ range: Range<Int>, beyond: Int) -> [Float] {
    let count = range.count + beyond
    return [Float](unsafeUninitializedCapacity: count * channels) { samples, written in
      for channel in 0..<channels {
        clip.channels[channel].withUnsafeBufferPointer { music in
          for frame in 0..<count {
            let turn = frame % (2 * range.count)
            let folded = turn < range.count ? turn : 2 * range.count - 1 - turn
            samples[frame * channels + channel] = music[range.lowerBound + folded]
          }
        }
      }
      written = count * channels
    }
  }
}
