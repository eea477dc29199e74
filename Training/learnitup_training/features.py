"""Log-mel features: 44.1 kHz mono, 100 frames a second, three windows of 80 mel bands.

The shipped engine computes the same numbers; `Training/ENGINE.md` is the contract.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import fft as sfft

SAMPLE_RATE = 44_100
HOP = 441
WINDOWS = (1024, 2048, 4096)
BANDS = 80
LOW_HZ, HIGH_HZ = 27.5, 16_000.0
FLOOR = 1e-16
CHANNELS = BANDS * len(WINDOWS)
FRAMES_PER_SECOND = SAMPLE_RATE / HOP


def blackman_harris(size: int) -> np.ndarray:
    """3-term Blackman-Harris (62 dB), symmetric, scaled to a sum of 1."""
    x = 2 * np.pi * np.arange(size) / (size - 1)
    w = 0.44959 - 0.49364 * np.cos(x) + 0.05677 * np.cos(2 * x)
    return (w / w.sum()).astype(np.float32)


def mel(hz: np.ndarray | float) -> np.ndarray | float:
    return 1127.0 * np.log1p(np.asarray(hz) / 700.0)


@lru_cache(maxsize=None)
def mel_matrix(size: int) -> np.ndarray:
    """[size / 2 + 1, BANDS]; each band a triangle over bin frequencies with weights summing to 1.

    A triangle's slopes are at least one bin wide, so that no low band is ever empty.
    """
    edges = 700.0 * np.expm1(np.linspace(mel(LOW_HZ), mel(HIGH_HZ), BANDS + 2) / 1127.0)
    spacing = SAMPLE_RATE / size
    hz = np.arange(size // 2 + 1) * spacing
    matrix = np.zeros((len(hz), BANDS))
    for band in range(BANDS):
        low, centre, high = edges[band : band + 3]
        low, high = min(low, centre - spacing), max(high, centre + spacing)
        rise, fall = (hz - low) / (centre - low), (high - hz) / (high - centre)
        triangle = np.maximum(0, np.minimum(rise, fall))
        matrix[:, band] = triangle / triangle.sum()
    return matrix.astype(np.float32)


def log_mel(samples: np.ndarray, block: int = 1024) -> np.ndarray:
    """Mono samples at 44.1 kHz -> [frames, 240] float32, frame i centred on sample 441 i."""
    frames = len(samples) // HOP + 1
    pad = max(WINDOWS) // 2
    padded = np.zeros(frames * HOP + 2 * pad + HOP, np.float32)
    padded[pad : pad + len(samples)] = samples
    out = np.empty((frames, CHANNELS), np.float32)
    for index, size in enumerate(WINDOWS):
        views = np.lib.stride_tricks.sliding_window_view(padded[pad - size // 2 :], size)[::HOP]
        window, matrix = blackman_harris(size), mel_matrix(size)
        for start in range(0, frames, block):
            stop = min(frames, start + block)
            spectrum = sfft.rfft(views[start:stop] * window, axis=1)
            power = spectrum.real**2 + spectrum.imag**2
            out[start:stop, index * BANDS : (index + 1) * BANDS] = np.log(power @ matrix + FLOOR)
    return out


def sample_frames(frames: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Linear interpolation between frames at the given times; zero outside the song."""
    position = np.asarray(seconds) * FRAMES_PER_SECOND
    left = np.floor(position).astype(np.int64)
    weight = (position - left).astype(np.float32)[:, None]
    inside = lambda i: ((i >= 0) & (i < len(frames)))[:, None]
    at = lambda i: frames[np.clip(i, 0, len(frames) - 1)] * inside(i)
    return at(left) * (1 - weight) + at(left + 1) * weight
