"""What the author wrote at other beats that sound alike and stand among steps alike: attention from hidden beats to known ones
(as in A. Vaswani et al., NeurIPS 2017, with a likeness that is learnt and values that are simply what is written). It is fitted
on hidden measures of training songs beside a placement network that stays as it is, and nothing of it is trained on the chart
at hand: each beat that the author writes counts at once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import layout, motif
from .decode import front_vectors, offered
from .features import FRAMES_PER_SECOND
from .gaps import Gap, gaps
from .model import PlacementNet, sampled_audio
from .placement_data import GridChart, Songs, hide_far

REACH = 8  # beats to each side that are compared, of the sound and of the steps
SHARPNESS = 20.0  # of a likeness from -1 to 1
FEWEST_BEATS = 16  # before so many are known, nothing is remembered
_SOUNDS = 16  # values a token is heard by
_PERIOD, _DISTANCES = 16, 11
_SURE = 0.02
_MEASURES = ((2, False), (4, False), (8, False), (1, True), (4, True))  # lengths of gaps, and whether only the past is known
_PASSES, _RATE, _SOUND_RATE, _A_SONG = 8, 1e-2, 3e-3, 24
_HEADS, _CHARTS = 3, 400  # heads, and charts with sound that each is fitted to


def sound(vectors: Tensor, frames: np.ndarray, chart: GridChart) -> Tensor:
    """[tokens, width + 40]: the front end's vectors, then the coarse levels of the song and their rises, as motifs have them."""
    position = torch.from_numpy((chart.token_seconds[:-1] * FRAMES_PER_SECOND).astype(np.float32))[None]
    heard = sampled_audio(vectors, torch.zeros(1, dtype=torch.long), position)[0]
    levels, rises = motif.levels(frames, chart.token_seconds[:-1])
    return torch.cat([heard, torch.from_numpy(np.concatenate([levels, rises], 1)).float()], 1)


@dataclass
class Lesson:
    """A hidden part of a chart: beats `start ..< stop`, what the network says of their slots, and what stands there."""

    chart: int
    start: int
    stop: int
    known: Tensor  # [beats] bool
    logits: Tensor  # [stop - start, 24]
    notes: Tensor
    offered: Tensor


class Head(nn.Module):
    """One way to tell which beats are alike."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.sound = nn.Parameter(torch.randn(inputs, _SOUNDS) / math.sqrt(inputs))
        # How much a beat so far away counts in the likeness of sound (through softplus) and of steps.
        self.window = nn.Parameter(torch.log(torch.expm1(1 / (1 + torch.arange(-REACH, REACH + 1).abs().float()))))
        self.steps = nn.Parameter(torch.ones(2 * REACH + 1))
        # For beats so many apart: modulo four measures, and by powers of two.
        self.period = nn.Parameter(torch.zeros(_PERIOD))
        self.distance = nn.Parameter(torch.zeros(_DISTANCES))
        self.belief = nn.Parameter(torch.tensor([0.5, 0, 0, 0, 0]))
        self.line = nn.Parameter(torch.tensor([1.0, 0.0]))

    def likeness(self, tokens: Tensor) -> Tensor:
        """[tokens, inputs] -> [beats, beats] cosines of the sound around each two beats."""
        beats = (tokens @ self.sound)[: len(tokens) // layout.TOKENS_PER_BEAT * layout.TOKENS_PER_BEAT]
        beats = beats.view(-1, layout.TOKENS_PER_BEAT * _SOUNDS)
        beats = beats - beats.mean(0)
        products = F.pad(beats @ beats.T, (REACH,) * 4)
        count = len(beats)
        weights = F.softplus(self.window)
        around = sum(weights[o] * products[o : o + count, o : o + count] for o in range(2 * REACH + 1))
        size = torch.diagonal(around).clamp(min=1e-6).sqrt()
        return around / (size[:, None] * size[None, :])

    def gains(self, likeness: Tensor, notes: Tensor, known: Tensor, start: int, stop: int) -> Tensor:
        """What the log-odds of the slots of beats `start ..< stop` gain: [stop - start, 24]. `notes` [beats, 24], `known` [beats]."""
        sources, asked = known.nonzero()[:, 0], torch.arange(start, stop)
        if len(sources) < FEWEST_BEATS:
            return torch.zeros(stop - start, layout.SLOTS_PER_BEAT)
        alike = likeness[start:stop][:, sources].float()
        apart = (asked[:, None] - sources[None, :]).abs()
        far = torch.log2(apart.float().clamp(min=1)).long().clamp(max=_DISTANCES - 1)
        scores = SHARPNESS * alike + self.period[apart % _PERIOD] + self.distance[far] + self._among(notes, known, asked, sources)
        shares = scores.softmax(1)
        remembered = shares @ notes[sources]
        doubt = -(shares * shares.clamp(min=1e-9).log()).sum(1)
        facts = torch.stack([torch.ones_like(doubt), alike.max(1).values, (shares * alike).sum(1), doubt / 3, torch.full_like(doubt, math.log(len(sources)) / 5)], 1)
        return (facts @ self.belief)[:, None] * torch.log((remembered + _SURE) / (1 - remembered + _SURE))

    def _among(self, notes: Tensor, known: Tensor, asked: Tensor, sources: Tensor) -> Tensor:
        """How alike the known steps around two beats are: [asked, sources]. Half a likeness counts neither for nor against."""
        size = notes.norm(dim=1, keepdim=True).clamp(min=1)
        written = F.pad(notes / size * known[:, None], (0, 0, REACH, REACH))
        there = F.pad(known.float(), (REACH, REACH))
        total = torch.zeros(len(asked), len(sources))
        for place in (p for p in range(2 * REACH + 1) if p != REACH):
            both = there[asked + place][:, None] * there[sources + place][None, :]
            total = total + self.steps[place] * (written[asked + place] @ written[sources + place].T - 0.5 * both)
        return total

    def belief_of_gains(self) -> Tensor:
        """The belief in units of the network's own logit."""
        return self.belief / self.line[0].clamp(min=0.1)


