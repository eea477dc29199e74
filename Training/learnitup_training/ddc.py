"""The baseline for placement: the CNN of Dance Dance Convolution (C. Donahue, Z. Lipton, J. McAuley, ICML 2017), written anew
from the paper and trained on the same songs: fifteen frames of log-mel and a coarse difficulty, no beats, no charts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import cache, layout
from .decode import f1, match
from .features import BANDS, FRAMES_PER_SECOND
from .loop import Loop, Schedule
from .placement_data import Songs

_CONTEXT = 7  # frames heard on each side
_CROP = 512
_DIFFICULTIES = (3, 6, 8, 10)  # levels up to which one coarse difficulty lasts; above: the fifth
_THRESHOLDS = np.linspace(0.02, 0.8, 79)


def difficulty(level: int) -> np.ndarray:
    """One-hot of five; zeros where the level is unknown."""
    out = np.zeros(5, np.float32)
    if level != layout.UNKNOWN_LEVEL:
        out[int(np.searchsorted(_DIFFICULTIES, level))] = 1
    return out


class DDCNet(nn.Module):
    """[batch, frames, 240] and [batch, 5] -> logits [batch, frames - 14]."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 10, (7, 3)), nn.Conv2d(10, 20, (3, 3))
        self.dense = nn.Linear(7 * 8 * 20 + 5, 256)
        self.denser, self.output = nn.Linear(256, 128), nn.Linear(128, 1)

    def forward(self, frames: Tensor, coarse: Tensor) -> Tensor:
        x = frames.unflatten(-1, (3, BANDS)).transpose(1, 2)
        x = F.max_pool2d(torch.relu(self.first(x)), (1, 3))
        x = F.max_pool2d(torch.relu(self.second(x)), (1, 3))
        x = x.permute(0, 2, 1, 3).flatten(2).unfold(1, 7, 1).transpose(2, 3).flatten(2)
        x = torch.cat([x, coarse[:, None].expand(-1, x.shape[1], -1)], -1)
        x = F.dropout(torch.relu(self.dense(x)), 0.5, self.training)
        return self.output(F.dropout(torch.relu(self.denser(x)), 0.5, self.training)).squeeze(-1)


def _charts(folder: Path, valid: bool) -> list[tuple[str, np.ndarray, int]]:
    """(song, note times, level) of the charts with sound."""
    out = []
    for entry in cache.load_charts(folder):
        if entry.audio and entry.valid == valid and entry.chart.steps_type.startswith("dance"):
            level = layout.UNKNOWN_LEVEL if entry.chart.level is None else min(entry.chart.level, 30)
            out.append((entry.audio, entry.chart.seconds, level))
    return out


def _labels(seconds: np.ndarray, frames: int) -> tuple[np.ndarray, np.ndarray]:
    """Onsets by frame, and which frames count: from the first to the last step."""
    at = np.round(seconds * FRAMES_PER_SECOND).astype(int)
    at = at[(at >= 0) & (at < frames)]
    onsets, counted = np.zeros(frames, np.float32), np.zeros(frames, np.float32)
    onsets[at] = 1
    counted[at[0] : at[-1] + 1] = 1
    return onsets, counted


def train(folder: Path, schedule: Schedule, seed: int, batch: int = 8) -> None:
    charts = _charts(folder, False)
    songs = Songs(folder, {a for a, _, _ in charts})
    torch.manual_seed(seed)
    net = DDCNet()
    loop = Loop(net, folder / "ddc.pt", schedule, rate=1e-3, extra={"mean": songs.mean, "std": songs.std})
    labels = [_labels(s, len(songs.raw[a])) for a, s, _ in charts]
    odds = np.array([len(songs.raw[a]) for a, _, _ in charts], float)
    while not loop.done:
        random = loop.random(seed)
        frames, coarse, onsets, counted = [], [], [], []
        for index in random.choice(len(charts), batch, p=odds / odds.sum()):
            audio, _, level = charts[index]
            start = int(random.integers(0, max(1, len(songs.raw[audio]) - _CROP)))
            frames.append(songs.frames(audio, start - _CONTEXT, start + _CROP + _CONTEXT))
            coarse.append(difficulty(level))
            crop = [np.pad(x[start : start + _CROP], (0, max(0, start + _CROP - len(x)))) for x in labels[index]]
            onsets.append(crop[0])
            counted.append(crop[1])
        logits = net(torch.from_numpy(np.stack(frames)), torch.from_numpy(np.stack(coarse)))
        weight = torch.from_numpy(np.stack(counted))
        loss = F.binary_cross_entropy_with_logits(logits, torch.from_numpy(np.stack(onsets)), weight=weight, reduction="sum") / weight.sum().clamp(min=1)
        loop.update(loss, {"loss": loss})
    loop.save()


def _peaks(scores: np.ndarray) -> np.ndarray:
    """Local maxima after smoothing over five frames."""
    smooth = np.convolve(scores, np.hamming(5), "same")
    inner = (smooth[1:-1] >= smooth[:-2]) & (smooth[1:-1] >= smooth[2:])
    return 1 + np.flatnonzero(inner)


def report(folder: Path) -> dict[str, float]:
    """Mean F1 at 20 ms over the validation charts of known level: with the best threshold for each coarse difficulty, and with
    the author's number of steps."""
    saved = torch.load(folder / "ddc.pt", weights_only=False)
    net = DDCNet()
    net.load_state_dict(saved["average"])
    net.eval()
    charts = [c for c in _charts(folder, True) if c[2] != layout.UNKNOWN_LEVEL]
    songs = Songs(folder, {a for a, _, _ in charts}, saved["mean"], saved["std"])
    tables, given, bands, scores = [], [], [], {}
    for audio, truth, level in charts:
        key = (audio, int(difficulty(level).argmax()))
        if key not in scores:
            with torch.no_grad():
                frames = torch.from_numpy(songs.frames(audio, -_CONTEXT, len(songs.raw[audio]) + _CONTEXT))[None]
                scores[key] = torch.sigmoid(net(frames, torch.from_numpy(difficulty(level))[None]))[0].numpy()
        raw = scores[key]
        at = _peaks(raw)
        at = at[(at >= truth[0] * FRAMES_PER_SECOND - 2) & (at <= truth[-1] * FRAMES_PER_SECOND + 2)]
        picks = [at[raw[at] >= t] / FRAMES_PER_SECOND for t in _THRESHOLDS]
        tables.append([f1(match(p, truth), len(p), len(truth)) for p in picks])
        best = np.sort(at[np.argsort(-raw[at], kind="stable")[: len(truth)]]) / FRAMES_PER_SECOND
        given.append(f1(match(best, truth), len(best), len(truth)))
        bands.append(key[1])
    table, bands = np.array(tables), np.array(bands)
    by_band = sum(table[bands == b].mean(0).max() * (bands == b).sum() for b in set(bands.tolist())) / len(table)
    return {"charts": len(charts), "f1_one_threshold": float(table.mean(0).max()), "f1_threshold": float(by_band),
            "f1_best_per_chart": float(table.max(1).mean()), "f1_count_given": float(np.mean(given))}
