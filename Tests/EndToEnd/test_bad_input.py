"""Bad input: one clear line that names the file and the way out, the documented exit code, nothing lost."""

import os
import pathlib
import resource
import subprocess

import numpy
import pytest
import soundfile

from charts import chart, rows, simfile

HOSTILE = "\x1b]0\\;owned\x07\x1b[2J\u202eevil"
TAP = chart("10000\n00000\n00000\n00000\n")


def one_line(result, code):
    """The only thing said is one line on standard error."""
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert "\x1b" not in result.stderr
    return lines[0]


def as_other_user():
    """Root may read everything; nobody else may."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


# Every command with a file that it reads, and what else it needs to be told.
READING = {
    "edit": [], "info": [], "check": [], "render": [], "tempo": [],
    "suggest": ["--type", "pump-single"],
    "convert": ["-o", "out.ssc"],
    "diff": ["other.ssc"],
    "fmt": [],
    "simulate": ["-o", "out.wav"],
}
CHARTS = [command for command in READING if command not in ("edit", "tempo", "suggest", "render")]
SOUNDS = ["tempo", "suggest"]


@pytest.mark.parametrize("command", READING)
def test_a_missing_file_could_not_run(run, tmp_path, command):
    missing = "nothing.ogg" if command in SOUNDS else "nothing.ssc"
    simfile(tmp_path, TAP, name="other.ssc")
    line = one_line(run(command, missing, *READING[command], cwd=tmp_path), 2)
    if command != "edit":
        assert missing in line
    assert sorted(os.listdir(tmp_path)) == ["home", "other.ssc"]


def test_a_missing_song_is_told_in_the_terminal(edit, tmp_path):
    terminal = edit(tmp_path / "nothing.ogg")
    assert terminal.wait_for_end() == 2
    assert "nothing.ogg" in terminal.text and "no such file" in terminal.text


def test_without_a_terminal_the_editor_says_what_to_do(run, song):
    assert "terminal" in one_line(run(song), 2)


@pytest.mark.parametrize("term", ["no-such-terminal", "", "dumb"])
def test_an_unknown_terminal_type_is_told(edit, song, term):
    terminal = edit(song, env={"TERM": term})
    assert terminal.wait_for_end() == 2
    assert "TERM" in terminal.text


# --- sounds


@pytest.mark.parametrize("contents", [b"", b"OggS\0 not really a sound", os.urandom(5000)])
@pytest.mark.parametrize("command", SOUNDS)
def test_what_is_no_sound_is_told(run, tmp_path, contents, command):
    path = tmp_path / "song.ogg"
    path.write_bytes(contents)
    assert "song.ogg" in one_line(run(command, path, *READING[command]), 1)


@pytest.mark.parametrize("command", [["tempo"], ["suggest", "--type", "pump-single"]])
def test_a_truncated_sound_is_used_as_far_as_it_goes(run, song, command):
    data = song.read_bytes()
    song.write_bytes(data[:len(data) // 2])
    result = run(*command[:1], song, *command[1:], "--json")
    assert result.returncode == 0, result.stderr
    assert len(result.stderr.splitlines()) <= 1


@pytest.mark.parametrize("samples", [numpy.zeros(441000), numpy.random.default_rng(1).normal(size=441000) * 0.1])
def test_a_sound_without_a_tempo_is_told_honestly(run, tmp_path, samples):
    path = tmp_path / "song.wav"
    soundfile.write(path, samples, 44100)
    result = run("tempo", path, "--json")
    assert result.stdout == '{"candidates":[],"segments":[]}\n'
    assert "no tempo" in one_line(result, 1)
    assert "no tempo" in one_line(run("suggest", path, "--type", "pump-single"), 1)


@pytest.mark.parametrize("contents", [b"", b"OggS\0 not really a sound"])
def test_a_chart_whose_music_is_damaged(run, edit, tmp_path, contents):
    (tmp_path / "song.ogg").write_bytes(contents)
    path = simfile(tmp_path, TAP)
    assert "song.ogg" in one_line(run("suggest", path, "--chart", 0), 1)
    assert "song.ogg" in one_line(run("simulate", path, "-o", tmp_path / "out.wav"), 1)
    assert "[unreadable-music]" in run("check", path, check=1).stdout
    assert run("info", path, check=0).stderr == ""
    terminal = edit(path)
    terminal.wait_for("song.ogg")
    terminal.command("quit")
    assert terminal.wait_for_end() == 0


def test_a_chart_whose_music_is_cut_off(run, song, tmp_path):
    path = simfile(song.parent, TAP)
    data = song.read_bytes()
    song.write_bytes(data[:len(data) // 2])
    assert "[damaged-music]" in run("check", path, check=1).stdout
    assert "song.ogg" in one_line(run("simulate", path, "-o", tmp_path / "out.wav"), 0)


def test_a_chart_without_its_music(run, tmp_path):
    path = simfile(tmp_path, TAP)
    for command in (["suggest", path, "--chart", 0], ["simulate", path, "-o", tmp_path / "out.wav"]):
        assert "song.ogg" in one_line(run(*command), 1)


# --- folders and files


@pytest.mark.parametrize("command", READING)
def test_a_folder_without_a_song_is_told(run, tmp_path, command):
    (tmp_path / "empty").mkdir()
    simfile(tmp_path, TAP, name="other.ssc")
    line = one_line(run(command, "empty", *READING[command], cwd=tmp_path), 2)
    if command != "edit":
        assert "empty" in line


@pytest.mark.parametrize("command", CHARTS)
def test_an_unreadable_file_is_told(run, tmp_path, command):
    path = simfile(tmp_path, TAP)
    simfile(tmp_path, TAP, name="other.ssc")
    path.chmod(0)
    # Where the tests run as root, the program must be somebody else to be refused; then it must get at its folder.
    for folder in [tmp_path, *tmp_path.parents][:3]:
        folder.chmod(0o755)
    result = run(command, "song.ssc", *READING[command], cwd=tmp_path, preexec=as_other_user)
    assert result.returncode == 2
    assert "song.ssc" in result.stderr and "right" in result.stderr


@pytest.mark.parametrize("command", CHARTS)
@pytest.mark.parametrize("contents", [b"", b"\x00" * 4096, b"no tags at all", os.urandom(4096).replace(b"#", b"")])
def test_what_is_no_chart_is_told(run, tmp_path, command, contents):
    (tmp_path / "song.ssc").write_bytes(contents)
    simfile(tmp_path, TAP, name="other.ssc")
    result = run(command, "song.ssc", *READING[command], cwd=tmp_path)
    assert result.returncode == (2 if command == "diff" else 1)
    assert "song.ssc" in result.stdout + result.stderr
    assert (tmp_path / "song.ssc").read_bytes() == contents
    assert not (tmp_path / "out.ssc").exists() and not (tmp_path / "out.wav").exists()


@pytest.mark.parametrize("name", ["song.txt", "song", ".ssc", "song.old"])
def test_a_file_of_another_kind_is_told(run, tmp_path, name):
    (tmp_path / name).write_text("#TITLE:T;")
    assert name in one_line(run("info", tmp_path / name), 2)


def test_fmt_says_that_it_has_no_layout_for_a_format(run, tmp_path):
    (tmp_path / "a.dwi").write_text("#BPM:120;#SINGLE:BASIC:5:4282;")
    assert ".ssc, .sm or .ucs" in one_line(run("fmt", tmp_path), 2)


def test_a_simfile_without_charts_opens_and_is_told(run, edit, tmp_path, song):
    path = simfile(song.parent)
    assert run("info", path, "--json", check=0).stderr == ""
    assert "[no-charts]" in run("check", path, check=1).stdout
    assert "no chart" in one_line(run("simulate", path, "-o", tmp_path / "out.wav"), 2)
    assert "no chart" in one_line(run("convert", path, "-o", tmp_path / "out.ucs"), 2)
    assert "no charts" in one_line(run("suggest", path, "--chart", 0), 2)
    terminal = edit(path)
    terminal.wait_for(lambda text: "chart" in text.lower())
    terminal.command("quit")
    assert terminal.wait_for_end() == 0


def test_an_unknown_steps_type_is_kept_and_told(run, edit, song, tmp_path):
    path = simfile(song.parent, chart("1000\n", steps_type="guitar-hero"))
    before = path.read_bytes()
    assert "guitar-hero" in run("check", path, check=1).stdout
    assert "guitar-hero" in run("info", path, check=0).stdout
    assert "guitar-hero" in one_line(run("suggest", path, "--chart", 0), 1)
    assert "guitar-hero" in one_line(run("convert", path, "-o", tmp_path / "out.ucs"), 1)
    run("convert", path, "-o", tmp_path / "out.sm", check=0)
    assert "guitar-hero" in (tmp_path / "out.sm").read_text()
    terminal = edit(path)
    terminal.wait_for("guitar-hero")
    terminal.command("quit")
    assert terminal.wait_for_end() == 0
    assert path.read_bytes() == before


# --- what an author mistypes


def test_mistyped_names_are_told_and_not_kept(edit, home, song):
    config = pathlib.Path(home["XDG_CONFIG_HOME"]) / "learnitup"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[keys.edit]\n"f9" = "fly"\n')
    terminal = edit(simfile(song.parent, TAP))
    # The line may be broken before it, as long as the path in it is.
    terminal.wait_for("“fly”")
    terminal.command("set theme ligth")
    terminal.wait_for("no theme “ligth”; there are auto, dark, light")
    terminal.command("set volume 0.5")
    terminal.wait_for("volume is 0.5")
    terminal.command("quit")
    assert terminal.wait_for_end() == 0
    kept = (pathlib.Path(home["XDG_STATE_HOME"]) / "learnitup" / "settings").read_text()
    assert kept == "volume 0.5\n"


# --- what files say


def test_text_from_files_cannot_steer_the_terminal(run, edit, song, tmp_path):
    path = simfile(
        song.parent, chart("10000\n", description=HOSTILE, extra=f"#CHARTNAME:{HOSTILE};\n"), title=HOSTILE,
        extra=f"#BANNER:{HOSTILE};\n#LABELS:0={HOSTILE};\n")
    other = simfile(song.parent, TAP, name="other.ssc")
    commands = [
        ["info", path], ["info", path, "--json", "--notes"], ["check", path], ["check", path, "--json"],
        ["diff", path, other], ["render", path], ["render", path, "--ansi"],
        ["convert", path, "-o", tmp_path / "out.sm"], ["simulate", path, "-o", tmp_path / "out.wav"]]
    for command in commands:
        result = run(*command)
        assert result.returncode in (0, 1), (command, result.stderr)
        for evil in ("\x1b]0", "\x1b[2J", "\x07", "\u202e"):
            assert evil not in result.stdout + result.stderr, command
    terminal = edit(path)
    terminal.wait_for("evil")
    assert b"\x1b]0;owned" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw
    terminal.command("quit")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("command", READING)
def test_file_names_cannot_steer_the_terminal(run, tmp_path, command):
    simfile(tmp_path, TAP, name="other.ssc")
    name = "\x1b]0;owned\x07\u202e" + (".ogg" if command in SOUNDS else ".ssc")
    for exists in (False, True):
        if exists:
            (tmp_path / name).write_bytes(b"nonsense")
        result = run(command, name, *READING[command], cwd=tmp_path)
        for evil in ("\x1b", "\x07", "\u202e"):
            assert evil not in result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [[HOSTILE, HOSTILE], ["info", f"--{HOSTILE}"], ["render", "a.ssc", "--size", HOSTILE]])
def test_arguments_cannot_steer_the_terminal(run, arguments):
    result = run(*arguments)
    assert result.returncode == 2
    assert "\x1b" not in result.stderr and "\u202e" not in result.stderr


@pytest.mark.parametrize("path", ["../../outside.wav", "/{root}/outside.wav", "..\\..\\outside.wav", "link.wav"])
def test_paths_in_files_do_not_lead_out_of_the_folder(run, tmp_path, song, path):
    outside = tmp_path / "outside.wav"
    soundfile.write(outside, numpy.zeros(44100), 44100)
    (song.parent / "link.wav").symlink_to(outside)
    path = path.replace("/{root}", str(tmp_path))
    chart_file = simfile(song.parent, TAP, music=path.replace("\\", "\\\\"))
    song.rename(song.with_suffix(".txt"))
    for command in (["suggest", chart_file, "--chart", 0], ["simulate", chart_file, "-o", tmp_path / "out.wav"]):
        assert path.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] in one_line(run(*command), 1)


def test_a_time_that_is_no_time_is_told_with_its_line(run, song, tmp_path):
    times = tmp_path / "times.txt"
    times.write_text("1.5\n# a comment\n\ntwo\n")
    line = one_line(run("suggest", song, "--type", "pump-single", "--times", times), 1)
    assert "times.txt:4" in line


@pytest.mark.parametrize("bpms", ["0=1e-300", "0=1e300", "0=0", "0=-5", "", "0=nan,1=inf", "9e99=120"])
def test_impossible_tempos_end_no_command(run, song, tmp_path, bpms):
    path = simfile(song.parent, chart(rows(5, {(0, 0): "10000", (1, 0): "00100"}, 2)), bpms=bpms)
    for command in ([["info", path, "--json", "--notes"], ["info", path, "--notes"], ["check", path], ["render", path],
                     ["diff", path, path], ["convert", path, "-o", tmp_path / "out.sm"],
                     ["convert", path, "-o", tmp_path / "out.ucs"], ["simulate", path, "-o", tmp_path / "out.wav"],
                     ["suggest", path, "--chart", 0, "--from", 0, "--to", 4]]):
        result = run(*command)
        assert result.returncode in (0, 1, 2), (command, result.returncode, result.stderr[-300:])


NUMBERS = ["nan", "inf", "-inf", "1e30", "-1e30", "1e300"]
OLD = {
    "song.dwi": "#FILE:song.ogg;#BPM:120;#GAP:{0};#FREEZE:8={0};#CHANGEBPM:16={0};#SINGLE:BASIC:5:4282428242824282;",
    "song.ksf": "#TITLE:T;\n#SONGFILE:song.ogg;\n#BPM:120;\n#STARTTIME:{0};\n#TICKCOUNT:4;\n#BPM2:{0};\n#BUNKI:{0};\n"
                "#STEP:\n1000000000000\n|D{0}|\n|E{0}|\n|B{0}|\n0100000000000\n2222222222222\n",
    "song.ssc": "#VERSION:0.83;\n#TITLE:T;\n#MUSIC:song.ogg;\n#OFFSET:{0};\n#BPMS:0=150;\n#STOPS:1={0};\n#DELAYS:2={0};\n"
                "#NOTEDATA:;\n#STEPSTYPE:pump-single;\n#METER:7;\n#NOTES:\n10000\n01000\n;\n",
    "song.sm": "#TITLE:T;\n#MUSIC:song.ogg;\n#OFFSET:{0};\n#BPMS:0=150;\n#STOPS:1={0};\n"
               "#NOTES:pump-single::Edit:7:0:\n10000\n01000\n;\n",
}


@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("number", NUMBERS)
def test_times_that_no_song_has_end_no_command(run, song, tmp_path, name, number):
    path = song.parent / name
    path.write_text(OLD[name].format(number))
    for command in (["info", path, "--json", "--notes"], ["check", path], ["render", path],
                    ["convert", path, "-o", tmp_path / "out.ssc"], ["convert", path, "-o", tmp_path / "out.ucs"],
                    ["simulate", path, "-o", tmp_path / "out.wav"], ["sync", path]):
        result = run(*command)
        assert result.returncode in (0, 1, 2), (command, result.returncode, result.stderr[-300:])
    assert "no time of a song" in run("check", path).stdout or "cannot be used" in run("check", path).stdout or number == "nan"


@pytest.mark.parametrize("text", [
    OLD["song.dwi"].format("nan"), OLD["song.ssc"].format("1e30"),
    OLD["song.ssc"].format("0").replace("0=150", "0=1e-300"), OLD["song.ssc"].format("0").replace("0=150", "0=1e300")])
def test_times_that_no_song_has_do_not_end_the_editor(edit, song, text):
    path = song.parent / ("song.dwi" if "#GAP" in text else "song.ssc")
    path.write_text(text)
    terminal = edit(path)
    terminal.wait_for(lambda text: "EDIT" in text and "loading" not in text)
    terminal.read(1.0)
    terminal.press("End", "Home", "Space", pause=0.4)
    terminal.press("Space", pause=0.2)
    terminal.command("sync")
    terminal.press("Esc", pause=0.2)
    terminal.command("quit-now")
    assert terminal.wait_for_end() == 0


def test_a_rate_that_no_sound_has_is_told(run, tmp_path):
    path = tmp_path / "song.wav"
    soundfile.write(path, numpy.zeros(100000), 44100)
    data = bytearray(path.read_bytes())
    data[24:28] = (2147483629).to_bytes(4, "little")
    path.write_bytes(data)
    assert "samples a second" in one_line(run("tempo", path), 1)


def test_a_link_under_another_case_is_not_followed(run, tmp_path, song):
    outside = tmp_path / "a.wav"
    soundfile.write(outside, numpy.zeros(441000), 44100)
    song.unlink()
    (song.parent / "song.ogg").symlink_to(outside)
    path = simfile(song.parent, TAP, music="SONG.OGG")
    assert "SONG.OGG" in one_line(run("simulate", path, "-o", tmp_path / "out.wav"), 1)


def test_sync_says_of_a_sound_and_a_chart_what_the_other_commands_say(run, song, tmp_path):
    path = simfile(song.parent, TAP)
    assert "it has the charts 0 to 0" in one_line(run("sync", path, "--chart", 3), 2)
    (song.parent / "own.ogg").write_bytes(b"no sound")
    own = simfile(song.parent, chart("10000\n", extra="#MUSIC:own.ogg;\n"), name="own.ssc")
    assert "own.ogg" in one_line(run("sync", own, "--chart", 0), 1)
    song.write_bytes(b"no sound")
    assert "song.ogg" in one_line(run("sync", path), 1)


# --- writing


def limit_file_size():
    """Writing beyond this fails as on a full disk (as the kernel says it: EFBIG)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def large(folder):
    notes = rows(5, {(measure, 1): "10000" for measure in range(10)}, 10, lines=192)
    path = simfile(folder, chart(notes, description="S9", extra="// a comment\n"), extra="#LABELS:0=START;\n")
    assert path.stat().st_size > 5000
    return path


