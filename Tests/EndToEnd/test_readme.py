"""What README.md promises can be typed: its commands run, and it names files and keys that there are."""

import pathlib
import re
import shlex

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
COMMANDS = re.findall(r"^    learnitup (.*)$", README, re.MULTILINE)


def test_the_commands_run_in_their_order(run, song):
    assert len(COMMANDS) >= 5
    for line in COMMANDS:
        result = run(*shlex.split(line), cwd=song.parent)
        assert result.returncode in (0, 1), (line, result.stderr)
        assert result.stdout or "-o" in line, line


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([\w./-]+)\)", README))))
def test_what_it_points_to_is_there(target):
    assert (ROOT / target).exists()


def test_the_tasks_it_names_are_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    for task in set(re.findall(r"\bmake ([a-z-]+)", README)):
        assert re.search(rf"^{task}:", makefile, re.MULTILINE), task
