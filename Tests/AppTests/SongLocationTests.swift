import App
import Foundation
import Testing

@Suite struct SongLocationTests {
  @Test func aSoundWithoutAChartIsANewSong() throws {
    let folder = try TemporaryFolder()
    let sound = try folder.write("", to: "song.ogg")
    let location = try SongLocation(path: sound.path)
    #expect(location.simfile == nil)
    #expect(location.newSimfile.lastPathComponent == "song.ssc")
    #expect(try location.sound(named: "").path == sound.path)
  }

  @Test func aSoundWithItsChartBesideItOpensTheChart() throws {
    let folder = try TemporaryFolder()
    let sound = try folder.write("", to: "song.ogg")
    try folder.write("", to: "song.sm")
    try folder.write("", to: "song.ssc")
    #expect(try SongLocation(path: sound.path).simfile?.lastPathComponent == "song.ssc")
  }

  @Test func aFolderPrefersItsChartToItsSounds() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a.ogg")
    try folder.write("", to: "b.mp3")
    try folder.write("", to: "c.sm")
    let location = try SongLocation(path: folder.url.path)
    #expect(location.simfile?.lastPathComponent == "c.sm")
    #expect(try location.sound(named: "B.MP3").lastPathComponent == "b.mp3")
  }

  @Test func aFolderMayBeALink() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "there/c.sm")
    try folder.write("", to: "there/b.mp3")
    let link = folder.url.appending(path: "link")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.url.appending(path: "there"))
    let location = try SongLocation(path: link.path)
    #expect(location.simfile?.lastPathComponent == "c.sm" && location.folder.lastPathComponent == "link")
    #expect(try location.sound(named: "").lastPathComponent == "b.mp3")
  }

  @Test(arguments: ["none", "notes.txt", "empty", "two"])
  func whatCannotBeOpenedIsToldWithTheWayOut(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "notes.txt")
    try folder.write("", to: "empty/readme")
    try folder.write("", to: "two/a.ogg")
    try folder.write("", to: "two/b.ogg")
    let path = folder.url.appending(path: name).path
    let error = #expect(throws: CommandError.self) { try SongLocation(path: path) }
    #expect(error?.file == path)
    #expect(error?.remedy.isEmpty == false)
    #expect(error?.status == .cannotRun)
  }

  /// The name is found by another case than the one in the file; the link must be seen all the same.
  @Test(arguments: ["song.ogg", "SONG.OGG", "Song.Ogg"])
  func aLinkOutOfTheFolderIsNotFollowedInAnyCase(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "elsewhere/a.ogg")
    try folder.write("", to: "song/song.ssc")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "song/song.ogg"),
      withDestinationURL: folder.url.appending(path: "elsewhere/a.ogg"))
    let location = try SongLocation(path: folder.url.appending(path: "song/song.ssc").path)
    #expect(location.file(named: name) == nil)
  }

  @Test(arguments: [
    "../secret.ogg", "/etc/passwd", "sub/../../secret.ogg", "link/secret.ogg", "..\\secret.ogg",
  ])
  func pathsNeverLeadOutOfTheSongsFolder(path: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "secret.ogg")
    try folder.write("", to: "song/sub/song.ssc")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "song/link"), withDestinationURL: folder.url)
    let location = try SongLocation(path: folder.url.appending(path: "song/sub/song.ssc").path)
    let wider = try SongLocation(path: location.folder.deletingLastPathComponent().path + "/sub/song.ssc")
    #expect(location.file(named: path) == nil)
    #expect(wider.file(named: path) == nil)
  }
}