def tensors(heads: list[Head]) -> dict[str, np.ndarray]:
    """What the engine needs, a row for each head."""
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    for head in heads:
        for name, value in (head.state_dict() | {"belief": head.belief_of_gains()}).items():
            if name != "line":
                found[f"memory.{name}"].append(value.detach().numpy().astype(np.float32))
    return {name: np.stack(values) for name, values in found.items()}


def heads(tensors: dict[str, np.ndarray]) -> list[Head]:
    """From what `tensors` gave."""
    own = {k.removeprefix("memory."): torch.from_numpy(v.astype(np.float32)) for k, v in tensors.items() if k.startswith("memory.")}
    out = []
    for number in range(len(own["sound"])):
        head = Head(own["sound"].shape[1])
        head.load_state_dict({k: v[number] for k, v in own.items()} | {"line": torch.tensor([1.0, 0.0])})
        out.append(head.eval())
    return out


class Recollection:
    """A memory beside a placement network and its songs: how alike a song's beats are is heard once for each timing."""

    def __init__(self, tensors: dict[str, np.ndarray], net: PlacementNet, songs: Songs) -> None:
        self._heads, self._net, self._songs = heads(tensors), net, songs
        self._likeness: dict[tuple[str, bytes], list[Tensor]] = {}

    def gains(self, chart: GridChart, hidden: np.ndarray, span: slice) -> np.ndarray:
        """[tokens of the span, 2]: what the log-odds of its hidden slots gain, the mean of what the heads say."""
        size = layout.TOKENS_PER_BEAT
        start, stop = span.start // size, min(chart.tokens, span.stop + size - 1) // size
        notes, known = _beats(chart.notes), _known(chart, hidden)
        with torch.no_grad():
            found = sum(head.gains(likeness, notes, known, start, stop) for head, likeness in zip(self._heads, self._of(chart)))
        gains = (found / len(self._heads)).reshape(-1, layout.SLOTS_PER_TOKEN).numpy()
        return gains[span.start - start * size :][: span.stop - span.start] * hidden[span]

    def _of(self, chart: GridChart) -> list[Tensor]:
        key = (chart.audio, chart.token_seconds.tobytes())
        if key not in self._likeness:
            vectors = front_vectors(self._net, self._songs, chart.audio)
            with torch.no_grad():
                heard = sound(vectors, self._songs.raw[chart.audio], chart)
                self._likeness[key] = [head.likeness(heard).half() for head in self._heads]
        return self._likeness[key]


def fit(net: PlacementNet, charts: list[GridChart], songs: Songs, seed: int) -> dict[str, np.ndarray]:
    """The tensors of several heads, each fitted to hidden measures of other charts with sound: together they err less than any
    one (L. Breiman, Machine Learning 24, 1996)."""
    seeds = range(seed, seed + _HEADS)
    drawn = [np.sort(np.random.default_rng(s).permutation(len(charts))[:_CHARTS]) for s in seeds]
    return tensors([_head(net, [charts[i] for i in own], songs, s) for s, own in zip(seeds, drawn)])


