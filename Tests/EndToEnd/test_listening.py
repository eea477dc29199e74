"""What is heard: the program plays through ALSA into a sound server whose output is recorded.

The music holds chirps at known times, so that the recording tells where the music is; the assist ticks have to stand
at the notes' times in it. What is measured is what a listener would hear, whatever the program believes.
"""

import re
import time

import numpy
import pytest
import simfile as reference
import soundfile
from simfile.notes import NoteData
from simfile.notes.timed import time_notes
from simfile.timing import TimingData

import listening

RATE = listening.RATE
SECONDS = 70
CHIRPS = numpy.arange(1.0, SECONDS, 2.0)

pytestmark = pytest.mark.skipif(bool(listening.missing()), reason=f"not installed: {listening.missing()}")


def chirp():
    time = numpy.arange(int(0.03 * RATE)) / RATE
    return numpy.sin(2 * numpy.pi * (400 * time + 20000 * time ** 2)) * numpy.hanning(time.size)


def tick():
    """As `TickSounds` makes it."""
    time = numpy.arange(int(0.018 * RATE)) / RATE
    return numpy.cos(2 * numpy.pi * 3520 * time) * numpy.exp(-time * 220)


@pytest.fixture
def chart(tmp_path):
    """A chart with a change of tempo, a stop, jumps and holds, on music that is silent but for the chirps."""
    sound = numpy.zeros(SECONDS * RATE)
    for at in CHIRPS:
        start = int(at * RATE)
        sound[start:start + chirp().size] += chirp()[: sound.size - start]
    folder = tmp_path / "song"
    folder.mkdir()
    soundfile.write(folder / "song.wav", (0.5 * sound).astype("float32"), RATE)
    rows = ["10000", "00000", "00100", "00000", "01010", "00000", "00001", "00100"]
    measures = "\n,\n".join("\n".join(rows) for _ in range(50))
    path = folder / "song.ssc"
    path.write_text(
        "#VERSION:0.83;\n#TITLE:Ticks;\n#MUSIC:song.wav;\n#OFFSET:-0.333;\n#BPMS:0=150,64=181.5;\n#STOPS:100=0.41;\n"
        "#NOTEDATA:;\n#STEPSTYPE:pump-single;\n#DESCRIPTION:;\n#DIFFICULTY:Edit;\n#METER:7;\n#NOTES:\n"
        f"{measures}\n;\n")
    return path


@pytest.fixture
def listener(tmp_path):
    with listening.Listener(tmp_path / "pulse") as listener:
        yield listener


def play(edit, listener, chart, home):
    environment = {key: listener.environment[key] for key in ("PULSE_SERVER", "ALSA_CONFIG_PATH")}
    terminal = edit(chart, env=environment)
    terminal.wait_for("pump-single")
    terminal.wait_for(lambda text: "loading" not in text)
    terminal.press("Home", "Space")
    terminal.wait_for("PLAY")
    return terminal


def test_ticks_stand_at_the_notes_for_a_minute(edit, listener, chart, home):
    listener.start()
    terminal = play(edit, listener, chart, home)
    terminal.read(63)
    assert "no sound device" not in terminal.text
    terminal.press("Space")
    heard = listener.stop()

    chirps = listening.find(chirp(), heard, threshold=0.25, apart=1.0)
    assert chirps.size >= 30
    # Where the music's first sample stands in the recording. A machine that is too busy to record or to play for a
    # moment moves it, for music and ticks alike.
    starts = chirps - CHIRPS[: chirps.size]

    song = reference.open(str(chart))
    timing = TimingData(song, song.charts[0])
    times = numpy.unique([float(note.time) for note in time_notes(NoteData(song.charts[0]), timing)])
    times = times[times < 60]
    assert times.size > 200
    ticks = listening.find(tick(), heard, threshold=0.2, apart=0.03)

    def distance(at):
        """Of the nearest tick from a time of the music, told by the chirp before or after it."""
        index = int(numpy.searchsorted(CHIRPS, at))
        around = starts[max(0, index - 1):index + 1]
        return min(numpy.abs(ticks - (at + start)).min() for start in around)

    errors = numpy.array([distance(at) for at in times])
    print(f"{times.size} rows of notes, largest distance of a tick {errors.max() * 1000:.2f} ms")
    assert errors.max() < 0.005
    # And no tick without a row of notes.
    assert numpy.count_nonzero(ticks < times[-1] + starts[-1] + 0.01) <= times.size + 1


