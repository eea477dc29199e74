"""Leaks between the splits that titles do not show: the same sound under two names, the same chart in two files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from . import cache
from .corpus import Entry
from .features import BANDS

_PACE = 10  # frames of the features averaged into one of the fingerprint: ten a second
_POOL = 8  # neighbouring bands averaged
_SAME_SOUND = 0.6  # correlation of fingerprints from which two songs are the same; no two of our splits came to .3
_SHINGLE = 12  # rows
_SAME_CHART = 0.3  # share of a chart's shingles found in one other chart


def fingerprint(frames: np.ndarray) -> np.ndarray:
    """[time, 10]: rises of pooled log-mel, each band of mean 0, all of norm 1."""
    count = len(frames) // _PACE
    pooled = frames[: count * _PACE, BANDS : 2 * BANDS].astype(np.float32).reshape(count, _PACE, BANDS // _POOL, _POOL).mean((1, 3))
    rises = np.diff(np.maximum(pooled, -14), axis=0)
    rises -= rises.mean(0)
    return rises / max(1e-6, float(np.linalg.norm(rises)))


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    """Highest correlation of two fingerprints over all shifts, 1 for the same sound."""
    size = 1 << (len(a) + len(b)).bit_length()
    product = (np.fft.rfft(a, size, axis=0) * np.fft.rfft(b, size, axis=0).conj()).sum(1)
    return float(np.fft.irfft(product, size).max())


def same_sound(folder: Path, entries: list[Entry]) -> list[tuple[str, str, float]]:
    """Songs of the training split that sound like one of the validation split."""
    prints = {(e.audio, e.valid): fingerprint(cache.load_features(folder, e.audio)) for e in entries if e.audio}
    held = [(a, p) for (a, valid), p in prints.items() if valid]
    out = []
    for (audio, valid), own in prints.items():
        if not valid:
            name, value = max(((a, likeness(own, p)) for a, p in held), key=lambda x: x[1], default=("", 0.0))
            out.append((audio, name, value))
    return sorted((x for x in out if x[2] > _SAME_SOUND), key=lambda x: -x[2])


def _shingles(entry: Entry) -> set[int]:
    """Hashes of runs of rows with their gaps; plain repetition (fewer than four kinds of row) says nothing."""
    chart = entry.chart
    words = list(zip(np.diff(chart.rows, prepend=chart.rows[0]).tolist(), (chart.taps | chart.heads).tolist()))
    runs = (tuple(words[i : i + _SHINGLE]) for i in range(1, len(words) - _SHINGLE + 1))
    return {hash(r) for r in runs if len({n for _, n in r}) >= 4 and len({g for g, _ in r}) >= 2}


def same_charts(entries: list[Entry]) -> list[tuple[int, int, float]]:
    """(training chart, validation chart, share) by index, for charts of the same type that share many runs of rows."""
    places: dict[int, list[int]] = {}
    for index, entry in enumerate(entries):
        if entry.valid:
            for shingle in _shingles(entry):
                places.setdefault(shingle, []).append(index)
    out = []
    for index, entry in enumerate(entries):
        if entry.valid:
            continue
        own, hits = _shingles(entry), Counter()
        for shingle in own:
            hits.update(places.get(shingle, ()))
        if own and hits:
            other, count = hits.most_common(1)[0]
            if count / len(own) > _SAME_CHART and entry.chart.steps_type == entries[other].chart.steps_type:
                out.append((index, other, count / len(own)))
    return out


def close(folder: Path, entries: list[Entry]) -> list[Entry]:
    """The entries without the training ones that leak; says which."""
    sounds = {audio: (other, value) for audio, other, value in same_sound(folder, entries)}
    copies = {index: (other, share) for index, other, share in same_charts(entries)}
    for audio, (other, value) in sounds.items():
        print(f"leak: {Path(audio).parent.name} sounds like {Path(other).parent.name} ({value:.2f}): left out of training")
    for index, (other, share) in copies.items():
        a, b = entries[index].chart, entries[other].chart
        print(f"leak: {a.title} {a.description} has {share:.0%} of its runs in {b.title} {b.description}: left out of training")
    return [e for i, e in enumerate(entries) if e.valid or (i not in copies and e.audio not in sounds)]
