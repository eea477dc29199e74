import App
import Chart
import Editor
import Foundation
import Testing

@Suite struct JournalTests {
  private let song = URL(filePath: "/songs/a/song.ssc")
  private let base = Data("#TITLE:a;".utf8)

  private func entry(_ row: Int, _ sequence: Int) -> JournalEntry {
    let edit = ChartEdit(inserted: [Note(row: Row(row), lane: Lane(0), kind: .hold(end: Row(row + 24)))])
    return JournalEntry(
      sequence: sequence,
      transaction: Transaction(name: "put", edits: [.chart(index: 0, edit)], chartIndex: 0, cursor: Row(row)))
  }

  @Test func whatAKilledSessionDidIsFoundByTheNext() throws {
    let folder = try TemporaryFolder()
    do {
      let journal = try Journal(for: song, base: base, in: folder.url)
      for number in 1...3 { try journal.append(entry(number * 48, number)) }
      #expect(
        Journal.remains(for: song, base: base, in: folder.url).isEmpty, "a living session's are its own")
    }
    let remains = try #require(Journal.remains(for: song, base: base, in: folder.url).first)
    #expect(remains.entries == [entry(48, 1), entry(96, 2), entry(144, 3)])
    #expect(remains.count == 3 && remains.fits)
    Journal.discard(remains)
    #expect(Journal.remains(for: song, base: base, in: folder.url).isEmpty)
  }

  @Test func aSongIsTheSameHoweverItIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "pack/a/song.ssc")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "link"), withDestinationURL: folder.url.appending(path: "pack/a"))
    func song(_ path: String) -> URL { URL(filePath: folder.url.path + "/" + path) }
    let journals = folder.url.appending(path: "journals")
    do {
      let journal = try Journal(for: song("pack/../pack//a/song.ssc"), base: base, in: journals)
      try journal.append(entry(0, 1))
    }
    for name in ["pack/a/song.ssc", "link/song.ssc", "pack//a/song.ssc"] {
      #expect(Journal.remains(for: song(name), base: base, in: journals).map(\.fits) == [true], "\(name)")
    }
  }

  @Test func savingForgetsWhatWasSaved() throws {
    let folder = try TemporaryFolder()
    let saved = Data("#TITLE:b;".utf8)
    do {
      let journal = try Journal(for: song, base: base, in: folder.url)
      try journal.append(entry(0, 1))
      try journal.begin(base: saved)
      try journal.append(entry(48, 2))
      try journal.append(entry(96, 3))
    }
    #expect(
      Journal.remains(for: song, base: base, in: folder.url).map(\.fits) == [false], "the file has changed")
    let remains = Journal.remains(for: song, base: saved, in: folder.url)
    #expect(remains.map(\.entries) == [[entry(48, 1), entry(96, 2)]])
  }

  @Test func halfALineIsTheEndOfIt() throws {
    let folder = try TemporaryFolder()
    do {
      let journal = try Journal(for: song, base: base, in: folder.url)
      try journal.append(entry(0, 1))
    }
    let name = try #require(folder.names.first)
    try folder.write(try folder.text(of: name) + "{\"transaction\":{\"na", to: name)
    let remains = try #require(Journal.remains(for: song, base: base, in: folder.url).first)
    #expect(remains.entries == [entry(0, 1)] && remains.count == 1, "the half was never confirmed")
  }

  /// What an open review had taken counts until its step is written, and then no more.
  @Test func whatAReviewHadTakenIsFound() throws {
    let folder = try TemporaryFolder()
    func draft(_ row: Int, _ sequence: Int, _ number: Int) -> JournalEntry {
      JournalEntry(sequence: sequence, draft: number, transaction: entry(row, 1).transaction)
    }
    let written = [
      entry(0, 4), draft(48, 5, 1), draft(96, 5, 2), entry(144, 5), draft(192, 6, 1), draft(0, 6, 0),
      draft(240, 6, 1), draft(288, 6, 2),
    ]
    do {
      let journal = try Journal(for: song, base: base, in: folder.url)
      for entry in written { try journal.append(entry) }
    }
    #expect(
      Journal.remains(for: song, base: base, in: folder.url).map(\.entries)
        == [[entry(0, 1), entry(144, 2), entry(240, 3), entry(288, 4)]])
  }

  @Test func twoSessionsOnOneSongKeepTheirJournalsApart() throws {
    let folder = try TemporaryFolder()
    let first = try Journal(for: song, base: base, in: folder.url)
    let second = try Journal(for: song, base: base, in: folder.url)
    try first.append(entry(0, 1))
    try second.append(entry(48, 1))
    #expect(folder.names.count == 2)
    first.remove()
    second.remove()
    #expect(folder.names.isEmpty)
  }
}
