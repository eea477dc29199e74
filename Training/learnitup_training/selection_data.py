"""Charts as flat arrays of steps, and batches of windows drawn from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch

from . import layout, style
from .corpus import Entry
from .recall import LONGEST, recall

LOST_CLASS = -1  # a row outside the vocabulary
_FORGETTING = 0.1  # share of windows trained without the chart's memory
_LANE_BITS = np.arange(layout.COMMON_LANES, dtype=np.uint32)


def lane_bits(sets: np.ndarray) -> np.ndarray:
    """Bit sets [..] -> float32 [.., 18]."""
    return ((sets[..., None] >> _LANE_BITS) & 1).astype(np.float32)


def vocabulary(entries: list[Entry], least: int = 8) -> dict[str, np.ndarray]:
    """Rows seen at least `least` times over all mirrors, as uint8 [rows, lanes] of 0 nothing, 1 tap, 2 head."""
    out = {}
    for steps_type in layout.STEPS_TYPES:
        lanes, seen = layout.LANES[steps_type], Counter()
        for entry in entries:
            if entry.chart.steps_type == steps_type:
                seen.update(zip(entry.chart.taps.tolist(), entry.chart.heads.tolist()))
        total: Counter[tuple[int, ...]] = Counter()
        for (taps, heads), count in seen.items():
            states = np.array([(taps >> i & 1) + 2 * (heads >> i & 1) for i in range(lanes)]).clip(max=2)
            for permutation in layout.mirrors(steps_type):
                moved = np.zeros(lanes, int)
                moved[permutation] = states
                total[tuple(moved.tolist())] += count
        rows = sorted(r for r, n in total.items() if n >= least and any(r) and sum(map(bool, r)) <= 5)
        out[steps_type] = np.array(rows, np.uint8).reshape(-1, lanes)
    return out


def time_channels(rows: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """[steps, 73]; see ENGINE.md."""
    n = len(rows)
    gaps = np.full((n, 3), layout.NO_GAP_ROWS)
    times = np.full((n, 3), layout.NO_GAP_SECONDS)
    row_gap, second_gap = np.diff(rows), np.diff(seconds)
    for column, (target, source) in enumerate(((slice(1, n), slice(None)), (slice(0, n - 1), slice(None)), (slice(0, max(0, n - 2)), slice(1, None)))):
        gaps[target, column], times[target, column] = row_gap[source], second_gap[source]
    out = np.zeros((n, layout.TIME_CHANNELS), np.float32)
    buckets = np.searchsorted(layout.GAP_EDGES, gaps, "right")
    for column in range(3):
        out[np.arange(n), column * layout.GAP_BUCKETS + buckets[:, column]] = 1
    base = 3 * layout.GAP_BUCKETS
    out[:, base : base + 3] = np.log(np.clip(times, 0.02, 8) / 0.25)
    out[np.arange(n), base + 3 + rows % layout.ROWS_PER_BEAT // 2] = 1
    out[np.arange(n), base + 27 + rows // layout.ROWS_PER_BEAT % 4] = 1
    return out


def density(entry: Entry) -> float:
    """Note rows a second between the first and the last row."""
    chart = entry.chart
    return (len(chart.rows) - 1) / max(1.0, float(chart.seconds[-1] - chart.seconds[0]))


_STEP_ARRAYS = ("times", "taps", "heads", "held", "classes", "hold_class", "recall_class", "recall_share", "recall_length")


@dataclass
class Steps:
    """All charts of a split, one after the other; `first[i] ..< first[i + 1]` are chart i's steps."""

    times: np.ndarray  # float16 [steps, 73]
    taps: np.ndarray  # uint32, common lanes
    heads: np.ndarray
    held: np.ndarray
    classes: np.ndarray  # int32, row of the type's vocabulary or LOST_CLASS
    hold_class: np.ndarray  # int8, -1 without heads
    recall_class: np.ndarray  # int16 [steps, 4], what the chart itself suggests; LOST_CLASS where nothing
    recall_share: np.ndarray  # float16 [steps, 4]
    recall_length: np.ndarray  # uint8 [steps]
    first: np.ndarray
    steps_type: np.ndarray  # int64 per chart
    level: np.ndarray  # int64, UNKNOWN_LEVEL where unknown
    density: np.ndarray
    style: np.ndarray  # int8 [charts, 12]
    weight: np.ndarray  # how often a chart is drawn, relative to its length

    @staticmethod
    def of(entries: list[Entry], mirror: "Mirror", unclean_weight: float = 0.5) -> "Steps":
        entries, vocabularies = [e for e in entries if e.chart.measures_known], mirror.vocabularies
        index = {t: {tuple(r): i for i, r in enumerate(v.tolist())} for t, v in vocabularies.items()}
        parts: dict[str, list[np.ndarray]] = {k: [] for k in _STEP_ARRAYS}
        for entry in entries:
            chart = entry.chart
            shift, lanes = layout.FIRST_COMMON_LANE[chart.steps_type], layout.LANES[chart.steps_type]
            states = ((chart.taps[:, None] >> np.arange(lanes)) & 1) + 2 * ((chart.heads[:, None] >> np.arange(lanes)) & 1)
            table = index[chart.steps_type]
            classes = np.array([table.get(tuple(s), LOST_CLASS) for s in states.clip(max=2).tolist()], np.int32)
            images = mirror.classes[layout.STEPS_TYPES.index(chart.steps_type)]
            likely, share, length = recall(chart.rows, classes, images, LOST_CLASS)
            parts["classes"].append(classes)
            parts["recall_class"].append(likely)
            parts["recall_share"].append(share.astype(np.float16))
            parts["recall_length"].append(length)
            parts["times"].append(time_channels(chart.rows, chart.seconds).astype(np.float16))
            for name in ("taps", "heads", "held"):
                parts[name].append(getattr(chart, name).astype(np.uint32) << np.uint32(shift))
            slots = np.maximum(1, chart.hold_rows / 2)
            nearest = np.abs(np.log(slots[:, None] / np.array(layout.HOLD_SLOTS))).argmin(1)
            parts["hold_class"].append(np.where(chart.heads > 0, nearest, -1).astype(np.int8))
        lengths = np.array([len(e.chart.rows) for e in entries])
        level = [layout.UNKNOWN_LEVEL if e.chart.level is None else min(e.chart.level, 30) for e in entries]
        return Steps(
            **{k: np.concatenate(v) for k, v in parts.items()}, first=np.concatenate([[0], lengths.cumsum()]),
            steps_type=np.array([layout.STEPS_TYPES.index(e.chart.steps_type) for e in entries]),
            level=np.array(level), density=np.array([density(e) for e in entries]),
            style=np.stack([style.labels(e.chart) for e in entries]),
            weight=lengths * np.where([e.clean for e in entries], 1.0, unclean_weight),
        )


