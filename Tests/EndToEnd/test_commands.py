"""The commands that read, judge, convert, compare and sound charts, run as a script runs them."""

import json

import numpy
import pytest
import simfile as reference
import soundfile

from charts import EVERY_KIND, chart, rows, simfile


def info(run, path, *options):
    return json.loads(run("info", path, "--json", *options, check=0).stdout)


# What the engine does around pauses and warps, at 120 BPM and offset 0: beat to seconds, by hand.
TIMINGS = [
    ("#STOPS:2=0.5;\n", {2: 1.0, 3: 2.0, 4: 2.5, 6: 3.5}, set()),
    ("#DELAYS:2=0.5;\n", {2: 1.5, 3: 2.0, 4: 2.5, 6: 3.5}, set()),
    ("#STOPS:2=0.5;\n#DELAYS:2=0.25;\n", {2: 1.25, 3: 2.25, 4: 2.75, 6: 3.75}, set()),
    ("#WARPS:2=2;\n", {2: 1.0, 3: 1.0, 4: 1.0, 6: 2.0}, {2, 3}),
    ("#WARPS:2=2;\n#STOPS:2=0.5;\n", {2: 1.0, 3: 1.5, 4: 1.5, 6: 2.5}, {3}),
    ("#FAKES:3=1;\n", {2: 1.0, 3: 1.5, 4: 2.0, 6: 3.0}, {3}),
]


