"""What `prepare` writes and training reads: parsed charts and log-mel features."""

from __future__ import annotations

import hashlib
import pickle
from math import gcd
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from .corpus import Entry
from .features import SAMPLE_RATE, log_mel


def decode(path: str) -> np.ndarray:
    """Mono float32 at 44.1 kHz."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(1)
    if rate != SAMPLE_RATE:
        common = gcd(rate, SAMPLE_RATE)
        mono = resample_poly(mono, SAMPLE_RATE // common, rate // common).astype(np.float32)
    return mono


def feature_path(cache: Path, audio: str) -> Path:
    return cache / "features" / (hashlib.sha1(audio.encode()).hexdigest()[:16] + ".npy")


def prepare_features(cache: Path, audio: str) -> None:
    target = feature_path(cache, audio)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part.npy")
    np.save(part, log_mel(decode(audio)).astype(np.float16))
    part.rename(target)


def load_features(cache: Path, audio: str) -> np.ndarray:
    """[frames, 240] float16, raw log-mel."""
    return np.load(feature_path(cache, audio))


def save_charts(cache: Path, entries: list[Entry]) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "charts.pickle").open("wb") as file:
        pickle.dump(entries, file)


def load_charts(cache: Path) -> list[Entry]:
    """Reads only what `save_charts` wrote into the same cache."""
    with (cache / "charts.pickle").open("rb") as file:
        return pickle.load(file)
