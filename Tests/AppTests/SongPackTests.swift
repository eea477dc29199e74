import App
import Editor
import Foundation
import Glibc
import Testing

@Suite struct SongPackTests {
  private func pack() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["2 b", "10 c", "1 A"] {
      try folder.write("#TITLE:\(name);\n#BPMS:0=120;\n", to: "\(name)/song.ssc")
    }
    try folder.write("", to: "3 notes/readme.txt")
    try folder.write("", to: ".hidden/song.ogg")
    return folder
  }

  private func neighbour(_ folder: TemporaryFolder, _ name: String, _ isNext: Bool) throws -> String {
    let found = try SongPack(around: folder.url.appending(path: name)).neighbour(isNext)
    return found.song.location.folder.lastPathComponent
  }

  @Test func songsFollowEachOtherByTheNamesOfTheirFolders() throws {
    let folder = try pack()
    #expect(try neighbour(folder, "1 A", true) == "2 b")
    #expect(try neighbour(folder, "2 b", true) == "10 c")
    #expect(try neighbour(folder, "10 c", false) == "2 b")
    #expect(try neighbour(folder, "5 gone", false) == "2 b", "from a folder that is not there any more")
    #expect(throws: CommandError.self) { try neighbour(folder, "10 c", true) }
    #expect(throws: CommandError.self) { try neighbour(folder, "1 A", false) }
  }

  @Test func whatCannotBeReadIsPassedOverAndTold() throws {
    let folder = try pack()
    try Data(count: 3000).write(to: folder.write("", to: "4 broken/song.ssc"))
    let found = try SongPack(around: folder.url.appending(path: "2 b")).neighbour(true)
    #expect(found.song.location.folder.lastPathComponent == "10 c" && found.passed.count == 1)
  }

  /// A folder as an archive from a Korean Windows names it.
  @Test func aNameInAnotherWritingIsTold() throws {
    let folder = try pack()
    try #require(mkdir(Array((folder.url.path + "/4 ").utf8CString.dropLast()) + [-57, -47, 0], 0o755) == 0)
    let found = try SongPack(around: folder.url.appending(path: "2 b")).neighbour(true)
    #expect(found.song.location.folder.lastPathComponent == "10 c")
    #expect(found.passed.map(\.text).first?.contains("not UTF-8") == true)
  }

  @Test func pathsBeginInTheSongsFolder() throws {
    let folder = try pack()
    let song = folder.url.appending(path: "1 A", directoryHint: .isDirectory)
    func paths(_ text: String, _ purpose: PathPurpose = .song) -> [String] {
      PathService.entries(PathQuery(text: text, purpose: purpose), in: song).map { "\($0.path) \($0.doc)" }
    }
    #expect(paths("") == ["../2 b/ song", "../3 notes/ folder", "../10 c/ song"])
    #expect(paths("../2") == ["../2 b/ song"])
    #expect(paths("../2 b/S") == ["../2 b/song.ssc chart"])
    #expect(paths("", .chart) == ["song.ssc chart"])
    #expect(paths("../.h") == ["../.hidden/ song"])
    #expect(paths("\(folder.url.path)/10").count == 1)
    #expect(paths("../nowhere/").isEmpty)
  }
}
