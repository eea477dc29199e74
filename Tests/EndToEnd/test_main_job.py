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


def take_tempo(terminal):
    """From the sync screen, once a tempo of 150 is heard, to an empty pump-single chart."""
    terminal.wait_for(lambda text: re.search(r"▸ +150\.0", text))
    terminal.press("Enter")
    terminal.wait_for("steps type")
    terminal.press("Enter")
    terminal.wait_for("pump-single")


def save(terminal):
    terminal.press("C-s")
    terminal.wait_for("saved /")


def quit_saved(terminal):
    terminal.press("C-q")
    assert terminal.wait_for_end() == 0


def heads(path, index=0):
    """Where notes begin: (beat, lane)."""
    return [(beat, lane) for beat, lane, kind in notes_of(path, index) if kind != NoteType.TAIL]


def test_from_a_sound_to_a_saved_chart(edit, song):
    saved = song.with_suffix(".ssc")
    terminal = edit(song)

    # 1. The tempo is found, its candidates are shown with their confidence over the waveform. It can be nudged,
    # doubled, halved, moved by half a beat, and all of that taken back; then it is taken.
    screen = terminal.wait_for(lambda text: re.search(r"▸ +150\.0", text))
    assert re.search(r"\d %", screen) and re.search("[▌▄█]", screen)
    for keys, draft in ((".", "150.01"), (",,", "149.99"), (".2", "300.0"), ("/", "150.0")):
        terminal.type(keys)
        terminal.wait_for(lambda text: re.search(rf"draft {draft}", text))
    offset = re.search(r"draft .*offset (-?[\d.]+)", terminal.text)[1]
    terminal.type("h")
    terminal.wait_for(lambda text: re.search(r"draft .*offset (-?[\d.]+)", text)[1] != offset)
    terminal.type("u")
    terminal.wait_for(lambda text: re.search(r"draft .*offset (-?[\d.]+)", text)[1] == offset)
    terminal.press("Enter")

    # 2. A new chart, by the form that comes next: steps type, level, description.
    terminal.wait_for("steps type")
    terminal.press("Down", "Backspace", "Backspace")
    terminal.type("8")
    terminal.press("Down", "Down")
    terminal.type("by hand")
    terminal.press("Enter")
    terminal.wait_for("S8 pump-single")

    # 3. Notes by hand, a hold, undone and done again, copied and mirrored.
    terminal.press("1", "Down", "3", "Down", "5")
    terminal.press("Down", "h", "2", "Down", "Down", "2")
    terminal.press("C-z", "C-z", "C-z", "C-y", "C-y", "C-y")
    save(terminal)
    assert notes_of(saved) == [
        (0, 0, NoteType.TAP), (0.25, 2, NoteType.TAP), (0.5, 4, NoteType.TAP), (0.75, 1, NoteType.HOLD_HEAD),
        (1.25, 1, NoteType.TAIL)]
    assert reference.open(str(saved)).charts[0].description == "by hand"
    terminal.press("Home", "Tab", "PageDown", "Tab", "C-c", "C-v", "C-z")
    terminal.press("Home", "Tab", "PageDown", "Tab", "y")
    save(terminal)
    assert heads(saved)[:4] == [(0, 4), (0.25, 2), (0.5, 0), (0.75, 3)]
    terminal.press("C-z", "Esc")

    # 4. A suggestion for measures 4 to 7: ghosts with their confidence, decided note by note, row by row, measure by
    # measure; another alternative, another density; taking all is one step.
    terminal.command("go 4")
    terminal.press("a")
    terminal.wait_for("REVIEW")
    assert re.search(r"proposal 1 of \d", terminal.text) and re.search("[◇◈⋄]", terminal.text)
    terminal.press("y", "x", "m", "u", "Tab")
    terminal.wait_for("proposal 2 of")
    terminal.press("+")
    terminal.wait_for(lambda text: "dense" in text and "REVIEW" in text and "asking" not in text)
    terminal.press("a")
    terminal.wait_for("EDIT")
    save(terminal)
    accepted = heads(saved)
    assert len(accepted) > 8
    assert all(16 <= beat < 32 for beat, _ in accepted[4:]), "nothing outside the region changes"
    assert accepted[:4] == [(0, 0), (0.25, 2), (0.5, 4), (0.75, 1)]
    terminal.press("C-z")
    save(terminal)
    assert len(heads(saved)) == 4, "one step takes it all back"
    terminal.press("C-y")

    # My rhythm is kept and only the panels are proposed; then my notes are kept and filled around.
    rhythm = sorted({beat for beat, _ in accepted[4:]})
    terminal.command("select-rows 16 32")
    terminal.press("R")
    terminal.wait_for("REVIEW")
    terminal.press("a")
    terminal.wait_for("EDIT")
    save(terminal)
    assert sorted({beat for beat, _ in heads(saved)[4:]}) == rhythm
    before = heads(saved)
    terminal.command("set density 2")
    terminal.press("F")
    terminal.wait_for("REVIEW")
    terminal.press("a")
    terminal.wait_for("EDIT")
    save(terminal)
    assert set(before) < set(heads(saved)), "what was there stays, and something is filled in around it"

    # A request can be given up; the editor answers while the model works.
    terminal.command("select-none")
    terminal.press("A", "C-g", pause=0)
    terminal.wait_for("cancelled")
    terminal.read(1.0)
    assert "REVIEW" not in terminal.text

    # 5. Playing without a sound device is said, and the editor goes on: the field moves with the music.
    terminal.press("Home", "Space")
    terminal.wait_for(lambda text: "no sound device" in text)
    place = re.search(r"PLAY +(\S+)", terminal.wait_for("PLAY"))[1]
    terminal.wait_for(lambda text: re.search(r"PLAY +(\S+)", text)[1] != place)
    terminal.press("Space")
    terminal.wait_for("EDIT")

    # 6. The file is what the reference parser understands, tempo included; the same as .sm.
    terminal.command("save-as song.sm")
    terminal.wait_for("saved /")
    assert heads(saved.with_suffix(".sm")) == heads(saved)
    quit_saved(terminal)
    for path in (saved, saved.with_suffix(".sm")):
        simfile = reference.open(str(path))
        timing = TimingEngine(TimingData(simfile, simfile.charts[0]))
        assert timing.bpm_at(0) == pytest.approx(150, abs=0.05)
        phase = (float(timing.time_at(0)) - 0.25) % (60 / 150)
        assert min(phase, 60 / 150 - phase) < 0.010


