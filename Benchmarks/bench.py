"""What an author waits for: `make bench`.

Every figure is taken from outside, of the release binary in a pseudo-terminal or as a process, so it holds all that
the author would wait for.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import measuring  # puts the end-to-end tests' folder on the path

import soundfile
import tempo_speed
from conftest import RATE, drums


def row(name, value, aim=""):
    print(f"{name:<52} {value:>14}   {aim}".rstrip(), flush=True)


def process(arguments, environment):
    """Seconds, processor seconds and peak memory in MB of a process, and whether it ended well."""
    start = time.perf_counter()
    child = subprocess.Popen(arguments, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    used = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - start, used, usage.ru_maxrss / 1024, child.returncode == 0


def load():
    """How many other things want the processors: figures above 1 a processor measure waiting as well."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def editing(program, path, environment):
    frames = [measuring.first_frame(program, path, environment) for _ in range(10)]
    wall, own = (statistics.median(values) * 1000 for values in zip(*frames))
    row("start to first frame, median of 10", f"{wall:.0f} ms", "aim < 100 ms")
    row("  of it the program's own main thread", f"{own:.0f} ms")
    times, own, memory = measuring.keystrokes(program, path, environment)
    row("keystroke to bytes written, 5,000 notes, p50", f"{times[len(times) // 2] * 1000:.2f} ms")
    row("keystroke to bytes written, 5,000 notes, p99", f"{times[len(times) * 99 // 100] * 1000:.2f} ms", "aim < 5 ms")
    row("  the program's own main thread, p99", f"{own[len(own) * 99 // 100] * 1000:.2f} ms")
    rate, share = measuring.playing(program, path, environment)
    row("frames a second while playing", f"{rate:.1f}")
    row("CPU while playing, share of one core", f"{share * 100:.1f} %")
    row("peak memory while editing", f"{memory:.0f} MB", "aim < 200 MB")


def model(program, path, sound, environment):
    command = [program, "suggest", sound, "--type", "pump-single", "--level", "12", "--json"]
    runs = [process(command, environment) for _ in range(3)]
    if all(run[-1] for run in runs):
        row("2-minute song, cold: tempo, features, both networks", f"{min(run[0] for run in runs):.2f} s", "aim < 2 s")
        row("  processor time of that", f"{min(run[1] for run in runs):.2f} s")
        row("peak memory of that", f"{max(run[2] for run in runs):.0f} MB", "aim < 200 MB")
    else:
        row("2-minute song, cold: tempo, features, both networks", "failed")
    # The chart is asked about its own rows, so a long one takes longer.
    for notes in (1000, 5000):
        times, used = measuring.asking(program, measuring.big_chart(path.parent, notes), environment)
        row(f"16 beats, 4 alternatives, {notes:,} notes, first", f"{times[0] * 1000:.0f} ms")
        aim = "aim < 80 ms" if notes == 1000 else "aim < 150 ms"
        row(f"16 beats, 4 alternatives, {notes:,} notes, later", f"{statistics.median(times[1:]) * 1000:.0f} ms", aim)
        row("  processor time of that, all threads", f"{statistics.median(used[1:]) * 1000:.0f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=".build/release/learnitup")
    program = pathlib.Path(parser.parse_args().program).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = measuring.home(folder)
        sound = folder / "song.ogg"
        samples = drums(seconds=120.0)
        # Bit by bit: libsndfile's Vorbis writer overflows its stack on long blocks.
        with soundfile.SoundFile(sound, "w", RATE, 1) as file:
            for start in range(0, samples.size, RATE):
                file.write(samples[start:start + RATE])
        path = measuring.big_chart(folder)
        row("load of the machine before", load())
        editing(program, path, environment)
        # A sound alone, so that its tempo has to be found too.
        alone = folder / "alone" / "song.ogg"
        alone.parent.mkdir()
        alone.write_bytes(sound.read_bytes())
        model(program, path, alone, environment)
        tempo_speed.rows(row, program, folder, environment)


if __name__ == "__main__":
    main()
