import Chart
import Editor
import Glibc
import TUI

/// Does what the editor asks of the world outside, and knows where the music is.
package protocol EffectHandler: AnyObject {
  /// Does one effect of an action on this state. Never blocks for longer than writing a line to a file takes.
  func run(_ effect: Effect, in state: EditorState)
  /// Reads another song, or tells why it cannot be opened.
  func open(_ song: OpenRequest.Song) -> OpenedSong?
  /// Looks at the state before it is drawn, to keep what is heard like what is seen.
  func follow(_ state: EditorState)
  /// The second of the music that is heard at this moment; nil when nothing plays.
  var playhead: Seconds? { get }
}

/// Waits for keys, signals and the answers of other threads, has the state changed by them, and draws it.
///
/// All of it is on the main thread; nothing here blocks but the waiting.
package final class EventLoop {
  /// Why the loop ended.
  package enum Ending: Sendable {
    case quit
    /// Another song is to take this one's place.
    case opened(OpenedSong)
    /// A signal asked the program to end.
    case signal(Int32)
  }

  /// The signals that the loop handles itself.
  package static let signals = [SIGTERM, SIGHUP, SIGINT, SIGTSTP]

  package private(set) var state: EditorState
  private let screen: any Screen
  private let handler: any EffectHandler
  private let inbox: Inbox<Action>
  private let input: Int32
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let draw: (EditorState, Beat?, Size) -> Grid
  private let signals: SignalPipe
  private var ending: Ending?
  private var isStale = true

  private static let frame = Duration.seconds(1) / 60
  /// How long the loop sleeps at most: a change of size can slip in between looking and waiting.
  private static let nap = Duration.milliseconds(250)

  /// - Parameters:
  ///   - input: the descriptor whose readability means that the screen has keys.
  ///   - signals: the pipe on which `EventLoop.signals` arrive.
  ///   - draw: the picture of a state on a screen of a size.
  package init(
    state: EditorState, screen: any Screen, handler: any EffectHandler, inbox: Inbox<Action>, input: Int32,
    signals: SignalPipe, draw: @escaping (EditorState, Beat?, Size) -> Grid
  ) {
    self.state = state
    self.screen = screen
    self.handler = handler
    self.inbox = inbox
    self.input = input
    self.signals = signals
    self.draw = draw
    start = clock.now
  }

  /// Runs until the author quits or a signal ends the program.
  package func run() -> Ending {
    var nextFrame = clock.now
    while true {
      if isStale || handler.playhead != nil {
        show()
        nextFrame = clock.now + EventLoop.frame
      }
      wait(until: nextFrame)
      take()
      handler.follow(state)
      if let ending { return ending }
    }
  }

  /// Takes in everything that is there by now: signals, answers, keys.
  package func take() {
    for number in signals.takeAll() { receive(number) }
    for action in inbox.takeAll() { perform(action) }
    while ending == nil, let event = screen.nextEvent() {
      switch event {
      case .key(let key):
        perform(.key(key, Moment(clock: now, playhead: handler.playhead)))
      case .pasted(let text): perform(.pasted(text))
      case .resized: isStale = true
      }
    }
  }

  package func perform(_ action: Action) {
    isStale = true
    for effect in state.reduce(action) {
      switch effect {
      case .quit: ending = .quit
      case .suspend: suspend()
      case .redraw: screen.forget()
      case .open(let request): open(request)
      default: handler.run(effect, in: state)
      }
    }
  }

  /// Ends for another song, unless it cannot be opened or something would be lost by it.
  private func open(_ request: OpenRequest) {
    // A signal that came first has the last word.
    guard ending == nil, let song = handler.open(request.song) else { return }
    if state.holdsUnsaved, !request.dropsUnsaved {
      perform(.unsavedBeforeOpening(request))
    } else {
      ending = .opened(song)
    }
  }

  /// Draws once before anything slow is begun, so that the author sees the screen at once.
  package func showFirst() { show() }

  private func show() {
    isStale = false
    let playhead = handler.playhead.map { state.timingMap.beat(at: $0) }
    screen.show(draw(state, playhead, screen.size))
  }

  private var now: Seconds {
    let time = start.duration(to: clock.now).components
    return Seconds(Double(time.seconds) + Double(time.attoseconds) * 1e-18)
  }

  private func receive(_ number: Int32) {
    if number == SIGTSTP {
      suspend()
    } else {
      ending = .signal(number)
    }
  }

  /// Stops the program as the shell's Ctrl+Z does; the music stops with it, for nobody could stop it then.
  private func suspend() {
    handler.run(.stop, in: state)
    screen.suspend()
    signals.catchAgain()
    isStale = true
  }

  private func wait(until nextFrame: ContinuousClock.Instant) {
    let rest = handler.playhead == nil ? EventLoop.nap : max(.zero, clock.now.duration(to: nextFrame))
    var descriptors = [input, inbox.pipe.descriptor, signals.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let parts = rest.components
    // Rounded up, or the last part of a millisecond would be spent in a busy loop.
    let milliseconds =
      parts.seconds * 1000 + (parts.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    poll(&descriptors, nfds_t(descriptors.count), Int32(milliseconds))
    // A terminal that is gone for good is always "ready": without this the loop would spin for ever.
    if descriptors[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { ending = .signal(SIGHUP) }
  }
}
