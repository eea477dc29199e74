"""What the training stands on: times by StepMania's rules, mirrors, recall, and weights that survive the file."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import numpy as np
import pytest
import torch

from learnitup_training import companion, critic, export, layout
from learnitup_training.companion import Rhythm
from learnitup_training.decode import front_vectors, note_logits
from learnitup_training.evaluate_placement import matched_threshold
from learnitup_training.loop import Loop, Schedule
from learnitup_training.memory import Head, Recollection, tensors
from learnitup_training.model import PlacementNet, SelectionNet
from learnitup_training.placement_data import GridChart, Songs
from learnitup_training.recall import recall
from learnitup_training.simfile_text import charts
from learnitup_training.timing import Timing


def seconds(beat: float, **events: list[tuple[float, float]]) -> float:
    return float(Timing(0.0, [(0.0, 120.0)], **events).seconds(np.array([round(beat * 48)]))[0])


@pytest.mark.parametrize(("beat", "expected"), [(2, 1.0), (2.25, 1.625), (4, 2.5)])
def test_a_stop_comes_after_the_note_on_its_row(beat: float, expected: float) -> None:
    assert seconds(beat, stops=[(2, 0.5)]) == pytest.approx(expected)


def test_a_delay_comes_before_the_note_on_its_row() -> None:
    assert seconds(2, delays=[(2, 0.5)]) == pytest.approx(1.5)


def test_no_time_passes_in_a_warp() -> None:
    assert seconds(6, warps=[(2, 2)]) == pytest.approx(2.0)


@pytest.mark.parametrize("steps_type", layout.STEPS_TYPES)
def test_every_mirror_undoes_itself(steps_type: str) -> None:
    for permutation in layout.mirrors(steps_type):
        assert (permutation[permutation] == np.arange(layout.LANES[steps_type])).all()


def test_a_chart_with_stepf2_cells_keeps_its_real_notes() -> None:
    (chart,) = charts("#BPMS:0=120;\n#NOTEDATA:;\n#STEPSTYPE:pump-single;\n#METER:7;\n#NOTES:\n{1|v|1|0}0000\n{1|v|0|0}0000\n0M000\n00X00\n;\n")
    assert chart.rows.tolist() == [48, 144] and chart.taps.tolist() == [1, 4] and chart.level == 7


def test_recall_follows_the_longest_repeat() -> None:
    rows = np.arange(0, 12 * 7, 12)
    classes = np.array([0, 1, 2, 0, 1, 2, 0])
    alike = np.array([[0, 1, 2, -1]] * 4)  # mirrors that change nothing
    likely, share, length = recall(rows, classes, alike, -1)
    assert likely[5, 0] == 2 and likely[6, 0] == 0
    assert length.tolist()[4:6] == [1, 2] and share[5, 0] > 0.5
    assert (likely[0] == -1).all() and share[0].sum() == 0


def test_recall_sees_a_mirrored_repeat() -> None:
    rows, classes = np.arange(0, 12 * 6, 12), np.array([0, 1, 0, 2, 3, 2])
    mirrored = np.array([[0, 1, 2, 3, -1], [2, 3, 0, 1, -1], [0, 1, 2, 3, -1], [2, 3, 0, 1, -1]])
    likely, _, _ = recall(rows, classes, mirrored, -1)
    assert likely[5, 0] == 2


def test_weights_survive_the_file(tmp_path) -> None:
    torch.manual_seed(0)
    vocabularies = {t: np.ones((3, n), np.uint8) for t, n in layout.LANES.items()}
    selection = SelectionNet({t: 3 for t in vocabularies})
    export.export_selection({"average": selection.state_dict(), "vocabularies": vocabularies}, {"companion.trust": np.ones(2, np.float32)}, "", "", tmp_path / "s.safetensors")
    net = export.load_selection(export.read_selection(tmp_path / "s.safetensors"))
    given = torch.randn(1, 5, net.lstm.input_size)
    assert torch.allclose(net.lstm(given)[0], selection.lstm(given)[0], atol=5e-3)
    placement, frames = PlacementNet(), {"mean": np.zeros(240), "std": np.ones(240), "densities": np.ones((5, 32))}
    tables = {"calibration": np.ones(2), "threshold": np.ones((5, 32))}
    export.export_placement({"average": placement.state_dict(), **frames}, tables, "", "", tmp_path / "p.safetensors")
    back = export.read_placement(tmp_path / "p.safetensors")
    assert torch.allclose(back["average"]["hidden.weight"], placement.hidden.weight.half().float())


def test_a_beat_is_remembered_as_those_that_sound_alike() -> None:
    torch.manual_seed(1)
    memory, kinds, beats = Head(8), torch.randn(2, 12, 8), torch.randint(0, 2, (64,))
    notes = torch.zeros(64, 24)
    notes[:, 0], notes[:, 12] = 1, beats.float()
    known = torch.ones(64, dtype=torch.bool)
    known[20:28] = False
    likeness = memory.likeness(kinds[beats].reshape(-1, 8))
    gains = memory.gains(likeness, notes * known[:, None], known, 20, 28)
    assert (gains[:, 0] > 0).all() and (gains[:, 6] < 0).all()
    assert ((gains[:, 12] > 0) == (beats[20:28] == 1)).all()
    assert (memory.gains(likeness, notes * 0, known & False, 20, 28) == 0).all()


def test_what_is_known_needs_no_memory() -> None:
    """The network reads what hidden slots gain, and their log-odds gain it besides."""
    torch.manual_seed(1)
    tokens = 8 * layout.TOKENS_PER_MEASURE
    seconds = np.arange(tokens + 1) / (2 * layout.TOKENS_PER_BEAT)
    notes = np.zeros((tokens, 2), np.uint8)
    notes[:: layout.TOKENS_PER_BEAT // 2, 0] = 1
    frames = np.random.default_rng(1).normal(size=(2000, 240)).astype(np.float16)
    chart = GridChart(notes, notes * 0, notes * 0, seconds, 3, 5, 4.0, np.zeros(len(layout.STYLES)), True, "song", None)
    songs = Songs.__new__(Songs)
    songs.raw, songs.mean, songs.std = {"song": frames}, np.zeros(240), np.ones(240)
    net = PlacementNet().eval()
    memory = Head(len(net.front.layers[-1].bias) + 40)
    hidden = np.zeros((tokens, 2), bool)
    span = slice(2 * layout.TOKENS_PER_MEASURE, 4 * layout.TOKENS_PER_MEASURE)
    hidden[span] = True
    gains = Recollection(tensors([memory, memory]), net, songs).gains(chart, hidden, slice(0, tokens))
    assert (gains[span] != 0).all() and not gains[~hidden].any()
    assert (gains[span][:: layout.TOKENS_PER_BEAT // 2, 0] > 0).all() and (gains[span][1 :: layout.TOKENS_PER_BEAT // 2] < 0).all()
    with torch.no_grad():
        net.input.weight[-2:] = 0
    ask = lambda gains: note_logits(net, chart, front_vectors(net, songs, "song"), hidden, density=4.0, span=span, gains=gains)
    assert np.allclose(ask(lambda *asked: gains[asked[2]]) - ask(None), gains[span], atol=1e-4)


def test_the_critic_ranks_what_people_wrote_above_what_was_spoilt(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    regions = []
    for song in range(40):
        for _ in range(5):
            circumstance, quality = random.normal(size=2)
            regions.append({"song": song, "type": "pump-single", "human": [circumstance, circumstance + quality * 0.1 + 1],
                            "corrupted": {"swap": [circumstance, circumstance + quality * 0.1]}})
    examples = tmp_path / "examples.json"
    examples.write_text(json.dumps({"traits": ["circumstance", "likeness"], "regions": regions}))
    critic.train([examples], tmp_path / "critic.json", seed=1)
    written = json.loads((tmp_path / "critic.json").read_text())
    assert written["traits"] == ["circumstance", "likeness"]
    first, last = written["layers"]

    def score(traits: list[list[float]]) -> np.ndarray:
        x = np.clip((np.array(traits) - written["mean"]) / written["deviation"], -5, 5)
        return np.maximum(0, x @ np.array(first["weight"]) + first["bias"]) @ np.array(last["weight"]) + last["bias"]

    human, spoilt = score([r["human"] for r in regions]), score([r["corrupted"]["swap"] for r in regions])
    assert (human > spoilt).mean() > 0.95


def test_the_chart_that_agrees_has_the_say() -> None:
    """The same case as the engine's own test: 24 rows agree of 24, beside 12 that are worth .68."""
    eighths = np.array([slot for slot in range(0, 8 * 96, 12) if slot // 12 % 4 != 3])
    stranger = Rhythm(np.arange(6, 8 * 96, 12), 4.0)
    rhythm = Rhythm(eighths, 3.0, [Rhythm(eighths, 3.0), stranger])
    said = companion.columns(rhythm, eighths[eighths < 4 * 96], 3.0, 4 * 96, 8 * 96, "pump")
    agreement = (24 + 0.68 * 12) / 36
    assert said[0, :6] == pytest.approx([1, 0, np.log(agreement / (1.02 - agreement)), 0, 0, 0])
    assert said[6, 3:6] == pytest.approx([1, 0, np.log(agreement / (1.02 - agreement))])


def test_charts_without_others_teach_nothing_of_them() -> None:
    assert not companion.fit(iter([])).any()


def test_what_others_say_is_believed_as_far_as_it_is_right() -> None:
    random = np.random.default_rng(0)
    said = np.zeros((4000, companion.COLUMNS))
    steps = random.random(4000) < 0.5
    said[steps, 0], said[~steps, 3] = 1, 1
    notes = np.where(random.random(4000) < 0.9, steps, ~steps)
    weights = companion.fit(iter([(random.normal(0, 1, 4000) + np.where(notes, 1.0, -1.0), said, notes)]))
    assert weights[0] > 0.5 and weights[3] < -0.5 and not weights[6:].any()


def test_a_threshold_takes_as_many_rows_as_people_write() -> None:
    stretches = [np.arange(1, 101) / 100, np.arange(1, 101) / 100]  # a hundred slots, all chances alike often
    assert matched_threshold(stretches, [10.0, 10.0], rate=6.0) == pytest.approx(0.41)  # 60 of 100 rows in 10 seconds
    assert matched_threshold(stretches, [10.0, 40.0], rate=3.0) == pytest.approx(0.41)  # half as many, a quarter as fast: 6 and 1.5


def _one_of_two(rank: int, port: int, folder: str) -> None:
    """A process that needs only one of two heads, and whose clock is an hour off."""
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    torch.manual_seed(0)
    net = torch.nn.ModuleList([torch.nn.Linear(3, 1), torch.nn.Linear(3, 1)])
    loop = Loop(net, Path(folder) / "net.pt", Schedule(steps=1, minutes=30), rate=0.1)
    loop.clock -= 3600 * rank
    for _ in range(3):
        loop.update(net[rank](torch.ones(2, 3)).mean(), {})
    assert not loop.done
    torch.save(net.state_dict(), Path(folder) / f"rank-{rank}.pt")


def test_processes_that_train_together_stay_together(tmp_path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    torch.multiprocessing.spawn(_one_of_two, (port, str(tmp_path)), nprocs=2)
    first, second = (torch.load(tmp_path / f"rank-{rank}.pt") for rank in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)
