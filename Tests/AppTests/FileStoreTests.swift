import App
import Foundation
import Testing

@Suite struct FileStoreTests {
  @Test func replacingLeavesNothingElseBehind() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("old", to: "song.ssc")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    try FileStore.replace(file, with: Data("new".utf8))
    #expect(try folder.text(of: "song.ssc") == "new")
    #expect(folder.names == ["song.ssc"])
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func aLinkStaysALink() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "real.ssc")
    let link = folder.url.appending(path: "song.ssc")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.url.appending(path: "real.ssc"))
    try FileStore.replace(link, with: Data("new".utf8))
    #expect(try folder.text(of: "real.ssc") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path).hasSuffix("real.ssc"))
  }

  @Test func aFailureLeavesTheOldBytes() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "nowhere/song.ssc")
    #expect(throws: SystemFailure.self) { try FileStore.replace(file, with: Data()) }
    #expect(folder.names.isEmpty)
  }

  @Test func theBackupHoldsWhatWasThereBefore() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("old", to: "song.ssc")
    try FileStore.backUp(file)
    try FileStore.replace(file, with: Data("new".utf8))
    #expect(folder.names == ["song.ssc", "song.ssc.old"])
    #expect(try folder.text(of: "song.ssc.old") == "old")
    try FileStore.backUp(folder.url.appending(path: "other.ssc"))
    #expect(folder.names.count == 2)
  }

  @Test func theBackupDoesNotFollowALinkAndIsAsPrivateAsTheFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("old", to: "song.ssc")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    let precious = try folder.write("precious", to: "precious")
    let backup = FileStore.backup(of: file)
    try FileManager.default.createSymbolicLink(at: backup, withDestinationURL: precious)
    try FileStore.backUp(file)
    #expect(try folder.text(of: "precious") == "precious")
    #expect(try folder.text(of: "song.ssc.old") == "old")
    let attributes = try FileManager.default.attributesOfItem(atPath: backup.path)
    #expect(attributes[.type] as? FileAttributeType == .typeRegular)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func anotherProgramsChangeShowsInTheStamp() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("old", to: "song.ssc")
    let before = FileStore.stamp(of: file)
    #expect(before == FileStore.stamp(of: file))
    try folder.write("other", to: "song.ssc")
    #expect(before != FileStore.stamp(of: file))
    #expect(FileStore.stamp(of: folder.url.appending(path: "none")) == nil)
  }

  @Test func whatIsNoFileIsToldByName() throws {
    let folder = try TemporaryFolder()
    let missing = folder.url.appending(path: "none.ssc")
    #expect(throws: CommandError.self) { try FileStore.read(missing) }
    let error = #expect(throws: CommandError.self) { try FileStore.read(folder.url) }
    #expect(error?.text.contains("not a regular file") == true)
  }

  /// A file of holes weighs nothing on disk and would fill the memory.
  @Test func tooLargeAFileIsRefusedBeforeItIsRead() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "huge.ssc")
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 1 << 40)
    try handle.close()
    let error = #expect(throws: CommandError.self) { try FileStore.read(file) }
    #expect(error?.message == "larger than 64 MB")
  }
}
