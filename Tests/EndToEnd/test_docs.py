"""The examples of docs/json.md are what the commands answer. LEARNITUP_RECORD=1 writes them anew."""

import json
import os
import pathlib
import re
import shlex

import pytest

DOC = pathlib.Path(__file__).resolve().parents[2] / "docs" / "json.md"
EXAMPLE = re.compile(r"```console\n\$ learnitup (.*)\n((?:.*\n)*?)```\n")
# What the model and the tempo finder say may change with them; its form may not.
FREE = ("suggest", "tempo")


def wrapped(value, width=110):
    """The JSON, broken after commas that are not in a text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    pieces = re.findall(r'(?:"(?:\\.|[^"\\])*"|[^",])*,?', text)
    lines = [""]
    for piece in pieces:
        if len(lines[-1]) + len(piece) > width and lines[-1]:
            lines.append(" ")
        lines[-1] += piece
    return "\n".join(lines) + "\n"


def form(value):
    if isinstance(value, dict):
        return {key: form(item) for key, item in value.items()}
    if isinstance(value, list):
        return [form(value[0])] if value else []
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


@pytest.fixture
def folder(song):
    text = re.search(r"```text\n(.*?)```", DOC.read_text(), re.DOTALL).group(1)
    (song.parent / "song.ssc").write_text(text)
    measure = ["00000"] * 16
    measure[0], measure[5], measure[8], measure[12] = "10000", "00100", "20000", "30M00"
    moved = text.replace("10000\n00100\n20000\n30M00\n", "\n".join(measure) + "\n")
    (song.parent / "new.ssc").write_text(moved.replace("#METER:5;", "#METER:6;").replace("00011", "00010"))
    return song.parent


@pytest.mark.parametrize("command", EXAMPLE.findall(DOC.read_text()), ids=lambda match: match[0].split()[0])
def test_the_examples_are_what_the_commands_answer(run, folder, command):
    line, shown = command
    result = run(*shlex.split(line), cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    text = result.stdout.replace(str(folder) + "/", "")
    if "LEARNITUP_RECORD" in os.environ:
        block = f"```console\n$ learnitup {line}\n"
        DOC.write_text(DOC.read_text().replace(block + shown + "```\n", block + wrapped(json.loads(text)) + "```\n"))
        return
    answer, kept = json.loads(text), json.loads(shown)
    if line.split()[0] in FREE:
        answer, kept = form(answer), form(kept)
    assert answer == kept