def scalars(level: np.ndarray, density_: np.ndarray, styles: np.ndarray) -> np.ndarray:
    """[charts, 16]; density NaN where unknown."""
    known = level != layout.UNKNOWN_LEVEL
    dense = ~np.isnan(density_)
    head = np.stack([np.where(known, level / 10, 0), known, np.where(dense, np.log(np.where(dense, density_, 1).clip(0.1) / 4), 0), dense], 1)
    return np.concatenate([head, styles], 1).astype(np.float32)


class Mirror:
    """Moves bit sets and classes of a steps type to their mirror images."""

    def __init__(self, vocabularies: dict[str, np.ndarray]) -> None:
        self.lanes = np.tile(np.arange(layout.COMMON_LANES), (len(layout.STEPS_TYPES), 4, 1))
        self.vocabularies = vocabularies
        self.classes = []
        self.lanes_of_class = []  # per type [rows + 1, 36], zeros for LOST_CLASS
        for number, steps_type in enumerate(layout.STEPS_TYPES):
            shift, lanes = layout.FIRST_COMMON_LANE[steps_type], layout.LANES[steps_type]
            vocabulary_ = vocabularies[steps_type]
            place = {tuple(r): i for i, r in enumerate(vocabulary_.tolist())}
            tables = []
            for kind, permutation in enumerate(layout.mirrors(steps_type)):
                self.lanes[number, kind, shift : shift + lanes] = permutation + shift
                moved = np.zeros_like(vocabulary_)
                moved[:, permutation] = vocabulary_
                tables.append([place[tuple(r)] for r in moved.tolist()] + [LOST_CLASS])
            self.classes.append(np.array(tables))
            row_lanes = np.zeros((len(vocabulary_) + 1, layout.ROW_CHANNELS), np.float32)
            for state, base in ((1, 0), (2, layout.COMMON_LANES)):
                row_lanes[:-1, base + shift : base + shift + lanes] = vocabulary_ == state
            self.lanes_of_class.append(row_lanes)

    def bits(self, channels: np.ndarray, steps_type: np.ndarray, kind: np.ndarray) -> np.ndarray:
        """[windows, steps, 18] -> the same with lanes moved."""
        target = self.lanes[steps_type, kind][:, None, :]
        out = np.empty_like(channels)
        np.put_along_axis(out, np.broadcast_to(target, channels.shape), channels, 2)
        return out


def drop_conditions(random: np.random.Generator, level: np.ndarray, density_: np.ndarray, styles: np.ndarray) -> tuple[np.ndarray, ...]:
    """Level unknown for 20 %, density for 30 %, all styles for 40 %, else each style for 30 %."""
    n = len(level)
    level = np.where(random.random(n) < 0.2, layout.UNKNOWN_LEVEL, level)
    density_ = np.where(random.random(n) < 0.3, np.nan, density_ * np.exp(random.normal(0, 0.05, n)))
    keep = (random.random((n, 1)) > 0.4) & (random.random(styles.shape) > 0.3)
    return level, density_, styles * keep


