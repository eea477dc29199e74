"""Placement figures on the validation songs, and the tables exported with the weights."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from . import cache, companion, layout
from .decode import best, f1, front_vectors, match, note_logits, offered
from .gaps import Gap, gaps
from .memory import Recollection
from .model import PlacementNet
from .placement_data import Gains, GridChart, Songs, charts_with_sound, grid_chart

_TOLERANCE = 0.020
_THRESHOLDS = np.linspace(0.05, 0.8, 76)
_BANDS = ((0, 3), (4, 6), (7, 9), (10, 12), (13, 30))


@dataclass
class Scored:
    chart: GridChart
    seconds: np.ndarray  # of all slots
    truth: np.ndarray  # seconds of the notes
    logits: np.ndarray
    allowed: np.ndarray

    @property
    def judged(self) -> np.ndarray:
        """Slots from the chart's first to its last step: as in DDC's own evaluation, what comes before and after is not scored."""
        return self.allowed & (self.seconds >= self.truth[0] - _TOLERANCE) & (self.seconds <= self.truth[-1] + _TOLERANCE)


def slot_seconds(chart: GridChart) -> np.ndarray:
    """[tokens, 2]: slot 2k at the token's time, slot 2k + 1 halfway to the next."""
    seconds = chart.token_seconds
    return np.stack([seconds[:-1], (seconds[:-1] + seconds[1:]) / 2], 1)


def score_from_scratch(net: PlacementNet, charts: list[GridChart], songs: Songs, truths: list[np.ndarray], *,
                       density: str, sound: str = "own", densities: np.ndarray | None = None) -> list[Scored]:
    """`density`: "own" (the chart's) or "table"; `sound`: "own", "none", or "other" (the next song's)."""
    names = sorted(songs.raw)
    vectors = {name: front_vectors(net, songs, name) for name in names} if sound != "none" else {}
    out = []
    for chart, truth in zip(charts, truths):
        name = chart.audio if sound == "own" else names[(names.index(chart.audio) + 1) % len(names)]
        value = chart.density if density == "own" else float(densities[chart.steps_type, chart.level])
        hidden = np.ones((chart.tokens, 2), bool)
        logits = note_logits(net, chart, vectors.get(name), hidden, density=value)
        out.append(Scored(chart, slot_seconds(chart), truth, logits, offered(chart)))
    return out


def count_given(scored: list[Scored], whole: bool = False) -> np.ndarray:
    """F1 per chart with the author's number of rows; `whole`: over the whole song, not only where the chart has steps."""
    out = []
    for s in scored:
        chosen = best(s.logits, s.allowed if whole else s.judged, len(s.truth))
        out.append(f1(match(np.sort(s.seconds[chosen]), s.truth), int(chosen.sum()), len(s.truth)))
    return np.array(out)


def chances_of(logits: np.ndarray, calibration: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(calibration[0] * logits + calibration[1])))


def by_threshold(scored: list[Scored], calibration: np.ndarray) -> np.ndarray:
    """[charts, thresholds] F1."""
    out = np.zeros((len(scored), len(_THRESHOLDS)))
    for i, s in enumerate(scored):
        chance = chances_of(s.logits, calibration)
        for j, threshold in enumerate(_THRESHOLDS):
            times = np.sort(s.seconds[(chance >= threshold) & s.judged])
            out[i, j] = f1(match(times, s.truth), len(times), len(s.truth))
    return out


def calibrate(scored: list[Scored], steps: int = 60) -> np.ndarray:
    """Slope and shift of the logits by maximum likelihood (Platt)."""
    x = torch.from_numpy(np.concatenate([s.logits[s.allowed] for s in scored]).astype(np.float32))
    y = torch.from_numpy(np.concatenate([s.chart.notes[s.allowed] for s in scored]).astype(np.float32))
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=steps)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * x + line[1], y)
        value.backward()
        return value

    optimiser.step(loss)
    return line.detach().numpy()


def dance_thresholds(scored: list[Scored], table: np.ndarray) -> np.ndarray:
    """[32] best threshold by level band (mean F1 smoothed), last that of charts of unknown level."""
    games = np.array([s.chart.steps_type >= 3 for s in scored])
    levels = np.array([s.chart.level for s in scored])
    graded = levels < layout.UNKNOWN_LEVEL
    out = np.full(layout.LEVELS, _THRESHOLDS[table[graded].mean(0).argmax()], np.float32)
    if (games & ~graded).any():
        out[layout.UNKNOWN_LEVEL] = _THRESHOLDS[table[games & ~graded].mean(0).argmax()]
    for level in range(layout.LEVELS - 1):
        weight = games * np.exp(-0.5 * ((levels - level) / 2.0) ** 2) * graded
        if weight.sum() > 2:
            out[level] = _THRESHOLDS[(weight[:, None] * table).sum(0).argmax()]
    return out