def test_a_full_disk_loses_nothing(edit, song):
    path = large(song.parent)
    before = path.read_bytes()
    terminal = edit(path, preexec=limit_file_size)
    terminal.wait_for("pump-single")
    terminal.press("3")
    terminal.command("save")
    terminal.wait_for("no space")
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in song.parent.iterdir()) == ["song.ogg", "song.ssc"]
    terminal.command("quit")
    # The edit is still there and unsaved: the editor asks before it goes.
    terminal.wait_for(lambda text: "unsaved" in text.lower() or "save" in text.lower())
    assert terminal.child.isalive()


@pytest.mark.parametrize("command", [
    ["convert", "-o", "out.sm"], ["convert", "-o", "there.ssc"], ["simulate", "-o", "out.wav"],
    ["suggest", "--chart", "0", "--from", "0", "--to", "8", "-o", "there.ssc"]])
def test_a_full_disk_is_told_and_leaves_what_was_there(run, song, command):
    path = large(song.parent)
    (song.parent / "there.ssc").write_text("before")
    names = sorted(os.listdir(song.parent))
    before = path.read_bytes()
    line = one_line(run(command[0], path, *command[1:], cwd=song.parent, preexec=limit_file_size), 2)
    assert "no space" in line or "large" in line or "System error" in line, line
    # A copy of what was there may be left, nothing half written.
    assert sorted({*os.listdir(song.parent)} - {"there.ssc.old"}) == names
    assert path.read_bytes() == before and (song.parent / "there.ssc").read_text() == "before"


