"""Finding charts and songs: a data folder with our tables, or any folder of song folders."""

from __future__ import annotations

import csv
import hashlib
import re
import tarfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .simfile_text import Chart, charts

AUDIO = (".ogg", ".mp3", ".flac", ".wav", ".opus")
_CLEAN = re.compile(r"^[SD]\d+")
_PLAIN_VALID_SHARE = 0.1


@dataclass
class Entry:
    """A chart with where it comes from. `audio` is a path, or None for a chart without its song."""

    chart: Chart
    valid: bool
    source: str
    audio: str | None = None
    clean: bool = True  # Pump's own `S12`, `D18` charts, and everything that is not Pump


def song_key(title: str) -> str:
    """Letters and digits of a title, without case, accents or bracketed additions."""
    plain = re.sub(r"[\(\[\-~].*$", "", title) or title
    folded = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(c for c in folded if c.isalnum()) or "".join(c for c in title.casefold() if c.isalnum())


def read_text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252", "cp932", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def playable(chart: Chart | None) -> bool:
    """Enough rows, times that rise, and no warps made of huge BPMs."""
    if chart is None or len(chart.rows) < 16 or chart.timing.huge_bpm:
        return False
    return bool(np.all(np.diff(chart.seconds) > -1e-6) and chart.seconds[-1] - chart.seconds[0] < 900)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _from_chart_table(table: Path, root: Path) -> list[Entry]:
    wanted: dict[str, list[dict[str, str]]] = {}
    for line in _table(table):
        if line["usable"] == "1" and line["duplicate"] == "0":
            wanted.setdefault(line["path"], []).append(line)
    out = []
    for path, lines in sorted(wanted.items()):
        found = charts(read_text(root / path))
        for line in lines:
            index = int(line["index"])
            chart = found[index] if index < len(found) else None
            if playable(chart) and chart.steps_type == line["stepstype"]:
                clean = not chart.steps_type.startswith("pump") or bool(_CLEAN.match(chart.description))
                out.append(Entry(chart, line["split"] == "valid", path.split("/")[0], None, clean))
    return out


def _reconstructed(chart: Chart | None) -> Chart | None:
    """A chart put on a grid from its note times: level and downbeat unknown."""
    if chart is not None:
        chart.level, chart.measures_known = None, False
    return chart


def _song_folder(folder: Path, valid: bool, source: str) -> list[Entry]:
    audio = next((p for p in sorted(folder.iterdir()) if p.suffix.lower() in AUDIO), None)
    derived = folder / "chart.derived.sm"
    if derived.exists():
        found = [_reconstructed(c) for c in charts(read_text(derived))]
    else:
        file = next((p for s in ("*.ssc", "*.sm") for p in sorted(folder.glob(s))), None)
        found = charts(read_text(file)) if file else []
    return [Entry(c, valid, source, str(audio) if audio else None) for c in found if playable(c)]


def _plain_split(folder: Path) -> bool:
    digest = hashlib.sha1(folder.name.encode()).digest()
    return digest[0] < 256 * _PLAIN_VALID_SHARE


def unpacked(data: Path, cache: Path) -> Path | None:
    """The folder of the charts without sound, unpacked into the cache if need be; None where the data has none."""
    archive, target = data / "charts.tar.xz", cache / "charts"
    if archive.exists() and not target.exists():
        part = cache / "charts.part"
        with tarfile.open(archive) as tar:
            tar.extractall(part, filter="data")
        (part / "charts").rename(target)
        part.rmdir()
    return target if target.exists() else None


def collect(data: Path, unpacked: Path | None) -> list[Entry]:
    """All usable charts. Songs of the training split whose title occurs among the validation songs are left out."""
    entries: list[Entry] = []
    if (data / "songs.csv").exists():
        for line in _table(data / "songs.csv"):
            entries += _song_folder(data / "songs" / line["song"], line["split"] == "valid", line["source"])
        if unpacked is not None:
            entries += _from_chart_table(data / "charts.csv", unpacked)
    else:
        folders = {p.parent for s in ("*.ssc", "*.sm") for p in data.rglob(s)}
        for folder in sorted(folders):
            entries += _song_folder(folder, _plain_split(folder), data.name)
    held_out = {song_key(e.chart.title) for e in entries if e.valid}
    return [e for e in entries if e.valid or song_key(e.chart.title) not in held_out]