def test_killed_without_warning_nothing_is_lost(edit, song):
    terminal = edit(song)
    take_tempo(terminal)
    terminal.press("1", "Down", "3", "Down", "5")
    terminal.child.kill(signal.SIGKILL)
    assert terminal.wait_for_end() == -signal.SIGKILL
    assert not song.with_suffix(".ssc").exists()

    again = edit(song)
    again.wait_for("ended unexpectedly")
    again.wait_for("pump-single")
    save(again)
    assert [lane for _, lane, _ in notes_of(song.with_suffix(".ssc"))] == [0, 2, 4]
    quit_saved(again)

    third = edit(song)
    third.wait_for("pump-single")
    assert "unexpectedly" not in third.text
    quit_saved(third)


def test_a_terminal_that_goes_away_leaves_the_edits_for_the_next_session(edit, song):
    terminal = edit(song)
    take_tempo(terminal)
    terminal.press("1")
    terminal.child.kill(signal.SIGHUP)
    terminal.wait_for_end()
    again = edit(song)
    again.wait_for("unsaved")


def test_resized_to_almost_nothing_and_back(edit, song):
    terminal = edit(song)
    take_tempo(terminal)
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
    save(terminal)
    quit_saved(terminal)
    after = path.read_bytes().splitlines(keepends=True)
    assert len(before) == len(after)
    changed = [index for index, (old, new) in enumerate(zip(before, after)) if old != new]
    assert [after[index] for index in changed] == [b"10001\r\n"]
    assert path.with_name("song.ssc.old").read_bytes() == b"".join(before)


def test_suggest_without_a_screen_is_the_same_every_time(run, song, tmp_path):
    arguments = ["suggest", song, "--type", "pump-single", "--level", 8, "--seed", 3]
    first = run(*arguments, "--json", check=0)
    assert first.stdout == run(*arguments, "--json", check=0).stdout
    answer = json.loads(first.stdout)
    assert answer["steps_type"] == "pump-single" and answer["level"] == 8 and answer["seed"] == 3
    notes = answer["alternatives"][0]["notes"]
    assert len(notes) > 20
    assert all(0 <= note["lane"] < 5 and 0 <= note["probability"] <= 1 for note in notes)

    output = tmp_path / "out.ssc"
    run(*arguments, "-o", output, check=0)
    written = [(beat, lane) for beat, lane, kind in notes_of(output) if kind != NoteType.TAIL]
    assert written == sorted((note["beat"], note["lane"]) for note in notes)
    assert run("check", output).returncode in (0, 1)

    info = json.loads(run("info", output, "--notes", "--json", check=0).stdout)
    mine = [(note["beat"], note["lane"], note["seconds"]) for note in info["charts"][0]["notes"]]
    assert [pair[:2] for pair in mine] == written


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


def test_keys_are_answered_while_the_model_works(edit, song):
    """The longest wait for the cursor to move is a small part of the time that the model takes."""
    path = song.with_suffix(".ssc")
    path.write_text(
        "#VERSION:0.83;\n#TITLE:T;\n#MUSIC:song.ogg;\n#OFFSET:-0.25;\n#BPMS:0=150;\n#NOTEDATA:;\n"
        "#STEPSTYPE:pump-single;\n#DESCRIPTION:;\n#DIFFICULTY:Edit;\n#METER:12;\n#NOTES:\n00000\n00000\n00000\n00000\n;\n")
    terminal = edit(path)
    # The row of keys is written last: before it stands, what is loading may not be told yet.
    terminal.wait_for(lambda text: "a ask" in text and "loading" not in text)
    terminal.press("A", pause=0)
    moved = 0
    while "REVIEW" not in terminal.text and moved < 400:
        before = terminal.text
        terminal.press("Down", pause=0.02)
        moved += terminal.text != before
    assert moved > 0, "the cursor went on while the model was at work"
    terminal.wait_for("REVIEW")
