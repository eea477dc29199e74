"""Probabilities on the grid for a whole chart or a region, and the choice of slots. The engine does the same."""

from __future__ import annotations

import numpy as np
import torch

from . import layout
from .features import FRAMES_PER_SECOND
from .model import PlacementNet, sampled_audio
from .placement_data import MEMORY_UNIT, Gains, GridChart, Songs, context_channels, edge_channels, scalars, static_channels

_PIECE = 16_384  # frames of the front end at a time: a whole song of 2.7 minutes


def front_vectors(net: PlacementNet, songs: Songs, audio: str) -> torch.Tensor:
    """[1, frames, width] of a whole song."""
    count = len(songs.raw[audio])
    with torch.no_grad():
        parts = []
        for start in range(0, count, _PIECE):
            margin = 8
            frames = torch.from_numpy(songs.frames(audio, start - margin, min(count, start + _PIECE) + margin))[None]
            if start == 0:
                frames = frames[:, margin:]
            if start + _PIECE >= count:
                frames = frames[:, : frames.shape[1] - margin]
            vectors = net.front(frames)
            low = 0 if start == 0 else margin
            parts.append(vectors[:, low : low + min(_PIECE, count - start)])
        return torch.cat(parts, 1)


def note_logits(
    net: PlacementNet, chart: GridChart, audio: torch.Tensor | None, hidden: np.ndarray, *,
    density: float | None, region_density: float | None = None, level: int | None = None, span: slice | None = None, gains: Gains | None = None,
) -> np.ndarray:
    """[tokens, 2] note logits of the whole chart, or of a span of its tokens; `hidden` [tokens, 2] is what may not be seen.
    `audio` from `front_vectors`; `gains` what a memory gives."""
    span = span or slice(0, chart.tokens)
    # From a beat on, so that the rest is as far as the network reaches.
    first = max(0, span.start - net.reach) // layout.TOKENS_PER_MEASURE * layout.TOKENS_PER_MEASURE
    crop = slice(first, min(chart.tokens, span.stop + net.reach))
    times = chart.token_seconds[crop.start : crop.stop + 1]
    with torch.no_grad():
        if audio is None:
            vectors = torch.zeros(1, len(times) - 1, net.front.layers[-1].bias.numel())
        else:
            vectors = sampled_audio(audio, torch.zeros(1, dtype=torch.long), torch.from_numpy((times[:-1] * FRAMES_PER_SECOND).astype(np.float32))[None])
        context = context_channels(chart, hidden, crop.start, crop.stop - crop.start)
        if audio is None:
            context[:, 4:] = 0
        duration = None if audio is None else audio.shape[1] / FRAMES_PER_SECOND
        static = static_channels(times, crop.start, chart.measures_known, audio is not None)
        given = np.zeros((len(times) - 1, 2), np.float32) if gains is None or audio is None else gains(chart, hidden, crop)
        channels = np.concatenate([static, context, edge_channels(times[:-1], duration), given / MEMORY_UNIT], 1)
        number = np.array([chart.level if level is None else level])
        values = scalars(number, np.array([np.nan if density is None else density]),
                         np.array([np.nan if region_density is None else region_density]), np.zeros((1, len(layout.STYLES)), np.float32))
        out = net(vectors, torch.from_numpy(channels)[None], torch.from_numpy(values), torch.from_numpy(number), torch.tensor([chart.steps_type]))
    return (out[0, :, :2].numpy() + given)[span.start - crop.start : span.stop - crop.start]


def offered(chart: GridChart) -> np.ndarray:
    """[tokens, 2] bool: slots where time moves, within the song."""
    return np.repeat((np.diff(chart.token_seconds) > 1e-4)[:, None], 2, 1)


def best(values: np.ndarray, allowed: np.ndarray, count: int) -> np.ndarray:
    """The `count` allowed slots of the highest value, as a mask of the same shape."""
    flat = np.where(allowed, values, -np.inf).ravel()
    out = np.zeros(flat.size, bool)
    if count > 0:
        out[np.argsort(-flat, kind="stable")[: min(count, int(allowed.sum()))]] = True
    return out.reshape(values.shape)


def match(guess: np.ndarray, truth: np.ndarray, tolerance: float = 0.020) -> int:
    """One-to-one matches of two ascending lists of seconds within the tolerance."""
    i = j = hits = 0
    while i < len(guess) and j < len(truth):
        difference = guess[i] - truth[j]
        if abs(difference) <= tolerance:
            hits, i, j = hits + 1, i + 1, j + 1
        elif difference < 0:
            i += 1
        else:
            j += 1
    return hits


def f1(hits: int, guessed: int, true: int) -> float:
    return 2 * hits / max(1, guessed + true)
