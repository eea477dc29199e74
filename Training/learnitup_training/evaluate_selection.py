"""Selection figures on validation charts: the network, and an n-gram as its baseline."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch

from . import cache, layout
from .corpus import Entry
from .model import SelectionNet
from .selection_data import LOST_CLASS, Batch, Mirror, Steps, window
from .train_selection import hidden_vectors, lane_use, row_logits

LOST_NLL = math.log(1e4)  # a row outside the vocabulary is counted as this unlikely, and as missed
_BANDS = ((1, 9), (10, 14), (15, 18), (19, 30))


def _tail_known(length: int, region: int) -> np.ndarray:
    """Hidden regions of `region` steps with as many known steps between."""
    return (np.arange(length) // region) % 2 == 0


def whole_chart(
    net: SelectionNet, steps: Steps, mirror: Mirror, chart: int, use: dict[str, torch.Tensor], hidden: np.ndarray | None = None
) -> tuple[Batch, torch.Tensor, torch.Tensor]:
    """A chart in one run: what is read, hidden vectors, and [steps, rows] logits, each knowing all before it. `hidden` [1, steps]: all
    unless told."""
    length = int(steps.first[chart + 1] - steps.first[chart])
    hidden = np.ones((1, length), bool) if hidden is None else hidden
    conditions = (steps.level[[chart]], steps.density[[chart]], np.zeros((1, len(layout.STYLES)), np.float32))
    with torch.no_grad():
        batch = window(steps, mirror, np.array([chart]), steps.first[[chart]], length, np.array([0]), hidden, conditions)
        vector, _ = hidden_vectors(net, batch)
        steps_type = layout.STEPS_TYPES[int(steps.steps_type[chart])]
        return batch, vector, row_logits(net, vector, batch, torch.ones(batch.classes.shape, dtype=torch.bool), steps_type, use)


def score_charts(net: SelectionNet, steps: Steps, mirror: Mirror, charts: np.ndarray, region: int | None = None) -> np.ndarray:
    """[scored steps, 4]: chart, negative log-likelihood, rank of the true row, hold length right (-1 without). Whole
    charts in one run; with `region`, alternating hidden and known stretches, scored where hidden."""
    use = lane_use(mirror.vocabularies)
    out = []
    with torch.no_grad():
        for chart in charts:
            length = int(steps.first[chart + 1] - steps.first[chart])
            hidden = np.ones((1, length), bool) if region is None else _tail_known(length, region)[None]
            batch, vector, logits = whole_chart(net, steps, mirror, chart, use, hidden)
            chance = torch.log_softmax(logits, -1)
            target = batch.classes[0].clamp(min=0)
            own = chance.gather(1, target[:, None])
            rank = (chance > own).sum(1).float()
            lost = batch.classes[0] == LOST_CLASS
            holds = net.hold_logits(vector[0], batch.rows[0]).argmax(1)
            right = torch.where(batch.hold_class[0] < 0, -1, (holds == batch.hold_class[0]).long())
            line = torch.stack([torch.full_like(rank, float(chart)), torch.where(lost, LOST_NLL, -own[:, 0]), torch.where(lost, 999.0, rank), right.float()], 1)
            out.append(line.numpy()[hidden[0]])
    return np.concatenate(out)


def summary(lines: np.ndarray) -> dict[str, float]:
    holds = lines[lines[:, 3] >= 0, 3]
    return {"rows": len(lines), "top1": float((lines[:, 2] < 1).mean()), "top3": float((lines[:, 2] < 3).mean()),
            "perplexity": float(np.exp(lines[:, 1].mean())), "hold_length": float(holds.mean()) if len(holds) else 0.0}


def ngram(training: list[Entry], charts: list[Entry], order: int = 5) -> dict[str, float]:
    """Interpolated (Witten-Bell) n-gram over rows, with all mirrors of the training charts."""
    steps_type = charts[0].chart.steps_type
    tables: list[dict[tuple, Counter]] = [defaultdict(Counter) for _ in range(order)]
    shift, mirrors = layout.LANES[steps_type], layout.mirrors(steps_type)

    def line(entry: Entry, permutation: np.ndarray) -> list[int]:
        move = lambda sets: sum((((sets >> lane) & 1) << int(to) for lane, to in enumerate(permutation)), np.zeros_like(sets))
        return (move(entry.chart.taps) | move(entry.chart.heads) << np.uint32(shift)).tolist()

    for entry in training:
        for permutation in mirrors:
            rows = [-1] * (order - 1) + line(entry, permutation)
            for i in range(order - 1, len(rows)):
                for n in range(order):
                    tables[n][tuple(rows[i - n : i])][rows[i]] += 1
    nll = hits = count = 0.0
    for entry in charts:
        rows = [-1] * (order - 1) + line(entry, mirrors[0])
        for i in range(order - 1, len(rows)):
            chance = 1e-4
            guess = None
            for n in range(order):
                seen = tables[n].get(tuple(rows[i - n : i]))
                if seen:
                    total, kinds = sum(seen.values()), len(seen)
                    chance = (seen[rows[i]] + kinds * chance) / (total + kinds)
                    guess = max(seen, key=seen.get)
            nll, hits, count = nll - math.log(chance), hits + (guess == rows[i]), count + 1
    return {"rows": count, "top1": hits / count, "perplexity": math.exp(nll / count)}


def report(net: SelectionNet, folder: Path, vocabularies: dict[str, np.ndarray], limit: int = 80, baseline: bool = False) -> dict:
    """Figures by steps type and level band; at most `limit` validation charts a type (spread evenly)."""
    entries = cache.load_charts(folder)
    valid = [e for e in entries if e.valid and e.chart.measures_known]
    mirror = Mirror(vocabularies)
    steps = Steps.of(valid, mirror)
    out: dict = {}
    for number, steps_type in enumerate(layout.STEPS_TYPES):
        found = np.flatnonzero((steps.steps_type == number) & np.array([e.clean for e in valid]))
        if not len(found):
            continue
        picked = found[np.unique(np.linspace(0, len(found) - 1, min(limit, len(found))).astype(int))]
        lines = score_charts(net, steps, mirror, picked)
        part = summary(lines) | {"charts": len(picked)}
        levels = steps.level[lines[:, 0].astype(int)]
        for low, high in _BANDS:
            band = lines[(levels >= low) & (levels <= high)]
            if len(band):
                part[f"level {low}-{high}"] = summary(band)
        part["infill of 16 rows"] = summary(score_charts(net, steps, mirror, picked, region=16))
        if baseline:
            training = [e for e in entries if not e.valid and e.clean and e.chart.steps_type == steps_type]
            part["5-gram"] = ngram(training[:: max(1, len(training) // 1500)], [valid[i] for i in picked])
        out[steps_type] = part
    return out
