"""What the chart itself says about its next row: where the same rows in the same rhythm stood before, mirrored or not,
and which row followed there.

Every earlier step j is a witness for step i when the gap before it is the same. Its weight grows with the number of
steps before j that equal those before i (same gaps, same rows under one mirror image), after prediction by partial
matching (J. Cleary and I. Witten, 1984). `ENGINE.md` has the rule; the engine does the same while it generates.
"""

from __future__ import annotations

import numpy as np
from numba import njit

CANDIDATES = 4
LONGEST = 12
_BY_LENGTH, _SAME_NEXT, _SAME_PLACE, _MIRRORED = 1.5, 1.0, 1.0, -0.3
_MEASURE = 192


@njit(cache=True)
def _recall(classes, moved, gaps, places, weights, lost, votes):
    """classes [n], moved [mirrors, n] their images, gaps [n + 1] rows before each step, places [n] row in the measure."""
    n, mirrors = len(classes), len(moved)
    best = np.full((n, CANDIDATES), lost, np.int16)
    share = np.zeros((n, CANDIDATES), np.float32)
    length = np.zeros(n, np.uint8)
    runs = np.zeros((mirrors, n + 1), np.int64)
    for i in range(1, n):
        votes[:] = 0
        total, longest = 0.0, 0
        for m in range(mirrors):
            for j in range(i):
                # runs[m, j] is the number of equal steps ending at (i - 1, j - 1).
                run = runs[m, j]
                if gaps[j] == gaps[i] and moved[m, j] != lost:
                    weight = weights[0, run] * weights[1, m]
                    if gaps[j + 1] == gaps[i + 1]:
                        weight *= weights[1, 4]
                    if places[j] == places[i]:
                        weight *= weights[1, 5]
                    votes[moved[m, j]] += weight
                    total += weight
                    longest = max(longest, run)
        if total > 0:
            length[i] = longest
            for k in range(CANDIDATES):
                top = np.argmax(votes)
                if votes[top] <= 0:
                    break
                best[i, k], share[i, k] = top, votes[top] / total
                votes[top] = 0
        for m in range(mirrors):
            for j in range(i - 1, -1, -1):
                if moved[m, j] == classes[i] and classes[i] != lost:
                    kept = runs[m, j] if gaps[j] == gaps[i] else 0
                    runs[m, j + 1] = min(LONGEST, kept + 1)
                else:
                    runs[m, j + 1] = 0
    return best, share, length


def recall(rows: np.ndarray, classes: np.ndarray, images: np.ndarray, lost: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """-> candidate classes int16 [n, 4] (`lost` where there is none), their shares of all votes float32 [n, 4], and the longest
    match uint8 [n]. `images` [4, V + 1] gives each class's mirror images, `lost` last."""
    gaps = np.full(len(rows) + 1, 384, np.int64)
    gaps[1:-1] = np.diff(rows)
    by_length = np.exp(_BY_LENGTH * np.arange(LONGEST + 1))
    others = np.zeros(LONGEST + 1)
    others[:6] = np.exp([0.0, _MIRRORED, _MIRRORED, _MIRRORED, _SAME_NEXT, _SAME_PLACE])
    votes = np.zeros(images.shape[1], np.float64)
    return _recall(classes.astype(np.int64), images[:, classes].astype(np.int64), gaps, rows % _MEASURE, np.stack([by_length, others]), lost, votes)