@pytest.mark.parametrize("command", [
    ["convert", "-o", "missing/out.sm"], ["convert", "-o", "folder.sm"], ["convert", "-o", "out.dwi"],
    ["convert", "-o", "out"], ["convert", "-o", "device.ssc"], ["simulate", "-o", "missing/out.wav"],
    ["simulate", "-o", "folder.wav"], ["simulate", "-o", "out.mp3"]])
def test_what_cannot_be_written_is_told(run, song, command):
    path = simfile(song.parent, TAP)
    for folder in ("folder.sm", "folder.wav"):
        (song.parent / folder).mkdir()
    # A device must not be replaced by a file.
    (song.parent / "device.ssc").symlink_to("/dev/full")
    names = sorted(os.listdir(song.parent))
    result = run(command[0], path, *command[1:], cwd=song.parent)
    assert result.returncode == 2, result.stderr
    assert len(result.stderr.splitlines()) == 1 or "Usage" in result.stderr
    assert sorted(os.listdir(song.parent)) == names
    assert (song.parent / "device.ssc").is_symlink() and not os.path.isfile("/dev/full")


@pytest.mark.parametrize("command", [["info"], ["check"], ["render"], ["info", "--json"], ["--help"]])
def test_results_that_do_not_arrive_are_told(program, home, song, command):
    path = simfile(song.parent, TAP)
    arguments = command if command == ["--help"] else [command[0], path, *command[1:]]
    environment = {key: value for key, value in {**os.environ, **home}.items() if value is not None}
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [program, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, text=True, env=environment)
    assert result.returncode == 2
    assert "no space" in result.stderr


@pytest.mark.parametrize("arguments", [
    ["--no-such-option"], ["no-such-file", "and-another"], ["info"], ["check"], ["convert", "a.ssc"], ["diff", "a.ssc"],
    ["suggest", "a.ogg"], ["suggest", "a.ogg", "--type", "piano"], ["suggest", "a.ogg", "--type", "pump-single", "--level", "x"],
    ["suggest", "a.ogg", "--type", "pump-single", "--from", "8", "--to", "4"], ["simulate", "a.ssc"],
    ["render", "a.ssc", "--size", "0x0"]])
def test_wrong_usage_could_not_run(run, arguments):
    result = run(*arguments)
    assert result.returncode == 2 and result.stdout == ""
    assert "Usage" in result.stderr or "--help" in result.stderr
