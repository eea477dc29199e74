"""The two networks. Weights are kept the way the engine multiplies: activations [time, channels], weights [in, out]."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import layout
from .features import CHANNELS

STYLE_COUNT = len(layout.STYLES)
# Little: after an hour the placement network fits its training songs no better than others.
_AUDIO_DROPOUT, _BLOCK_DROPOUT = 0.05, 0.05


def _thinned(x: Tensor, share: float, training: bool) -> Tensor:
    """x [batch, time, channels] with a share of its channels silent throughout: to draw for each value would take as long as a convolution."""
    return x * F.dropout(x.new_ones(x.shape[0], 1, x.shape[2]), share) if training else x


class Affine(nn.Module):
    """x [.., in] -> [.., out]."""

    def __init__(self, inputs: int, outputs: int, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) * gain * math.sqrt(2.0 / inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.weight + self.bias


class TimeConv(nn.Module):
    """Convolution over time [batch, time, in] -> [batch, time, out]; zeros outside; weight [taps, in, out]."""

    def __init__(self, inputs: int, outputs: int, taps: int, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(taps, inputs, outputs) * gain * math.sqrt(2.0 / (taps * inputs)))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor, dilation: int = 1) -> Tensor:
        taps = self.weight.shape[0]
        reach, length = dilation * (taps // 2), x.shape[1]
        padded = F.pad(x, (0, 0, reach, reach))
        stacked = torch.cat([padded[:, j * dilation : j * dilation + length] for j in range(taps)], -1)
        return stacked @ self.weight.flatten(0, 1) + self.bias


class Embeddings(nn.Module):
    """Level and steps type as vectors, joined to the scalar conditions.

    `scalars` [batch, n] come first, then the level's row, then the type's. A level's row is
    `game * 32 + level`, game 0 for Pump and 1 for dance; an unknown type (5) counts as dance.
    """

    def __init__(self, size: int = 8) -> None:
        super().__init__()
        self.levels = nn.Parameter(torch.randn(2 * layout.LEVELS, size) * 0.3)
        self.types = nn.Parameter(torch.randn(len(layout.STEPS_TYPES) + 1, size) * 0.3)

    def forward(self, scalars: Tensor, level: Tensor, steps_type: Tensor) -> Tensor:
        game = (steps_type >= 3).long()
        return torch.cat([scalars, self.levels[game * layout.LEVELS + level], self.types[steps_type]], -1)


class FrontEnd(nn.Module):
    """Normalised log-mel frames [batch, frames, 240] -> audio vectors [batch, frames, width]."""

    def __init__(self, width: int = 96) -> None:
        super().__init__()
        self.layers = nn.ModuleList([TimeConv(CHANNELS, width, 3), TimeConv(width, width, 5)])

    def forward(self, frames: Tensor) -> Tensor:
        for layer in self.layers:
            frames = torch.relu(layer(frames))
        return frames


def sampled_audio(front: Tensor, song: Tensor, position: Tensor) -> Tensor:
    """Audio vectors [crops, tokens, width] between frames; zeros without a song or outside of it."""
    frames = front.shape[1]
    left = torch.floor(position).long()
    share = (position - left).unsqueeze(-1)
    source = song.clamp(min=0).unsqueeze(1)

    def at(index: Tensor) -> Tensor:
        inside = (index >= 0) & (index < frames) & (song >= 0).unsqueeze(1)
        return front[source, index.clamp(0, frames - 1)] * inside.unsqueeze(-1)

    return at(left) * (1 - share) + at(left + 1) * share


class Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = TimeConv(width, width, 3, gain=0.3)

    def forward(self, h: Tensor, film: Tensor, dilation: int) -> Tensor:
        scale, shift = film.unsqueeze(1).chunk(2, -1)
        inner = torch.relu(self.norm(h) * (1 + scale) + shift)
        return h + self.conv(_thinned(inner, _BLOCK_DROPOUT, self.training), dilation)


class PlacementNet(nn.Module):
    """Where to step: a token is two neighbouring slots of the beat grid, twelve tokens a beat."""

    DILATIONS = (1, 2, 3, 6, 12, 24, 48, 96, 192, 48, 12, 3, 24, 8, 3, 1)
    SCALARS = 6 + STYLE_COUNT

    def __init__(self, width: int = 128, audio: int = 96, condition: int = 64) -> None:
        super().__init__()
        self.front = FrontEnd(audio)
        self.input = Affine(audio + layout.TOKEN_CHANNEL_COUNT, width)
        self.embeddings = Embeddings()
        self.condition = Affine(self.SCALARS + 16, condition)
        self.film = Affine(condition, len(self.DILATIONS) * 2 * width, gain=0.1)
        self.blocks = nn.ModuleList([Block(width) for _ in self.DILATIONS])
        self.norm = nn.LayerNorm(width)
        self.hidden = Affine(width, width)
        self.output = Affine(width, layout.PLACEMENT_OUTPUTS, gain=0.3)

    @property
    def reach(self) -> int:
        """Tokens to each side that an output depends on."""
        return sum(self.DILATIONS)

    def forward(self, audio: Tensor, channels: Tensor, scalars: Tensor, level: Tensor, steps_type: Tensor) -> Tensor:
        """audio [batch, tokens, width] sampled from the front end (zeros where absent), channels
        [batch, tokens, 34], scalars [batch, 18], level and steps_type [batch] -> logits [batch, tokens, 6]."""
        condition = torch.relu(self.condition(self.embeddings(scalars, level, steps_type)))
        film = self.film(condition).chunk(len(self.blocks), -1)
        h = self.input(torch.cat([_thinned(audio, _AUDIO_DROPOUT, self.training), channels], -1))
        for block, modulation, dilation in zip(self.blocks, film, self.DILATIONS):
            h = block(h, modulation, dilation)
        return self.output(torch.relu(self.hidden(self.norm(h))))


class SelectionNet(nn.Module):
    """Which panels: a distribution over the type's rows at each note row, one after the other."""

    SCALARS = 4 + STYLE_COUNT

    def __init__(self, vocabulary: dict[str, int], width: int = 256, backward: int = 96, condition: int = 32) -> None:
        super().__init__()
        self.embeddings = Embeddings()
        self.condition = Affine(self.SCALARS + 16, condition)
        self.coming = nn.LSTM(layout.TIME_CHANNELS + layout.ROW_CHANNELS + 1, backward, batch_first=True)
        inputs = layout.ROW_CHANNELS + layout.COMMON_LANES + layout.TIME_CHANNELS + layout.RECALL_CHANNELS + condition + backward
        self.lstm = nn.LSTM(inputs, width, num_layers=2, batch_first=True)
        self.rows = nn.ModuleDict({t: Affine(width, n, gain=0.5) for t, n in vocabulary.items()})
        self.trust = Affine(width, 2, gain=0.5)
        self.hold = Affine(width + layout.ROW_CHANNELS, len(layout.HOLD_SLOTS), gain=0.5)

    def read_back(self, times: Tensor, known: Tensor, known_rows: Tensor) -> Tensor:
        """The coming steps read from the last to the first: [batch, steps, backward]. `known_rows` are zero
        where `known` [batch, steps, 1] is."""
        x = torch.cat([times, known_rows * known, known], -1)
        return self.coming(x.flip(1))[0].flip(1)

    def forward(
        self, previous: Tensor, held: Tensor, times: Tensor, recalled: Tensor, known: Tensor, known_rows: Tensor,
        scalars: Tensor, level: Tensor, steps_type: Tensor, state: tuple[Tensor, Tensor] | None = None,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """-> hidden vectors [batch, steps, width] and the LSTM's state after the last step."""
        condition = torch.relu(self.condition(self.embeddings(scalars, level, steps_type)))
        condition = condition.unsqueeze(1).expand(-1, times.shape[1], -1)
        coming = self.read_back(times, known, known_rows)
        return self.lstm(torch.cat([previous, held, times, recalled, condition, coming], -1), state)

    def row_logits(self, hidden: Tensor, steps_type: str, likely: Tensor, share: Tensor) -> Tensor:
        """[.., width] -> [.., rows]. The chart's own candidates `likely` [.., 4] (-1: none) gain as much as the
        network trusts them: by their share [.., 4], and the first once more."""
        logits = self.rows[steps_type](hidden)
        trust = self.trust(hidden)
        gain = trust[..., :1] * share
        gain = torch.cat([gain[..., :1] + trust[..., 1:], gain[..., 1:]], -1) * (likely >= 0)
        return logits.scatter_add(-1, likely.clamp(min=0), gain)

    def hold_logits(self, hidden: Tensor, rows: Tensor) -> Tensor:
        """Length classes of the holds begun in `rows` [.., 36] (taps of 18 lanes, then heads)."""
        return self.hold(torch.cat([hidden, rows], -1))
