"""A song whose tempo drifts is brought in sync with keys alone, from a sound without any chart."""

import json
import re

import numpy
import pytest
import simfile as reference
import soundfile
from simfile.timing import Beat, TimingData
from simfile.timing.engine import TimingEngine

from conftest import RATE

SECONDS = 60


def drifting_beats(bpm=128.0, depth=0.015, turn=30.0, start=0.7):
    """When each beat sounds: the tempo wanders by 1.5 % within half a minute, as a band without a click does."""
    beats = [start]
    while beats[-1] < SECONDS - 1:
        beats.append(beats[-1] + 60 / (bpm * (1 + depth * numpy.sin(beats[-1] * 2 * numpy.pi / turn))))
    return beats


def band(beats, seed=3):
    """Kick and snare on the beats, hats on them and between."""
    noise = numpy.random.default_rng(seed)
    sound = numpy.zeros(SECONDS * RATE)

    def add(what, at):
        start = int(numpy.ceil(at * RATE))
        end = min(start + what.size, sound.size)
        if start < end:
            sound[start:end] += what[:end - start]

    time = numpy.arange(int(0.25 * RATE)) / RATE
    kick = 0.8 * numpy.exp(-14 * time) * numpy.sin(2 * numpy.pi * (50 * time + 6 * (1 - numpy.exp(-30 * time))))
    for number, beat in enumerate(beats):
        snare = 0.5 * numpy.exp(-25 * time) * noise.uniform(-1, 1, time.size)
        add(kick if number % 2 == 0 else snare, beat)
        following = beats[number + 1] if number + 1 < len(beats) else beat + 0.45
        for at in (beat, (beat + following) / 2):
            add(0.15 * numpy.exp(-90 * time) * noise.uniform(-1, 1, time.size), at)
    return sound.astype("float32")


@pytest.fixture
def drifting(tmp_path):
    folder = tmp_path / "songs" / "Drifting"
    folder.mkdir(parents=True)
    beats = drifting_beats()
    soundfile.write(folder / "song.wav", band(beats), RATE)
    return folder / "song.wav", beats


def errors(chart, beats):
    """For each beat of the music how far the nearest beat of the chart is, in seconds, by the reference parser."""
    song = reference.open(str(chart))
    engine = TimingEngine(TimingData(song))
    times = numpy.array([float(engine.time_at(Beat(number))) for number in range(len(beats) + 16)])
    return [numpy.abs(times - beat).min() for beat in beats]


def test_a_drifting_song_is_in_sync_to_10_ms_with_keys_alone(edit, run, drifting):
    sound, beats = drifting
    terminal = edit(sound)
    terminal.wait_for("segments proposed")
    # Follow it as closely as can be, and wait for each answer.
    for _ in range(4):
        terminal.press("g")
        terminal.wait_for("segments proposed")
    terminal.press("a", "Enter")
    terminal.wait_for("tempo kept")
    # A song without charts is offered one.
    terminal.press("Enter")
    terminal.wait_for(lambda text: "FORM" not in text)
    terminal.press("C-s")
    terminal.wait_for(lambda text: re.search(r"(?<!un)saved", text))
    terminal.press("C-q")
    assert terminal.wait_for_end() == 0

    chart = sound.with_suffix(".ssc")
    assert max(errors(chart, beats)) < 0.010
    report = json.loads(run("sync", chart, "--report", "--json", check=0).stdout)
    assert report["convention"] == "null"
    assert abs(report["error"]) < 0.005
    assert report["suspicious"] == []


def test_a_wrong_half_beat_takes_one_key_and_stays_undoable(edit, drifting):
    sound, _ = drifting
    terminal = edit(sound)
    terminal.wait_for("segments proposed")
    before = terminal.lines
    terminal.press("h")
    assert terminal.lines != before
    terminal.press("u")
    terminal.wait_for(lambda text: text.splitlines()[1:3] == before[1:3])


def test_a_report_of_a_wrong_tempo_says_where_and_what_would_fit(run, tmp_path):
    folder = tmp_path / "wrong"
    folder.mkdir()
    beats = [0.5 + number * 60 / 140 for number in range(130)]
    soundfile.write(folder / "song.wav", band(beats), RATE)
    chart = folder / "song.ssc"
    chart.write_text("#VERSION:0.83;\n#TITLE:t;\n#MUSIC:song.wav;\n#OFFSET:-0.5;\n#BPMS:0=140.1;\n")
    report = json.loads(run("sync", chart, "--report", "--json", check=1).stdout)
    [segment] = report["segments"]
    assert segment["drift"] > 0.02
    assert abs(segment["fitting_bpm"] - 140) < 0.02
    assert report["suspicious"]


def test_the_convention_is_told_and_changed_only_when_asked(run, tmp_path):
    folder = tmp_path / "itg"
    folder.mkdir()
    beats = [0.5 + number * 60 / 140 for number in range(130)]
    soundfile.write(folder / "song.wav", band(beats), RATE)
    chart = folder / "song.ssc"
    chart.write_text("#VERSION:0.83;\n#TITLE:t;\n#MUSIC:song.wav;\n#OFFSET:-0.491;\n#BPMS:0=140;\n")
    assert json.loads(run("sync", chart, "--json", check=0).stdout)["convention"] == "itg"
    other = folder / "null.ssc"
    told = run("sync", chart, "--convention", "null", "--output", other, check=0)
    assert "9 ms" in told.stderr
    assert json.loads(run("sync", other, "--json", check=0).stdout)["convention"] == "null"
    assert float(reference.open(str(other)).offset) == pytest.approx(-0.5)
    before = other.read_bytes()
    run("sync", chart, "--convention", "itg", "--output", other, check=0)
    assert other.with_name("null.ssc.old").read_bytes() == before, "what was there before is kept"