def test_the_screen_shows_what_is_heard(edit, listener, chart, home):
    """The time in the status line runs as the music does."""
    terminal = play(edit, listener, chart, home)
    shown = lambda: (lambda match: int(match[1]) * 60 + float(match[2]))(
        re.search(r"BPM +(\d+):(\d\d\.\d{3})", terminal.text))
    terminal.read(1.0)
    first, before = shown(), time.monotonic()
    terminal.read(8.0)
    assert shown() - first == pytest.approx(time.monotonic() - before, abs=0.25)


def test_a_device_that_disappears_is_told_and_editing_goes_on(edit, listener, chart, home):
    terminal = play(edit, listener, chart, home)
    terminal.read(1.5)
    listener.end_server()
    terminal.wait_for(lambda text: "PLAY" not in text or "sound" in text.splitlines()[-3], seconds=30)
    terminal.press("Esc", "Home", "5")
    terminal.wait_for("unsaved")
    terminal.press("C-s")
    terminal.wait_for("saved /")


def pulse():
    """A drum: it sets in at once."""
    time = numpy.arange(int(0.025 * RATE)) / RATE
    return numpy.cos(2 * numpy.pi * 900 * time) * numpy.exp(-time * 150)


@pytest.mark.parametrize("pitch", ["keep", "shift"])
def test_at_half_the_speed_the_ticks_stand_where_they_should(edit, listener, tmp_path, home, pitch):
    """Drums at each odd second, notes half a second beside them; the speed changes while it plays."""
    sound = numpy.zeros(40 * RATE)
    for second in range(1, 40, 2):
        sound[second * RATE:second * RATE + pulse().size] = 0.5 * pulse()
    soundfile.write(tmp_path / "song.wav", sound.astype("float32"), RATE)
    chart = tmp_path / "song.ssc"
    notes = "\n,\n".join("10000\n00001\n10000\n00001" for _ in range(9))
    chart.write_text(
        "#VERSION:0.83;\n#TITLE:Slow;\n#MUSIC:song.wav;\n#OFFSET:-0.5;\n#BPMS:0=60;\n#NOTEDATA:;\n"
        f"#STEPSTYPE:pump-single;\n#DESCRIPTION:;\n#DIFFICULTY:Edit;\n#METER:7;\n#NOTES:\n{notes}\n;\n")
    terminal = play(edit, listener, chart, home)
    terminal.command(f"set rate-pitch {pitch}")
    terminal.command("rate 0.5")
    terminal.wait_for("×0.50")
    terminal.read(0.5)
    listener.start()
    terminal.read(14)
    terminal.press("Space")
    heard = listener.stop()

    pattern = pulse()
    if pitch == "shift":
        pattern = numpy.interp(numpy.arange(2 * pattern.size) / 2, numpy.arange(pattern.size), pattern)
    drums = listening.find(pattern, heard, threshold=0.2, apart=1.0)
    ticks = listening.find(tick(), heard, threshold=0.2, apart=0.3)
    assert drums.size >= 3 and numpy.abs(numpy.diff(drums) - 4).max() < 0.005
    errors = [numpy.abs(ticks - (drum + side)).min() for drum in drums[1:-1] for side in (-1, 1)]
    print(f"{pitch}: largest distance of a tick {max(errors) * 1000:.2f} ms")
    assert max(errors) < 0.003
