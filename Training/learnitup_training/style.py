"""Style labels by rule from a chart's own rows: +1 it has it, -1 it has not, in the order of `layout.STYLES`."""

from __future__ import annotations

import numpy as np

from . import layout
from .simfile_text import Chart

# A style is +1 from the first share on, -1 up to the second, and 0 (neither) between.
_BOUNDS = {
    "run": (0.45, 0.15), "drill": (0.06, 0.0), "jack": (0.10, 0.02), "jump": (0.20, 0.05), "bracket": (0.04, 0.0),
    "hold": (0.20, 0.05), "twist": (0.10, 0.02), "triplet": (0.12, 0.01), "fast": (0.06, 0.0), "offbeat": (0.35, 0.12),
    "steady": (0.60, 0.25), "gimmick": (1.0, 0.0),
}
_LEFT_TO_RIGHT = {"pump-single": (0, 0, 1, 2, 2), "dance-single": (0, 1, 1, 2)}


def shares(chart: Chart) -> dict[str, float]:
    """Each style's share of the chart's rows (gimmick: 1 where timing changes often)."""
    rows, notes = chart.rows, chart.taps | chart.heads
    gap, seconds = np.diff(rows), np.diff(chart.seconds)
    same = notes[1:] == notes[:-1]
    back = np.zeros(len(rows), bool)
    back[2:] = (notes[2:] == notes[:-2]) & ~same[1:] & (gap[1:] == gap[:-1]) & (seconds[1:] < 0.3)
    quick = np.concatenate([[False], (gap <= 24) & (seconds < 0.26)])
    run = np.zeros(len(rows), bool)
    if len(rows) > 4:
        windows = np.lib.stride_tricks.sliding_window_view(quick[1:] & np.concatenate([[True], gap[1:] == gap[:-1]]), 4).all(1)
        for shift in range(4):
            run[1 + shift : 1 + shift + len(windows)] |= windows
    count = np.array([int(n).bit_count() for n in notes])
    phase = rows % layout.ROWS_PER_BEAT
    return {
        "run": run.mean(), "drill": (back & run).mean() if len(rows) else 0.0,
        "jack": np.concatenate([[False], same & (seconds < 0.3)]).mean(), "jump": (count == 2).mean(),
        "bracket": (count >= 3).mean(), "hold": (chart.heads > 0).mean(), "twist": _twists(chart, notes, count, quick),
        "triplet": np.isin(phase, (8, 16, 32, 40)).mean(), "fast": (phase % 12 != 0).mean() - np.isin(phase, (8, 16, 32, 40)).mean(),
        "offbeat": (phase % 24 == 12).mean(), "steady": (phase == 0).mean(), "gimmick": float(chart.timing.changes > 12),
    }


def _twists(chart: Chart, notes: np.ndarray, count: np.ndarray, quick: np.ndarray) -> float:
    """Share of single quick rows on the far side two steps after the other far side: left, x, right with the same foot."""
    sides = _LEFT_TO_RIGHT.get(chart.steps_type)
    width = layout.LANES[chart.steps_type]
    lane = np.array([int(n).bit_length() - 1 for n in notes])
    side = np.array(sides)[lane] if sides else (lane * 3) // width
    far = (np.abs(side[2:] - side[:-2]) == 2) & (count[2:] == 1) & (count[:-2] == 1) & (count[1:-1] == 1)
    return float((far & quick[2:] & quick[1:-1]).mean()) if len(far) else 0.0


def labels(chart: Chart) -> np.ndarray:
    """[12] int8 of -1, 0, +1."""
    out = np.zeros(len(layout.STYLES), np.int8)
    for index, (name, share) in enumerate(shares(chart).items()):
        high, low = _BOUNDS[name]
        out[index] = 1 if share >= high else -1 if share <= low else 0
    return out
