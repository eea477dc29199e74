"""Typing over a proposal: the author's row stands at once, the rest is proposed anew, and all of it is one step."""

import re
import signal

import pytest
import simfile as reference
from simfile.notes import NoteData, NoteType

import charts


def notes_of(path):
    """The notes as the reference parser reads them: (beat, lane)."""
    data = NoteData(reference.open(str(path)).charts[0])
    return [(float(note.beat), note.column) for note in data if note.note_type != NoteType.TAIL]


def save(terminal):
    terminal.press("C-s")
    terminal.wait_for("saved /")


def asked(edit, song):
    """A chart of one note, and the editor with a proposal for measures 4 to 7 of it."""
    saved = charts.simfile(song.parent, charts.chart(charts.rows(5, {(0, 0): "10000"}, 1)))
    terminal = edit(saved)
    terminal.wait_for("pump-single")
    terminal.command("go 4")
    terminal.press("a")
    terminal.wait_for("proposal 1 of")
    return saved, terminal


def test_a_correction_stands_and_the_rest_follows(edit, song):
    saved = charts.simfile(
        song.parent, charts.chart(charts.rows(5, {(0, 0): "10000", (0, 8): "00001"}, 1)))
    terminal = edit(saved)
    terminal.wait_for("pump-single")
    terminal.command("go 4")
    terminal.press("a")
    terminal.wait_for("REVIEW")
    terminal.wait_for("proposal 1 of")

    # A 64th after beat 16 nothing is ever proposed: what stands there is the author's.
    terminal.command("snap 64")
    terminal.command("go 4 1.0625")
    terminal.press("2")
    terminal.wait_for(lambda text: re.search(r"decided +[1-9]\d* taken", text))
    terminal.press("M-4")

    # The answers come in the background; the next measures are one key away.
    terminal.read(0.5)
    terminal.press("Enter")
    terminal.wait_for(lambda text: "REVIEW" in text and re.search(r"decided +0 taken", text))
    terminal.press("a")
    terminal.wait_for("EDIT")
    save(terminal)
    written = notes_of(saved)
    assert [note for note in written if note[0] == 16.0625] == [(16.0625, 1), (16.0625, 3)]
    assert written[:2] == [(0, 0), (2, 4)]
    assert all(16 <= beat < 48 for beat, _ in written[2:])
    assert any(beat < 32 for beat, _ in written[4:]) and any(beat >= 32 for beat, _ in written)

    # Two stretches were taken: two steps.
    terminal.press("C-z", "C-z")
    save(terminal)
    assert notes_of(saved) == [(0, 0), (2, 4)]
    terminal.press("C-q")
    assert terminal.wait_for_end() == 0


def test_one_undo_takes_back_a_correction_and_what_followed(edit, song):
    saved, terminal = asked(edit, song)
    counts = re.search(r"rows +(\d+, \d+ notes)", terminal.text)[1]
    terminal.press("1")
    terminal.wait_for(lambda text: re.search(r"decided +1 taken", text))
    terminal.read(0.5)
    terminal.press("u")
    terminal.wait_for(lambda text: re.search(r"decided +0 taken", text))
    assert re.search(r"rows +(\d+, \d+ notes)", terminal.text)[1] == counts
    terminal.press("D")
    terminal.wait_for("EDIT")
    terminal.press("C-q")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_review_that_is_killed_loses_no_decision(edit, song, number):
    saved, terminal = asked(edit, song)
    terminal.command("snap 64")
    terminal.command("go 4 1.0625")
    terminal.press("2")
    terminal.wait_for(lambda text: re.search(r"decided +[1-9]\d* taken", text))
    taken = int(re.search(r"decided +(\d+) taken", terminal.text)[1])
    terminal.child.kill(number)
    terminal.wait_for_end()

    again = edit(saved)
    again.wait_for("ended unexpectedly")
    save(again)
    written = notes_of(saved)
    assert len(written) == 1 + taken and (16.0625, 1) in written
    again.press("C-q")
    assert again.wait_for_end() == 0


def test_saving_in_a_review_writes_what_was_taken(edit, song):
    saved, terminal = asked(edit, song)
    terminal.press("y", "y")
    save(terminal)
    assert "REVIEW" in terminal.text
    first = notes_of(saved)
    assert len(first) > 2
    terminal.press("a")
    terminal.wait_for("EDIT")
    save(terminal)
    assert set(first) < set(notes_of(saved))
    terminal.press("C-q")
    assert terminal.wait_for_end() == 0
