"""One optimiser loop for both networks: cosine rate, clipped gradients, averaged weights, checkpoints that resume."""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import nn

_AVERAGE = 0.998


@dataclass
class Schedule:
    """Ends after `steps` updates, or after `minutes` of running where that is given."""

    steps: int
    minutes: float | None = None
    log_every: int = 50
    save_every: int = 200


class Loop:
    """Holds the optimiser, the averaged weights and the place in the schedule; saves and resumes them."""

    def __init__(self, net: nn.Module, path: Path, schedule: Schedule, rate: float, extra: dict | None = None, start: dict | None = None) -> None:
        self.net, self.path, self.schedule, self.rate, self.extra = net, path, schedule, rate, extra or {}
        self.optimiser = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=rate, betas=(0.9, 0.99), weight_decay=0.01)
        self.step, self.elapsed, self.sums = 0, 0.0, {}
        if start is not None and not path.exists():
            net.load_state_dict(start["average"])
        self.average = {k: v.clone() for k, v in net.state_dict().items()}
        if path.exists():
            self._resume()
        self.rank = int(os.environ.get("RANK", "0"))
        self.distributed = int(os.environ.get("WORLD_SIZE", "1")) > 1
        if self.distributed and not dist.is_initialized():
            dist.init_process_group("gloo")
        self.clock = time.monotonic()

    def _resume(self) -> None:
        saved = torch.load(self.path, weights_only=False)
        self.net.load_state_dict(saved["net"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.average, self.step, self.elapsed = saved["average"], saved["step"], saved["elapsed"]

    @property
    def progress(self) -> float:
        if self.schedule.minutes is not None:
            return self.elapsed / (60 * self.schedule.minutes)
        return self.step / self.schedule.steps

    @property
    def done(self) -> bool:
        return self.progress >= 1

    def random(self, seed: int) -> np.random.Generator:
        """Fresh for each step and, under torchrun, each process: the same seed draws the same batches."""
        return np.random.default_rng([seed, self.step, self.rank])

    def update(self, loss: torch.Tensor, figures: dict[str, torch.Tensor]) -> None:
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if self.distributed:
            self._share_gradients()
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        warm = min(1.0, (self.step + 1) / 100)
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, self.progress))))
        self.optimiser.step()
        self.step += 1
        keep = min(_AVERAGE, self.step / (self.step + 10))
        with torch.no_grad():
            for name, value in self.net.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        now = time.monotonic()
        self.elapsed, self.clock = self.elapsed + now - self.clock, now
        if self.distributed:
            self._share_clock()
        self._report(figures)

    def _share_gradients(self) -> None:
        """The mean over all processes. A head that one process did not need still takes part, or the others would wait for it."""
        for parameter in (p for p in self.net.parameters() if p.requires_grad):
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            dist.all_reduce(parameter.grad, dist.ReduceOp.SUM)
            parameter.grad /= dist.get_world_size()

    def _share_clock(self) -> None:
        """One clock for all: each must end, and lower its rate, at the same step."""
        elapsed = torch.tensor([self.elapsed], dtype=torch.float64)
        dist.broadcast(elapsed, 0)
        self.elapsed = float(elapsed)

    def _report(self, figures: dict[str, torch.Tensor]) -> None:
        for name, value in figures.items():
            self.sums[name] = self.sums.get(name, 0.0) + value.item()
        if self.step % self.schedule.log_every == 0:
            means = ", ".join(f"{k} {v / self.schedule.log_every:.4f}" for k, v in self.sums.items())
            print(f"{self.path.stem} step {self.step} ({self.progress:.1%}, {self.elapsed:.0f} s): {means}", flush=True)
            self.sums = {}
        if self.step % self.schedule.save_every == 0:
            self.save()

    def save(self) -> None:
        if self.rank != 0:
            return
        part = self.path.with_suffix(".part")
        torch.save({"net": self.net.state_dict(), "average": self.average, "optimiser": self.optimiser.state_dict(),
                    "step": self.step, "elapsed": self.elapsed, **self.extra}, part)
        part.rename(self.path)
