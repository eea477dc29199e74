"""Compares every chart of a folder with what the `simfile` package reads: rows, lanes, kinds, ends, times, judged.

    compare.py --program .build/release/corpus-bench --corpus FOLDER [--every N]

Exits 1 when a chart that both read differs. Charts that `simfile` cannot read are counted by its reason.
"""

import argparse
import collections
import subprocess
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import simfile  # noqa: E402
from simfile.notes import NoteData, NoteType  # noqa: E402
from simfile.notes.group import OrphanedNotes, NoteWithTail, group_notes  # noqa: E402
from simfile.timing import Beat, BeatValues, TimingData  # noqa: E402
from simfile.timing.engine import TimingEngine  # noqa: E402

TOLERANCE = 1e-4  # seconds
OWN_TIMING = (
    "BPMS", "STOPS", "DELAYS", "WARPS", "TIMESIGNATURES", "TICKCOUNTS", "COMBOS", "SPEEDS", "SCROLLS", "FAKES",
    "LABELS", "OFFSET")


def dumped(program, folder):
    """Our charts, in order: (path, index, lanes, notes) with notes as tuples."""
    process = subprocess.Popen([program, "--notes", folder], stdout=subprocess.PIPE, text=True)
    head, notes = None, []
    for line in process.stdout:
        if line[0] in "CX":
            if head:
                yield (*head, notes)
            head, notes = None, []
            if line[0] == "C":
                _, index, lanes, path = line.rstrip("\n").split(" ", 3)
                head = (path, int(index), int(lanes))
        else:
            row, lane, kind, end, seconds, judged = line.split()
            notes.append((int(row), int(lane), kind, int(end), float(seconds), judged == "1"))
    if head:
        yield (*head, notes)


def fake_regions(song, chart):
    """`simfile` knows no #FAKES, so the regions are read here: (first row, row behind the last)."""
    own = any(chart.get(tag) is not None for tag in OWN_TIMING) and float(song.get("VERSION") or 0.83) >= 0.7
    text = (chart if own else song).get("FAKES") or ""
    return [(round(v.beat * 48), round(v.beat * 48) + round(float(v.value) * 48)) for v in BeatValues.from_str(text)]


def in_force(regions, row):
    """Whether the last region that begins at or before a row holds it, as StepMania asks."""
    begun = [(first, last) for first, last in regions if first <= row]
    return bool(begun) and row < max(begun)[1]


def theirs(song, chart, lanes):
    """The chart's notes as `simfile` reads them, in the shape of ours."""
    engine = TimingEngine(TimingData(song, chart))
    fakes = fake_regions(song, chart)
    places = {}
    grouped = group_notes(
        NoteData(chart), join_heads_to_tails=True, orphaned_head=OrphanedNotes.DROP_ORPHAN,
        orphaned_tail=OrphanedNotes.DROP_ORPHAN)
    found = {}
    for (note,) in grouped:
        row = round(note.beat * 48)
        end = round(note.tail_beat * 48) if isinstance(note, NoteWithTail) else row
        if row not in places:
            beat = Beat(row, 48)
            is_fake = in_force(fakes, row)
            places[row] = (engine.time_at(beat), engine.hittable(beat) and not is_fake)
        if note.column >= lanes:
            continue  # more columns than the steps type has, as in old lights charts
        # Of two lines on one row of the grid the later counts.
        found[(row, note.column, note.player or 0)] = (
            row, note.column, note.note_type.value, end, *places[row])
    return sorted(found.values())


def difference(ours, others):
    if [n[:4] for n in ours] != [n[:4] for n in others]:
        mine, other = {n[:4] for n in ours}, {n[:4] for n in others}
        return "notes", f"only ours {sorted(mine - other)[:3]}, only theirs {sorted(other - mine)[:3]}"
    worst = max((abs(a[4] - b[4]) for a, b in zip(ours, others)), default=0)
    if worst > TOLERANCE:
        place = next(a for a, b in zip(ours, others) if abs(a[4] - b[4]) > TOLERANCE)
        return "times", f"{worst * 1000:.3f} ms at most, first on row {place[0]}"
    judged = [a[0] for a, b in zip(ours, others) if a[5] != b[5]]
    return ("judged", f"{len(judged)} notes, first on row {judged[0]}") if judged else None


def on_purpose(song, chart, path):
    """Why we read a chart in another way than `simfile`, as StepMania does; None when there is no reason."""
    if path.lower().endswith(".sm"):
        tempi = [v.value for v in BeatValues.from_str(song["BPMS"])]
        pauses = [v.value for v in BeatValues.from_str(song.get("STOPS") or song.get("FREEZES") or "")]
        if any(v < 0 or v > 9_999_999 for v in tempi) or any(v < 0 for v in pauses):
            return "negative or endless tempi and pauses of an .sm are warps"
        return None
    if chart.get("OFFSET") is not None and not chart.get("BPMS"):
        return "a chart with any timing tag has timing of its own, 60 BPM without #BPMS"
    if chart.get("BPMS") and chart.get("OFFSET") is None and float(song.get("OFFSET") or 0):
        return "a chart with timing of its own takes the song's #OFFSET when it has none"
    if not all(line.strip() for measure in chart.notes.split(",") for line in measure.strip().splitlines()):
        return "a blank line in a measure is no row"
    if "#NOTES:\n#NOTES:" in (Path(path).read_text(errors="replace").replace("\r", "")):
        return "an empty #NOTES ends its chart; the next stands outside"
    return None


def unreadable(song, chart):
    """Why `simfile` and we cannot agree about a chart, before it is tried; None when it can be tried."""
    if "{" in chart.notes or any(letter in chart.notes for letter in "XYZxyzSVH"):
        return "StepF2 or StepP1 cells"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--every", type=int, default=1, help="compare every Nth file only")
    parser.add_argument("--list", action="store_true", help="name the charts that are not compared")
    options = parser.parse_args()
    same, different, skipped = 0, collections.Counter(), collections.Counter()
    purposes, notes = collections.Counter(), 0
    paths, current, song = {}, None, None
    for path, index, lanes, ours in dumped(options.program, options.corpus):
        number = paths.setdefault(path, len(paths))
        if number % options.every:
            continue
        if path != current:
            current, song = path, None
            try:
                song = simfile.open(str(Path(options.corpus) / path), strict=False)
            except Exception as error:  # whatever the package raises is a reason
                reason = f"file: {type(error).__name__}"
        if song is None:
            skipped[reason] += 1
            continue
        try:
            chart = song.charts[index]
            why = unreadable(song, chart)
            other = None if why else theirs(song, chart, lanes)
        except Exception as error:
            why = f"{type(error).__name__}: {str(error)[:50]}"
        if why:
            skipped[why] += 1
            if options.list:
                print(f"{path} [{index}] not compared: {why}")
            continue
        found = difference(sorted(ours), other)
        purpose = on_purpose(song, chart, str(Path(options.corpus) / path)) if found else None
        if purpose:
            purposes[purpose] += 1
        elif found:
            different[found[0]] += 1
            print(f"{path} [{index}] {found[0]}: {found[1]}")
        else:
            same += 1
            notes += len(ours)
    print(f"{same} charts agree ({notes} notes); {sum(different.values())} differ {dict(different)}")
    for reason, count in purposes.most_common():
        print(f"{count} charts differ on purpose: {reason}")
    for reason, count in skipped.most_common():
        print(f"{count} charts not compared: {reason}")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
