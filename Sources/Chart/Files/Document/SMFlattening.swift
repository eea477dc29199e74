/// What an `.sm` file can say of a simfile: one timing for all charts, pauses after the notes only, no picture tricks.
struct SMFlattening {
  private(set) var simfile: Simfile
  private(set) var losses: [Loss] = []

  /// - Parameters:
  ///   - kept: tags of later formats that the file has all the same, and so keeps.
  ///   - keepsDelays: for a file that has delays all the same.
  init(_ original: Simfile, keeping kept: Set<SongTag> = [], keepsDelays: Bool = false) {
    simfile = original
    for tag in SongTag.allCases where tag.isOnlyInSSC && !kept.contains(tag) && !original.song[tag].isEmpty {
      simfile.song[tag] = ""
      losses.append(Loss(what: "#\(tag.rawValue)", instead: "left out"))
    }
    takeOneTiming(from: original)
    if !keepsDelays { turnDelaysIntoStops() }
    tellStopsInWarps()
    dropPictureTricks()
    dropChartExtras()
    losses += NoteLosses.find(in: original)
  }

  /// The one timing is the one that most charts have, so that the fewest are hurt.
  private mutating func takeOneTiming(from original: Simfile) {
    var counts: [TimingData: Int] = [:]
    for chart in original.charts { counts[original.timing(of: chart), default: 0] += 1 }
    let most = counts.values.max() ?? 0
    let common = original.charts.map { original.timing(of: $0) }.first { counts[$0] == most }
    if let common { simfile.timing = common }
    for (index, chart) in original.charts.enumerated() {
      simfile.charts[index].timing = nil
      if original.timing(of: chart) != simfile.timing {
        losses.append(
          Loss(
            chart: index, what: "its own timing", instead: "not in the file; it has the other charts' timing",
            isMissing: true))
      }
    }
  }

  private mutating func turnDelaysIntoStops() {
    for delay in simfile.timing.delays {
      let row = max(delay.row - 1, .zero)
      let there = simfile.timing.stops.first { $0.row == row }?.value ?? .zero
      simfile.timing.stops.set(there + delay.value, at: row)
      losses.append(Loss(measure: delay.row.measure, what: "a delay", instead: "a stop one 192nd earlier"))
    }
    simfile.timing.delays = []
  }

  private mutating func dropPictureTricks() {
    let timing = simfile.timing
    func drop(_ count: Int, _ what: String) {
      if count > 0 { losses.append(Loss(what: "\(count) \(what)", instead: "left out", isMissing: true)) }
    }
    drop(timing.fakes.count, "fake regions")
    drop(timing.scrolls.filter { $0.value != 1 }.count, "scroll changes")
    drop(timing.speeds.filter { $0.value.ratio != 1 }.count, "speed changes")
    drop(timing.combos.filter { $0.value != ComboFactor(hit: 1, miss: 1) }.count, "combo changes")
    drop(timing.labels.count, "labels")
    simfile.timing.fakes = []
    simfile.timing.scrolls = []
    simfile.timing.speeds = []
    simfile.timing.combos = []
    simfile.timing.labels = []
  }

  private mutating func dropChartExtras() {
    for (index, chart) in simfile.charts.enumerated() {
      let plain = ChartHeader(
        stepsType: chart.header.stepsType, description: chart.header.description,
        difficulty: chart.header.difficulty, meter: chart.header.meter)
      if chart.header != plain {
        losses.append(Loss(chart: index, what: "name, style, credit or other tags", instead: "left out"))
        simfile.charts[index].header = plain
      }
    }
  }

  /// Warps as `.sm` says them: a stop that takes back the time of the stretch.
  static func legacyStops(_ timing: TimingData) -> [TimingEvent<Seconds>] {
    var plain = timing
    plain.warps = []
    plain.stops = []
    plain.delays = []
    let unwarped = TimingMap(plain)
    var stops = timing.stops
    for warp in TimingMap(timing).warps {
      let length = unwarped.seconds(at: warp.upperBound) - unwarped.seconds(at: warp.lowerBound)
      let there = stops.first { $0.row == warp.lowerBound }?.value ?? .zero
      stops.set(there - length, at: warp.lowerBound)
    }
    return stops
  }

  /// A stop in a warp pays back what the warp owes, and so ends it early: by the warp's end all is in time again.
  private mutating func tellStopsInWarps() {
    for warp in TimingMap(simfile.timing).warps {
      let count = simfile.timing.stops.count { warp.contains($0.row) }
      guard count > 0 else { continue }
      losses.append(
        Loss(
          measure: warp.lowerBound.measure,
          what: count == 1 ? "a stop in a warp" : "\(count) stops in a warp",
          instead: "a shorter warp; the time is right from the warp's end on"))
    }
  }
}
