"""Parity fixtures: inputs made by formula, outputs of the exported weights, as small JSON files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from . import layout
from .export import BIG, load_placement, load_selection, quantised
from .features import CHANNELS, SAMPLE_RATE, log_mel
from .memory import heads as memory_heads
from .model import sampled_audio

_TOKENS, _FRAMES, _STEPS, _BEATS = 48, 150, 12, 24


def wave(*shape: int, pace: float) -> np.ndarray:
    """Value i (row-major) is sin(pace * (i + 1)) in double precision, then float32."""
    count = int(np.prod(shape))
    return np.sin(pace * np.arange(1, count + 1)).reshape(shape).astype(np.float32)


def tone(samples: int = SAMPLE_RATE) -> np.ndarray:
    """0.4 sin(2 pi 440 t) + 0.3 sin(2 pi 3000 t^2), and clicks of 1 at every 11,025th sample."""
    t = np.arange(samples) / SAMPLE_RATE
    out = 0.4 * np.sin(2 * np.pi * 440 * t) + 0.3 * np.sin(2 * np.pi * 3000 * t * t)
    out[::11_025] += 1
    return out.astype(np.float32)


def _list(values: torch.Tensor | np.ndarray) -> list:
    return np.round(np.asarray(values, np.float64), 6).tolist()


def features_fixture() -> dict:
    frames = log_mel(tone())
    at = [0, 1, 25, 26, 60, 99, 100]
    return {"input": "0.4 sin(2 pi 440 t) + 0.3 sin(2 pi 3000 t^2), +1 at every 11025th sample; 44100 samples",
            "frames": len(frames), "at": at, "values": _list(frames[at])}


def placement_fixture(checkpoint: dict) -> dict:
    """Front end on sin(.37 i) frames; trunk on its audio at positions 2.3 k, channels sin(.11 i)."""
    net = load_placement(quantised(checkpoint))
    with torch.no_grad():
        audio = net.front(torch.from_numpy(wave(1, _FRAMES, CHANNELS, pace=0.37)))
        position = torch.arange(_TOKENS, dtype=torch.float32)[None] * 2.3
        sampled = sampled_audio(audio, torch.zeros(1, dtype=torch.long), position)
        channels = torch.from_numpy(wave(1, _TOKENS, layout.TOKEN_CHANNEL_COUNT, pace=0.11))
        scalars = torch.from_numpy(wave(1, net.SCALARS, pace=0.7))
        out = net(sampled, channels, scalars, torch.tensor([12]), torch.tensor([0]))
    return {"frames": _FRAMES, "frames_pace": 0.37, "tokens": _TOKENS, "position_step": 2.3, "channels_pace": 0.11,
            "scalars_pace": 0.7, "level": 12, "type": 0, "front_at": [0, 75, 149], "front": _list(audio[0, [0, 75, 149]]), "logits": _list(out[0])}


def selection_fixture(checkpoint: dict) -> dict:
    """previous sin(.13 i), held 0, times sin(.17 i), recalled sin(.23 i), candidates 0 1 2 3 with shares .4 .3 .2 .1, fixed rows sin(.19 i) from step 8 on, scalars sin(.7 i)."""
    net = load_selection(quantised(checkpoint))
    out: dict = {"steps": _STEPS, "previous_pace": 0.13, "times_pace": 0.17, "rows_pace": 0.19, "recalled_pace": 0.23, "scalars_pace": 0.7, "fixed_from": 8, "level": 12, "cases": []}
    known = torch.zeros(1, _STEPS, 1)
    known[:, 8:] = 1
    get = lambda width, pace: torch.from_numpy(wave(1, _STEPS, width, pace=pace))
    with torch.no_grad():
        for number, steps_type in enumerate(layout.STEPS_TYPES):
            rows = get(layout.ROW_CHANNELS, 0.19)
            hidden, _ = net(get(layout.ROW_CHANNELS, 0.13), torch.zeros(1, _STEPS, layout.COMMON_LANES), get(layout.TIME_CHANNELS, 0.17),
                            get(layout.RECALL_CHANNELS, 0.23), known, rows, torch.from_numpy(wave(1, net.SCALARS, pace=0.7)), torch.tensor([12]), torch.tensor([number]))
            logits = net.row_logits(hidden, steps_type, torch.arange(4).expand(1, _STEPS, 4), torch.tensor([0.4, 0.3, 0.2, 0.1]).expand(1, _STEPS, 4))
            out["cases"].append({"type": steps_type, "first_hidden": _list(hidden[0, 0, :8]), "last_hidden": _list(hidden[0, -1]),
                                 "last_logits": _list(logits[0, -1]), "last_hold_logits": _list(net.hold_logits(hidden, rows)[0, -1])})
    return out


def memory_fixture(tables: dict[str, np.ndarray]) -> dict:
    """Tokens sin(.37 i) for 24 beats; a note row on slot i of the chart where 37 i mod 11 is less than 3, none in
    measure 4; beats 9 to 12 and 20 unknown, and those of the empty measure no better."""
    stored = {k: v.astype(np.float16) if v.size >= BIG else v for k, v in tables.items()}
    heads = memory_heads(stored)
    notes = torch.tensor([37 * i % 11 < 3 for i in range(_BEATS * layout.SLOTS_PER_BEAT)]).float().view(_BEATS, -1)
    known = torch.ones(_BEATS, dtype=torch.bool)
    notes[16:20] = 0
    known[9:13] = known[16:20] = known[20] = False
    with torch.no_grad():
        heard = torch.from_numpy(wave(_BEATS * layout.TOKENS_PER_BEAT, len(heads[0].sound), pace=0.37))
        likeness = [head.likeness(heard) for head in heads]
        gains = sum(h.gains(l, notes * known[:, None], known, 9, 13) for h, l in zip(heads, likeness)) / len(heads)
    return {"beats": _BEATS, "tokens_pace": 0.37, "unknown": [9, 10, 11, 12, 20], "empty": [16, 17, 18, 19], "likeness": [_list(l[9]) for l in likeness], "gains": _list(gains)}


def write(folder: Path, placement: dict, selection: dict, tables: dict[str, np.ndarray]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    parts = {"features": features_fixture(), "placement": placement_fixture(placement), "selection": selection_fixture(selection),
             "memory": memory_fixture(tables)}
    for name, content in parts.items():
        (folder / f"parity-{name}.json").write_text(json.dumps(content) + "\n")
