"""The baseline for panels: two LSTM layers of 128 over the previous row and the gaps in time, as in Dance Dance
Convolution's selection; no music, level, feet or memory. Pump singles only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import cache, layout
from .evaluate_selection import LOST_NLL, summary
from .loop import Loop, Schedule
from .selection_data import LOST_CLASS, Mirror, Steps, draw, vocabulary, window

_TYPE = "pump-single"
_WIDTH = 128


class PlainLSTM(nn.Module):
    """Previous rows [batch, steps, 36] and time channels [batch, steps, 73] -> logits [batch, steps, rows]."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(layout.ROW_CHANNELS + layout.TIME_CHANNELS, _WIDTH, num_layers=2, batch_first=True)
        self.output = nn.Linear(_WIDTH, rows)

    def forward(self, previous: Tensor, times: Tensor) -> Tensor:
        return self.output(self.lstm(torch.cat([previous, times], -1))[0])


def _steps(folder: Path, valid: bool, vocabularies: dict[str, np.ndarray]) -> tuple[Steps, Mirror]:
    entries = [e for e in cache.load_charts(folder) if e.valid == valid and e.clean and e.chart.steps_type == _TYPE]
    mirror = Mirror(vocabularies)
    return Steps.of(entries, mirror), mirror


def train(folder: Path, schedule: Schedule, seed: int, windows: int = 64, length: int = 64) -> None:
    vocabularies = vocabulary([e for e in cache.load_charts(folder) if not e.valid])
    steps, mirror = _steps(folder, False, vocabularies)
    torch.manual_seed(seed)
    net = PlainLSTM(len(vocabularies[_TYPE]))
    loop = Loop(net, folder / "plain_lstm.pt", schedule, rate=2e-3, extra={"vocabularies": vocabularies})
    while not loop.done:
        batch = draw(steps, mirror, loop.random(seed), windows, length)
        logits = net(batch.previous, batch.times)
        loss = F.cross_entropy(logits.flatten(0, 1), batch.classes.flatten(), ignore_index=LOST_CLASS)
        loop.update(loss, {"rows": loss})
    loop.save()


def report(folder: Path, limit: int = 80) -> dict[str, float]:
    """Top-1, top-3 and perplexity over the same validation charts as `evaluate_selection.report`."""
    saved = torch.load(folder / "plain_lstm.pt", weights_only=False)
    steps, mirror = _steps(folder, True, saved["vocabularies"])
    net = PlainLSTM(len(saved["vocabularies"][_TYPE]))
    net.load_state_dict(saved["average"])
    count, out = len(steps.level), []
    for chart in np.unique(np.linspace(0, count - 1, min(limit, count)).astype(int)):
        length = int(steps.first[chart + 1] - steps.first[chart])
        conditions = (steps.level[[chart]], steps.density[[chart]], np.zeros((1, len(layout.STYLES)), np.float32))
        batch = window(steps, mirror, np.array([chart]), steps.first[[chart]], length, np.array([0]), np.ones((1, length), bool), conditions)
        with torch.no_grad():
            chance = torch.log_softmax(net(batch.previous, batch.times)[0], -1)
        lost = batch.classes[0] == LOST_CLASS
        own = chance.gather(1, batch.classes[0].clamp(min=0)[:, None])
        rank = torch.where(lost, 999.0, (chance > own).sum(1).float())
        out.append(torch.stack([torch.full_like(rank, float(chart)), torch.where(lost, LOST_NLL, -own[:, 0]), rank, torch.full_like(rank, -1.0)], 1).numpy())
    return summary(np.concatenate(out))
