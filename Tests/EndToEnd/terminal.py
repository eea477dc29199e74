"""A program in a pseudo-terminal, with its screen as a person would see it."""

import fcntl
import os
import signal
import struct
import termios
import time

import pexpect
import pyte

KEYS = {
    "Enter": "\r", "Tab": "\t", "Esc": "\x1b", "Space": " ", "Backspace": "\x7f", "Delete": "\x1b[3~",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "End": "\x1b[F",
    "PageUp": "\x1b[5~", "PageDown": "\x1b[6~", "F1": "\x1bOP", "S-Tab": "\x1b[Z",
}


def bytes_of(key):
    """`C-x` is control, `M-x` alt; a name as in KEYS; anything else is typed as it stands."""
    if key in KEYS:
        return KEYS[key]
    if key.startswith("C-") and len(key) == 3:
        return chr(ord(key[2].upper()) & 0x1F)
    if key.startswith("M-") and len(key) > 2:
        return "\x1b" + bytes_of(key[2:])
    return key


class Terminal:
    """Starts `argv` in a terminal of its own and follows what it draws."""

    def __init__(self, argv, size=(120, 40), env=None, cwd=None, preexec=None):
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        environment = dict(os.environ)
        environment.update({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLORTERM": ""})
        environment.update(env or {})
        environment = {key: value for key, value in environment.items() if value is not None}
        self.child = pexpect.spawn(
            str(argv[0]), [str(word) for word in argv[1:]], dimensions=(rows, columns), env=environment,
            cwd=cwd, timeout=20, preexec_fn=preexec)
        self.child.delaybeforesend = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
        self.child.close(force=True)

    def read(self, seconds=0.1):
        """Takes in what the program writes until it has been silent for a moment, at most so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                data = self.child.read_nonblocking(65536, timeout=0.03)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return False
            self.raw += data
            self.stream.feed(data)
        return True

    @property
    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self):
        return "\n".join(self.lines)

    def wait_for(self, wanted, seconds=20):
        """Reads until the text (or a test of the whole screen's text) is on the screen."""
        test = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            going = self.read(0.06)
            if test(self.text):
                return self.text
            if not going:
                break
        raise AssertionError(f"never on the screen: {wanted}\n{self.text}")

    def press(self, *keys, pause=0.06):
        for key in keys:
            self.child.send(bytes_of(key))
            self.read(pause)

    def type(self, text):
        self.child.send(text)
        self.read(0.1)

    def command(self, line):
        """A line after `:`, as an author types it."""
        self.press(":")
        self.type(line)
        self.press("Enter")

    def resize(self, columns, rows):
        fcntl.ioctl(self.child.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        self.child.kill(signal.SIGWINCH)
        self.read(0.4)

    def wait_for_end(self, seconds=10):
        """Waits for the program to end. Returns its exit code, or minus the signal that ended it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(0.1):
            pass
        self.child.close()
        if self.child.signalstatus is not None:
            return -self.child.signalstatus
        return self.child.exitstatus