def hidden_spans(random: np.random.Generator, windows: int, length: int) -> np.ndarray:
    """[windows, steps] bool, True where rows are to be guessed. Half of the windows hide all, the others one or
    more spans of 2 to 48 steps with known rows between and after them."""
    out = np.ones((windows, length), bool)
    for line in out[random.random(windows) < 0.5]:
        position = 0
        while position < length:
            hidden, known = random.integers(2, 49), random.integers(1, 25)
            line[position + hidden : position + hidden + known] = False
            position += hidden + known
    return out


def recall_channels(lanes: np.ndarray, share: np.ndarray, length: np.ndarray) -> np.ndarray:
    """[.., 74] from the candidates' lanes [.., 4, 36], shares [.., 4] and the longest match [..]."""
    mean = (lanes * share[..., None]).sum(-2)
    return np.concatenate([mean, lanes[..., 0, :], share[..., :1], length[..., None] / LONGEST], -1).astype(np.float32)


@dataclass
class Batch:
    previous: torch.Tensor
    held: torch.Tensor
    times: torch.Tensor
    recalled: torch.Tensor  # [windows, steps, 74]
    recall_class: torch.Tensor  # [windows, steps, 4]
    recall_share: torch.Tensor
    known: torch.Tensor
    rows: torch.Tensor
    scalars: torch.Tensor
    level: torch.Tensor
    steps_type: torch.Tensor
    classes: torch.Tensor  # LOST_CLASS where not to be scored
    hold_class: torch.Tensor


def window(steps: Steps, mirror: Mirror, chart: np.ndarray, start: np.ndarray, length: int, kind: np.ndarray,
           hidden: np.ndarray, conditions: tuple[np.ndarray, ...], remembers: np.ndarray | bool = True) -> Batch:
    """Windows of `length` steps; past a chart's end steps are zeros and not scored. `remembers` [windows]: whether
    the chart's own memory is given."""
    at = start[:, None] + np.arange(length)
    inside = at < steps.first[chart + 1][:, None]
    at = np.minimum(at, steps.first[chart + 1][:, None] - 1)
    before = np.maximum(at - 1, 0)
    has_previous = (at > steps.first[chart][:, None])[..., None]
    steps_type = steps.steps_type[chart]
    moved = lambda sets: mirror.bits(lane_bits(sets), steps_type, kind)
    row = np.concatenate([moved(steps.taps[at]), moved(steps.heads[at])], -1)
    previous = np.concatenate([moved(steps.taps[before]), moved(steps.heads[before])], -1) * has_previous
    classes = np.stack([mirror.classes[t][k][steps.classes[a]] for t, k, a in zip(steps_type, kind, at)])
    trusted = inside & np.broadcast_to(np.asarray(remembers).reshape(-1, 1), inside.shape)
    share = steps.recall_share[at].astype(np.float32) * trusted[..., None]
    likely = np.stack([mirror.classes[t][k][steps.recall_class[a]] for t, k, a in zip(steps_type, kind, at)])
    likely = np.where(trusted[..., None], likely, LOST_CLASS)
    lanes = np.stack([mirror.lanes_of_class[t][l] for t, l in zip(steps_type, likely)])
    scored = inside & hidden
    level, dense, styles = conditions
    tensor = torch.from_numpy
    mask = inside[..., None]
    return Batch(
        tensor(previous * mask), tensor(moved(steps.held[at]) * mask), tensor(steps.times[at].astype(np.float32) * mask),
        tensor(recall_channels(lanes, share, steps.recall_length[at] * trusted)), tensor(likely.astype(np.int64)), tensor(share),
        tensor((~hidden & inside)[..., None].astype(np.float32)), tensor(row * mask),
        tensor(scalars(level, dense, styles)), tensor(level), tensor(steps_type),
        tensor(np.where(scored, classes, LOST_CLASS)), tensor(np.where(scored, steps.hold_class[at], -1).astype(np.int64)),
    )


def draw(steps: Steps, mirror: Mirror, random: np.random.Generator, windows: int, length: int) -> Batch:
    """A training batch: charts in proportion to weight, random place, mirror, hidden spans and conditions."""
    chart = random.choice(len(steps.level), windows, p=steps.weight / steps.weight.sum())
    spare = np.maximum(0, steps.first[chart + 1] - steps.first[chart] - length // 2)
    start = steps.first[chart] + (random.random(windows) * (spare + 1)).astype(np.int64)
    conditions = drop_conditions(random, steps.level[chart], steps.density[chart], steps.style[chart].astype(np.float32))
    kind, remembers = random.integers(0, 4, windows), random.random(windows) > _FORGETTING
    return window(steps, mirror, chart, start, length, kind, hidden_spans(random, windows, length), conditions, remembers)
