#!/usr/bin/env python3
"""Puts what the program shows today into README.md, between its `screen` marks: `make screens`.

The real program is run on the demo song in a pseudo-terminal, as a reader would run it.
"""

import argparse
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))

from terminal import Terminal  # noqa: E402

SIZE = (100, 28)


def take(program, folder):
    """The screens by name, in the order of the tour."""
    folders = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "STATE", "CACHE")}
    environment = {"HOME": str(folder), "PULSE_SERVER": "unix:/nonexistent", **folders}
    with Terminal([program], size=SIZE, env=environment) as terminal:
        terminal.wait_for("▸", seconds=60)
        terminal.read(3.0)
        yield "tempo", terminal.text
        terminal.press("Enter")
        terminal.wait_for("steps type")
        terminal.press("Down", "Backspace", "Backspace")
        terminal.type("12")
        terminal.press("Enter")
        terminal.wait_for("S12 pump-single")
        terminal.press("A")
        terminal.wait_for("REVIEW", seconds=60)
        terminal.press("a")
        terminal.wait_for("EDIT")
        terminal.command("go 20")
        terminal.press("Up", "Down")
        yield "field", terminal.text
        terminal.command("set density 1.3")
        terminal.press("a")
        terminal.wait_for("REVIEW", seconds=60)
        terminal.press("y", "y", "x", "n", "n")
        yield "review", terminal.text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=str(ROOT / ".build/release/learnitup"))
    program = pathlib.Path(parser.parse_args().program).resolve()
    readme = ROOT / "README.md"
    text = readme.read_text()
    with tempfile.TemporaryDirectory() as folder:
        for name, screen in take(program, pathlib.Path(folder)):
            block = re.compile(rf"(<!-- screen: {name} -->\n```text\n)[^`]*(```)")
            assert block.search(text), f"README.md has no place for the screen “{name}”"
            text = block.sub(lambda match: match[1] + screen.replace("`", "'").rstrip() + "\n" + match[2], text)
            print(f"took {name}")
    readme.write_text(text)


if __name__ == "__main__":
    main()