def _head(net: PlacementNet, charts: list[GridChart], songs: Songs, seed: int) -> Head:
    torch.manual_seed(seed)
    sounds, lessons = _lessons(net, charts, songs, np.random.default_rng(seed))
    memory = Head(next(iter(sounds.values())).shape[1])
    optimiser = torch.optim.Adam([{"params": [memory.sound], "top": _SOUND_RATE},
                                  {"params": [p for n, p in memory.named_parameters() if n != "sound"], "top": _RATE}], lr=_RATE)
    random, order = np.random.default_rng(seed), sorted(lessons)
    for step in range(_PASSES * len(order)):
        if step % len(order) == 0:
            turn = random.permutation(len(order))
        key = order[turn[step % len(order)]]
        own = lessons[key]
        own = [own[i] for i in random.permutation(len(own))[:_A_SONG]]
        loss = _loss(memory, sounds[key].float(), own, charts)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(memory.parameters(), 1.0)
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / (_PASSES * len(order)))))
        optimiser.step()
    return memory.eval()


def _loss(memory: Head, tokens: Tensor, lessons: list[Lesson], charts: list[GridChart]) -> Tensor:
    likeness, total, count = memory.likeness(tokens), torch.zeros(()), 0.0
    for lesson in lessons:
        gains = memory.gains(likeness, _beats(charts[lesson.chart].notes), lesson.known, lesson.start, lesson.stop)
        odds = memory.line[0] * lesson.logits + memory.line[1] + gains
        total = total + F.binary_cross_entropy_with_logits(odds, lesson.notes, weight=lesson.offered, reduction="sum")
        count += float(lesson.offered.sum())
    return total / max(1.0, count)


def _lessons(
    net: PlacementNet, charts: list[GridChart], songs: Songs, random: np.random.Generator
) -> tuple[dict[tuple, Tensor], dict[tuple, list[Lesson]]]:
    """The sound of each song under each timing, and gaps of its charts; of every second gap only some measures around are known."""
    sounds: dict[tuple, Tensor] = {}
    lessons: dict[tuple, list[Lesson]] = defaultdict(list)
    name, vectors = None, None
    for number in sorted(range(len(charts)), key=lambda i: charts[i].audio):
        chart = charts[number]
        if chart.audio != name:
            name, vectors = chart.audio, front_vectors(net, songs, chart.audio)
        key = (name, chart.token_seconds.tobytes())
        if key not in sounds:
            sounds[key] = sound(vectors, songs.raw[name], chart).half()
        for gap, hidden in _gaps(chart, random):
            logits = gap.logits(net, vectors, hidden)
            span = gap.span
            slots = lambda values: torch.from_numpy(values[span].astype(np.float32)).reshape(-1, layout.SLOTS_PER_BEAT)
            beat = layout.TOKENS_PER_BEAT
            lessons[key].append(Lesson(number, span.start // beat, span.stop // beat, _known(chart, hidden),
                                       torch.from_numpy(logits).reshape(-1, layout.SLOTS_PER_BEAT), slots(chart.notes), slots(offered(chart))))
    return sounds, lessons


def _gaps(chart: GridChart, random: np.random.Generator) -> Iterator[tuple[Gap, np.ndarray]]:
    """Gaps of each length, with what is hidden: of every second one all but a few measures on each side."""
    for measures, past_only in _MEASURES:
        for number, gap in enumerate(gaps([chart], measures, past_only, int(random.integers(1 << 30)), most=2)):
            hidden = gap.hidden()
            if number % 2:
                hide_far(random, hidden, gap.span.start, gap.span.stop)
            yield gap, hidden


def _beats(notes: np.ndarray) -> Tensor:
    return torch.from_numpy(notes.reshape(-1, layout.SLOTS_PER_BEAT).astype(np.float32))


def _known(chart: GridChart, hidden: np.ndarray) -> Tensor:
    """[beats] bool: nothing of them hidden, and in a measure in which a step is seen."""
    seen = np.flatnonzero((chart.notes > 0) & ~hidden) // (layout.SLOTS_PER_TOKEN * layout.TOKENS_PER_MEASURE)
    known = ~hidden.reshape(-1, layout.SLOTS_PER_BEAT).any(1)
    inside = np.zeros_like(known)
    if len(seen):
        inside.reshape(-1, 4)[seen] = True
    return torch.from_numpy(known & inside)
