"""What all end-to-end tests share: the program under test, homes of their own, sounds made on the spot."""

import os
import pathlib
import subprocess

import numpy
import pytest
import soundfile

from terminal import Terminal

RATE = 44100


def pytest_addoption(parser):
    parser.addoption("--program", default=".build/release/learnitup", help="the program under test")


@pytest.fixture(scope="session")
def program(request):
    path = pathlib.Path(request.config.getoption("--program")).resolve()
    assert path.exists(), f"{path} is not there: run make tests first"
    return path


@pytest.fixture
def home(tmp_path):
    """Folders of its own for configuration, state and cache, so that tests and authors do not meet."""
    folder = tmp_path / "home"
    folder.mkdir()
    return {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "OPENBLAS_NUM_THREADS": "1",
        # No sound server and no sound card: what is heard is another test's business.
        "PULSE_SERVER": "unix:/nonexistent",
        "NO_COLOR": None,
    }


@pytest.fixture
def run(program, home):
    """Runs the program without a terminal. Returns what it wrote and its exit code."""

    def run(*arguments, cwd=None, input=None, env=None, check=None, preexec=None):
        environment = {**os.environ, **home, **(env or {})}
        result = subprocess.run(
            [program, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, input=input, timeout=120,
            env={key: value for key, value in environment.items() if value is not None}, preexec_fn=preexec,
            stdin=subprocess.DEVNULL if input is None else None)
        if check is not None:
            assert result.returncode == check, (result.returncode, result.stdout, result.stderr)
        return result

    return run


@pytest.fixture
def edit(program, home):
    """Opens the editor in a pseudo-terminal."""
    opened = []

    def edit(*arguments, env=None, **options):
        terminal = Terminal([program, *arguments], env={**home, **(env or {})}, **options)
        opened.append(terminal)
        return terminal

    yield edit
    for terminal in opened:
        terminal.__exit__()


def drums(bpm=150.0, offset=-0.25, seconds=40.0, seed=1):
    """A song to find steps in: kick on the beat, snare on two and four, hats between, a bass note a measure.

    Beat 0 sounds at `-offset`.
    """
    noise = numpy.random.default_rng(seed)
    sound = numpy.zeros(int(seconds * RATE))
    time = numpy.arange(int(0.18 * RATE)) / RATE
    kick = numpy.sin(2 * numpy.pi * (50 * time + 8 * (1 - numpy.exp(-time * 30)))) * numpy.exp(-time * 22)
    snare = noise.normal(size=time.size) * numpy.exp(-time * 30) * 0.6
    hat = numpy.diff(noise.normal(size=time.size), prepend=0) * numpy.exp(-time * 90) * 0.3
    length = 60 / bpm

    def add(what, at):
        start = int(round(at * RATE))
        end = min(start + what.size, sound.size)
        if 0 <= start < end:
            sound[start:end] += what[:end - start]

    for beat in range(int((seconds + offset) / length)):
        at = -offset + beat * length
        add(kick, at)
        if beat % 2:
            add(snare, at)
        add(hat, at + length / 2)
        if beat % 4 == 0:
            bass = numpy.arange(int(2 * length * RATE)) / RATE
            add(0.25 * numpy.sin(2 * numpy.pi * (55 + 10 * (beat // 4 % 4)) * bass) * numpy.exp(-bass * 2), at)
    return (0.5 * sound / numpy.abs(sound).max()).astype("float32")


@pytest.fixture(scope="session")
def drum_song(tmp_path_factory):
    """The song of `drums`, encoded once."""
    path = tmp_path_factory.mktemp("sound") / "song.ogg"
    soundfile.write(path, drums(), RATE)
    return path.read_bytes()


@pytest.fixture
def song(tmp_path, drum_song):
    """A folder with a song of 150 BPM whose beat 0 sounds at 0.25 s."""
    folder = tmp_path / "songs" / "Drum Test"
    folder.mkdir(parents=True)
    (folder / "song.ogg").write_bytes(drum_song)
    return folder / "song.ogg"
