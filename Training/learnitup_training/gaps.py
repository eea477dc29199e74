"""Hidden measures of charts, as an author asks about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from . import layout
from .decode import note_logits
from .model import PlacementNet
from .placement_data import Gains, GridChart


@dataclass
class Gap:
    """Hidden measures of a chart, the number of rows there given."""

    chart: GridChart
    span: slice  # of tokens
    past_only: bool

    @property
    def count(self) -> int:
        return int(self.chart.notes[self.span].sum())

    def hidden(self) -> np.ndarray:
        hidden = np.zeros((self.chart.tokens, 2), bool)
        hidden[self.span.start : None if self.past_only else self.span.stop] = True
        return hidden

    def logits(self, net: PlacementNet, vectors: torch.Tensor | None, hidden: np.ndarray | None = None, gains: Gains | None = None) -> np.ndarray:
        """[tokens of the span, 2]; `hidden` where more than the gap is; `gains` what a memory gives."""
        seconds = self.chart.token_seconds
        region = None if self.past_only else self.count / max(0.2, seconds[self.span.stop] - seconds[self.span.start])
        hidden = self.hidden() if hidden is None else hidden
        return note_logits(net, self.chart, vectors, hidden, density=self.chart.density, region_density=region, span=self.span, gains=gains)


def gaps(charts: list[GridChart], measures: int, past_only: bool, seed: int, most: int = 3) -> list[Gap]:
    """Up to `most` gaps a chart, each of at least four notes."""
    random, out = np.random.default_rng(seed), []
    size = layout.TOKENS_PER_MEASURE
    for chart in charts:
        low, high = (t // size for t in chart.span())
        starts = np.arange(low + (8 if past_only else 1), high - measures)
        random.shuffle(starts)
        found = [Gap(chart, slice(start * size, (start + measures) * size), past_only) for start in starts]
        out += [g for g in found if g.count >= 4][:most]
    return out
