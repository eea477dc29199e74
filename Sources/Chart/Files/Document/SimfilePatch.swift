/// Writes an edited simfile into the bytes it was read from.
struct SimfilePatch {
  let document: SimfileDocument
  let newline: [UInt8]
  private let edited: Simfile
  private let original: Simfile
  private var tags: TagPatch
  private var losses: [Loss] = []
  /// Charts, by their place in the file, whose notes are written anew instead of mended.
  private let rewritten: Set<Int>

  init(document: SimfileDocument, edited: Simfile, rewriting rewritten: Set<Int> = []) {
    self.document = document
    self.rewritten = rewritten
    original = document.simfile
    newline = document.newline
    if document.format == .sm {
      let kept = SongTag.allCases.filter { !document.simfile.song[$0].isEmpty }
      let flat = SMFlattening(
        edited, keeping: Set(kept), keepsDelays: !document.simfile.timing.delays.isEmpty)
      self.edited = flat.simfile
      losses = flat.losses
    } else {
      self.edited = edited
      losses = NoteLosses.find(in: edited)
    }
    tags = TagPatch(document: document, newline: newline)
  }

  mutating func run() -> (bytes: [UInt8], losses: [Loss]) {
    patchSong()
    let origins = ChartMatching.origins(of: edited.charts, in: original.charts)
    for (chart, origin) in zip(edited.charts, origins) {
      if let origin { patchChart(chart, at: origin) }
    }
    return (assembled(origins), losses)
  }

  // MARK: Song

  private mutating func patchSong() {
    let header = tags.scope(document.songValues)
    for tag in SongTag.allCases where edited.song[tag] != original.song[tag] {
      tags.set(tag.rawValue, SongTag.content(of: tag, edited.song[tag]), in: header)
    }
    if edited.song.extras != original.song.extras {
      tags.setExtras(edited.song.extras, instead: original.song.extras, in: header)
    }
    if document.format == .sm {
      patchLegacyTiming(in: header)
    } else {
      patchTiming(from: original.timing, to: edited.timing, in: header)
    }
  }

  private mutating func patchTiming(from old: TimingData, to new: TimingData, in scope: TagPatch.Scope) {
    if old.offset != new.offset { tags.setOffset(new.offset, in: scope) }
    for tag in TimingTag.allCases where tag.entries(of: old) != tag.entries(of: new) {
      tags.setTiming(tag, new, dialect: TimingDialect(), in: scope)
    }
  }

  /// `.sm` says warps by stops, so the file's lists are compared in that form.
  private mutating func patchLegacyTiming(in scope: TagPatch.Scope) {
    let old = original.timing
    var new = edited.timing
    if old == new { return }
    let hasTempoChanged =
      old.bpms != new.bpms || old.stops != new.stops || old.warps != new.warps || old.delays != new.delays
    if old.offset != new.offset || hasTempoChanged { tags.setOffset(new.offset, in: scope) }
    if hasTempoChanged {
      new.stops = SMFlattening.legacyStops(new)
      tags.setTiming(.bpms, new, dialect: TimingDialect(allowsNegative: true), in: scope)
      tags.setTiming(.stops, new, dialect: TimingDialect(allowsNegative: true), in: scope)
      if !old.delays.isEmpty { tags.setTiming(.delays, new, dialect: TimingDialect(), in: scope) }
    }
    for tag in [TimingTag.timeSignatures, .tickcounts] where tag.entries(of: old) != tag.entries(of: new) {
      tags.setTiming(tag, new, dialect: TimingDialect(), in: scope)
    }
  }

  // MARK: Charts

  private mutating func patchChart(_ chart: StepChart, at index: Int) {
    let old = original.charts[index]
    let source = document.sources[index]
    if document.format == .sm {
      tags.setLegacyHeader(chart.header, instead: old.header, of: source)
    } else {
      let scope = tags.scope(Array(source.values))
      patchHeader(chart.header, instead: old.header, in: scope)
      patchOwnTiming(of: chart, instead: old, in: scope)
    }
    if chart.notes != old.notes { patchNotes(chart, instead: old, at: index) }
  }

  private mutating func patchHeader(
    _ new: ChartHeader, instead old: ChartHeader, in scope: TagPatch.Scope
  ) {
    if new == old { return }
    for (name, path) in SimfilePatch.headerTexts where new[keyPath: path] != old[keyPath: path] {
      tags.set(name, MSDText.escaped(new[keyPath: path].utf8), in: scope)
    }
    if new.stepsType != old.stepsType { tags.set("STEPSTYPE", Array(new.stepsType.name.utf8), in: scope) }
    if new.difficulty != old.difficulty {
      tags.set("DIFFICULTY", Array(new.difficulty.rawValue.utf8), in: scope)
    }
    if new.meter != old.meter { tags.set("METER", Array("\(new.meter)".utf8), in: scope) }
    if new.extras != old.extras { tags.setExtras(new.extras, instead: old.extras, in: scope) }
  }

