"""Training the selection network."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import cache, layout
from .loop import Loop, Schedule
from .model import SelectionNet
from .selection_data import LOST_CLASS, Batch, Mirror, Steps, draw, vocabulary


def lane_use(vocabularies: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    """[18, rows] per type: 1 where a row uses a common lane."""
    out = {}
    for steps_type, rows in vocabularies.items():
        use = torch.zeros(layout.COMMON_LANES, len(rows))
        first = layout.FIRST_COMMON_LANE[steps_type]
        use[first : first + rows.shape[1]] = torch.from_numpy((rows > 0).astype(np.float32)).T
        out[steps_type] = use
    return out


def row_logits(net: SelectionNet, hidden: torch.Tensor, batch: Batch, at: torch.Tensor, steps_type: str, use: dict[str, torch.Tensor]) -> torch.Tensor:
    """Logits over the type's rows at the chosen steps [windows, steps] of a batch, rows on held lanes impossible."""
    logits = net.row_logits(hidden[at], steps_type, batch.recall_class[at], batch.recall_share[at])
    return logits.masked_fill(batch.held[at] @ use[steps_type] > 0, -1e4)


def hidden_vectors(net: SelectionNet, batch: Batch) -> tuple:
    return net(batch.previous, batch.held, batch.times, batch.recalled, batch.known, batch.rows, batch.scalars, batch.level, batch.steps_type)


def losses(net: SelectionNet, batch: Batch, use: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean negative log-likelihood of scored rows, and of the lengths of scored holds."""
    hidden, _ = hidden_vectors(net, batch)
    total, count = torch.zeros(()), 0
    for number, steps_type in enumerate(layout.STEPS_TYPES):
        scored = (batch.steps_type == number)[:, None] & (batch.classes != LOST_CLASS)
        if scored.any():
            logits = row_logits(net, hidden, batch, scored, steps_type, use)
            total = total + F.cross_entropy(logits, batch.classes[scored], reduction="sum")
            count += int(scored.sum())
    holds = batch.hold_class >= 0
    length = F.cross_entropy(net.hold_logits(hidden[holds], batch.rows[holds]), batch.hold_class[holds]) if holds.any() else torch.zeros(())
    return total / max(1, count), length


def train(folder: Path, schedule: Schedule, seed: int, windows: int = 32, length: int = 128, start: dict | None = None) -> None:
    entries = cache.load_charts(folder)
    training = [e for e in entries if not e.valid]
    vocabularies = start["vocabularies"] if start else vocabulary(training)
    mirror = Mirror(vocabularies)
    steps = Steps.of(training, mirror)
    print(f"selection: {len(steps.level)} charts, {len(steps.taps)} steps, rows {[len(v) for v in vocabularies.values()]}", flush=True)
    torch.manual_seed(seed)
    net = SelectionNet({t: len(v) for t, v in vocabularies.items()})
    use = lane_use(vocabularies)
    loop = Loop(net, folder / "selection.pt", schedule, rate=2e-3, extra={"vocabularies": vocabularies}, start=start)
    while not loop.done:
        random = loop.random(seed)
        rows, holds = losses(net, draw(steps, mirror, random, windows, length), use)
        loop.update(rows + 0.1 * holds, {"rows": rows, "perplexity": torch.tensor(math.exp(min(20.0, rows.item()))), "holds": holds})
    loop.save()
