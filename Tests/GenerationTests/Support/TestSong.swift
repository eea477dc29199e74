import Audio
import Chart
import Foundation
import Signal

@testable import Generation

/// Twenty seconds of clicks at 120 beats a minute, louder on the beat, with a chart that is written in part.
enum TestSong {
  static let timing: TimingData = {
    var timing = TimingData()
    timing.bpms = [TimingEvent(row: .zero, value: 120)]
    return timing
  }()

  static let samples: [Float] = (0..<20 * 44_100).map { index in
    let eighth = 44_100 / 4
    let phase = Double(index % eighth) / 44_100
    let loudness: Double = index / eighth % 8 == 0 ? 0.9 : index / eighth % 2 == 0 ? 0.6 : 0.25
    let pitch: Double = index / eighth % 4 == 0 ? 200 : 1800
    return Float(loudness * exp(-phase * 60) * sin(2 * Double.pi * pitch * phase))
  }

  static func features(_ model: Suggester) -> SongFeatures {
    SongFeatures(mel: LogMel(samples: samples), frontEnd: model.placement.frontEnd)
  }

  /// Eight measures of steps with some holds, jumps and an empty stretch.
  static func chart(_ type: StepsType, level: Int = 8) -> StepChart {
    var random = RandomSource(seed: UInt64(type.lanes ?? 1))
    let lanes = type.lanes ?? 1
    var notes = NoteList()
    for eighth in 0..<64 where eighth % 16 < 13 && random.unit() < 0.7 {
      let lane = Lane(Int(random.unit() * Double(lanes)))
      let row = Row(eighth * 24)
      notes.insert(Note(row: row, lane: lane, kind: random.unit() < 0.12 ? .hold(end: row + 36) : .tap))
    }
    return StepChart(header: ChartHeader(stepsType: type, meter: level), notes: notes)
  }
}
