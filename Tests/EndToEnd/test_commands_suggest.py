"""What scripts rely on in `suggest` and `tempo`: every option does what docs/json.md says."""

import json
import re

import numpy
import pytest
import simfile as reference
import soundfile
from simfile.notes import NoteData, NoteType

from charts import chart, rows, simfile


def suggest(run, *arguments):
    return json.loads(run("suggest", *arguments, "--json", check=0).stdout)


def places(answer, index=0):
    return [(note["row"], note["lane"], note["kind"]) for note in answer["alternatives"][index]["notes"]]


def rows_of(answer, index=0):
    return sorted({note["row"] for note in answer["alternatives"][index]["notes"]})


HUMAN = {(measure, line): "10000" if line % 8 else "00001" for measure in range(20) for line in (0, 4, 6, 8, 12)}


@pytest.fixture
def charted(song):
    """The song with a chart of 20 measures, and one of another type."""
    return simfile(
        song.parent, chart(rows(5, HUMAN, 20), description="S8", meter=8),
        chart("1000\n", steps_type="dance-single", description="", meter=5))


def test_the_answer_has_the_form_of_the_contract(run, song):
    answer = suggest(run, song, "--type", "pump-single", "--level", 8, "--seed", 3, "--alternatives", 2)
    assert answer.keys() == {"steps_type", "level", "seed", "timing", "alternatives"}
    assert (answer["steps_type"], answer["level"], answer["seed"]) == ("pump-single", 8, 3)
    assert answer["timing"]["bpms"][0]["bpm"] == pytest.approx(150, abs=0.05)
    assert len(answer["alternatives"]) == 2
    assert places(answer, 0) != places(answer, 1)
    scores = [alternative["score"] for alternative in answer["alternatives"]]
    assert scores == sorted(scores, reverse=True)
    offset, bpm = answer["timing"]["offset"], answer["timing"]["bpms"][0]["bpm"]
    for alternative in answer["alternatives"]:
        assert len(alternative["notes"]) > 20
        for note in alternative["notes"]:
            assert note.keys() == {"row", "beat", "seconds", "lane", "kind", "end_row", "judged", "probability"}
            assert note["beat"] == note["row"] / 48 and 0 <= note["lane"] < 5 and 0 <= note["probability"] <= 1
            assert note["seconds"] == pytest.approx(note["beat"] * 60 / bpm - offset, abs=1e-6)
            assert note["kind"] in ("tap", "hold", "roll")
            assert (note["end_row"] is None) == (note["kind"] == "tap")


@pytest.mark.parametrize("options", [
    [], ["--alternatives", 3], ["--from", 8, "--to", 24, "--density", 1.5], ["--count", 40]])
def test_the_same_seed_gives_the_same_bytes(run, song, tmp_path, options):
    command = ["suggest", song, "--type", "pump-double", "--level", 12, "--seed", 7, *options]
    first = run(*command, "--json", "-o", tmp_path / "a.ssc", check=0)
    assert run(*command, "--json", "-o", tmp_path / "b.ssc", check=0).stdout == first.stdout
    assert (tmp_path / "a.ssc").read_bytes() == (tmp_path / "b.ssc").read_bytes()


@pytest.mark.parametrize("count", [1, 7, 60, 150])
@pytest.mark.parametrize("steps_type", ["pump-single", "dance-double"])
def test_a_count_is_exact(run, song, steps_type, count):
    answer = suggest(run, song, "--type", steps_type, "--level", 9, "--count", count, "--alternatives", 2)
    for index in range(len(answer["alternatives"])):
        assert len(rows_of(answer, index)) == count


def test_a_count_is_of_the_regions_new_rows(run, charted):
    answer = suggest(run, charted, "--chart", 0, "--from", 16, "--to", 32, "--count", 11)
    assert len(rows_of(answer)) == 11
    assert all(16 * 48 <= row < 32 * 48 for row in rows_of(answer))
    kept = suggest(run, charted, "--chart", 0, "--from", 16, "--to", 32, "--keep", "--count", 5)
    human = {(note["row"], note["lane"]) for note in notes_of(run, charted)}
    assert len(set(rows_of(kept)) - {row for row, _ in human}) <= 5
    assert not human & {(row, lane) for row, lane, _ in places(kept)}


