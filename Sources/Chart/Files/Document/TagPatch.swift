/// Changes tags in place: the last one of a name counts, so that is the one that changes.
struct TagPatch {
  /// The values among which a tag is looked for: the song's, or a chart's.
  struct Scope {
    /// Index of the last value of each name.
    var places: [String: Int] = [:]
    /// All values with their names, in file order.
    var values: [(name: String, index: Int)] = []
    /// Where a new tag goes: behind this value.
    var anchor: Int?
  }

  let document: SimfileDocument
  let newline: [UInt8]
  var replacements: [Replacement] = []
  private let reader: TagReader

  init(document: SimfileDocument, newline: [UInt8]) {
    self.document = document
    self.newline = newline
    reader = TagReader(bytes: document.bytes, encoding: document.encoding)
  }

  func scope(_ indices: [Int]) -> Scope {
    var scope = Scope()
    let firstChart = document.sources.first?.values.lowerBound ?? .max
    for index in indices {
      let name = reader.name(of: document.values[index])
      scope.places[name] = index
      scope.values.append((name, index))
      let isNotes = name == "NOTES" || name == "NOTES2"
      if !isNotes, index < firstChart || indices.first ?? 0 >= firstChart { scope.anchor = index }
    }
    return scope
  }

  func has(_ name: String, in scope: Scope) -> Bool { scope.places[name] != nil }

  /// Gives a tag a content that is already escaped.
  mutating func set(_ name: String, _ content: [UInt8], in scope: Scope) {
    if let index = scope.places[name] {
      replaceContent(of: index, with: encoded(content))
    } else if !content.isEmpty {
      insert(name, content, in: scope)
    }
  }

  mutating func setOffset(_ offset: Seconds, in scope: Scope) {
    set("OFFSET", Array(DecimalText.fixed(offset.value, decimals: 6).utf8), in: scope)
  }

  mutating func setTiming(_ tag: TimingTag, _ timing: TimingData, dialect: TimingDialect, in scope: Scope) {
    let name =
      tag == .stops && scope.places["STOPS"] == nil && scope.places["FREEZES"] != nil
      ? "FREEZES" : tag.rawValue
    guard let index = scope.places[name] else {
      return insert(name, SSCWriter.list(tag.entries(of: timing), newline: newline), in: scope)
    }
    let patch = TimingListPatch(tag: tag, dialect: dialect, encoding: document.encoding, newline: newline)
    replaceContent(
      of: index, with: patch.text(content: Array(document.bytes[content(of: index)]), to: timing))
  }

  /// Takes away all that makes a chart keep its own time.
  mutating func removeTiming(in scope: Scope) {
    for (name, index) in scope.values where TimingTag(name: name) != nil || name == "OFFSET" { remove(index) }
  }

  /// Brings the tags that have no place of their own to a new state: equal names in order.
  mutating func setExtras(_ new: [ExtraTag], instead old: [ExtraTag], in scope: Scope) {
    for name in Set(new.map(\.name) + old.map(\.name)).sorted() {
      let before = old.filter { $0.name == name }
      let after = new.filter { $0.name == name }
      let places = scope.values.filter { $0.name == name }.map(\.index)
      for (position, extra) in after.enumerated() {
        if position >= places.count || position >= before.count {
          insert(name, Array(extra.content.utf8), in: scope)
        } else if before[position] != extra {
          replaceContent(of: places[position], with: encoded(Array(extra.content.utf8)))
        }
      }
      for index in places.dropFirst(after.count) { remove(index) }
    }
  }

  /// The params of an `.sm` chart, each with the blanks that stand round it.
  mutating func setLegacyHeader(
    _ new: ChartHeader, instead old: ChartHeader, of source: ParsedSimfile.ChartSource
  ) {
    let params = document.values[source.values.lowerBound].params
    func put(_ index: Int, _ text: String) -> Replacement {
      Replacement(
        MSDText.trimmed(document.bytes.span, params[index].range), encoded(MSDText.escaped(text.utf8)))
    }
    if new.stepsType != old.stepsType {
      replacements.append(put(SMReader.NotesParam.stepsType, new.stepsType.name))
    }
    if new.description != old.description {
      replacements.append(put(SMReader.NotesParam.description, new.description))
    }
    if new.difficulty != old.difficulty {
      replacements.append(put(SMReader.NotesParam.difficulty, new.difficulty.rawValue))
    }
    if new.meter != old.meter { replacements.append(put(SMReader.NotesParam.meter, "\(new.meter)")) }
  }

  // MARK: Bytes

  /// All that stands behind the tag's first `:`.
  private func content(of index: Int) -> Range<Int> {
    let params = document.values[index].params
    guard params.count > 1 else { return params[0].range.upperBound..<params[0].range.upperBound }
    return params[1].range.lowerBound..<params[params.count - 1].range.upperBound
  }

  private mutating func replaceContent(of index: Int, with bytes: [UInt8]) {
    let needsColon = document.values[index].params.count == 1
    replacements.append(Replacement(content(of: index), (needsColon ? [UInt8(ascii: ":")] : []) + bytes))
  }

  private mutating func insert(_ name: String, _ content: [UInt8], in scope: Scope) {
    let tag =
      [UInt8(ascii: "#")] + Array(name.utf8) + [UInt8(ascii: ":")] + encoded(content) + [UInt8(ascii: ";")]
    guard let anchor = scope.anchor else {
      let start = document.values.first?.range.lowerBound ?? 0
      replacements.append(Replacement(start..<start, tag + newline))
      return
    }
    let place = document.values[anchor].range.upperBound
    replacements.append(Replacement(place..<place, newline + tag))
  }

  /// Takes a value away with the line end behind it.
  private mutating func remove(_ index: Int) {
    var range = document.values[index].range
    var end = range.upperBound
    let bytes = document.bytes
    if end < bytes.count, bytes[end] == MSDText.carriageReturn { end += 1 }
    if end < bytes.count, bytes[end] == MSDText.newline { range = range.lowerBound..<end + 1 }
    replacements.append(Replacement(range, []))
  }

  /// UTF-8 in the file's own encoding; a document is made UTF-8 first when that cannot hold the text.
  private func encoded(_ utf8: [UInt8]) -> [UInt8] {
    document.encoding.encode(String(decoding: utf8, as: UTF8.self)) ?? utf8
  }
}
