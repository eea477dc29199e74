"""CPU time that the search for the tempo takes, as a part of `make bench`."""

import os
import resource
import subprocess

import soundfile
from conftest import RATE, drums


def seconds(program, sound, environment):
    """CPU seconds of `tempo`, decoding of a plain wave file included: the best of three."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [program, "tempo", sound], env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def rows(row, program, folder, environment):
    """Writes one row a song with `row(name, value, aim)`."""
    for minutes in (2, 10):
        sound = folder / f"{minutes}-minutes.wav"
        soundfile.write(sound, drums(seconds=60.0 * minutes), RATE)
        aim = "aim < 0.6 s" if minutes == 2 else ""
        row(f"tempo of a {minutes}-minute song, CPU of one core", f"{seconds(program, sound, environment):.2f} s", aim)
