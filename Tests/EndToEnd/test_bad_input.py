"""Bad input: one clear line that names the file and the way out, the documented exit code, nothing lost."""

import os
import resource
import stat

import numpy
import pytest
import soundfile

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202eevil"


def one_line(result, code):
    """The only thing said is one line on standard error."""
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert "\x1b" not in result.stderr
    return lines[0]


def simfile(folder, charts="", title="T", music="song.ogg"):
    path = folder / "song.ssc"
    path.write_text(f"#VERSION:0.83;\n#TITLE:{title};\n#MUSIC:{music};\n#OFFSET:-0.25;\n#BPMS:0=150;\n{charts}")
    return path


CHART = """#NOTEDATA:;
#STEPSTYPE:{type};
#DESCRIPTION:;
#DIFFICULTY:Edit;
#METER:7;
#NOTES:
10000
00000
00000
00000
;
"""




def test_without_a_terminal_the_editor_says_what_to_do(run, song):
    assert "terminal" in one_line(run(song), 2)


@pytest.mark.parametrize("term", ["no-such-terminal", "", "dumb"])
def test_an_unknown_terminal_type_is_told(edit, song, term):
    terminal = edit(song, env={"TERM": term})
    assert terminal.wait_for_end() == 2
    assert "TERM" in terminal.text


@pytest.mark.parametrize("contents", [b"", b"OggS\0 not really a sound", os.urandom(5000)])
def test_what_is_no_sound_is_told(run, tmp_path, contents):
    path = tmp_path / "song.ogg"
    path.write_bytes(contents)
    result = run("tempo", path)
    assert result.returncode in (1, 2)
    assert "song.ogg" in one_line(result, result.returncode)


def test_a_truncated_sound_is_used_as_far_as_it_goes(run, song):
    data = song.read_bytes()
    song.write_bytes(data[:len(data) // 2])
    result = run("tempo", song, "--json")
    assert result.returncode in (0, 1), result.stderr
    assert len(result.stderr.splitlines()) <= 1


@pytest.mark.parametrize("contents", [b"", b"OggS\0 not really a sound"])
def test_the_editor_stays_open_without_its_music(edit, tmp_path, contents):
    (tmp_path / "song.ogg").write_bytes(contents)
    path = simfile(tmp_path, CHART.format(type="pump-single"))
    terminal = edit(path)
    terminal.wait_for("song.ogg")
    terminal.command("quit")
    assert terminal.wait_for_end() == 0


def test_a_folder_without_a_song_is_told(run, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    assert "no song" in one_line(run("suggest", folder, "--type", "pump-single", "--level", 5), 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(run, tmp_path):
    path = simfile(tmp_path, CHART.format(type="pump-single"))
    path.chmod(0)
    assert "song.ssc" in one_line(run("info", path), 2)
    path.chmod(stat.S_IRUSR)








def test_paths_in_files_do_not_lead_out_of_the_folder(run, tmp_path, song):
    outside = tmp_path / "outside.wav"
    soundfile.write(outside, numpy.zeros(44100), 44100)
    path = simfile(song.parent, CHART.format(type="pump-single"), music="../../outside.wav")
    song.rename(song.with_suffix(".txt"))
    assert "outside.wav" in one_line(run("suggest", path, "--chart", 0), 1)


def limit_file_size():
    """Writing beyond this fails as on a full disk (as the kernel says it: EFBIG)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_full_disk_loses_nothing(edit, song):
    filler = "".join(f"// a comment that makes the file larger, line {i}\n" for i in range(400))
    path = simfile(song.parent, filler + CHART.format(type="pump-single"))
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
