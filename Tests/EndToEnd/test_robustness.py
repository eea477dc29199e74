"""What happens to a terminal program in real life: it is resized, stopped, killed, flooded, and its files change."""

import os
import random
import resource
import signal
import termios
import time

import numpy
import pytest
import soundfile

from terminal import Terminal

CHART = (
    "#VERSION:0.83;\n#TITLE:{title};\n#MUSIC:song.ogg;\n#OFFSET:-0.25;\n#BPMS:0=150;\n#NOTEDATA:;\n"
    "#STEPSTYPE:pump-single;\n#DESCRIPTION:;\n#DIFFICULTY:Edit;\n#METER:7;\n#NOTES:\n10000\n00000\n00000\n00000\n;\n")
LEAVES_SCREEN = b"\x1b[?1049l"
SHOWS_CURSOR = b"\x1b[?25h"


@pytest.fixture
def chart(song):
    path = song.with_suffix(".ssc")
    path.write_text(CHART.format(title="T"))
    return path


@pytest.fixture
def opened(edit, chart):
    terminal = edit(chart)
    terminal.wait_for("pump-single")
    return terminal


def is_cooked(terminal):
    """Whether the terminal echoes and edits lines, as a shell expects it to."""
    flags = termios.tcgetattr(terminal.child.child_fd)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_gives_the_terminal_back(opened, number):
    assert not is_cooked(opened)
    opened.press("5")
    opened.child.kill(number)
    end = time.monotonic() + 10
    while time.monotonic() < end and opened.read(0.1):
        pass
    tail = opened.raw[-400:]
    assert LEAVES_SCREEN in tail and (SHOWS_CURSOR in tail or b"\x1b[?12l\x1b[?25h" in tail)
    opened.wait_for_end()


def test_a_crash_gives_the_terminal_back(opened):
    opened.child.kill(signal.SIGSEGV)
    opened.read(1.0)
    assert LEAVES_SCREEN in opened.raw[-400:]
    assert opened.wait_for_end() == -signal.SIGSEGV


def test_stopped_and_continued_by_a_shell(program, home, chart):
    environment = {**home, "PS1": "shell> ", "ENV": None}
    with Terminal(["/bin/bash", "--norc", "--noprofile", "-i"], env=environment) as shell:
        shell.wait_for("shell>")
        shell.type(f"{program} '{chart}'\r")
        shell.wait_for(lambda text: "EDIT" in text and "loading" not in text)
        shell.press("Space")
        shell.wait_for("PLAY")
        shell.command("suspend")
        shell.wait_for("Stopped")
        shell.type("echo the-shell-$((40+2))\r")
        shell.wait_for("the-shell-42")
        shell.type("fg\r")
        shell.wait_for("EDIT")
        assert "the-shell-42" not in shell.text, "the screen is drawn anew"
        shell.press("Down", "3")
        shell.wait_for("unsaved")
        shell.command("quit-now")
        shell.wait_for("shell>")
        shell.type("echo still-$((40+3))\r")
        shell.wait_for("still-43")


def test_resized_while_everything_happens(opened):
    """Every kind of sheet and session is open while the size changes; the last picture is that of a calm start."""
    chance = random.Random(7)
    opened.wait_for(lambda text: "loading" not in text)
    for line in ["", "ask", "take", "help", "new-chart", "charts", "sync", "drop-tempo", "play", "stop"]:
        opened.press("Esc")
        if line:
            opened.press(":")
            opened.child.send(line + "\r")
        for _ in range(3):
            opened.resize(chance.choice([1, 7, 20, 61, 133, 300]), chance.choice([1, 2, 5, 13, 40, 90]))
            assert opened.child.isalive(), line
        if line == "help":
            opened.press("q")
    opened.press("Esc", "Esc")
    opened.resize(120, 40)
    opened.command("go 0")
    opened.wait_for("0:1")
    opened.press("C-l")
    opened.read(0.5)
    assert opened.text.splitlines()[0].startswith(" T")
    assert len(opened.lines) == 40


def test_a_flood_of_keys_is_survived_and_answered(opened):
    chance = random.Random(3)
    keys = "12345 \t\x1b[A\x1b[B\x1b[5~\x1b[6~abmnxyuUhjkz!?/:=+-\x1a\x19\x03\x16"
    flood = "".join(chance.choice(keys) for _ in range(20000))
    for start in range(0, len(flood), 2000):
        opened.child.send(flood[start:start + 2000])
        opened.read(0.2)
    opened.read(1.0)
    assert opened.child.isalive()
    opened.press("Esc", "Esc", "Esc", pause=0.2)
    opened.command("quit-now")
    assert opened.wait_for_end(30) == 0


def test_a_paste_is_no_command(opened, chart):
    """Text pasted into the field is not taken for keys; into the command line it goes as text."""
    opened.child.send("\x1b[200~1\n:quit-now\nddd 4321\x1b[201~")
    opened.wait_for("pasted")
    assert opened.child.isalive() and "unsaved" not in opened.text
    opened.press(":")
    opened.child.send("\x1b[200~go 7\x1b[201~")
    opened.wait_for(":go 7")
    opened.press("Enter")
    opened.wait_for("7:1")