_ASKED_LEVELS = (*range(1, 29, 3), layout.UNKNOWN_LEVEL)


def matched_threshold(chances: list[np.ndarray], seconds: list[float], rate: float) -> float:
    """The threshold above which `rate` rows a second stand, in the mean of the logarithm over stretches of so many seconds."""
    rates = np.zeros(len(_THRESHOLDS))
    for chance, length in zip(chances, seconds):
        rates += np.log((chance[:, None] >= _THRESHOLDS).sum(0).clip(1) / length) / len(chances)
    return float(_THRESHOLDS[np.abs(rates - math.log(rate)).argmin()])


def pump_thresholds(net: PlacementNet, charts: list[GridChart], songs: Songs, calibration: np.ndarray, densities: np.ndarray) -> np.ndarray:
    """[3, 32] where too few charts with sound could tell the best threshold: that at which as many rows stand in the charts' songs,
    between their first and last steps, as people write at that level."""
    vectors = {name: front_vectors(net, songs, name) for name in {c.audio for c in charts}}
    spans = [slice(c.span()[0], c.span()[1] + 1) for c in charts]
    seconds = [float(c.token_seconds[s.stop] - c.token_seconds[s.start]) for c, s in zip(charts, spans)]

    def threshold(steps_type: int, level: int) -> float:
        rate, chances = float(densities[steps_type, level]), []
        for chart, span in zip(charts, spans):
            asked, hidden = replace(chart, steps_type=steps_type), np.ones((chart.tokens, 2), bool)
            logits = note_logits(net, asked, vectors[chart.audio], hidden, density=rate, level=level, span=span)
            chances.append(chances_of(logits, calibration)[offered(chart)[span]])
        return matched_threshold(chances, seconds, rate)

    out = []
    for steps_type in range(3):
        *by_level, unknown = (threshold(steps_type, level) for level in _ASKED_LEVELS)
        out.append([*np.interp(np.arange(layout.LEVELS - 1), _ASKED_LEVELS[:-1], by_level), unknown])
    return np.array(out, np.float32)


def filled_in(net: PlacementNet, songs: Songs, found: list[Gap], gains: Gains | None) -> float:
    """Mean slot-exact F1, the number of rows given; `gains` of the memory."""
    out, name = [], None
    for gap in found:
        if gap.chart.audio != name:  # neighbours of one song hear it once
            name, vectors = gap.chart.audio, front_vectors(net, songs, gap.chart.audio)
        logits = gap.logits(net, vectors, gains=gains)
        notes = gap.chart.notes[gap.span] > 0
        chosen = best(logits, offered(gap.chart)[gap.span], gap.count)
        out.append(f1(int((chosen & notes).sum()), int(chosen.sum()), gap.count))
    return float(np.mean(out))


def fitted_tables(net: PlacementNet, folder: Path, checkpoint: dict, seed: int, most: int = 400) -> dict[str, np.ndarray]:
    """Calibration, thresholds and the belief in other charts, from charts of training songs: the network, which fits those no
    better than others, has to be asked about songs by which it is not judged."""
    charts, songs, truths = charts_with_sound(folder, checkpoint, False)
    chosen = np.sort(np.random.default_rng(seed).permutation(len(charts))[:most])
    charts, truths = [charts[i] for i in chosen], [truths[i] for i in chosen]
    guessed = score_from_scratch(net, charts, songs, truths, density="table", densities=checkpoint["densities"])
    calibration = calibrate([s for s in guessed if s.chart.level != layout.UNKNOWN_LEVEL])
    table = by_threshold(guessed, calibration)
    one_a_song = list({c.audio: c for c in charts}.values())[:_MATCHED]
    matched = pump_thresholds(net, one_a_song, songs, calibration, checkpoint["densities"])
    threshold = np.concatenate([matched, np.tile(dance_thresholds(guessed, table), (2, 1))])
    gains = Recollection(checkpoint["memory"], net, songs).gains
    trusted = companion.fit(_beside_others(net, folder, songs, calibration, gains, seed))
    return {"calibration": calibration, "threshold": threshold, "companion.trust": trusted} | checkpoint["memory"]


_MATCHED = 40  # songs in which it is looked how many rows stand above a threshold
_HEARD, _UNHEARD = 160, 400  # charts by which it is judged how far other charts are to be believed


