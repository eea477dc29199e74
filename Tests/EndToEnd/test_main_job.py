"""The main job, end to end, in a real terminal with real files: from a sound without a chart to a saved chart."""

import json
import re
import signal

import pytest
import simfile as reference
from simfile.notes import NoteData, NoteType
from simfile.notes.group import group_notes
from simfile.timing import TimingData
from simfile.timing.engine import TimingEngine


def notes_of(path, index=0):
    """The notes as the reference parser reads them: (beat, lane, type)."""
    chart = reference.open(str(path)).charts[index]
    return [(float(note.beat), note.column, note.note_type) for note in NoteData(chart)]


def new_chart(terminal, level=8):
    """From the opening screen to an empty pump-single chart."""
    terminal.command("new-chart")
    terminal.wait_for("steps type")
    terminal.press("Enter")


def quit_saved(terminal):
    terminal.command("quit")
    assert terminal.wait_for_end() == 0




def test_killed_without_warning_nothing_is_lost(edit, song):
    terminal = edit(song)
    terminal.wait_for(lambda text: re.search(r"150\.00", text))
    terminal.press("Enter")
    new_chart(terminal)
    terminal.wait_for("pump-single")
    terminal.press("1", "Down", "3", "Down", "5")
    terminal.child.kill(signal.SIGKILL)
    assert terminal.wait_for_end() == -signal.SIGKILL
    assert not song.with_suffix(".ssc").exists()

    again = edit(song)
    again.wait_for("unsaved")
    again.press("r")
    again.wait_for("pump-single")
    again.command("save")
    again.wait_for("saved")
    assert [lane for _, lane, _ in notes_of(song.with_suffix(".ssc"))] == [0, 2, 4]
    quit_saved(again)

    third = edit(song)
    third.wait_for("pump-single")
    assert "unsaved" not in third.text
    quit_saved(third)


def test_a_terminal_that_goes_away_leaves_the_edits_for_the_next_session(edit, song):
    terminal = edit(song)
    terminal.wait_for(lambda text: re.search(r"150\.00", text))
    terminal.press("Enter")
    new_chart(terminal)
    terminal.wait_for("pump-single")
    terminal.press("1")
    terminal.child.kill(signal.SIGHUP)
    terminal.wait_for_end()
    again = edit(song)
    again.wait_for("unsaved")


def test_resized_to_almost_nothing_and_back(edit, song):
    terminal = edit(song)
    terminal.wait_for(lambda text: re.search(r"150\.00", text))
    terminal.press("Enter")
    new_chart(terminal)
    terminal.wait_for("pump-single")
    before = terminal.text
    terminal.resize(20, 5)
    assert terminal.child.isalive()
    terminal.press("1")
    terminal.press("C-z")
    terminal.resize(120, 40)
    terminal.wait_for("pump-single")
    terminal.command("go 0")
    terminal.read(0.3)
    assert [line[:40] for line in terminal.lines[2:30]] == [line[:40] for line in before.splitlines()[2:30]]


def test_untouched_parts_stay_byte_for_byte(edit, song):
    path = song.with_suffix(".ssc")
    other = "".join("01000\n" if row % 4 == 0 else "00000\n" for row in range(16))
    path.write_bytes((
        "#VERSION:0.83;\r\n// mine\r\n#TITLE:T;\r\n#MUSIC:song.ogg;\r\n#WEIRD:kept: as it is;\r\n#OFFSET:-0.25;\r\n"
        "#BPMS:0=150;\r\n#NOTEDATA:;\r\n#STEPSTYPE:pump-single;\r\n#DESCRIPTION:S5;\r\n#DIFFICULTY:Edit;\r\n"
        "#METER:5;\r\n#NOTES:\r\n10000\r\n00000\r\n00000\r\n00000\r\n,\r\n" + other + ";\r\n").encode())
    before = path.read_bytes().splitlines(keepends=True)
    terminal = edit(path)
    terminal.wait_for("pump-single")
    terminal.press("5")
    terminal.command("save")
    terminal.wait_for("saved")
    quit_saved(terminal)
    after = path.read_bytes().splitlines(keepends=True)
    assert len(before) == len(after)
    changed = [index for index, (old, new) in enumerate(zip(before, after)) if old != new]
    assert [after[index] for index in changed] == [b"10001\r\n"]
    assert path.with_name("song.ssc.old").read_bytes() == b"".join(before)




def test_a_region_leaves_everything_else_alone(run, song, tmp_path):
    whole = tmp_path / "whole.ssc"
    run("suggest", song, "--type", "pump-single", "--level", 10, "-o", whole, check=0)
    (song.parent / "song.ssc").write_bytes(whole.read_bytes())
    part = tmp_path / "part.ssc"
    run("suggest", song.parent / "song.ssc", "--chart", 0, "--from", 16, "--to", 24, "--seed", 9, "-o", part, check=0)
    outside = lambda path: [note for note in notes_of(path) if not 16 <= note[0] < 24]
    assert outside(part) == outside(whole)


def test_panels_for_given_times(run, song, tmp_path):
    times = tmp_path / "times.txt"
    wanted = [0.25 + 0.4 * beat for beat in range(8, 24)]
    times.write_text("\n".join(f"{time:.4f}" for time in wanted))
    answer = json.loads(run(
        "suggest", song, "--type", "pump-single", "--level", 6, "--times", times, "--json", check=0).stdout)
    found = sorted({note["seconds"] for note in answer["alternatives"][0]["notes"]})
    assert len(found) == len(wanted)
    assert all(abs(a - b) < 0.02 for a, b in zip(found, wanted))


def test_a_number_of_rows(run, song):
    answer = json.loads(run(
        "suggest", song, "--type", "pump-double", "--level", 9, "--count", 60, "--json", check=0).stdout)
    assert abs(len({note["row"] for note in answer["alternatives"][0]["notes"]}) - 60) <= 1


def test_tempo_in_json(run, song):
    answer = json.loads(run("tempo", song, "--json", check=0).stdout)
    assert answer["candidates"][0]["bpm"] == pytest.approx(150, abs=0.05)
    offset = (-answer["candidates"][0]["offset"] - 0.25) % 0.4
    assert min(offset, 0.4 - offset) < 0.010
