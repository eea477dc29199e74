"""Training the placement network: hearing first, then beside a memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import cache
from .export import load_placement
from .loop import Loop, Schedule
from .memory import Recollection
from .memory import fit as fit_memory
from .model import PlacementNet, sampled_audio
from .placement_data import Batch, Sampler, Songs, charts_with_sound, density_table, grid_chart

_SILENT_SHARE = 0.35  # of the charts without sound, those kept for rhythm


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


def hear(folder: Path, schedule: Schedule, seed: int, start: dict | None = None) -> None:
    """The network while there is no memory: `hearing.pt`."""
    _train(folder, folder / "hearing.pt", schedule, seed, 1.5e-3, start and {k: v for k, v in start.items() if k != "memory"})


def train(folder: Path, schedule: Schedule, seed: int, start: dict | None = None) -> None:
    """Beside a memory: that of `start`, or one fitted to the network that `hear` made. What is heard stays as it is, for the memory hears
    by it: `placement.pt`."""
    start = start or torch.load(folder / "hearing.pt", weights_only=False)
    if "memory" not in start:
        start["memory"] = _fitted_memory(folder, start, seed)
    _train(folder, folder / "placement.pt", schedule, seed, 6e-4, start)


def _fitted_memory(folder: Path, hearing: dict, seed: int) -> dict[str, np.ndarray]:
    path = folder / "memory.npz"
    if not path.exists():
        charts, songs, _ = charts_with_sound(folder, hearing, valid=False)
        np.savez(path, **fit_memory(load_placement(hearing), charts, songs, seed))
    return dict(np.load(path))


def _train(folder: Path, path: Path, schedule: Schedule, seed: int, rate: float, start: dict | None) -> None:
    entries = [e for e in cache.load_charts(folder) if not e.valid]
    random = np.random.default_rng(seed)
    kept = [e for e in entries if e.audio or (e.clean and random.random() < _SILENT_SHARE)]
    songs = Songs(folder, {e.audio for e in kept if e.audio}, *((start["mean"], start["std"]) if start else ()))
    densities = density_table(entries)
    charts = [grid_chart(e, songs.raw[e.audio] if e.audio else None) for e in kept]
    print(f"{path.stem}: {len(songs.raw)} songs, {len(charts)} charts", flush=True)
    torch.manual_seed(seed)
    net, gains = PlacementNet(), None
    extra = {"mean": songs.mean, "std": songs.std, "densities": densities}
    if start is not None and "memory" in start:
        extra["memory"] = start["memory"]
        gains = Recollection(start["memory"], load_placement(start), songs).gains
        net.front.requires_grad_(False)
    sampler = Sampler(charts, songs, densities, gains)
    loop = Loop(net, path, schedule, rate, extra=extra, start=start)
    while not loop.done:
        notes, kinds = losses(net, sampler.draw(loop.random(seed)))
        loop.update(notes + 0.01 * kinds, {"notes": notes, "kinds": kinds})
    loop.save()
