"""Reading .sm and .ssc text: values, note rows, timing lists. Tolerant the way StepMania is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from . import layout
from .timing import Timing

_CELL = re.compile(r"\{([^|}]*)[^}]*\}|\[[^\]]*\]|(.)")
_HEADS, _TAPS = frozenset("24"), frozenset("1LXYZSVHxyz")
_CHART_TIMING = ("BPMS", "STOPS", "DELAYS", "WARPS", "TIMESIGNATURES", "TICKCOUNTS", "COMBOS", "SPEEDS", "SCROLLS", "FAKES", "LABELS", "OFFSET")


@dataclass
class Chart:
    """One chart. Arrays are by note row (a tap or a hold head on some lane), ascending."""

    steps_type: str
    description: str
    level: int | None
    timing: Timing
    rows: np.ndarray  # int32, 1/48 beats
    taps: np.ndarray  # uint32 bit sets of the chart's own lanes
    heads: np.ndarray
    held: np.ndarray  # lanes on which an earlier hold ends after this row
    hold_rows: np.ndarray  # int32, length of the longest hold begun here, 0 without
    title: str = ""
    artist: str = ""
    measures_known: bool = True
    seconds: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        self.seconds = self.timing.seconds(self.rows)


def values(text: str) -> list[list[str]]:
    """`#TAG:a:b;` -> [["TAG", "a", "b"], …]. Comments dropped, escapes undone."""
    text = re.sub(r"(?<!\\)//[^\n]*", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    out: list[list[str]] = []
    for part in re.split(r"(?:\A|(?<=\n)|(?<=;))[ \t]*#", text):
        body = re.split(r"(?<!\\);", part, maxsplit=1)[0]
        params = [re.sub(r"\\(.)", r"\1", p) for p in re.split(r"(?<!\\):", body)]
        if len(params) > 1:
            out.append([params[0].strip().upper(), *params[1:]])
    return out


def pairs(text: str) -> list[tuple[float, float]]:
    out = []
    for item in text.split(","):
        halves = item.strip().split("=")
        try:
            out.append((float(halves[0].rstrip("rR")), float(halves[1])))
        except (ValueError, IndexError):
            continue
    return out


def _cells(line: str) -> str:
    """A note row as one character a lane; `{note|attribute|fake|…}` cells become their note, fakes nothing."""
    if "{" not in line and "[" not in line:
        return line
    cells = []
    for match in _CELL.finditer(line):
        if match.group(2) is not None:
            cells.append(match.group(2))
        elif match.group(1) is not None:
            fake = match.group(0).strip("{}").split("|")[2:3] == ["1"]
            cells.append("0" if fake else match.group(1))
    return "".join(cells)


def note_rows(data: str, lanes: int) -> tuple[np.ndarray, ...]:
    """Note data -> rows, taps, heads, held, hold_rows (as in `Chart`)."""
    events: dict[int, str] = {}
    for measure, block in enumerate(b for b in data.split(",") if b):
        lines = [line for line in (raw.strip() for raw in block.split("\n")) if line]
        for index, line in enumerate(lines):
            if line.strip("0"):
                events[round((measure + index / len(lines)) * 192)] = _cells(line)[:lanes]
    taps: dict[int, int] = {}
    heads: dict[int, int] = {}
    lengths: dict[int, int] = {}
    open_heads: dict[int, int] = {}
    spans: list[tuple[int, int, int]] = []
    for row in sorted(events):
        for lane, cell in enumerate(events[row]):
            if cell in _TAPS:
                taps[row] = taps.get(row, 0) | 1 << lane
            elif cell in _HEADS:
                open_heads[lane] = row
            elif cell == "3" and lane in open_heads:
                start = open_heads.pop(lane)
                heads[start] = heads.get(start, 0) | 1 << lane
                lengths[start] = max(lengths.get(start, 0), row - start)
                spans.append((start, row, lane))
    rows = np.array(sorted(taps.keys() | heads.keys()), np.int32)
    held = np.zeros(len(rows), np.uint32)
    for start, end, lane in spans:
        first, last = np.searchsorted(rows, start, "right"), np.searchsorted(rows, end, "left")
        held[first:last] |= np.uint32(1 << lane)
    pick = lambda table, kind: np.array([table.get(int(r), 0) for r in rows], kind)
    return rows, pick(taps, np.uint32), pick(heads, np.uint32), held, pick(lengths, np.int32)


def _level(text: str) -> int | None:
    try:
        level = int(float(text))
    except ValueError:
        return None
    return level if 1 <= level <= 40 else None


def _chart(steps_type: str, description: str, meter: str, data: str, timing: Timing, song: dict[str, str]) -> Chart | None:
    if steps_type not in layout.LANES:
        return None
    arrays = note_rows(data, layout.LANES[steps_type])
    return Chart(steps_type, description.strip(), _level(meter), timing, *arrays,
                 title=song.get("TITLE", "").strip(), artist=song.get("ARTIST", "").strip())


def _timing(tags: dict[str, str]) -> Timing:
    def number(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            return 0.0

    return Timing(number(tags.get("OFFSET", "0")), pairs(tags.get("BPMS", "")), pairs(tags.get("STOPS", tags.get("FREEZES", ""))),
                  pairs(tags.get("DELAYS", "")), pairs(tags.get("WARPS", "")))


def charts(text: str) -> list[Chart | None]:
    """All charts of a simfile, in order; None for a steps type that is not ours."""
    song: dict[str, str] = {}
    own: dict[str, str] | None = None
    out: list[Chart | None] = []
    for tag, *params in values(text):
        if tag == "NOTEDATA":
            own = {}
        elif tag in ("NOTES", "NOTES2") and own is not None:
            timed = any(t in own for t in _CHART_TIMING if t != "OFFSET")
            tags = {"OFFSET": song.get("OFFSET", "0"), **own} if timed else {**song, **({"OFFSET": own["OFFSET"]} if "OFFSET" in own else {})}
            out.append(_chart(own.get("STEPSTYPE", "").strip(), own.get("DESCRIPTION", ""), own.get("METER", ""), params[0], _timing(tags), song))
            own = None
        elif tag in ("NOTES", "NOTES2") and len(params) >= 6:
            out.append(_chart(params[0].strip(), params[1], params[3].strip(), params[5], _timing(song), song))
        elif tag not in ("NOTES", "NOTES2"):
            (song if own is None else own)[tag] = params[0]
    return out
