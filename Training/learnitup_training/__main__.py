"""`python -m learnitup_training {prepare,train,blend,evaluate,export,all,critic} …`; `--help` tells the rest."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from . import cache, companion_panels, corpus, critic, ddc, evaluate_placement, evaluate_selection, export, fixtures, leaks, plain_lstm, train_placement, train_selection
from .loop import Schedule

_NETWORKS = {"placement": train_placement.train, "selection": train_selection.train}
_STAGES = {"hearing": train_placement.hear} | _NETWORKS
_BASELINES = {"ddc": ddc, "plain-lstm": plain_lstm}
_STEPS = {"hearing": 4000, "placement": 4000, "selection": 8000, "ddc": 6000, "plain-lstm": 6000}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="learnitup_training", description="Train the networks of Learn It Up.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("prepare", "read charts, compute features"), ("train", "train one network, or go on with it"),
                       ("blend", "the mean of a checkpoint's weights and another's, which generalises better than either"),
                       ("evaluate", "figures on the validation songs"), ("export", "write weight files and parity fixtures"),
                       ("all", "everything, from the data folder to weights")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--cache", type=Path, required=True, help="folder for features and checkpoints")
        if name in ("prepare", "all"):
            command.add_argument("--data", type=Path, required=True, help="folder with songs.csv and charts.csv, or of song folders")
            command.add_argument("--charts", type=Path, help="folder of the charts that charts.csv names (default: charts.tar.xz, unpacked)")
        if name == "train":
            command.add_argument("network", choices=[*_STAGES, *_BASELINES])
        if name in ("train", "all"):
            command.add_argument("--steps", type=int, help="updates (default 4000 for hearing and for placement, 8000 for selection, 6000 for a baseline)")
            command.add_argument("--minutes", type=float, help="end after so many minutes instead")
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--from", dest="start_from", type=Path, help="folder with .safetensors to go on from, such as the shipped ones")
        if name == "blend":
            command.add_argument("network", choices=sorted(_NETWORKS))
            command.add_argument("--other", type=Path, required=True, help="a checkpoint of the same training")
        if name == "evaluate":
            command.add_argument("network", choices=sorted([*_NETWORKS, *_BASELINES]))
            command.add_argument("--limit", type=int, help="at most so many charts (selection: a steps type)")
            command.add_argument("--baseline", action="store_true", help="also an n-gram beside the selection network")
        if name in ("export", "all"):
            command.add_argument("--out", type=Path, required=True, help="folder for the .safetensors files")
            command.add_argument("--fixtures", type=Path, help="folder for the parity fixtures")
    command = commands.add_parser("critic", help="fit the critic to what the engine sees in charts")
    command.add_argument("--examples", type=Path, required=True, nargs="+", help="files of `learnitup evaluate FOLDER --write-critic FILE`")
    command.add_argument("--out", type=Path, required=True, help="critic.json to write")
    command.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def checkpoint(folder: Path, network: str) -> dict:
    """Of the folder's own training; read with pickle, so only from a folder you trust."""
    return torch.load(folder / f"{network}.pt", weights_only=False)


_TABLES = {"placement": "tables.pt", "selection": "selection-tables.pt"}


def fitted(folder: Path, network: str) -> dict:
    """The tables that `evaluate` fits beside a network."""
    path = folder / _TABLES[network]
    if not path.exists():
        raise SystemExit(f"{path} is missing: run `evaluate {network} --cache {folder}` first")
    return torch.load(path, weights_only=False)


def prepare(options: argparse.Namespace) -> None:
    entries = corpus.collect(options.data, options.charts or corpus.unpacked(options.data, options.cache))
    audio = sorted({e.audio for e in entries if e.audio})
    print(f"{len(entries)} charts, {len(audio)} songs with sound", flush=True)
    for path in audio:
        cache.prepare_features(options.cache, path)
    cache.save_charts(options.cache, leaks.close(options.cache, entries))


def train(options: argparse.Namespace, network: str) -> None:
    schedule = Schedule(options.steps or _STEPS[network], options.minutes)
    if network in _BASELINES:
        return _BASELINES[network].train(options.cache, schedule, options.seed)
    kept = "selection" if network == "selection" else "placement"
    start = export.READERS[kept](options.start_from / f"{kept}.safetensors") if options.start_from else None
    _STAGES[network](options.cache, schedule, options.seed, start=start)


def blend(options: argparse.Namespace) -> None:
    """Averages along one training are flatter than its end (P. Izmailov et al., UAI 2018)."""
    saved, other = checkpoint(options.cache, options.network), torch.load(options.other, weights_only=False)
    saved["average"] = {name: (value + other["average"][name]) / 2 for name, value in saved["average"].items()}
    torch.save(saved, options.cache / f"{options.network}.pt")


def evaluate(options: argparse.Namespace, network: str, limit: int | None, baseline: bool) -> None:
    if network in _BASELINES:
        figures = _BASELINES[network].report(options.cache)
        export.save_figures(options.cache / f"{network}-figures.json", figures)
        print(json.dumps(figures, indent=1))
        return
    saved = checkpoint(options.cache, network)
    if network == "placement":
        figures, tables = evaluate_placement.report(export.load_placement(saved), options.cache, saved, limit=limit)
        torch.save(tables, options.cache / _TABLES[network])
    else:
        net = export.load_selection(saved)
        figures = evaluate_selection.report(net, options.cache, saved["vocabularies"], limit or 80, baseline)
        trusted = companion_panels.fit(net, options.cache, saved["vocabularies"], seed=1)
        torch.save({"companion.trust": trusted}, options.cache / _TABLES[network])
    export.save_figures(options.cache / f"{network}-figures.json", figures)
    print(json.dumps(figures, indent=1))


def write_weights(options: argparse.Namespace) -> None:
    placement, selection = checkpoint(options.cache, "placement"), checkpoint(options.cache, "selection")
    tables, panel_tables = fitted(options.cache, "placement"), fitted(options.cache, "selection")
    trained_on = "human-made charts and music gathered from public repositories; see Training/MODEL_CARD.md"
    figures = {n: (options.cache / f"{n}-figures.json").read_text() for n in _NETWORKS if (options.cache / f"{n}-figures.json").exists()}
    export.export_placement(placement, tables, trained_on, figures.get("placement", ""), options.out / "placement.safetensors")
    export.export_selection(selection, panel_tables, trained_on, figures.get("selection", ""), options.out / "selection.safetensors")
    if options.fixtures:
        fixtures.write(options.fixtures, placement, selection, tables)


def main() -> None:
    options = arguments()
    torch.set_num_threads(1)
    if options.command == "critic":
        critic.train(options.examples, options.out, options.seed)
    if options.command in ("prepare", "all"):
        prepare(options)
    if options.command == "train":
        train(options, options.network)
    if options.command == "blend":
        blend(options)
    if options.command == "evaluate":
        evaluate(options, options.network, options.limit, options.baseline)
    if options.command == "all":
        if not options.start_from:
            train(options, "hearing")
        for network in _NETWORKS:
            train(options, network)
            evaluate(options, network, None, False)
    if options.command in ("export", "all"):
        write_weights(options)


if __name__ == "__main__":
    main()