@pytest.mark.parametrize("timing, seconds, unjudged", TIMINGS)
def test_info_tells_every_note_with_its_time(run, tmp_path, timing, seconds, unjudged):
    notes = rows(5, {(beat // 4, beat % 4 * 4): "10000" for beat in seconds}, 2)
    own = "#OFFSET:0;\n#BPMS:0=120;\n" + timing
    answer = info(run, simfile(tmp_path, chart(notes, extra=own)), "--notes")
    found = answer["charts"][0]["notes"]
    assert {note["beat"]: pytest.approx(note["seconds"]) for note in found} == seconds
    assert {note["beat"] for note in found if not note["judged"]} == unjudged
    assert all(note["row"] == note["beat"] * 48 for note in found)


def test_info_names_kinds_lanes_and_tails(run, tmp_path):
    answer = info(run, simfile(tmp_path, chart(EVERY_KIND)), "--notes")
    assert (answer["title"], answer["artist"], answer["music"]) == ("T", "A", "song.ogg")
    entry = answer["charts"][0]
    assert (entry["index"], entry["steps_type"], entry["description"]) == (0, "pump-single", "S7")
    assert (entry["difficulty"], entry["meter"], entry["lanes"]) == ("Edit", 7, 5)
    found = [(note["row"], note["lane"], note["kind"], note["end_row"], note["judged"]) for note in entry["notes"]]
    assert found == [
        (0, 0, "tap", None, True), (48, 1, "tap", None, True), (48, 3, "tap", None, True),
        (96, 0, "hold", 144, True), (192, 2, "roll", 240, True), (264, 1, "mine", None, True),
        (288, 3, "lift", None, True), (336, 4, "fake", None, False)]
    assert entry["counts"] == {
        "notes": 8, "steps": 6, "rows": 5, "jumps": 1, "hands": 0, "holds": 1, "rolls": 1, "mines": 1, "lifts": 1,
        "fakes": 1, "keysounds": 0}
    assert entry["gimmicks"] == ["fakes"]


def test_info_takes_a_charts_own_timing_before_the_songs(run, tmp_path):
    own = "#OFFSET:-1;\n#BPMS:0=100,4=200;\n#STOPS:8=0.5;\n#WARPS:12=2;\n"
    path = simfile(tmp_path, chart("10000\n", extra=own), chart("10000\n", description="S3", meter=3))
    first, second = (entry for entry in info(run, path)["charts"])
    assert first["own_timing"] and not second["own_timing"]
    assert first["timing"]["offset"] == -1
    assert first["timing"]["bpms"] == [{"beat": 0, "bpm": 100}, {"beat": 4, "bpm": 200}]
    assert first["timing"]["stops"] == [{"beat": 8, "seconds": 0.5}]
    assert first["timing"]["warps"] == [{"beat": 12, "beats": 2}]
    assert second["timing"]["bpms"] == [{"beat": 0, "bpm": 150}]
    assert "notes" not in first


SM = """#TITLE:T;
#MUSIC:song.ogg;
#OFFSET:-0.25;
#BPMS:0=150;
#NOTES:
     pump-single:
     S4:
     Edit:
     4:
     0,0,0,0,0:
10000
00000
00100
00000
;
"""
UCS = ":Format=1\r\n:Mode=Single\r\n:BPM=150\r\n:Delay=250\r\n:Beat=4\r\n:Split=1\r\n" + "".join(
    line + "\r\n" for line in ["X....", ".....", "..X..", "....."])
DWI = "#TITLE:T;\n#BPM:150;\n#GAP:250;\n#SINGLE:BASIC:3:40000000;\n"
KSF = "#TITLE:T;\n#BPM:150;\n#STARTTIME:25;\n#TICKCOUNT:1;\n#STEP:\n" + "".join(
    line + "\n" for line in ["1000000000000", "0000000000000", "0010000000000", "2222222222222"])


@pytest.mark.parametrize("name, text, lanes", [
    ("song.sm", SM, [0, 2]), ("song.ucs", UCS, [0, 2]), ("song.dwi", DWI, [0]), ("Normal_1.ksf", KSF, [0, 2])])
def test_every_format_opens(run, tmp_path, name, text, lanes):
    (tmp_path / name).write_bytes(text.encode())
    for argument in (tmp_path / name, tmp_path):
        notes = info(run, argument, "--notes")["charts"][0]["notes"]
        assert [note["lane"] for note in notes] == lanes
        assert [note["seconds"] for note in notes] == pytest.approx([0.25, 1.05][:len(lanes)])


def test_info_for_people_is_a_line_a_chart(run, tmp_path):
    path = simfile(tmp_path, chart(EVERY_KIND), chart("1000\n", steps_type="dance-single", description=""))
    lines = run("info", path, check=0).stdout.splitlines()
    assert lines[0] == "T - A"
    assert lines[2] == (
        "0: pump-single | S7 | Edit 7 | 150 BPM | 5 rows, 1 jump, 1 hold, 1 roll, 1 mine, 1 lift, 1 fake | fakes")
    assert lines[3].startswith("1: dance-single | Edit 7")
    assert len(run("info", path, "--notes", check=0).stdout.splitlines()) == len(lines) + 2 + 8 + 1


# --- check


def check(run, *arguments, code):
    return json.loads(run("check", *arguments, "--json", check=code).stdout)


def test_a_sound_chart_has_no_problems(run, song):
    path = simfile(song.parent, chart(EVERY_KIND))
    result = run("check", path, check=0)
    assert result.stdout == "1 file: no problems\n" and result.stderr == ""
    assert check(run, path, code=0) == {
        "errors": 0, "warnings": 0, "notes": 0, "files": [{"path": str(path), "problems": []}]}


def test_check_tells_place_code_and_remedy(run, song):
    open_hold = rows(5, {(0, 0): "20000", (1, 4): "11111"}, 2)
    path = simfile(song.parent, chart(open_hold, description="S9"), music="missing.ogg")
    lines = path.read_text().splitlines()
    answer = check(run, path, code=1)
    problems = {problem["code"]: problem for problem in answer["files"][0]["problems"]}
    assert {"unclosed-hold", "impossible-row", "level-mismatch", "missing-file"} <= problems.keys()
    assert lines[problems["impossible-row"]["line"] - 1] == "11111"
    assert lines[problems["level-mismatch"]["line"] - 1] == "#METER:7;"
    assert (problems["impossible-row"]["chart"], problems["impossible-row"]["beat"]) == (0, 5)
    assert all(problem["remedy"] for problem in problems.values())
    told = run("check", path, check=1).stdout.splitlines()
    hold = problems["unclosed-hold"]
    assert [line.startswith(f"{path}:{hold['line']}: {hold['severity']}: ") for line in told
            if line.endswith("[unclosed-hold]")] == [True]


def test_check_looks_into_folders_and_patterns(run, song):
    root = song.parent.parent
    (root / "other").mkdir()
    simfile(song.parent, chart(EVERY_KIND))
    simfile(root / "other", chart(EVERY_KIND), name="a.ssc")
    (root / "other" / "b.sm").write_text(SM)
    answer = check(run, root, code=1)
    assert [file["path"].rsplit("/", 1)[1] for file in answer["files"]] == ["song.ssc", "a.ssc", "b.sm"]
    assert [bool(file["problems"]) for file in answer["files"]] == [False, True, True]
    assert len(check(run, f"{root}/*/*.ssc", code=1)["files"]) == 2
    assert len(check(run, root, "--charts-only", code=0)["files"]) == 3
    # The same file named twice is one file.
    assert len(check(run, root, root / "other" / "a.ssc", code=1)["files"]) == 3


def test_check_knows_where_the_music_ends(run, song):
    late = rows(5, {(40, 0): "10000"}, 41)
    path = simfile(song.parent, chart(late))
    found = check(run, path, code=1)["files"][0]["problems"]
    assert [problem["code"] for problem in found] == ["after-music"]


def test_check_tells_what_is_as_severe_as_asked(run, song):
    notes = rows(5, {(0, 0): "10000"}, 1)
    path = simfile(song.parent, chart(notes), bpms="0=150,4=150")
    assert check(run, path, code=0)["notes"] == 0
    found = check(run, path, "--severity", "note", code=1)
    assert [problem["code"] for problem in found["files"][0]["problems"]] == ["redundant-bpm"]


def test_a_progress_bar_is_for_terminals(run, edit, tmp_path, song):
    for index in range(3):
        simfile(song.parent, chart(EVERY_KIND), name=f"{index}.ssc")
    assert run("check", song.parent, check=0).stderr == ""
    terminal = edit("check", song.parent)
    assert terminal.wait_for_end() == 0
    assert b"] 100 %" in terminal.raw
    assert "3 files: no problems" in terminal.text and "%" not in terminal.text


# --- convert, diff


@pytest.mark.parametrize("name, text", [
    ("a.ssc", "#VERSION:0.83;\r\n// kept\r\n#TITLE:T;\r\n#ODD:x: y;\r\n#BPMS:0=150;\r\n" + chart("10000\n")),
    ("a.sm", SM), ("a.ucs", UCS), ("a.dwi", DWI), ("a.ksf", KSF)])
def test_a_file_of_the_same_format_gets_the_same_bytes(run, tmp_path, name, text):
    (tmp_path / name).write_bytes(text.encode())
    output = tmp_path / ("out." + name.split(".")[1])
    result = run("convert", tmp_path / name, "-o", output, check=0)
    assert output.read_bytes() == text.encode()
    assert result.stdout == result.stderr == ""


@pytest.mark.parametrize("name, text", [("song.sm", SM), ("song.ucs", UCS), ("song.dwi", DWI), ("song.ksf", KSF)])
def test_another_format_has_the_same_notes_at_the_same_times(run, tmp_path, name, text):
    (tmp_path / name).write_bytes(text.encode())
    output = tmp_path / "out.ssc"
    run("convert", tmp_path / name, "-o", output, check=0)
    places = lambda path: [
        (note["lane"], note["kind"], pytest.approx(note["seconds"], abs=1e-4))
        for note in info(run, path, "--notes")["charts"][0]["notes"]]
    assert places(output) == places(tmp_path / name)
    reference.open(str(output))


def test_convert_says_what_is_lost(run, tmp_path):
    path = simfile(tmp_path, chart(EVERY_KIND), extra="#SCROLLS:0=1,4=2;\n")
    output = tmp_path / "out.ucs"
    result = run("convert", path, "-o", output, "--json", check=0)
    losses = json.loads(result.stdout)["losses"]
    assert any(loss["measure"] == 1 and "mine" in loss["what"] for loss in losses), losses
    assert all(loss["what"] and loss["instead"] for loss in losses)
    assert len(result.stderr.splitlines()) == len(losses)
    assert "measure 1" in result.stderr and "out.ucs" in result.stderr
    output.unlink()
    refused = run("convert", path, "-o", output, "--strict", check=1)
    assert not output.exists() and "--strict" in refused.stderr


def test_one_chart_of_several_is_converted(run, tmp_path):
    path = simfile(
        tmp_path, chart("1000\n", steps_type="dance-single"), chart("10000\n"), chart("00100\n", description="S3", meter=3))
    output = tmp_path / "out.ucs"
    run("convert", path, "-o", output, check=0)
    assert [note["lane"] for note in info(run, output, "--notes")["charts"][0]["notes"]] == [0]
    run("convert", path, "-o", output, "--chart", 2, check=0)
    assert [note["lane"] for note in info(run, output, "--notes")["charts"][0]["notes"]] == [2]
    assert (tmp_path / "out.ucs.old").exists()
    assert "0 to 2" in run("convert", path, "-o", output, "--chart", 3, check=2).stderr


def test_diff_tells_notes_and_timing_apart(run, tmp_path):
    before = {(0, 0): "10000", (0, 8): "00100", (1, 0): "01000"}
    after = {(0, 0): "10000", (0, 9): "00100", (1, 4): "00011"}
    old = simfile(tmp_path, chart(rows(5, before, 2)), name="old.ssc")
    new = simfile(
        tmp_path, chart(rows(5, after, 2)), chart("10000\n", description="S1", meter=1), name="new.ssc", bpms="0=151")
    result = run("diff", old, new, "--json", check=1)
    answer = json.loads(result.stdout)
    assert answer["same"] is False
    change = answer["changed"][0]
    assert [(move["from"]["row"], move["to"]["row"], move["to"]["lane"]) for move in change["moved"]] == [(96, 108, 2)]
    assert [(note["row"], note["lane"]) for note in change["removed"]] == [(192, 1)]
    assert [(note["row"], note["lane"]) for note in change["added"]] == [(240, 3), (240, 4)]
    assert change["timing"] == ["BPMS"]
    assert [entry["description"] for entry in answer["added"]] == ["S1"]
    text = run("diff", old, new, check=1).stdout
    assert "2 notes added, 1 note removed, 1 note moved, BPMS changed" in text
    assert "  - measure 1, beat 0, lane 1: tap" in text.splitlines()


def test_diff_of_files_that_say_the_same(run, tmp_path):
    path = simfile(tmp_path, chart(EVERY_KIND))
    other = tmp_path / "other.ssc"
    other.write_text("// a comment\n" + path.read_text())
    result = run("diff", path, other, check=0)
    assert result.stdout == result.stderr == ""
    assert json.loads(run("diff", path, other, "--json", check=0).stdout)["same"] is True
    # A script must not take a file that cannot be read for a difference.
    assert run("diff", path, tmp_path / "missing.ssc").returncode == 2
    (tmp_path / "empty.ssc").write_text("")
    assert run("diff", path, tmp_path / "empty.ssc").returncode == 2


# --- fmt


def test_fmt_lays_out_once_and_for_all(run, tmp_path):
    notes = rows(5, {(0, 0): "10000", (0, 8): "00100"}, 1)
    path = simfile(tmp_path, chart(notes), extra="// mine\r\n#ODD:kept;\r\n")
    before = path.read_bytes()
    assert run("fmt", "--check", tmp_path, check=1).stdout == f"{path}\n"
    assert path.read_bytes() == before
    run("fmt", path, check=0)
    after = path.read_text()
    assert "10000\n00000\n00100\n00000\n" in after and "// mine\n" in after and "#ODD:kept;\n" in after
    assert path.with_name("song.ssc.old").read_bytes() == before
    assert run("fmt", "--check", tmp_path, check=0).stdout == ""
    assert run("diff", path.with_name("song.ssc.old").rename(tmp_path / "old.ssc"), path, check=0).stdout == ""
    assert json.loads(run("fmt", path, "--json", check=0).stdout) == {"files": [{"path": str(path), "changed": False}]}


def test_fmt_lays_out_ucs_too(run, tmp_path):
    path = tmp_path / "song.ucs"
    path.write_text(UCS.replace("\r\n", "\n"), newline="")
    run("fmt", "--check", path, check=1)
    run("fmt", path, check=0)
    assert path.read_bytes() == UCS.encode()
    assert b"\r" not in path.with_name("song.ucs.old").read_bytes()
    run("fmt", "--check", path, check=0)


@pytest.mark.parametrize("name, text", [("song.ucs", UCS), ("Normal_1.ksf", KSF)])
def test_check_asks_no_music_of_formats_that_name_none(run, song, name, text):
    path = song.parent / name
    path.write_bytes(text.encode())
    report = json.loads(run("check", path, "--json", "--severity", "note").stdout)
    assert "missing-file" not in [problem["code"] for problem in report["files"][0]["problems"]]


def test_check_names_the_line_in_a_ucs(run, tmp_path):
    path = tmp_path / "song.ucs"
    path.write_bytes(UCS.replace("..X..", "XXXXX").encode())
    assert f"{path}:9:" in run("check", path, check=1).stdout


# --- simulate


def test_ticks_stand_where_the_notes_times_say(run, song, tmp_path):
    own = "#OFFSET:-0.3333;\n#BPMS:0=137.77,4=211.3;\n#STOPS:4=0.417;\n#WARPS:12=2;\n#FAKES:20=1;\n"
    places = {(beat // 4, beat % 4 * 4 + step): "10100" for beat in range(28) for step in (0, 1, 3)}
    places[(7, 0)] = "00M00"
    path = simfile(song.parent, chart(rows(5, places, 8), extra=own))
    output = tmp_path / "out.wav"
    answer = json.loads(run("simulate", path, "--chart", 0, "-o", output, "--ticks-only", "--json", check=0).stdout)
    notes = info(run, path, "--notes")["charts"][0]["notes"]
    wanted = sorted({note["seconds"] for note in notes if note["judged"] and note["kind"] != "mine"})
    assert [tick["seconds"] for tick in answer["ticks"]] == pytest.approx(wanted)

    sound, rate = soundfile.read(output)
    assert rate == answer["rate"] and sound.shape[1] == 2
    loud = numpy.abs(sound[:, 0])
    # A tick begins with its loudest sample: what is heard and what was silent a sample before.
    starts = [frame for frame in range(1, len(loud)) if loud[frame] > 0.55 and loud[frame - 1] < 0.3]
    assert starts == [round(seconds * rate) for seconds in wanted]


def test_simulate_mixes_ticks_over_the_music(run, song, tmp_path):
    path = simfile(song.parent, chart(rows(5, {(2, 0): "10000"}, 3)))
    output = tmp_path / "out.wav"
    told = run("simulate", path, "-o", output, check=0).stdout
    assert "1 tick" in told
    mixed, rate = soundfile.read(output)
    music, _ = soundfile.read(song)
    tick = round((0.25 + 8 * 0.4) * rate)
    difference = numpy.abs(mixed[:len(music), 0] - 0.7 * music)
    assert difference[:tick].max() < 0.01 and difference[tick] > 0.2
    assert difference[tick + round(0.02 * rate):].max() < 0.01
    assert len(mixed) == len(music)


@pytest.mark.parametrize("own", ["#STOPS:0=100000;\n", "#BPMS:0=0.0001;\n"])
def test_a_step_days_after_the_music_is_not_rendered(run, song, tmp_path, own):
    path = simfile(song.parent, chart(rows(5, {(1, 0): "10000"}, 2), extra="#BPMS:0=150;\n" + own))
    result = run("simulate", path, "-o", tmp_path / "out.wav", check=1)
    assert len(result.stderr.splitlines()) == 1 and not (tmp_path / "out.wav").exists()
