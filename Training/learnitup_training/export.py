"""Checkpoints -> the weight files of the engine (ENGINE.md), and the parity fixtures of its tests."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from . import layout
from .model import PlacementNet, SelectionNet

FORMAT = "learnitup-1"
BIG = 256  # tensors of at least so many values are stored as F16


def _stored(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    out = {}
    for name, value in tensors.items():
        value = np.ascontiguousarray(value)
        if value.dtype.kind == "f":
            weight = value.size >= BIG and not name.startswith("features.")
            value = value.astype(np.float16 if weight else np.float32)
        out[name] = value
    return out


def load_placement(checkpoint: dict) -> PlacementNet:
    net = PlacementNet()
    net.load_state_dict(checkpoint["average"])
    return net.eval()


def load_selection(checkpoint: dict) -> SelectionNet:
    net = SelectionNet({t: len(v) for t, v in checkpoint["vocabularies"].items()})
    net.load_state_dict(checkpoint["average"])
    return net.eval()


def _lstm(prefix: str, state: dict[str, torch.Tensor], layers: int) -> dict[str, np.ndarray]:
    """PyTorch's [4H, in] matrices and two biases -> [in, 4H] and one."""
    out = {}
    for layer in range(layers):
        get = lambda name: state[f"{prefix}.{name}_l{layer}"].numpy()
        out[f"{prefix}.{layer}.input"] = get("weight_ih").T
        out[f"{prefix}.{layer}.recurrent"] = get("weight_hh").T
        out[f"{prefix}.{layer}.bias"] = get("bias_ih") + get("bias_hh")
    return out


def export_placement(checkpoint: dict, tables: dict[str, np.ndarray], trained_on: str, figures: str, target: Path) -> None:
    """`tables`: calibration [2], threshold [5, 32], companion.trust [12], and those of the memory (`memory.py`)."""
    tensors = {k: v.numpy() for k, v in checkpoint["average"].items()}
    tensors |= {"features.mean": checkpoint["mean"].astype(np.float32), "features.std": checkpoint["std"].astype(np.float32)}
    tensors |= {"dilations": np.array(PlacementNet.DILATIONS, np.int32), "density": checkpoint["densities"].astype(np.float32)}
    _write(tensors | {k: v.astype(np.float32) for k, v in tables.items()}, "placement", trained_on, figures, target)


def export_selection(checkpoint: dict, tables: dict[str, np.ndarray], trained_on: str, figures: str, target: Path) -> None:
    """`tables`: companion.trust [2]."""
    state = checkpoint["average"]
    tensors = {k: v.numpy() for k, v in state.items() if not k.startswith(("coming.", "lstm."))}
    tensors |= _lstm("coming", state, 1) | _lstm("lstm", state, 2)
    tensors |= {f"rows.{t}.states": v.astype(np.uint8) for t, v in checkpoint["vocabularies"].items()}
    tensors["hold.slots"] = np.array(layout.HOLD_SLOTS, np.int32)
    _write(tensors | tables, "selection", trained_on, figures, target)


def _write(tensors: dict[str, np.ndarray], network: str, trained_on: str, figures: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file(_stored(tensors), target, {"format": FORMAT, "network": network, "trained_on": trained_on, "figures": figures})


def quantised(checkpoint: dict) -> dict:
    """The checkpoint with averaged weights rounded the way the file stores them, so that fixtures agree with it."""
    half = lambda v: v.half().float() if v.numel() >= BIG else v
    average = {k: half(v) for k, v in checkpoint["average"].items()}
    for name in list(average):
        if ".weight_" in name or ".bias_" in name:
            average[name] = checkpoint["average"][name]
            if "weight_" in name:
                average[name] = half(average[name])
            elif "bias_hh" in name:
                other = name.replace("bias_hh", "bias_ih")
                summed = checkpoint["average"][name] + checkpoint["average"][other]
                average[other], average[name] = half(summed), torch.zeros_like(summed)
    return {**checkpoint, "average": average}


def read_placement(path: Path) -> dict:
    """What a training that goes on from an exported file needs: weights, the features' mean and deviation, and the memory."""
    tensors = load_file(path)
    names = PlacementNet().state_dict().keys()
    return {"average": {n: torch.from_numpy(tensors[n]).float() for n in names},
            "mean": tensors["features.mean"], "std": tensors["features.std"],
            "memory": {n: v.astype(np.float32) for n, v in tensors.items() if n.startswith("memory.")}}


def read_selection(path: Path) -> dict:
    """The same of a selection file: weights and the rows that its outputs stand for."""
    tensors = load_file(path)
    vocabularies = {t: tensors[f"rows.{t}.states"] for t in layout.STEPS_TYPES}
    average = {}
    for name in SelectionNet({t: len(v) for t, v in vocabularies.items()}).state_dict():
        module, part = name.rsplit(".", 1)
        layer = part.rsplit("_l", 1)[-1]
        if part.startswith("weight_ih"):
            value = tensors[f"{module}.{layer}.input"].T
        elif part.startswith("weight_hh"):
            value = tensors[f"{module}.{layer}.recurrent"].T
        elif part.startswith("bias_"):  # the file has the sum of both
            value = tensors[f"{module}.{layer}.bias"] * ("ih" in part)
        else:
            value = tensors[name]
        average[name] = torch.from_numpy(np.ascontiguousarray(value)).float()
    return {"average": average, "vocabularies": vocabularies}


READERS = {"placement": read_placement, "selection": read_selection}


def save_figures(path: Path, figures: dict) -> None:
    path.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
