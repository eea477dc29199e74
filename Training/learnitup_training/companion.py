"""What the other charts of a song say of a chart's rhythm: an easier chart mostly steps where a harder one does. Of the charts that
step more often the one most alike has a say, and of those that step less often as well; how far each is believed depends on how
much they differ in density and on how well it agrees with what is written already. The engine does the same (ENGINE.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from .corpus import Entry

COLUMNS = 12
_USUAL_AGREEMENT = {"pump": 0.68, "dance": 0.92}  # before anything is written: means over the training charts
_USUAL_ROWS = 12.0  # so many rows is that worth
_FEWEST_ROWS = 9  # before fewer, densities are compared over the whole charts
_MOST_DIFFERENCE = 1.2
_LIKENESS_OF_DENSITY = 0.3


@dataclass
class Rhythm:
    """A chart's rhythm: slots ascending, and rows a second."""

    slots: np.ndarray
    density: float
    others: list[Rhythm] = field(default_factory=list)

    @classmethod
    def of(cls, entry: Entry) -> Rhythm:
        seconds = entry.chart.seconds
        return cls(np.unique(entry.chart.rows // 2), (len(seconds) - 1) / max(1.0, seconds[-1] - seconds[0]))


def rhythms(entries: list[Entry]) -> list[Rhythm]:
    """Each chart's rhythm with those of its song's other charts, but for such as step on the very same rows."""
    songs: dict[tuple, list[Rhythm]] = defaultdict(list)
    out = []
    for entry in entries:
        out.append(Rhythm.of(entry))
        songs[entry.source, entry.chart.title, entry.chart.artist, entry.audio].append(out[-1])
    for song in songs.values():
        for rhythm in song:
            rhythm.others = [o for o in song if not np.array_equal(o.slots, rhythm.slots)]
    return out


@dataclass
class _Voice:
    other: Rhythm
    denser: bool
    difference: float
    agreement: float

    @property
    def rank(self) -> float:
        return self.agreement - _LIKENESS_OF_DENSITY * self.difference


def _voice(written: np.ndarray, density: float, other: Rhythm, start: int, stop: int, game: str) -> _Voice:
    """`written`: the chart's slots outside of `start ..< stop`."""
    mine = theirs = written[:0]
    if len(written):
        mine = written[(written >= other.slots[0]) & (written <= other.slots[-1])]
        theirs = other.slots[(other.slots >= written[0]) & (other.slots <= written[-1])]
        theirs = theirs[(theirs < start) | (theirs >= stop)]
    fewer = min(len(mine), len(theirs))
    ratio = np.log(len(theirs) / len(mine)) if fewer >= _FEWEST_ROWS else np.log(other.density / density)
    both = len(np.intersect1d(mine, theirs, assume_unique=True))
    agreement = (both + _USUAL_AGREEMENT[game] * _USUAL_ROWS) / (fewer + _USUAL_ROWS)
    return _Voice(other, ratio >= 0, min(_MOST_DIFFERENCE, abs(ratio)), agreement)


def columns(rhythm: Rhythm, written: np.ndarray, density: float, start: int, stop: int, game: str) -> np.ndarray:
    """[stop - start, 12]: for the denser chart 1, difference, and the log-odds of its agreement where it steps, then the same
    where it does not; then for the sparser chart; zeros before its first and after its last step."""
    voices = [_voice(written, density, other, start, stop, game) for other in rhythm.others]
    out = np.zeros((stop - start, COLUMNS))
    at = np.arange(start, stop)
    for half, denser in enumerate((True, False)):
        own = [v for v in voices if v.denser == denser]
        if not own:
            continue
        voice = max(own, key=lambda v: v.rank)
        slots = voice.other.slots
        said = np.array([1.0, voice.difference, np.log(voice.agreement / (1.02 - voice.agreement))])
        steps, spans = np.isin(at, slots), (at >= slots[0]) & (at <= slots[-1])
        out[:, 6 * half : 6 * half + 3] = (steps & spans)[:, None] * said
        out[:, 6 * half + 3 : 6 * half + 6] = (~steps & spans)[:, None] * said
    return out


def fit(pieces: Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> np.ndarray:
    """Weights [12] by maximum likelihood from (log-odds, columns [.., 12], notes) of hidden slots, in units of the log-odds; zeros
    where no song has several charts."""
    found = [(np.column_stack([odds, c, np.ones(len(odds))]), notes) for odds, c, notes in pieces]
    if not found:
        return np.zeros(COLUMNS, np.float32)
    x, y = np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found]).astype(float)

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ line
        inner = np.r_[0, line[1:-1], 0]
        return (np.logaddexp(0, z) - y * z).mean() + 1e-5 * (inner**2).sum(), x.T @ (expit(z) - y) / len(y) + 2e-5 * inner

    line = minimize(loss, np.r_[1.0, np.zeros(COLUMNS + 1)], jac=True, method="L-BFGS-B").x
    return (line[1:-1] / max(0.1, line[0])).astype(np.float32)
