import CNcurses
import Editor
import Glibc

/// The terminal, through ncurses. One at a time, used from the main thread.
package final class NcursesScreen: Screen {
  package let depth: ColorDepth
  /// Whether only ASCII is sent: the locale has nothing better, or the author asked for it.
  package let isASCII: Bool

  private let terminal: OpaquePointer
  private let painter: CellPainter
  private var shown: Grid?
  private var isOpen = true
  /// What has come of a paste whose end has not come yet.
  private var paste: String?

  /// Takes the terminal over.
  ///
  /// `newterm` and not `initscr`, which would end the process where it could not start.
  package init(environment: [String: String], colors: ColorChoice = .auto, ascii: Bool = false)
    throws(TerminalError)
  {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let type = TerminalType(environment: environment)
    guard !type.name.isEmpty else { throw .noType }
    // Characters only: numbers keep their point whatever the locale.
    setlocale(LC_CTYPE, "")
    isASCII = ascii || String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8"
    TerminalRescue.remember(descriptor: STDIN_FILENO)
    guard let terminal = NcursesScreen.open(type.entries(for: colors), environment) else {
      throw .unknownType(type.name)
    }
    self.terminal = terminal
    guard let place = tigetstr("cup"), Int(bitPattern: place) != -1 else {
      endwin()
      delscreen(terminal)
      throw .tooPlain(type.name)
    }
    NcursesScreen.setModes()
    let offered = has_colors() ? Int(nc_colors_after_start()) : 0
    depth = type.depth(offered: offered, choice: colors)
    painter = CellPainter(depth: depth)
    TerminalRescue.arm(restoring: NcursesScreen.restoringSequence)
  }

  deinit { close() }

  package var size: Size {
    Size(width: Int(getmaxx(nc_stdscr())), height: Int(getmaxy(nc_stdscr())))
  }

  package func show(_ grid: Grid) {
    guard isOpen else { return }
    let grid = isASCII ? grid.inASCII : grid
    let window = nc_stdscr()
    let old = shown.flatMap { $0.size == grid.size ? $0 : nil } ?? Grid(size: Size(width: 0, height: 0))
    grid.forEachChange(from: old) { y, columns in
      for x in columns where grid[x, y].extent != .trailing {
        painter.paint(grid[x, y], x: Int32(x), y: Int32(y), window: window)
      }
    }
    shown = grid
    wrefresh(window)
  }

  package func nextEvent() -> ScreenEvent? {
    while let input = read() {
      if case .code(KEY_RESIZE) = input {
        shown = nil
        return .resized(size)
      }
      if input == .code(KeySequences.pasteBegins) {
        paste = ""
        continue
      }
      if let text = paste {
        if input == .code(KeySequences.pasteEnds) {
          paste = nil
          return .pasted(text)
        }
        if case .character(let value) = input, text.utf8.count < NcursesScreen.longestPaste {
          paste?.unicodeScalars.append(Unicode.Scalar(value) ?? "?")
        }
        continue
      }
      if input == KeyDecoder.escape, let following = read() {
        // Two escapes in a row are two presses of the key, not an Alt.
        if following == KeyDecoder.escape { return .key(KeyEvent(.escape)) }
        if var key = KeyDecoder.key(following) {
          key.alt = true
          return .key(key)
        }
      } else if let key = KeyDecoder.key(input) {
        return .key(key)
      }
    }
    return nil
  }

  package func suspend() {
    TerminalRescue.disarm()
    NcursesScreen.send(NcursesScreen.endsPasteMode)
    endwin()
    // The whole job stops, as Ctrl+Z would have it; SIGCONT goes on here.
    signal(SIGTSTP, SIG_DFL)
    kill(0, SIGTSTP)
    shown = nil
    clearok(nc_stdscr(), true)
    wrefresh(nc_stdscr())
    NcursesScreen.send(NcursesScreen.beginsPasteMode)
    TerminalRescue.arm(restoring: NcursesScreen.restoringSequence)
  }

  package func forget() {
    shown = nil
    clearok(nc_stdscr(), true)
  }

  package func close() {
    guard isOpen else { return }
    isOpen = false
    TerminalRescue.disarm()
    NcursesScreen.send(NcursesScreen.endsPasteMode)
    endwin()
    delscreen(terminal)
  }

  // MARK: -

  /// No text that belongs into a command line is longer.
  private static let longestPaste = 1 << 16
  private static let beginsPasteMode = "\u{1B}[?2004h"
  private static let endsPasteMode = "\u{1B}[?2004l"

  /// Sends what ncurses has no name for, after what it has still to send.
  private static func send(_ sequence: String) {
    fflush(nc_stdout())
    _ = sequence.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
  }

  private static func open(_ entries: [String], _ environment: [String: String]) -> OpaquePointer? {
    defer {
      // Programs started from here get the variable as it was.
      if let kept = environment["TERMINFO"] { setenv("TERMINFO", kept, 1) } else { unsetenv("TERMINFO") }
    }
    for entry in entries {
      if let changed = TerminfoEntry(named: entry, environment: environment)?.withoutScrolling {
        setenv("TERMINFO", changed, 1)
        if let terminal = newterm(entry, nc_stdout(), nc_stdin()) { return terminal }
        if let kept = environment["TERMINFO"] { setenv("TERMINFO", kept, 1) } else { unsetenv("TERMINFO") }
      }
      if let terminal = newterm(entry, nc_stdout(), nc_stdin()) { return terminal }
    }
    return nil
  }

  private static func setModes() {
    set_escdelay(25)
    raw()
    noecho()
    nonl()
    keypad(nc_stdscr(), true)
    nodelay(nc_stdscr(), true)
    leaveok(nc_stdscr(), true)
    curs_set(0)
    send(beginsPasteMode)
    for (index, entry) in KeySequences.table.enumerated() {
      define_key(entry.sequence, 0)
      define_key(entry.sequence, KeySequences.firstCode + Int32(index))
    }
    for (index, mark) in KeySequences.pasteMarks.enumerated() {
      define_key(mark, KeySequences.pasteBegins + Int32(index))
    }
  }

  /// What undoes ncurses' changes of the screen: plain colours, keypad mode off, cursor shown, the shell's screen.
  private static var restoringSequence: [CChar] {
    var bytes = endsPasteMode.utf8.map { CChar($0) }
    for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
      guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { continue }
      // Padding (`$<5>`) is for terminals of iron; none that has an alternate screen needs it.
      bytes += UnsafeBufferPointer(start: text, count: strlen(text)).prefix { $0 != 0x24 }
    }
    return bytes
  }

  private func read() -> KeyDecoder.Input? {
    var value = wint_t()
    switch wget_wch(nc_stdscr(), &value) {
    case OK: return .character(value)
    case KEY_CODE_YES: return .code(Int32(bitPattern: value))
    default: return nil
    }
  }
}
