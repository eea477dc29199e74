"""Songs and charts on the beat grid, and batches of crops with hidden parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from . import cache, layout, motif, style
from .corpus import Entry
from .features import FRAMES_PER_SECOND
from .selection_data import density, drop_conditions
from .selection_data import scalars as base_scalars

CROP_BEATS = 64
CROP = CROP_BEATS * layout.TOKENS_PER_BEAT
MEMORY_UNIT = 4.0  # of the log-odds that a slot gains by memory, as the network reads them
_EDGE_SECONDS = 10.0  # how far the start and the end of a song are felt


def token_rows(count: int) -> np.ndarray:
    return np.arange(count) * (layout.ROWS_PER_BEAT // layout.TOKENS_PER_BEAT)


@dataclass
class GridChart:
    """A chart on the grid: notes, holds, jumps are uint8 [tokens, 2]; token_seconds has one more token."""

    notes: np.ndarray
    holds: np.ndarray
    jumps: np.ndarray
    token_seconds: np.ndarray
    steps_type: int
    level: int
    density: float
    style: np.ndarray
    measures_known: bool
    audio: str | None
    similar: np.ndarray | None  # motif similarities of the song's measures under this chart's timing

    @property
    def tokens(self) -> int:
        return len(self.notes)

    def span(self) -> tuple[int, int]:
        """First and last token with a note."""
        filled = np.flatnonzero(self.notes.any(1))
        return int(filled[0]), int(filled[-1])


def grid_chart(entry: Entry, frames: np.ndarray | None) -> GridChart:
    chart = entry.chart
    last_row = int(chart.rows[-1]) + 4 * layout.ROWS_PER_BEAT
    if frames is not None:
        last_row = min(max(last_row, chart.timing.last_row(len(frames) / FRAMES_PER_SECOND)), last_row + 64 * layout.ROWS_PER_BEAT)
    tokens = -(-last_row // (4 * layout.ROWS_PER_BEAT)) * layout.TOKENS_PER_MEASURE
    seconds = chart.timing.seconds(token_rows(tokens + 1))
    marks = np.zeros((3, tokens * 2), np.uint8)
    slots = chart.rows // 2
    lanes = np.array([int(n).bit_count() for n in chart.taps | chart.heads])
    marks[0, slots] = 1
    marks[1, slots[chart.heads > 0]] = 1
    marks[2, slots[lanes > 1]] = 1
    similar = motif.similarity(frames, seconds[:-1]).astype(np.float16) if frames is not None else None
    level = layout.UNKNOWN_LEVEL if chart.level is None else min(chart.level, 30)
    return GridChart(*(m.reshape(-1, 2) for m in marks), seconds, layout.STEPS_TYPES.index(chart.steps_type), level,
                     density(entry), style.labels(chart), chart.measures_known, entry.audio, similar)


# Of a chart, what of it is hidden, and a span of its tokens: what the log-odds of the span's slots gain, [tokens, 2].
Gains = Callable[[GridChart, np.ndarray, slice], np.ndarray]


class Songs:
    """Normalised features by audio path, float16 in memory."""

    def __init__(self, folder: Path, audio: set[str], mean: np.ndarray | None = None, std: np.ndarray | None = None) -> None:
        raw = {a: cache.load_features(folder, a) for a in sorted(audio)}
        if mean is None:
            means = np.stack([f.astype(np.float32).mean(0) for f in raw.values()])
            mean = means.mean(0)
            std = np.sqrt(np.mean([((f.astype(np.float32) - mean) ** 2).mean(0) for f in raw.values()], axis=0))
        self.mean, self.std = mean, np.maximum(std, 1e-2)
        self.raw = raw

    def duration(self, audio: str) -> float:
        """Seconds."""
        return len(self.raw[audio]) / FRAMES_PER_SECOND

    def frames(self, audio: str, start: int, stop: int) -> np.ndarray:
        """Normalised frames start ..< stop, zeros outside the song."""
        source = self.raw[audio]
        out = np.zeros((stop - start, source.shape[1]), np.float32)
        low, high = max(0, start), min(len(source), stop)
        if low < high:
            out[low - start : high - start] = (source[low:high] - self.mean) / self.std
        return out


def charts_with_sound(folder: Path, checkpoint: dict, valid: bool, limit: int | None = None) -> tuple[list[GridChart], Songs, list[np.ndarray]]:
    """The split's charts with audio, their songs, and each chart's true note times."""
    entries = [e for e in cache.load_charts(folder) if e.audio and e.valid == valid][:limit]
    songs = Songs(folder, {e.audio for e in entries}, checkpoint["mean"], checkpoint["std"])
    return [grid_chart(e, songs.raw[e.audio]) for e in entries], songs, [e.chart.seconds for e in entries]


def static_channels(seconds: np.ndarray, first: int, measures_known: bool, audio: bool) -> np.ndarray:
    """Channels 0–19 of tokens `first ..< first + len(seconds) - 1`, whose times are `seconds`."""
    count = len(seconds) - 1
    token = first + np.arange(count)
    out = np.zeros((count, 20), np.float32)
    out[:, 0] = audio
    phase = 2 * np.pi * (token % layout.TOKENS_PER_BEAT) / layout.TOKENS_PER_BEAT
    out[:, 1], out[:, 2] = np.sin(phase), np.cos(phase)
    out[np.arange(count), 3 + token % layout.TOKENS_PER_BEAT] = 1
    if measures_known:
        out[np.arange(count), 15 + token // layout.TOKENS_PER_BEAT % 4] = 1
    out[:, 19] = np.log(np.clip(layout.TOKENS_PER_BEAT * np.diff(seconds), 0.1, 4) / 0.4)
    return out


def edge_channels(seconds: np.ndarray, duration: float | None) -> np.ndarray:
    """[tokens, 2]: 1 at the song's start and at its end, falling off inwards; zeros without a song. Few charts step in the
    first and last seconds."""
    if duration is None:
        return np.zeros((len(seconds), 2), np.float32)
    inward = np.stack([seconds, duration - seconds], 1).clip(min=0)
    return np.exp(-inward / _EDGE_SECONDS).astype(np.float32)


def context_channels(chart: GridChart, hidden: np.ndarray, first: int, count: int) -> np.ndarray:
    """Channels 20–29 for a crop, where `hidden` [tokens, 2] (the whole chart) says what may not be seen."""
    seen = ~hidden
    notes = chart.notes * seen
    if chart.similar is not None and seen.any():
        memory = motif.channels(chart.similar.astype(np.float32), notes.astype(np.float32), seen)
    else:
        memory = np.zeros((chart.tokens, 6), np.float32)
    crop = slice(first, first + count)
    return np.concatenate([seen[crop], notes[crop], memory[crop]], 1).astype(np.float32)


@dataclass
class Hidings:
    """How often what is hidden of a crop is everything, a region of it, and what comes after a beat; single slots else."""

    everything: float
    region: float
    future: float
    far: float  # the share of regions and futures of which only some measures around are known, as of a chart just begun


HEARING = Hidings(0.45, 0.30, 0.17, 0)
REMEMBERING = Hidings(0.33, 0.38, 0.24, 0.3)


def hide(random: np.random.Generator, chart: GridChart, first: int, count: int, often: Hidings = HEARING) -> tuple[np.ndarray, bool]:
    """What a crop may not see, over the whole chart, and whether the hidden part is one bounded region."""
    hidden = np.ones((chart.tokens, 2), bool)
    regime = random.random()
    if regime < often.everything:
        return hidden, False
    hidden, bounded = _hide_part(random, chart, first, count, regime - often.everything, often)
    if chart.similar is not None and random.random() < often.far:
        unseen = np.flatnonzero(hidden.all(1))
        if len(unseen):
            hide_far(random, hidden, unseen[0], unseen[-1] + 1)
            return hidden, False
    return hidden, bounded


def hide_far(random: np.random.Generator, hidden: np.ndarray, start: int, stop: int) -> None:
    """Hides all but a few measures on each side of tokens `start ..< stop`, as of a chart just begun."""
    before, after = random.choice([1, 2, 4, 8, 16], 2) * layout.TOKENS_PER_MEASURE
    hidden[: max(0, start - before)] = True
    hidden[stop + after :] = True


def _hide_part(
    random: np.random.Generator, chart: GridChart, first: int, count: int, regime: float, often: Hidings
) -> tuple[np.ndarray, bool]:
    hidden = np.ones((chart.tokens, 2), bool)
    beat, stop = layout.TOKENS_PER_BEAT, min(chart.tokens, first + count)
    if regime < often.region:
        hidden[:] = False
        for _ in range(2 if chart.similar is None else 1):
            length = int(random.choice([1, 2, 4, 8, 16, 16, 32, 32])) * beat
            start = first + int(random.integers(0, max(1, count - length)) // beat * beat)
            hidden[start : min(stop, start + length)] = True
        return hidden, True
    if regime < often.region + often.future:
        hidden[: first + int(random.integers(beat, max(beat + 1, count - 4 * beat))) // beat * beat] = False
        return hidden, False
    return random.random(hidden.shape) < random.uniform(0.3, 0.9), False


def _region_density(chart: GridChart, hidden: np.ndarray) -> float:
    span = np.flatnonzero(hidden.any(1))
    seconds = np.diff(chart.token_seconds)[span].sum()
    return float(chart.notes[hidden].sum() / max(0.2, seconds))


def _as_pump(random: np.random.Generator, chart: GridChart, levels: np.ndarray) -> tuple[int, int]:
    """A dance chart with sound relabelled as a Pump one of like density, so that hearing carries over."""
    steps_type = int(random.choice([0, 0, 1, 2]))
    if random.random() < 0.3:
        return steps_type, layout.UNKNOWN_LEVEL
    nearest = int(np.abs(np.log(levels[steps_type, 1:29] / chart.density)).argmin()) + 1
    return steps_type, int(np.clip(nearest + random.integers(-1, 2), 1, 28))


@dataclass
class Batch:
    frames: torch.Tensor  # [songs, frames, 240]
    song: torch.Tensor  # [crops], -1 without audio
    position: torch.Tensor  # [crops, tokens], frame position within the song's frames
    channels: torch.Tensor
    scalars: torch.Tensor
    level: torch.Tensor
    steps_type: torch.Tensor
    target: torch.Tensor  # [crops, tokens, 6]
    weight: torch.Tensor  # [crops, tokens, 2], 0 where not to be guessed


def scalars(level: np.ndarray, density_: np.ndarray, region: np.ndarray, styles: np.ndarray) -> np.ndarray:
    """[crops, 18]; densities NaN where unknown."""
    base, known = base_scalars(level, density_, styles), ~np.isnan(region)
    value = np.where(known, np.log(np.where(known, region, 1).clip(0.1) / 4), 0)
    return np.concatenate([base[:, :4], value[:, None], known[:, None], base[:, 4:]], 1).astype(np.float32)


class Sampler:
    """Draws training batches: some songs, several charts (or hidings) of each, and charts without sound."""

    def __init__(self, charts: list[GridChart], songs: Songs, densities: np.ndarray, gains: Gains | None = None) -> None:
        """`gains`: what a memory gives; None while there is none."""
        self.songs, self.densities, self.gains = songs, densities, gains
        self.often = REMEMBERING if gains else HEARING
        self.silent = [c for c in charts if c.audio is None]
        self.by_song: dict[str, list[GridChart]] = {}
        for chart in charts:
            if chart.audio is not None:
                self.by_song.setdefault(chart.audio, []).append(chart)
        self.names = sorted(self.by_song)
        lengths = np.array([self.by_song[n][0].tokens for n in self.names], float)
        self.odds = lengths / lengths.sum()

    def draw(self, random: np.random.Generator, songs: int = 4, each: int = 2, silent: int = 1) -> Batch:
        frames, crops = [], []
        for number, name in enumerate(random.choice(self.names, songs, replace=False, p=self.odds)):
            charts = self.by_song[name]
            first = int(random.integers(0, max(1, charts[0].tokens - CROP)) // 48 * 48)
            picked = [charts[int(random.integers(len(charts)))] for _ in range(each)]
            seconds = [self._seconds(c, first) for c in picked]
            start = int(min(s[0] for s in seconds) * FRAMES_PER_SECOND) - 8
            stop = int(min(max(s[-1] for s in seconds) * FRAMES_PER_SECOND, start + 9000)) + 8
            block = self.songs.frames(name, start, stop)
            frames.append(self._disturb(random, block))
            shift = random.uniform(-0.01, 0.01)
            crops += [self._crop(random, c, first, number, start, s + shift) for c, s in zip(picked, seconds)]
        for chart in (self.silent[int(i)] for i in random.integers(0, len(self.silent), silent if self.silent else 0)):
            low, high = chart.span()
            first = int(random.integers(low, max(low + 1, high - CROP // 2)) // 48 * 48)
            crops.append(self._crop(random, chart, first, -1, 0, self._seconds(chart, first)))
        longest = max(len(f) for f in frames)
        padded = np.stack([np.pad(f, ((0, longest - len(f)), (0, 0))) for f in frames])
        return Batch(torch.from_numpy(padded), *(torch.from_numpy(np.stack(x)) for x in zip(*crops)))

    @staticmethod
    def _seconds(chart: GridChart, first: int) -> np.ndarray:
        """Times of the crop's tokens and the one after; past the end they go on at the last pace."""
        take = chart.token_seconds[min(first, chart.tokens - 1) : first + CROP + 1]
        pace = max(1e-3, take[-1] - take[-2])
        return np.concatenate([take, take[-1] + pace * np.arange(1, CROP + 2 - len(take))])

    @staticmethod
    def _disturb(random: np.random.Generator, block: np.ndarray) -> np.ndarray:
        """Another loudness, another equaliser, and a few bands silenced."""
        bands = np.linspace(0, np.pi, 80, dtype=np.float32)
        curve = sum(np.float32(random.normal(0, 0.35 / (1 + wave))) * np.cos(wave * bands) for wave in range(4))
        block = block + np.tile(curve, 3)
        if random.random() < 0.5:
            width, low = int(random.integers(2, 14)), int(random.integers(0, 70))
            for window in range(3):
                block[:, window * 80 + low : window * 80 + min(80, low + width)] = 0
        return block

    def _crop(self, random: np.random.Generator, chart: GridChart, first: int, song: int, start: int, seconds: np.ndarray) -> tuple:
        count = min(CROP, chart.tokens - first)
        deaf = song >= 0 and random.random() < 0.08
        hidden, bounded = hide(random, chart, first, count, self.often)
        steps_type, level = chart.steps_type, chart.level
        if song >= 0 and steps_type >= 3 and random.random() < 0.3:
            steps_type, level = _as_pump(random, chart, self.densities)
        level_, dense, styles = (x[0] for x in drop_conditions(random, np.array([level]), np.array([chart.density]), chart.style[None].astype(np.float32)))
        region = _region_density(chart, hidden) if bounded and random.random() < 0.7 else np.nan
        channels = np.zeros((CROP, layout.TOKEN_CHANNEL_COUNT), np.float32)
        downbeat = chart.measures_known and random.random() > 0.15
        channels[:, :20] = static_channels(seconds, first, downbeat, song >= 0 and not deaf)
        channels[:count, 20:30] = context_channels(chart, hidden, first, count)
        if deaf or random.random() < 0.1:
            channels[:, 24:30] = 0
        channels[:, 30:32] = edge_channels(seconds[:-1], self.songs.duration(chart.audio) if song >= 0 and not deaf else None)
        crop = slice(first, first + count)
        if self.gains and song >= 0 and not deaf:
            channels[:count, 32:] = self.gains(chart, hidden, crop) / MEMORY_UNIT
        target = np.zeros((CROP, 6), np.float32)
        target[:count] = np.concatenate([chart.notes[crop], chart.holds[crop], chart.jumps[crop]], 1)
        weight = np.zeros((CROP, 2), np.float32)
        weight[:count] = hidden[crop] * (np.diff(seconds[: count + 1]) > 1e-4)[:, None]
        position = (seconds[:-1] * FRAMES_PER_SECOND - start).astype(np.float32)
        return (np.int64(-1 if deaf else song), position, channels, scalars(np.array([level_]), np.array([dense]), np.array([region]), styles[None])[0],
                np.int64(level_), np.int64(steps_type), target, weight)


def density_table(entries: list[Entry]) -> np.ndarray:
    """[5, 32] mean rows a second by type and level; gaps filled along the level, last column the type's mean."""
    out = np.zeros((len(layout.STEPS_TYPES), layout.LEVELS), np.float32)
    for number, steps_type in enumerate(layout.STEPS_TYPES):
        found = [(e.chart.level, density(e)) for e in entries if e.chart.steps_type == steps_type and e.chart.level and e.clean]
        if not found:
            out[number] = 3.0
            continue
        level, dense = np.array([min(l, 30) for l, _ in found]), np.array([d for _, d in found])
        grid, means = np.arange(layout.LEVELS - 1), []
        for at in grid:
            weight = np.exp(-0.5 * ((level - at) / 0.8) ** 2) + 1e-9
            means.append((weight * dense).sum() / weight.sum())
        out[number, :-1] = np.maximum.accumulate(means)
        out[number, -1] = dense.mean()
    return out
