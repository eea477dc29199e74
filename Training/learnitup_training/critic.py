"""The critic: a small network that ranks what a person wrote above the same region spoilt.

It is fitted to the traits that the engine itself sees (`learnitup evaluate FOLDER --write-critic FILE`), so that nothing has to be
computed twice. The loss asks that a region stand above each of its spoilt versions, and, weaker, above all others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

_WIDTH = 64
_MEMBERS = 4  # networks whose mean is the critic: written side by side as one
_CLIP = 5.0  # standard deviations, as in the engine
_POOLED = 0.1  # weight of "above all others"
_BATCH = 512
_HELD_BACK = 10  # every tenth song decides when to stop


class Examples:
    """Regions with their spoilt versions, one row a pair."""

    def __init__(self, paths: list[Path]) -> None:
        contents = [json.loads(path.read_text()) for path in paths]
        self.traits: list[str] = contents[0]["traits"]
        regions = [{**r, "song": (number, r["song"])} for number, content in enumerate(contents)
                   for r in content["regions"] if r["corrupted"]]
        songs = {song: index for index, song in enumerate(dict.fromkeys(r["song"] for r in regions))}
        self.human = np.array([r["human"] for r in regions], np.float32)
        self.song = np.array([songs[r["song"]] for r in regions])
        self.type = [r["type"] for r in regions]
        pairs = [(index, kind, traits) for index, r in enumerate(regions) for kind, traits in r["corrupted"].items()]
        self.owner = np.array([p[0] for p in pairs])
        self.kind = np.array([p[1] for p in pairs])
        self.spoilt = np.array([p[2] for p in pairs], np.float32)


def network(inputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, _WIDTH), nn.ReLU(), nn.Linear(_WIDTH, 1))


def loss(human: Tensor, spoilt: Tensor) -> Tensor:
    pooled = F.softplus(-human).mean() + F.softplus(spoilt).mean()
    return F.softplus(spoilt - human).mean() + _POOLED * pooled


def figures(model: nn.Module, scale, examples: Examples, chosen: np.ndarray) -> dict[str, float]:
    """Share of pairs in the right order, by kind and in all."""
    with torch.no_grad():
        human = model(scale(examples.human)).squeeze(-1).numpy()
        spoilt = model(scale(examples.spoilt)).squeeze(-1).numpy()
    right = (spoilt < human[examples.owner]) + 0.5 * (spoilt == human[examples.owner])
    result = {kind: float(right[chosen & (examples.kind == kind)].mean()) for kind in sorted(set(examples.kind))}
    return {"auc": float(right[chosen].mean()), **result}


def fit(examples: Examples, seed: int = 1, epochs: int = 40) -> tuple[nn.Module, np.ndarray, np.ndarray, dict[str, float]]:
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    mean, deviation = examples.human.mean(0), examples.human.std(0)
    deviation = np.where(deviation < 1e-3, 1.0, deviation).astype(np.float32)
    scale = lambda values: torch.from_numpy(np.clip((values - mean) / deviation, -_CLIP, _CLIP).astype(np.float32))  # noqa: E731
    held = examples.song[examples.owner] % _HELD_BACK == 0
    members = [_member(examples, scale, held, epochs, random) for _ in range(_MEMBERS)]
    model = _together(members)
    return model, mean, deviation, figures(model, scale, examples, held if held.any() else ~held)


def _member(examples: Examples, scale, held: np.ndarray, epochs: int, random: np.random.Generator) -> nn.Sequential:
    model = network(len(examples.traits))
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=1e-3)
    human, spoilt = scale(examples.human), scale(examples.spoilt)
    best, state = 0.0, None
    rows = np.flatnonzero(~held)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        for batch in np.array_split(random.permutation(rows), max(1, len(rows) // _BATCH)):
            optimizer.zero_grad()
            value = loss(model(human[examples.owner[batch]]), model(spoilt[batch]))
            value.backward()
            optimizer.step()
        schedule.step()
        auc = figures(model, scale, examples, held)["auc"] if held.any() else 1.0
        if auc >= best:
            best, state = auc, {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return model


def _together(members: list[nn.Sequential]) -> nn.Sequential:
    """One network that answers the mean of several."""
    inputs, width = members[0][0].in_features, members[0][0].out_features
    model = nn.Sequential(nn.Linear(inputs, width * len(members)), nn.ReLU(), nn.Linear(width * len(members), 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.cat([m[0].weight for m in members]))
        model[0].bias.copy_(torch.cat([m[0].bias for m in members]))
        model[2].weight.copy_(torch.cat([m[2].weight for m in members], 1) / len(members))
        model[2].bias.copy_(torch.stack([m[2].bias for m in members]).mean(0))
    return model


def write(path: Path, traits: list[str], model: nn.Module, mean: np.ndarray, deviation: np.ndarray) -> None:
    short = lambda values: [round(float(v), 4) for v in values]  # noqa: E731
    layers = [{"weight": [short(row) for row in m.weight.detach().T], "bias": short(m.bias.detach())}
              for m in model if isinstance(m, nn.Linear)]
    content = {"traits": traits, "mean": short(mean), "deviation": short(deviation), "layers": layers,
               "trained_on": "regions of human-made charts and the same ones spoilt; see Training/MODEL_CARD.md"}
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


def train(examples: list[Path], out: Path, seed: int) -> None:
    read = Examples(examples)
    print(f"{len(read.human)} regions, {len(read.kind)} spoilt versions", flush=True)
    model, mean, deviation, found = fit(read, seed)
    print("on the songs that chose the epoch:", json.dumps(found, indent=1))
    write(out, read.traits, model, mean, deviation)
