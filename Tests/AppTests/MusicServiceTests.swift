import App
import Audio
import Dispatch
import Editor
import Foundation
import Testing

@Suite struct MusicServiceTests {
  /// The song names another sound, or none that is there, while the first is still being read.
  @Test func aSoundThatIsNotWantedAnyMoreDoesNotArrive() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "music-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "song.wav")
    try AudioClip(rate: 8000, channels: [[Float](repeating: 0.1, count: 8000)]).write(to: file.path)
    let inbox = try Inbox<Action>()
    let service = MusicService(inbox: inbox)
    let (begun, goesOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    service.load(file) {
      begun.signal()
      goesOn.wait()
    }
    begun.wait()
    service.unload()
    goesOn.signal()
    #expect(service.settled() == nil && inbox.takeAll().isEmpty)
    service.load(file)
    #expect(service.settled() != nil && !inbox.takeAll().isEmpty)
  }
}