def test_a_full_disk_keeps_the_file_and_the_edits(edit, chart):
    before = chart.read_bytes()

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, resource.RLIM_INFINITY))

    terminal = edit(chart, preexec=full)
    terminal.wait_for("pump-single")
    terminal.press("5")
    terminal.press("C-s")
    terminal.wait_for(lambda text: "not saved: no space left" in text)
    assert "● 1 unsaved" in terminal.text
    assert chart.read_bytes() == before
    assert not [name for name in os.listdir(chart.parent) if name.endswith(".tmp")]


def test_a_file_changed_by_another_program_is_not_written_over_unasked(opened, chart):
    opened.press("5")
    theirs = chart.read_bytes() + b"// theirs\n"
    chart.write_bytes(theirs)
    opened.press("C-s")
    opened.wait_for("changed by another program")
    assert chart.read_bytes() == theirs
    opened.press("C-s")
    opened.wait_for("saved /")
    assert b"10001" in chart.read_bytes()
    assert chart.with_name("song.ssc.old").read_bytes() == theirs


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become another user")
def test_what_may_not_be_written_is_told(program, tmp_path_factory, song):
    """As another user, for whom root's files are read-only."""
    folder = tmp_path_factory.mktemp("shared")
    for parent in [folder, *folder.parents][:3]:
        parent.chmod(0o755)
    path = folder / "song.ssc"
    path.write_text(CHART.format(title="T"))
    homes = {f"XDG_{name}_HOME": f"/tmp/nobody-{os.getpid()}" for name in ("CONFIG", "STATE", "CACHE")}
    become = lambda: os.setuid(65534)
    if os.system(f"setpriv --reuid=65534 test -x '{program}'") != 0:
        pytest.skip("the program's folder is closed to other users")
    environment = {**homes, "HOME": "/nonexistent", "PULSE_SERVER": "unix:/nonexistent"}
    with Terminal([program, path], env=environment, preexec=become) as terminal:
        terminal.wait_for("pump-single")
        terminal.press("5")
        terminal.press("C-s")
        terminal.wait_for("not saved: not permitted")
        assert "unsaved" in terminal.text


def test_a_title_cannot_steer_the_terminal(edit, chart):
    chart.write_text(CHART.format(title="\x1b]0\\;owned\x07\x1b[2J\u202eevil\x9b31m"))
    terminal = edit(chart)
    terminal.wait_for("pump-single")
    assert b"owned\x07" not in terminal.raw and b"\x1b]0;" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw and "\x9b".encode() not in terminal.raw
    assert "owned" in terminal.text, "it is shown as what it is"


def test_what_a_file_cannot_hold_is_not_saved(edit, chart):
    """The chart on the screen goes into a file for one chart; the song keeps its own file, and quitting asks."""
    notes = chart.read_text().index("#NOTEDATA")
    chart.write_text(chart.read_text() + chart.read_text()[notes:].replace("METER:7", "METER:9").replace("10000", "00010"))
    terminal = edit(chart)
    terminal.wait_for("pump-single")
    terminal.command("chart 2")
    terminal.press("5")
    terminal.command("save-as out.ucs")
    terminal.wait_for("NOT in out.ucs: 1 other chart")
    assert b"...XX" in chart.with_name("out.ucs").read_bytes()
    terminal.press("C-q")
    terminal.wait_for(lambda text: "unsaved" in text.lower())
    assert terminal.child.isalive()
    terminal.press("s")
    assert terminal.wait_for_end() == 0
    assert "00011" in chart.read_text()


def test_edits_of_a_file_that_has_changed_since_are_told(edit, chart):
    first = edit(chart)
    first.wait_for("pump-single")
    first.press("5")
    first.read(0.5)
    first.child.kill(signal.SIGKILL)
    first.wait_for_end()
    chart.write_bytes(chart.read_bytes() + b"// theirs\n")
    second = edit(chart)
    second.wait_for("do not fit")
    second.command("quit-now")
    assert second.wait_for_end() == 0


def test_a_damaged_sound_does_not_write_on_the_screen(edit, chart, song):
    """libmpg123 tells of damage on standard error, which is the screen."""
    path = song.with_suffix(".mp3")
    chart.write_text(chart.read_text().replace("song.ogg", "song.mp3"))
    noise = numpy.random.default_rng(5).normal(size=20 * 44100) * 0.1
    soundfile.write(path, noise, 44100, format="MP3")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle:middle + 3000] = os.urandom(3000)
    path.write_bytes(data)
    terminal = edit(chart)
    terminal.wait_for(lambda text: "EDIT" in text and "loading" not in text)
    terminal.read(1.0)
    assert b"mpg123" not in terminal.raw
    terminal.command("quit-now")
    assert terminal.wait_for_end() == 0


def test_quitting_while_the_model_is_at_work_ends_well(edit, chart):
    for delay in range(8):
        terminal = edit(chart)
        terminal.wait_for("pump-single")
        terminal.command("ask")
        terminal.read(0.02 + 0.1 * delay)
        terminal.command("quit-now")
        assert terminal.wait_for_end() == 0
