"""How a program in a pseudo-terminal is timed from outside."""

import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests" / "EndToEnd"))

from terminal import Terminal, bytes_of  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
READY = "pump-single"


def home(folder):
    """Folders of its own, and no sound device: the program then plays by its own clock."""
    variables = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    return {"HOME": str(folder), **variables, "PULSE_SERVER": "unix:/nonexistent"}


def big_chart(folder, notes=5000):
    """A chart of so many notes, four a beat."""
    measures, left = [], notes
    while left > 0:
        lines = []
        for row in range(16):
            cells = ["0"] * 5
            if left > 0:
                cells[(left * 3 + row) % 5] = "1"
                left -= 1
            lines.append("".join(cells))
        measures.append("\n".join(lines))
    path = folder / "song.ssc"
    path.write_text(
        "#VERSION:0.83;\n#TITLE:Bench;\n#MUSIC:song.ogg;\n#OFFSET:-0.25;\n#BPMS:0=150;\n#NOTEDATA:;\n"
        "#STEPSTYPE:pump-single;\n#DESCRIPTION:S18;\n#DIFFICULTY:Edit;\n#METER:18;\n#NOTES:\n"
        + "\n,\n".join(measures) + "\n;\n")
    return path


def take(terminal, timeout):
    """What the program has written, or nothing."""
    try:
        return terminal.child.read_nonblocking(65536, timeout=timeout)
    except Exception:  # pexpect's TIMEOUT and EOF: nothing came
        return b""


def burst(terminal, timeout):
    """What the program writes at once, and when the last of it came; reading the screen takes longer than to write it,
    and is no part of what an author waits for."""
    data = more = take(terminal, timeout)
    end = time.perf_counter()
    while more:
        more = take(terminal, 0.002)
        if more:
            data += more
            end = time.perf_counter()
    return data, end


def seconds_until(terminal, test, start, limit=20.0):
    """Seconds from `start` until what was written makes the screen pass a test. The screen is read only when something
    was written to it: otherwise reading would keep a processor busy that the program needs."""
    end, passes = start, test(terminal.text)
    while not passes and time.perf_counter() - start < limit:
        data, end = burst(terminal, 0.1)
        if data:
            terminal.stream.feed(data)
            passes = test(terminal.text)
    return end - start


def own_seconds(pid):
    """Seconds for which the program's main thread has run: what is left when the machine has other work is waiting."""
    return int(pathlib.Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9


def all_seconds(pid):
    """Seconds for which all of the program's threads have run."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            pass  # it ended while its neighbours were read
    return total / 1e9


def first_frame(program, path, environment):
    """Seconds from start to the first frame, and for how many of them the program itself ran."""
    start = time.perf_counter()
    with Terminal([program, path], env=environment) as terminal:
        return seconds_until(terminal, lambda text: READY in text, start), own_seconds(terminal.child.pid)


def keystrokes(program, path, environment, count=400):
    """Seconds from each key to the first byte it causes, and for how many the program itself ran until all was
    written, both sorted; and the session's peak memory in MB."""
    keys = ["Down", "Down", "1", "Down", "C-z", "PageDown", "3", "C-z", "Up", "PageUp"]
    times, own = [], []
    with Terminal([program, path], env=environment) as terminal:
        terminal.wait_for(READY)
        terminal.read(3.0)
        for index in range(count):
            start, before = time.perf_counter(), own_seconds(terminal.child.pid)
            terminal.child.send(bytes_of(keys[index % len(keys)]))
            data = take(terminal, 1.0)
            if data:
                times.append(time.perf_counter() - start)
            while data:
                terminal.stream.feed(data)
                data = take(terminal, 0.01)
            own.append(own_seconds(terminal.child.pid) - before)
        return sorted(times), sorted(own), peak_memory(terminal.child.pid)


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_memory(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def playing(program, path, environment, seconds=8.0):
    """Frames a second and the share of a core while the song plays."""
    with Terminal([program, path], env=environment) as terminal:
        terminal.wait_for(READY)
        terminal.read(3.0)
        terminal.press("Space", pause=1.0)
        used, start = cpu_seconds(terminal.child.pid), time.perf_counter()
        frames, last = 0, 0.0
        while time.perf_counter() - start < seconds:
            if not take(terminal, 0.05):
                continue
            now = time.perf_counter()
            # What one frame writes may come in several pieces, close together.
            frames += now - last > 0.005
            last = now
        elapsed = time.perf_counter() - start
        return frames / elapsed, (cpu_seconds(terminal.child.pid) - used) / elapsed


def asking(program, path, environment, runs=6):
    """Seconds from asking for 16 beats to the proposals on the screen, question by question, and for how many of
    them the program's threads ran."""
    times, used = [], []
    with Terminal([program, path], env=environment) as terminal:
        terminal.wait_for(READY)
        terminal.read(3.0)
        for index in range(runs):
            terminal.command(f"go {20 + 4 * index}")
            terminal.press(":")
            terminal.type("ask 12")
            start, before = time.perf_counter(), all_seconds(terminal.child.pid)
            terminal.child.send("\r")
            times.append(seconds_until(terminal, lambda text: "REVIEW" in text.upper(), start))
            used.append(all_seconds(terminal.child.pid) - before)
            terminal.press("Esc", pause=0.3)
    return times, used