def notes_of(run, path, index=0):
    return json.loads(run("info", path, "--notes", "--json", check=0).stdout)["charts"][index]["notes"]


def test_density_moves_the_number_of_rows(run, song):
    counts = [
        len(rows_of(suggest(run, song, "--type", "pump-single", "--level", 9, "--density", density)))
        for density in (0.5, 1, 1.6)]
    assert counts[0] < counts[1] < counts[2]
    assert counts[0] == pytest.approx(counts[1] / 2, rel=0.2)


def test_a_higher_level_has_more_rows(run, song):
    counts = [len(rows_of(suggest(run, song, "--type", "pump-single", "--level", level))) for level in (3, 10, 18)]
    assert counts[0] <= counts[1] <= counts[2] and counts[0] < counts[2]


def test_notes_inside_the_region_count_for_nothing(run, charted):
    """With --chart and without --keep, what stands in the region is as if it were not there."""
    other = charted.with_name("other.ssc")
    bare = {place: row for place, row in HUMAN.items() if not 4 <= place[0] < 8}
    other.write_text(charted.read_text().replace(rows(5, HUMAN, 20), rows(5, bare, 20)))
    region = ["--chart", 0, "--from", 16, "--to", 32, "--alternatives", 2]
    assert suggest(run, charted, *region) == suggest(run, other, *region)
    # What stands outside does count.
    empty = charted.with_name("empty.ssc")
    empty.write_text(charted.read_text().replace(rows(5, HUMAN, 20), "00000\n"))
    assert suggest(run, charted, *region) != suggest(run, empty, *region)


@pytest.mark.parametrize("options", [[], ["--count", 80], ["--density", 1.3], ["--level", 15]])
def test_a_whole_song_request_sees_no_human_note(run, charted, options):
    empty = charted.with_name("empty.ssc")
    # Notes after the music's end are not seen either.
    empty.write_text(charted.read_text().replace(rows(5, HUMAN, 20), rows(5, {(29, 0): "00100"}, 30)))
    assert suggest(run, charted, "--chart", 0, *options) == suggest(run, empty, "--chart", 0, *options)


def test_other_charts_of_the_file_are_read_unless_told_not_to(run, song):
    """Beside a chart that has been alike and goes on with off-beats the answer has more of them; alone it is as if that
    chart were not there."""
    other = {(measure, line): "1000" for (measure, line) in HUMAN if measure < 8}
    other |= {(measure, line): "1000" for measure in range(8, 20) for line in (2, 6, 10, 14)}
    paths = [
        simfile(song.parent, chart(rows(5, HUMAN, 8), description="S8", meter=8), *others, name=name)
        for name, others in (("one.ssc", []), ("two.ssc", [chart(rows(4, other, 20), steps_type="dance-single")]))]
    options = ["--chart", 0, "--from", 32, "--to", 48, "--count", 12]
    bare, beside = (suggest(run, path, *options) for path in paths)
    share = [sum(row % 48 == 24 for row in rows_of(answer)) for answer in (bare, beside)]
    assert share[1] > share[0]
    assert suggest(run, paths[1], *options, "--alone") == bare


def test_keep_fills_around_what_is_there(run, charted, tmp_path):
    output = tmp_path / "out.ssc"
    region = ["--chart", 0, "--from", 16, "--to", 32, "--keep", "--count", 12, "-o", output]
    answer = suggest(run, charted, *region)
    human = {(note["row"], note["lane"]) for note in notes_of(run, charted)}
    proposed = {(row, lane) for row, lane, _ in places(answer)}
    assert proposed and not human & proposed
    assert {(note["row"], note["lane"]) for note in notes_of(run, output)} == human | proposed


