import CNcurses
import Glibc

/// Gives the terminal back to the shell when a signal ends the program: leaves the alternate screen, shows the
/// cursor, restores the line discipline, then dies of the same signal.
///
/// Only `write` and `tcsetattr` are called then, which POSIX allows in a signal handler; everything they need is
/// prepared beforehand.
enum TerminalRescue {
  /// The signals that end a program, its own traps among them (Swift's are SIGILL or SIGTRAP).
  private static let fatal = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP,
  ]

  /// Remembers the terminal as it is before ncurses changes it. To be called before `newterm`.
  static func remember(descriptor: Int32) {
    var attributes = termios()
    guard tcgetattr(descriptor, &attributes) == 0 else { return }
    saved = attributes
    savedDescriptor = descriptor
  }

  /// Starts the watch. To be called once ncurses knows the terminal's sequences.
  static func arm(restoring sequence: [CChar]) {
    restoringBytes?.deallocate()
    let bytes = UnsafeMutablePointer<CChar>.allocate(capacity: sequence.count)
    bytes.initialize(from: sequence, count: sequence.count)
    restoringBytes = bytes
    restoringCount = sequence.count
    for number in fatal {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = rescueHandler
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND) | UInt32(SA_NODEFER))
      sigaction(number, &action, nil)
    }
  }

  /// Ends the watch; signals mean what they meant before.
  static func disarm() {
    restoringCount = 0
    for number in fatal { signal(number, SIG_DFL) }
  }
}

// Read by the handler, which cannot take a lock: written on the main thread before it is installed.
private nonisolated(unsafe) var saved = termios()
private nonisolated(unsafe) var savedDescriptor: Int32 = -1
private nonisolated(unsafe) var restoringBytes: UnsafeMutablePointer<CChar>?
private nonisolated(unsafe) var restoringCount = 0

private func rescueHandler(_ number: Int32) {
  if let restoringBytes, restoringCount > 0 { _ = write(STDOUT_FILENO, restoringBytes, restoringCount) }
  if savedDescriptor >= 0 { tcsetattr(savedDescriptor, TCSANOW, &saved) }
  // SA_RESETHAND put the default back: this ends the program as the signal would have.
  raise(number)
}
