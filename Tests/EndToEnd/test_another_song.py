"""Another song is opened from within: from then on everything is about it, as if the program had begun with it."""

import os
import re
import shutil
import signal

import pytest
import soundfile

import charts
from conftest import RATE, drums


@pytest.fixture
def pack(song):
    """Three songs of a pack: the first two have a chart each, the last has its sound alone, of another tempo."""
    folder = song.parent.parent
    for name, lane in (("1 First", 0), ("2 Second", 1)):
        (folder / name).mkdir()
        shutil.copy(song, folder / name / "song.ogg")
        charts.simfile(
            folder / name, charts.chart(charts.rows(5, {(1, 0): "0" * lane + "1" + "0" * (4 - lane)}, 2)), title=name)
    third = folder / "10 Third"
    third.mkdir()
    soundfile.write(third / "third.wav", drums(bpm=120.0, offset=-0.5, seconds=20), RATE)
    shutil.rmtree(song.parent)
    return folder


def title(terminal):
    return terminal.lines[0]


def opened(terminal, name):
    terminal.wait_for(lambda text: text.splitlines()[0].startswith(f" {name}") and "loading" not in text)


def reopened_after_a_crash(terminal, edit, song):
    """The program begun again on a song of which one edit was not saved when it was killed."""
    terminal.child.kill(signal.SIGKILL)
    terminal.wait_for_end()
    again = edit(song)
    again.wait_for("1 unsaved edit of a session that ended unexpectedly done again")
    return again


def journals(home):
    folder = os.path.join(home["XDG_STATE_HOME"], "learnitup", "journals")
    return [name for name in os.listdir(folder) if name.endswith(".journal")]


def test_another_song_takes_the_place_of_this_one(edit, pack, home):
    first, second = pack / "1 First" / "song.ssc", pack / "2 Second" / "song.ssc"
    before = first.read_text(), second.read_text()
    terminal = edit(first)
    opened(terminal, "1 First")

    # A path that leads nowhere is told in a line, and nothing has happened; not even a question was asked.
    terminal.press("5")
    terminal.wait_for("● 1 unsaved")
    terminal.command("open ../nowhere")
    terminal.wait_for(lambda text: re.search(r"! not opened: .*nowhere: no such file or folder", text))
    assert "● 1 unsaved" in title(terminal) and title(terminal).startswith(" 1 First")

    # What is not saved is asked about: going on, then saving.
    terminal.command("open ../2 Second")
    terminal.wait_for("s save and open")
    terminal.press("n")
    terminal.wait_for(lambda text: "save and open" not in text)
    assert "● 1 unsaved" in title(terminal)
    terminal.command("open ../2 Second")
    terminal.wait_for("s save and open")
    terminal.press("s")
    opened(terminal, "2 Second")
    assert first.read_text() != before[0] and second.read_text() == before[1]
    assert "unsaved" not in title(terminal) and "1 note " in terminal.text
    assert len(journals(home)) == 1, "the first song's is gone"

    # From here on keys, journal and saving are the second song's.
    saved = first.read_text()
    terminal.press("3")
    terminal.wait_for("● 1 unsaved")
    again = reopened_after_a_crash(terminal, edit, second)
    again.press("C-s")
    again.wait_for("saved /")
    assert second.read_text() != before[1] and first.read_text() == saved


def test_what_is_dropped_does_not_come_back(edit, pack, home):
    first = pack / "1 First" / "song.ssc"
    before = first.read_bytes()
    terminal = edit(first)
    opened(terminal, "1 First")
    terminal.press("5", "Down", "4")
    terminal.command("next-song")
    terminal.wait_for("d drop the changes")
    terminal.press("d")
    opened(terminal, "2 Second")
    terminal.press("f", "Left")
    opened(terminal, "1 First")
    assert "unsaved" not in title(terminal) and first.read_bytes() == before


def test_the_pack_is_walked_through_and_its_music_heard(edit, pack):
    (pack / "3 Broken").mkdir()
    (pack / "3 Broken" / "song.ssc").write_bytes(b"\0" * 2000)
    (pack / "4 No song").mkdir()
    terminal = edit(pack / "1 First")
    opened(terminal, "1 First")
    terminal.command("previous-song")
    terminal.wait_for("no song before this one in")
    terminal.child.send("\x1b[17;2~")
    opened(terminal, "2 Second")
    terminal.wait_for("opened /")
    # 10 comes after 2; what is no song is passed over in silence, what cannot be read with a word. The song without a
    # chart is listened to for its tempo, which is its own.
    terminal.press("f", "Right")
    terminal.wait_for(lambda text: re.search(r"▸ +120\.0", text))
    terminal.press("Esc")
    terminal.wait_for("d drop the changes")
    terminal.press("d")
    terminal.command("next-song")
    terminal.wait_for("no song after this one in")
    terminal.child.send("\x1b[15;2~")
    opened(terminal, "2 Second")
    # There is nothing to play before the waveform is there.
    terminal.wait_for("██▀")
    terminal.press("Space")
    terminal.wait_for("PLAY")
    terminal.command("open ../1 First/song.ssc")
    opened(terminal, "1 First")
    assert "PLAY" not in terminal.text
    # The model answers about this song as it would have about the first.
    terminal.press("a")
    terminal.wait_for("REVIEW", seconds=60)


def test_a_path_is_completed(edit, pack):
    terminal = edit(pack / "1 First")
    opened(terminal, "1 First")
    terminal.press("C-o")
    terminal.wait_for(lambda text: "2 Second/" in text and "10 Third/" in text)
    assert "1 First/" not in terminal.text
    terminal.type("../2")
    terminal.press("Tab", "Tab")
    terminal.wait_for("song.ogg")
    assert ":open ../2 Second/" in terminal.text
    terminal.press("Tab", "Tab", "Enter")
    opened(terminal, "2 Second")


def test_a_sound_named_by_an_edit_that_was_not_saved_is_heard_again(edit, pack):
    """What is done again after a crash may name another sound than the file does."""
    first = pack / "1 First"
    shutil.copy(pack / "10 Third" / "third.wav", first / "short.wav")
    terminal = edit(first)
    opened(terminal, "1 First")
    terminal.command("tag music short.wav")
    terminal.wait_for("● 1 unsaved")
    again = reopened_after_a_crash(terminal, edit, first)

    def ends(text):
        again.press("End")
        return re.search(r" 0:2[01]\.\d+ *$", text, re.MULTILINE)

    again.wait_for(ends)


def test_the_sound_follows_the_songs_name_for_it(edit, pack):
    """Whatever edit or its undoing changes #MUSIC, what is heard and drawn is the sound it names."""
    shutil.copy(pack / "10 Third" / "third.wav", pack / "1 First" / "short.wav")
    terminal = edit(pack / "1 First")
    opened(terminal, "1 First")

    def ends(time):
        """The end of the song is that of its sound, once that has been read."""
        def is_there(text):
            terminal.press("End")
            return re.search(rf" {time}\.\d+ *$", text, re.MULTILINE)
        terminal.wait_for(is_there)

    ends("0:40")
    terminal.press("P")
    terminal.press(*["Down"] * 8, "C-u")
    terminal.type("short.wav")
    terminal.press("Enter")
    terminal.wait_for("● 1 unsaved")
    ends("0:2[01]")
    terminal.command("tag music nowhere.ogg")
    terminal.wait_for("no music: ")
    terminal.press("C-z", "C-z")
    ends("0:40")
