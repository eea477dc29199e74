import Chart
import Foundation
import Synchronization

/// How fast files become charts with a time for every note, and how much memory these take.
enum Measurement {
  private struct Tally {
    var charts = 0
    var notes = 0
    var refused = 0
    /// So that nothing is optimised away.
    var latest = 0.0
    var read: [Simfile] = []
  }

  static func run(_ paths: [String]) {
    let files = paths.map { (name: ($0 as NSString).lastPathComponent, bytes: CorpusFiles.bytes(of: $0)) }
    let size = files.reduce(0) { $0 + $1.bytes.count }
    let before = residentBytes()
    let usedBefore = processorSeconds()
    let total = Mutex(Tally())
    let next = Atomic(0)
    let clock = ContinuousClock()
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let elapsed = clock.measure {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        var own = Tally()
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < files.count else { break }
          read(files[index].bytes, files[index].name, into: &own)
        }
        total.withLock { total in
          total.charts += own.charts
          total.notes += own.notes
          total.refused += own.refused
          total.latest = max(total.latest, own.latest)
          total.read += own.read
        }
      }
    }
    let used = processorSeconds() - usedBefore
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let held = residentBytes() - before
    total.withLock { total in
      print(
        """
        {"files": \(files.count), "refused": \(total.refused), "bytes": \(size), "charts": \(total.charts), \
        "notes": \(total.notes), "workers": \(workers), "seconds": \(seconds), "cpu_seconds": \(used), \
        "mb_per_second": \(Double(size) / 1e6 / seconds), "charts_per_second": \(Double(total.charts) / seconds), \
        "bytes_per_chart": \(held / max(1, total.charts)), "latest_note": \(total.latest)}
        """)
    }
  }

  private static func read(_ bytes: [UInt8], _ name: String, into tally: inout Tally) {
    guard let document = try? SimfileDocument(bytes: bytes, name: name) else {
      tally.refused += 1
      return
    }
    let simfile = document.simfile
    for chart in simfile.charts {
      let map = TimingMap(simfile.timing(of: chart))
      let times = map.seconds(of: chart.notes)
      tally.latest = max(tally.latest, times.last?.value ?? 0)
      tally.notes += times.count
    }
    tally.charts += simfile.charts.count
    tally.read.append(simfile)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func residentBytes() -> Int {
    let fields =
      (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
