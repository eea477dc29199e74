"""What the other charts of a song, of the same steps type, say of the panels of a row that both have: its log-odds gain the more, the more
of the author's last rows are as theirs. The engine does the same (ENGINE.md)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize

from . import cache, layout
from .evaluate_selection import whole_chart
from .model import SelectionNet
from .selection_data import LOST_CLASS, Mirror, Steps
from .train_selection import lane_use

_USUAL = {"pump-single": 0.2, "pump-double": 0.1, "pump-halfdouble": 0.14, "dance-single": 0.37, "dance-double": 0.16}
_USUAL_ROWS = 4.0  # so many rows is that worth before any is written
_MEMORY = 0.97  # of a row, by the next that both charts have
_VOICES = 2
_CHARTS = 60  # of each type

# What a companion says of a row: its panels, their chance by the network, whether they are right, the log-odds of its agreement.
Said = tuple[int, float, bool, float]


def gain(weights: np.ndarray, odds: float) -> float:
    return max(0.0, weights[0] + weights[1] * odds)


def sayings(net: SelectionNet, steps: Steps, mirror: Mirror, rows: list[np.ndarray], chart: int, others: list[int], steps_type: str) -> list[list[Said]]:
    """For each row of a chart that another has too, what is said of it."""
    _, _, logits = whole_chart(net, steps, mirror, chart, lane_use(mirror.vocabularies))
    chance = torch.softmax(logits, -1).numpy()
    classes = lambda number: steps.classes[steps.first[number] : steps.first[number + 1]].tolist()
    nearest = sorted(others, key=lambda o: abs(np.log(len(rows[o]) / len(rows[chart]))))[:_VOICES]
    tables = [dict(zip(rows[o].tolist(), classes(o))) for o in nearest]
    right, seen = [_USUAL[steps_type] * _USUAL_ROWS] * len(tables), [_USUAL_ROWS] * len(tables)
    out = []
    for step, (row, own) in enumerate(zip(rows[chart].tolist(), classes(chart))):
        said = []
        for voice, table in enumerate(tables):
            theirs = table.get(row, LOST_CLASS)
            if theirs == LOST_CLASS or own == LOST_CLASS:
                continue
            agreement = right[voice] / seen[voice]
            said.append((theirs, float(chance[step, theirs]), theirs == own, float(np.log(agreement / (1.02 - agreement)))))
            right[voice] = right[voice] * _MEMORY + (theirs == own)
            seen[voice] = seen[voice] * _MEMORY + 1
        if said:
            out.append(said)
    return out


def fit(net: SelectionNet, folder: Path, vocabularies: dict[str, np.ndarray], seed: int) -> np.ndarray:
    """Two weights by maximum likelihood on training charts whose songs have others: of a companion's panels, the gain in log-odds is
    `max(0, w0 + w1 * log-odds of agreement)`. Zeros where no song has several."""
    entries = [e for e in cache.load_charts(folder) if not e.valid and e.chart.measures_known]
    songs: dict[tuple, list[int]] = defaultdict(list)
    for i, e in enumerate(entries):
        songs[e.source, e.chart.title, e.chart.artist, e.audio, e.chart.steps_type].append(i)
    random, mirror = np.random.default_rng(seed), Mirror(vocabularies)
    several = [song for song in songs.values() if len(song) > 1]
    said: list[list[Said]] = []
    for steps_type in layout.STEPS_TYPES:
        own = [song for song in several if entries[song[0]].chart.steps_type == steps_type]
        for number in sorted(random.permutation(len(own))[:_CHARTS]):
            group = [entries[i] for i in own[number]]
            rows = [e.chart.rows for e in group]
            chart = int(random.integers(len(group)))
            others = [i for i in range(len(group)) if not np.array_equal(rows[i], rows[chart])]
            if others:
                said += sayings(net, Steps.of(group, mirror), mirror, rows, chart, others, steps_type)

    if not said:
        return np.zeros(2, np.float32)

    def loss(weights: np.ndarray) -> float:
        total = 0.0
        for row in said:
            gains: dict[tuple[int, float, bool], float] = defaultdict(float)
            for panels, chance, hit, odds in row:
                gains[panels, chance, hit] += gain(weights, odds)
            total += np.log1p(sum(chance * np.expm1(g) for (_, chance, _), g in gains.items()))
            total -= sum(g for (_, _, hit), g in gains.items() if hit)
        return total / len(said)

    return minimize(loss, np.array([1.0, 0.5]), method="Nelder-Mead", options={"maxiter": 120}).x.astype(np.float32)
