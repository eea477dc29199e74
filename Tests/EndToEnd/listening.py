"""A sound server of our own with a sink that leads nowhere but into a recording."""

import os
import pathlib
import shutil
import signal
import subprocess
import time

import numpy

RATE = 44100
# Debian's default for ALSA with PulseAudio, written out so that nothing depends on the machine's own settings.
ALSA_TO_PULSE = """
pcm.!default {{ type pulse server "unix:{socket}" fallback "null" }}
ctl.!default {{ type pulse server "unix:{socket}" }}
"""


def missing():
    """What is not installed of what is needed; empty when all is there."""
    plugin = list(pathlib.Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))
    return [name for name in ("pulseaudio", "parec", "pactl") if not shutil.which(name)] + (
        [] if plugin else ["libasound2-plugins"])


class Listener:
    """Runs the server while the block runs, and records what is played from `start` to `stop`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.socket = self.folder / "native"
        self.recording = self.folder / "heard.raw"
        self.recorder = None

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        script = self.folder / "server.pa"
        # Without norewinds a null sink holds two seconds, and streams start late.
        script.write_text(
            f"load-module module-null-sink sink_name=probe rate={RATE} channels=2 format=float32le norewinds=1\n"
            "set-default-sink probe\n"
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={self.socket}\n")
        environment = dict(os.environ, HOME=str(self.folder), XDG_RUNTIME_DIR=str(self.folder))
        environment.pop("PULSE_SERVER", None)
        self.log = open(self.folder / "server.log", "wb")
        self.server = subprocess.Popen(
            ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
             "--use-pid-file=no"], env=environment, stdout=self.log, stderr=self.log)
        self._wait_until(lambda: subprocess.run(
            ["pactl", "info"], env=self.environment, capture_output=True).returncode == 0, "the server answers")
        return self

    def __exit__(self, *_):
        for process in (self.recorder, self.server):
            if process and process.poll() is None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
        self.log.close()

    @property
    def environment(self):
        """For the programs that are to be heard."""
        settings = self.folder / "asound.conf"
        settings.write_text(ALSA_TO_PULSE.format(socket=self.socket))
        return dict(
            os.environ, PULSE_SERVER=f"unix:{self.socket}",
            ALSA_CONFIG_PATH=f"/usr/share/alsa/alsa.conf:{settings}")

    def start(self):
        with open(self.recording, "wb") as file:
            self.recorder = subprocess.Popen(
                ["parec", "-d", "probe.monitor", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=2",
                 "--latency-msec=20"], env=self.environment, stdout=file, stderr=self.log)
        self._wait_until(lambda: self.recording.stat().st_size > 0, "the recorder records")

    def stop(self):
        """Ends the recording. Returns its left channel."""
        time.sleep(0.3)
        self.recorder.send_signal(signal.SIGTERM)
        self.recorder.wait(5)
        samples = numpy.fromfile(self.recording, dtype="<f4")
        return samples[: samples.size // 2 * 2].reshape(-1, 2)[:, 0]

    def end_server(self):
        """As if the sound card were pulled out."""
        self.server.kill()
        self.server.wait(5)

    def _wait_until(self, test, what, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if test():
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {what}; see {self.log.name}")


def find(pattern, sound, threshold=0.5, apart=0.02):
    """The times, in seconds, at which `pattern` stands in `sound`: peaks of their correlation, as sharp as the
    pattern's own, no two nearer than `apart`."""
    if sound.size < pattern.size:
        return numpy.zeros(0)
    size = 1 << (sound.size + pattern.size - 1).bit_length()
    spectrum = numpy.fft.rfft(sound, size) * numpy.conj(numpy.fft.rfft(pattern, size))
    match = numpy.fft.irfft(spectrum, size)[: sound.size - pattern.size + 1]
    match = match / float(numpy.dot(pattern, pattern))
    found = []
    for frame in numpy.flatnonzero(match > threshold):
        if found and frame - found[-1] < apart * RATE:
            if match[frame] > match[found[-1]]:
                found[-1] = frame
        else:
            found.append(frame)
    return numpy.array(found) / RATE