def test_outside_the_region_nothing_changes(run, charted, tmp_path):
    output = tmp_path / "out.ssc"
    answer = suggest(run, charted, "--chart", 0, "--from", 16, "--to", 32, "-o", output)
    key = lambda notes: [(note["row"], note["lane"], note["kind"]) for note in notes]
    inside = lambda note: 16 <= note["beat"] < 32
    before, after = notes_of(run, charted), notes_of(run, output)
    assert key(note for note in after if not inside(note)) == key(note for note in before if not inside(note))
    assert key(note for note in after if inside(note)) == places(answer)
    # The other chart and the header are the same text.
    old, new = charted.read_text(), output.read_text()
    assert old.split("#NOTES:")[0] == new.split("#NOTES:")[0]
    assert old.split("#NOTEDATA:;")[2] == new.split("#NOTEDATA:;")[2]


def test_panels_only_for_the_charts_rows(run, charted):
    answer = suggest(run, charted, "--chart", 0, "--from", 16, "--to", 32, "--only", "selection")
    wanted = sorted({note["row"] for note in notes_of(run, charted) if 16 <= note["beat"] < 32})
    assert rows_of(answer) == wanted
    # The panels that stand there are no hint: with others the answer is the same.
    other = charted.with_name("other.ssc")
    mirrored = {place: row[::-1] if 4 <= place[0] < 8 else row for place, row in HUMAN.items()}
    other.write_text(charted.read_text().replace(rows(5, HUMAN, 20), rows(5, mirrored, 20)))
    assert answer == suggest(run, other, "--chart", 0, "--from", 16, "--to", 32, "--only", "selection")


@pytest.mark.parametrize("steps_type, lanes", [("pump-single", 5), ("pump-double", 10), ("dance-single", 4)])
def test_panels_for_given_times(run, song, tmp_path, steps_type, lanes):
    times = tmp_path / "times.txt"
    wanted = [0.25 + 0.2 * index for index in range(4, 60)]
    times.write_text("# seconds\n" + "\n".join(f"{time:.4f}" for time in reversed(wanted)))
    answer = suggest(run, song, "--type", steps_type, "--level", 8, "--times", times)
    found = sorted({note["seconds"] for note in answer["alternatives"][0]["notes"]})
    assert len(found) == len(wanted)
    assert all(abs(a - b) < 0.02 for a, b in zip(found, wanted))
    assert all(note["lane"] < lanes for note in answer["alternatives"][0]["notes"])


def test_times_before_the_first_beat_and_after_the_music_are_answered(run, song, tmp_path):
    times = tmp_path / "times.txt"
    wanted = [0.05, 0.25, 20.25, 39.8, 40.65]
    times.write_text("\n".join(map(str, wanted)))
    output = tmp_path / "out.ssc"
    answer = suggest(run, song, "--type", "pump-single", "--level", 8, "--times", times, "-o", output)
    found = sorted({note["seconds"] for note in answer["alternatives"][0]["notes"]})
    assert found == pytest.approx(wanted, abs=0.02)
    assert sorted({note["seconds"] for note in notes_of(run, output)}) == pytest.approx(found, abs=1e-5)
    part = run("suggest", song, "--type", "pump-single", "--times", times, "--from", 40, "--to", 60, check=0)
    assert "4 times outside the region" in part.stderr


def test_placement_only_still_gives_a_chart(run, song):
    options = ["--type", "pump-single", "--level", 8, "--from", 8, "--to", 40]
    assert rows_of(suggest(run, song, *options, "--only", "placement")) == rows_of(suggest(run, song, *options))


@pytest.mark.parametrize("steps_type", ["pump-single", "pump-double", "pump-halfdouble", "dance-single", "dance-double"])
def test_what_is_written_is_what_the_reference_parser_reads(run, song, tmp_path, steps_type):
    output = tmp_path / "out.ssc"
    answer = suggest(run, song, "--type", steps_type, "--level", 10, "-o", output)
    written = reference.open(str(output)).charts[0]
    assert written.stepstype == steps_type and written.meter == "10"
    heads = [
        (round(float(note.beat) * 48), note.column) for note in NoteData(written)
        if note.note_type in (NoteType.TAP, NoteType.HOLD_HEAD, NoteType.ROLL_HEAD)]
    assert heads == [(row, lane) for row, lane, _ in places(answer)]
    assert run("check", output, "--charts-only", check=0).stdout == "1 file: no problems\n"


