"""Motif memory: what the author wrote where the music sounds the same."""

from __future__ import annotations

import numpy as np

from . import layout
from .features import BANDS, sample_frames

SHARPNESS = 40.0
NEIGHBOURS = 5
_POOL = 4


def similarity(frames: np.ndarray, token_seconds: np.ndarray) -> np.ndarray:
    """[measures, measures] dot products of the whole measures' descriptors, from raw log-mel."""
    measures = len(token_seconds) // layout.TOKENS_PER_MEASURE
    vectors = np.concatenate(levels(frames, token_seconds[: measures * layout.TOKENS_PER_MEASURE]), 1).reshape(measures, -1)
    vectors /= np.maximum(1e-6, np.linalg.norm(vectors, axis=1, keepdims=True))
    return vectors @ vectors.T


def levels(frames: np.ndarray, token_seconds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Twenty coarse bands of each token, normalised over all of them, and their rises, from raw log-mel."""
    middle = frames[:, BANDS : 2 * BANDS].astype(np.float32).reshape(len(frames), BANDS // _POOL, _POOL).mean(2)
    tokens = sample_frames(middle, token_seconds)
    tokens = (tokens - tokens.mean(0)) / np.maximum(1e-3, tokens.std(0))
    return tokens, np.maximum(0, np.diff(tokens, axis=0, prepend=tokens[:1]))


def channels(similar: np.ndarray, notes: np.ndarray, known: np.ndarray) -> np.ndarray:
    """[tokens, 6]: motif mean (2 slots), best (2), present, similarity, from known notes [tokens, 2] of whole measures."""
    measures, size = len(similar), layout.TOKENS_PER_MEASURE
    out = np.zeros((len(notes), 6), np.float32)
    rhythm = notes[: measures * size].reshape(measures, 2 * size)
    candidates = np.flatnonzero(known[: measures * size].reshape(measures, -1).all(1))
    if len(candidates) < 2:
        return out
    scores = similar[:, candidates].copy()
    scores[candidates, np.arange(len(candidates))] = -2
    best = np.argsort(-scores, axis=1)[:, :NEIGHBOURS]
    top = np.take_along_axis(scores, best, 1)
    weights = np.exp(SHARPNESS * (top - top[:, :1])) * (top > -2)
    weights /= weights.sum(1, keepdims=True)
    rhythms = rhythm[candidates[best]]
    filled = out[: measures * size].reshape(measures, size, 6)
    filled[:, :, 0:2] = (weights[:, :, None] * rhythms).sum(1).reshape(measures, size, 2)
    filled[:, :, 2:4] = rhythms[:, 0].reshape(measures, size, 2)
    filled[:, :, 4] = 1
    filled[:, :, 5] = top[:, :1]
    return out