def _beside_others(
    net: PlacementNet, folder: Path, songs: Songs, calibration: np.ndarray, gains: Gains, seed: int
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Hidden measures, and whole charts with sound, of training charts whose songs have others: calibrated log-odds, what the
    others say, notes."""
    entries = [e for e in cache.load_charts(folder) if not e.valid]
    pairs = [(e, r) for e, r in zip(entries, companion.rhythms(entries)) if r.others]
    random = np.random.default_rng(seed)
    for heard, most in ((True, _HEARD), (False, _UNHEARD)):
        group = [p for p in pairs if (p[0].audio is not None) == heard]
        for i in sorted(random.permutation(len(group))[:most]):
            entry, rhythm = group[i]
            chart = grid_chart(entry, songs.raw[entry.audio] if heard else None)
            vectors = front_vectors(net, songs, entry.audio) if heard else None
            game = entry.chart.steps_type.split("-")[0]

            def piece(logits: np.ndarray, span: slice, written: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
                there = offered(chart)[span].ravel()
                said = companion.columns(rhythm, written, rhythm.density, 2 * span.start, 2 * span.stop, game)
                odds = calibration[0] * logits.ravel() + calibration[1]
                return odds[there], said[there], chart.notes[span].ravel()[there]

            for past_only in (True, False):
                for gap in gaps([chart], 4, past_only, seed, most=2):
                    before, after = rhythm.slots < 2 * gap.span.start, rhythm.slots >= 2 * gap.span.stop
                    written = rhythm.slots[before if past_only else before | after]
                    yield piece(gap.logits(net, vectors, gains=gains), gap.span, written)
            if heard:
                low, high = chart.span()
                span = slice(low, high + 1)
                logits = note_logits(net, chart, vectors, np.ones((chart.tokens, 2), bool), density=chart.density, span=span)
                yield piece(logits, span, rhythm.slots[:0])


def report(net: PlacementNet, folder: Path, checkpoint: dict, seed: int = 1, limit: int | None = None) -> tuple[dict, dict[str, np.ndarray]]:
    """Figures by game and level band, and the tables to export."""
    charts, songs, truths = charts_with_sound(folder, checkpoint, True, limit)
    graded = [i for i, c in enumerate(charts) if c.level != layout.UNKNOWN_LEVEL]
    charts, truths = [charts[i] for i in graded], [truths[i] for i in graded]
    densities = checkpoint["densities"]
    tables = fitted_tables(net, folder, checkpoint, seed)
    given = score_from_scratch(net, charts, songs, truths, density="own")
    guessed = score_from_scratch(net, charts, songs, truths, density="table", densities=densities)
    table = by_threshold(guessed, tables["calibration"])
    chosen = tables["threshold"]
    picks = [int(np.abs(_THRESHOLDS - chosen[c.steps_type, c.level]).argmin()) for c in charts]
    banded = table[np.arange(len(charts)), picks]
    known, whole = count_given(given), count_given(given, whole=True)
    dance = np.array([c.steps_type >= 3 for c in charts])
    figures: dict = {"charts": int(dance.sum()), "pump_charts": int((~dance).sum())}
    for name, group in (("dance", dance), ("pump", ~dance)):
        if group.any():
            figures[name] = {"f1_one_threshold": float(table[group].mean(0).max()), "f1_threshold": float(banded[group].mean()),
                             "f1_best_per_chart": float(table[group].max(1).mean()), "f1_count_given": float(known[group].mean()), "f1_count_given_whole_song": float(whole[group].mean())}
    for low, high in _BANDS:
        group = dance & np.array([low <= c.level <= high for c in charts])
        if group.any():
            figures["dance"][f"level {low}-{high}"] = {"charts": int(group.sum()), "f1_threshold": float(banded[group].mean()), "f1_count_given": float(known[group].mean())}
    for sound in ("none", "other"):
        blind = score_from_scratch(net, charts, songs, truths, density="own", sound=sound)
        figures[f"count_given_sound_{sound}"] = float(count_given(blind)[dance].mean())
    gains = Recollection(checkpoint["memory"], net, songs).gains
    dance_charts = [c for c, d in zip(charts, dance) if d]
    for measures in (2, 4, 8):
        figures[f"infill_{measures}"] = filled_in(net, songs, gaps(dance_charts, measures, False, seed), gains)
    for measures in (1, 4):
        figures[f"next_{measures}"] = filled_in(net, songs, gaps(dance_charts, measures, True, seed), gains)
    return figures, tables
