"""Training the placement network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import cache
from .loop import Loop, Schedule
from .model import PlacementNet
from .placement_data import Batch, Sampler, Songs, density_table, grid_chart

_SILENT_SHARE = 0.35  # of the charts without sound, those kept for rhythm


def sampled_audio(front: torch.Tensor, song: torch.Tensor, position: torch.Tensor) -> torch.Tensor:
    """Audio vectors [crops, tokens, width] between frames; zeros without a song or outside of it."""
    frames = front.shape[1]
    left = torch.floor(position).long()
    share = (position - left).unsqueeze(-1)
    source = song.clamp(min=0).unsqueeze(1)

    def at(index: torch.Tensor) -> torch.Tensor:
        inside = (index >= 0) & (index < frames) & (song >= 0).unsqueeze(1)
        return front[source, index.clamp(0, frames - 1)] * inside.unsqueeze(-1)

    return at(left) * (1 - share) + at(left + 1) * share


def logits(net: PlacementNet, batch: Batch) -> torch.Tensor:
    audio = sampled_audio(net.front(batch.frames), batch.song, batch.position)
    return net(audio, batch.channels, batch.scalars, batch.level, batch.steps_type)


def losses(net: PlacementNet, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Weighted mean loss of notes; of holds and jumps where a note is."""
    out = logits(net, batch)
    notes = F.binary_cross_entropy_with_logits(out[..., :2], batch.target[..., :2], weight=batch.weight, reduction="sum")
    there = (batch.target[..., :2] * batch.weight).repeat(1, 1, 2)
    kinds = F.binary_cross_entropy_with_logits(out[..., 2:], batch.target[..., 2:], weight=there, reduction="sum")
    return notes / batch.weight.sum().clamp(min=1), kinds / there.sum().clamp(min=1)


def train(folder: Path, schedule: Schedule, seed: int, start: dict | None = None) -> None:
    entries = [e for e in cache.load_charts(folder) if not e.valid]
    random = np.random.default_rng(seed)
    kept = [e for e in entries if e.audio or (e.clean and random.random() < _SILENT_SHARE)]
    songs = Songs(folder, {e.audio for e in kept if e.audio}, *((start["mean"], start["std"]) if start else ()))
    densities = density_table(entries)
    charts = [grid_chart(e, songs.raw[e.audio] if e.audio else None) for e in kept]
    sampler = Sampler(charts, songs, densities)
    print(f"placement: {len(songs.raw)} songs, {len(charts)} charts", flush=True)
    torch.manual_seed(seed)
    net = PlacementNet()
    extra = {"mean": songs.mean, "std": songs.std, "densities": densities}
    loop = Loop(net, folder / "placement.pt", schedule, rate=1.5e-3, extra=extra, start=start)
    while not loop.done:
        notes, kinds = losses(net, sampler.draw(loop.random(seed)))
        loop.update(notes + 0.01 * kinds, {"notes": notes, "kinds": kinds})
    loop.save()