def test_every_alternative_is_written_as_a_chart_of_its_own(run, song, tmp_path):
    output = tmp_path / "out.ssc"
    answer = suggest(run, song, "--type", "pump-single", "--level", 10, "--alternatives", 3, "-o", output)
    for index in range(len(answer["alternatives"])):
        assert [(note["row"], note["lane"], note["kind"]) for note in notes_of(run, output, index)] == places(answer, index)


def test_the_level_is_the_charts_own_where_none_is_given(run, charted):
    assert suggest(run, charted, "--chart", 0, "--to", 16)["level"] == 8
    assert suggest(run, charted, "--chart", 0, "--to", 16, "--level", 12)["level"] == 12
    unknown = charted.with_name("unknown.ssc")
    unknown.write_text(charted.read_text().replace("#METER:8;", "#METER:99;"))
    assert suggest(run, unknown, "--chart", 0, "--to", 16)["level"] is None


def test_a_charts_own_music_is_listened_to(run, song):
    soundfile.write(song.with_name("other.wav"), numpy.zeros(44100), 44100)
    path = simfile(
        song.parent, chart("10000\n", extra="#MUSIC:song.ogg;\n"), chart("10000\n"), music="missing.ogg")
    assert len(rows_of(suggest(run, path, "--chart", 0, "--count", 40))) == 40
    assert "missing.ogg" in run("suggest", path, "--chart", 1, check=1).stderr


def test_without_json_a_line_an_alternative(run, song):
    lines = run("suggest", song, "--type", "pump-single", "--alternatives", 2, check=0).stdout.splitlines()
    assert [bool(re.match(rf"{index}: \d+ notes on \d+ rows", line)) for index, line in enumerate(lines, 1)] == [True] * 2


@pytest.mark.parametrize("options, problem", [
    (["--chart", 5], "no chart 5"), (["--chart", 1, "--type", "pump-single"], "dance-single"),
    (["--chart", 0, "--from", 5000], "beat 5000")])
def test_what_is_not_there_is_told(run, charted, options, problem):
    result = run("suggest", charted, *options)
    assert result.returncode in (1, 2) and problem in result.stderr and len(result.stderr.splitlines()) == 1


# --- tempo


def test_tempo_lists_candidates_with_their_confidence(run, song):
    answer = json.loads(run("tempo", song, "--json", check=0).stdout)
    assert answer.keys() == {"candidates", "segments"}
    tempo, segment = {"bpm", "offset", "confidence"}, {"beat", "seconds", "bpm"}
    assert all(tempo <= c.keys() <= tempo | {"relation"} for c in answer["candidates"])
    assert "relation" not in answer["candidates"][0]
    assert all(segment <= s.keys() <= segment | {"scatter", "worst", "support", "alternatives"} for s in answer["segments"])
    confidences = [candidate["confidence"] for candidate in answer["candidates"]]
    assert confidences == sorted(confidences, reverse=True) and 0 < sum(confidences) <= 1.001
    best = answer["candidates"][0]
    assert best["bpm"] == pytest.approx(150, abs=0.05)
    # Beat 0 sounds at minus the offset, which is where a beat of the drums is.
    phase = (-best["offset"] - 0.25) % 0.4
    assert min(phase, 0.4 - phase) < 0.010
    segment = answer["segments"][0]
    assert segment["bpm"] == pytest.approx(150, abs=0.05)


def test_a_file_for_one_chart_gets_the_suggested_one(run, song, tmp_path):
    """Not the first of the file, whether an existing chart is filled or a new one made."""
    path = simfile(
        song.parent, chart("10000\n00000\n00000\n00000\n", description="S3"),
        chart(rows(5, HUMAN, 20), description="S8", meter=8))
    for options in (["--chart", 1, "--from", 0, "--to", 16], ["--type", "pump-single", "--level", 8]):
        output = tmp_path / "out.ucs"
        result = run("suggest", path, *options, "--json", "-o", output, check=0)
        heads = {(note["row"], note["lane"]) for note in json.loads(result.stdout)["alternatives"][0]["notes"]}
        info = json.loads(run("info", output, "--notes", "--json", check=0).stdout)
        written = {(note["row"], note["lane"]) for note in info["charts"][0]["notes"]}
        assert len(heads) > 10 and heads <= written
        assert re.search(r"\d other charts?: left out", result.stderr)
