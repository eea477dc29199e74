"""How far a measure that sounds alike is believed beyond what the placement network makes of it: four numbers, fitted
on hidden measures of training songs. The network alone trusts a motif about as much whether it sounds alike or the same."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

KNOTS = (0.4, 0.7, 1.0)  # similarities between which the weight of the motif is linear
_SURE = 0.02


def columns(memory: np.ndarray) -> np.ndarray:
    """[tokens, 2, 4] from the motif channels [tokens, 6]: the log-odds of the motif's mean times the three hats over
    similarity, and those of its best measure; zeros where there is no motif."""
    odds = np.log((memory[:, :4] + _SURE) / (1 - memory[:, :4] + _SURE))
    likeness = np.clip(memory[:, 5], KNOTS[0], KNOTS[-1])
    hats = np.maximum(0, 1 - np.abs(likeness[:, None] - np.array(KNOTS)) / (KNOTS[1] - KNOTS[0]))
    mean = odds[:, :2, None] * hats[:, None, :]
    return np.concatenate([mean, odds[:, 2:, None]], -1) * memory[:, 4, None, None]


def fit(pieces: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> np.ndarray:
    """Weights [4] by maximum likelihood from (logits, columns [.., 4], notes) of hidden slots. They are in units of the
    network's logit; its own scale and shift are the calibration's business."""
    x = np.concatenate([np.concatenate([l.reshape(-1, 1), c.reshape(-1, 4), np.ones((l.size, 1))], 1) for l, c, _ in pieces])
    y = np.concatenate([n.ravel() for _, _, n in pieces]).astype(float)

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ line
        value = (np.logaddexp(0, z) - y * z).mean() + 1e-5 * (line[1:5] ** 2).sum()
        return value, x.T @ (expit(z) - y) / len(y) + 2e-5 * np.concatenate([[0], line[1:5], [0]])

    line = minimize(loss, np.array([1.0, 0, 0, 0, 0, 0]), jac=True, method="L-BFGS-B").x
    return (line[1:5] / max(0.1, line[0])).astype(np.float32)
