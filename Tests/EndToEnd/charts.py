"""Simfiles written for a test, a line of what matters at a time."""


def rows(lanes, places, measures, lines=16):
    """Note data of so many measures: `places` maps (measure, line) to a row's text."""
    empty = "0" * lanes
    return "\n,\n".join(
        "\n".join(places.get((measure, line), empty) for line in range(lines)) for measure in range(measures))


def chart(notes, steps_type="pump-single", description="S7", meter=7, difficulty="Edit", extra=""):
    return (
        f"#NOTEDATA:;\n#STEPSTYPE:{steps_type};\n#DESCRIPTION:{description};\n#DIFFICULTY:{difficulty};\n"
        f"#METER:{meter};\n{extra}#NOTES:\n{notes}\n;\n")


def simfile(folder, *charts, name="song.ssc", title="T", artist="A", music="song.ogg", bpms="0=150", extra=""):
    path = folder / name
    path.write_text(
        f"#VERSION:0.83;\n#TITLE:{title};\n#ARTIST:{artist};\n#MUSIC:{music};\n#OFFSET:-0.25;\n#BPMS:{bpms};\n{extra}"
        + "".join(charts))
    return path


# A tap, a jump, a hold, a roll, a mine, a lift and a fake, on measures 0 and 1.
EVERY_KIND = rows(5, {
    (0, 0): "10000", (0, 4): "01010", (0, 8): "20000", (0, 12): "30000",
    (1, 0): "00400", (1, 4): "00300", (1, 6): "0M000", (1, 8): "000L0", (1, 12): "0000F",
}, 2)