  private static var headerTexts: [(String, WritableKeyPath<ChartHeader, String>)] {
    [
      ("CHARTNAME", \.name), ("DESCRIPTION", \.description), ("CHARTSTYLE", \.style), ("CREDIT", \.credit),
      ("MUSIC", \.music),
    ]
  }

  private mutating func patchOwnTiming(of chart: StepChart, instead old: StepChart, in scope: TagPatch.Scope)
  {
    guard let new = chart.timing else {
      if old.timing != nil { tags.removeTiming(in: scope) }
      return
    }
    // Without any list of its own the chart would still follow the song.
    if old.timing == nil {
      tags.setTiming(.bpms, new, dialect: TimingDialect(), in: scope)
      tags.setOffset(new.offset, in: scope)
      var bare = TimingData()
      bare.bpms = new.bpms
      bare.offset = new.offset
      patchTiming(from: bare, to: new, in: scope)
      return
    }
    patchTiming(from: old.timing ?? TimingData(), to: new, in: scope)
    // A chart without an offset takes the song's, which may have moved under it.
    if new.offset == old.timing?.offset, edited.timing.offset != original.timing.offset,
      !tags.has("OFFSET", in: scope)
    {
      tags.setOffset(new.offset, in: scope)
    }
  }

  private mutating func patchNotes(_ chart: StepChart, instead old: StepChart, at index: Int) {
    let source = document.sources[index]
    let param = document.values[source.values.upperBound - 1].params[source.noteParam]
    let range = document.format == .sm ? MSDText.trimmed(document.bytes.span, param.range) : param.range
    let lanes = chart.header.stepsType.lanes ?? NoteDataReader.width(of: document.bytes.span, range)
    if chart.header.stepsType.lanes == old.header.stepsType.lanes, !rewritten.contains(index),
      let replacements = NotePatch.replacements(
        bytes: document.bytes, range: range, lanes: lanes, newline: newline, from: old.notes, to: chart.notes)
    {
      tags.replacements += replacements
    } else {
      let text = MeasureWriter.noteData(chart, newline: newline)
      tags.replacements.append(Replacement(range, (document.format == .ssc ? newline : []) + text))
    }
  }

  // MARK: Putting together

  /// The header, the charts in their new order with what stands before each, and the rest of the file.
  private func assembled(_ origins: [Int?]) -> [UInt8] {
    let layout = document.layout
    var pieces = [layout.header]
    var result: [UInt8] = []
    func flush() {
      for piece in pieces {
        if startsLine(piece.lowerBound) { endLine(of: &result) }
        result += patched(piece)
      }
      pieces = []
    }
    for (chart, origin) in zip(edited.charts, origins) {
      if let origin {
        pieces.append(layout.leads[origin])
        pieces.append(layout.bodies[origin])
      } else {
        flush()
        endLine(of: &result)
        result +=
          document.format == .sm
          ? SMWriter.chartText(chart, newline: newline) : SSCWriter.chartText(chart, newline: newline)
      }
    }
    let kept = Set(origins.compactMap { $0 })
    for index in layout.leads.indices
    where !kept.contains(index) && document.holdsSongTags(layout.leads[index]) {
      pieces.append(layout.leads[index])
    }
    pieces.append(layout.tail)
    flush()
    return result
  }

  private func startsLine(_ place: Int) -> Bool {
    place > 0 && place < document.bytes.count && document.bytes[place - 1] == MSDText.newline
  }

  /// The last chart of a file may lack a line end, which it needs when another one follows it.
  private func endLine(of text: inout [UInt8]) {
    if let last = text.last, last != MSDText.newline { text += newline }
  }

  private func patched(_ piece: Range<Int>) -> [UInt8] {
    // What is put just behind a piece's last byte belongs to it; what stands at its start belongs to the one before,
    // but for the first piece.
    let own = tags.replacements.filter { replacement in
      let isInsertion = replacement.range.isEmpty
      return isInsertion
        ? replacement.range.lowerBound > piece.lowerBound && replacement.range.lowerBound <= piece.upperBound
          || replacement.range.lowerBound == 0 && piece.lowerBound == 0
        : replacement.range.lowerBound >= piece.lowerBound && replacement.range.upperBound <= piece.upperBound
    }
    return Replacement.apply(own, to: document.bytes, in: piece)
  }
}
