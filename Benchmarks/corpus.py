"""How fast charts are read and timed: ours and the `simfile` package over the same folder, in the same run.

    corpus.py --program .build/release/corpus-bench --corpus FOLDER [--every N]

`simfile` is slow, so it reads every Nth file only (40 unless told); rates compare, not totals.
"""

import argparse
import json
import subprocess
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import simfile  # noqa: E402
from simfile.notes import NoteData  # noqa: E402
from simfile.timing import TimingData  # noqa: E402
from simfile.timing.engine import TimingEngine  # noqa: E402


def measured(files):
    """Charts that `simfile` reads and times, their bytes, and the processor seconds that takes."""
    charts = size = 0
    start = time.process_time()
    for path in files:
        try:
            song = simfile.open(str(path), strict=False)
        except Exception:  # whatever the package raises: the file is not counted
            continue
        size += path.stat().st_size
        for chart in song.charts:
            try:
                engine = TimingEngine(TimingData(song, chart))
                for note in NoteData(chart):
                    engine.time_at(note.beat)
                charts += 1
            except Exception:
                continue
    return charts, size, time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--every", type=int, default=40)
    options = parser.parse_args()
    ours = json.loads(subprocess.run([options.program, options.corpus], capture_output=True, check=True).stdout)
    files = sorted(p for p in Path(options.corpus).rglob("*") if p.suffix.lower() in (".ssc", ".sm"))
    charts, size, seconds = measured(files[:: options.every])
    theirs = charts / seconds
    mine = ours["charts"] / ours["cpu_seconds"]
    print(f"ours: {ours['files']} files, {ours['bytes'] / 1e6:.1f} MB, {ours['charts']} charts, {ours['notes']} notes")
    print(f"  {ours['seconds']:.2f} s on {ours['workers']} cores, {ours['cpu_seconds']:.2f} s of processor")
    print(f"  {ours['bytes'] / 1e6 / ours['cpu_seconds']:.0f} MB and {mine:.0f} charts a processor second")
    print(f"  {ours['bytes_per_chart'] / 1024:.1f} KB of memory a chart")
    print(f"simfile: {charts} charts of every {options.every}th file in {seconds:.2f} s of processor")
    print(f"  {size / 1e6 / seconds:.2f} MB and {theirs:.1f} charts a processor second")
    print(f"ratio: {mine / theirs:.0f}")


if __name__ == "__main__":
    main()
