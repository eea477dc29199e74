"""Beat to seconds by StepMania's rules: BPM changes, stops, delays, warps."""

from __future__ import annotations

import numpy as np

from .layout import ROWS_PER_BEAT

# Order of events on one row; a note's own time is taken after a delay and before a stop.
_WARP_END, _BPM, _DELAY, _STOP, _WARP = range(5)
_HUGE_BPM = 9_999_999.0


class Timing:
    """Times of rows. `offset` in StepMania's sense: beat 0 sounds at -offset."""

    def __init__(
        self, offset: float, bpms: list[tuple[float, float]], stops: list[tuple[float, float]] = (),
        delays: list[tuple[float, float]] = (), warps: list[tuple[float, float]] = (),
    ) -> None:
        row = lambda beat: int(round(beat * ROWS_PER_BEAT))
        bpms = [(b, v) for b, v in bpms if v > 0] or [(0.0, 60.0)]
        self.offset = offset
        self.huge_bpm = any(v >= _HUGE_BPM for _, v in bpms)
        events = [(row(b), _BPM, v) for b, v in bpms]
        events += [(row(b), _STOP, v) for b, v in stops if v > 0]
        events += [(row(b), _DELAY, v) for b, v in delays if v > 0]
        merged: list[list[int]] = []
        for start, end in sorted((row(b), row(b + n)) for b, n in warps if n > 0):
            if merged and start < merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        for start, end in merged:
            events += [(start, _WARP, 0.0), (end, _WARP_END, 0.0)]
        events.sort(key=lambda e: e[:2])
        self.warps = merged
        self.changes = len(events)
        self._walk(events, min(bpms)[1])

    def _walk(self, events: list[tuple[int, int, float]], bpm: float) -> None:
        """Anchors: from (row, after a note or not) on, seconds and seconds a row."""
        seconds, row, warping = -self.offset, 0, False
        keys, times, rows, paces = [(-1 << 40)], [seconds], [0], [60 / bpm / ROWS_PER_BEAT]
        for at, kind, value in events:
            seconds += 0.0 if warping else (at - row) * 60 / bpm / ROWS_PER_BEAT
            row = at
            if kind == _BPM:
                bpm = value
            elif kind in (_DELAY, _STOP):
                seconds += value
            else:
                warping = kind == _WARP
            keys.append(2 * at + (kind > _DELAY))
            times.append(seconds)
            rows.append(row)
            paces.append(0.0 if warping else 60 / bpm / ROWS_PER_BEAT)
        self._keys, self._times, self._rows, self._paces = map(np.array, (keys, times, rows, paces))

    def seconds(self, rows: np.ndarray) -> np.ndarray:
        """Time at which a note on each row is to be hit."""
        rows = np.asarray(rows, np.int64)
        at = np.searchsorted(self._keys, 2 * rows, "right") - 1
        return self._times[at] + (rows - self._rows[at]) * self._paces[at]

    def last_row(self, seconds: float) -> int:
        """The last row at or before a time (0 where that is before beat 0)."""
        at = max(0, int(np.searchsorted(self._times, seconds, "right")) - 1)
        pace = self._paces[at]
        return max(0, int(self._rows[at] + ((seconds - self._times[at]) / pace if pace > 0 else 0)))
