"""Sizes, orders and tables shared by training, export and (through ENGINE.md) the engine."""

from __future__ import annotations

import numpy as np

STEPS_TYPES = ("pump-single", "pump-double", "pump-halfdouble", "dance-single", "dance-double")
LANES = {"pump-single": 5, "pump-double": 10, "pump-halfdouble": 6, "dance-single": 4, "dance-double": 8}
# First of a type's lanes among the 18 common lanes: ten of Pump, then eight of dance.
FIRST_COMMON_LANE = {"pump-single": 0, "pump-double": 0, "pump-halfdouble": 2, "dance-single": 10, "dance-double": 10}
COMMON_LANES = 18
UNKNOWN_TYPE = len(STEPS_TYPES)

LEVELS = 32
UNKNOWN_LEVEL = LEVELS - 1  # levels 0..30 have a row of their own; higher ones are taken as 30

ROWS_PER_BEAT = 48
SLOTS_PER_BEAT = 24
SLOTS_PER_TOKEN = 2
TOKENS_PER_BEAT = SLOTS_PER_BEAT // SLOTS_PER_TOKEN
TOKENS_PER_MEASURE = 4 * TOKENS_PER_BEAT

STYLES = (
    "run", "drill", "jack", "jump", "bracket", "hold",
    "twist", "triplet", "fast", "offbeat", "steady", "gimmick",
)

# Placement: channels of a token after the audio vector, in order.
TOKEN_CHANNELS = (
    ("audio present", 1), ("sin, cos of beat phase", 2), ("token in beat", 12), ("beat in measure", 4),
    ("log beat length", 1), ("known mask", 2), ("known note", 2), ("motif mean", 2), ("motif best", 2),
    ("motif present", 1), ("motif similarity", 1), ("near the song's start, end", 2), ("what the memory gives", 2),
)
TOKEN_CHANNEL_COUNT = sum(n for _, n in TOKEN_CHANNELS)
# Placement outputs of a token: note, hold, jump, each for slots 2k and 2k + 1.
PLACEMENT_OUTPUTS = 6

# Selection: a gap of g rows (1/48 beat) falls in the bucket numbered by how many of these are <= g.
GAP_EDGES = (3, 4, 6, 8, 12, 16, 24, 36, 48, 72, 96, 192, 384)
GAP_BUCKETS = len(GAP_EDGES) + 1
NO_GAP_ROWS, NO_GAP_SECONDS = 384, 4.0
TIME_CHANNELS = 3 * GAP_BUCKETS + 3 + SLOTS_PER_BEAT + 4
ROW_CHANNELS = 2 * COMMON_LANES
# Mean and best of what the chart itself suggests, the best one's share, the longest match.
RECALL_CHANNELS = 2 * ROW_CHANNELS + 2
# Hold lengths the selection network chooses from, in slots.
HOLD_SLOTS = (3, 6, 8, 9, 12, 15, 16, 18, 24, 30, 36, 42, 48, 60, 72, 84, 96, 120, 144, 168, 192, 240, 288, 384)

_PUMP_LR = (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
_PUMP_UD = (1, 0, 2, 4, 3, 6, 5, 7, 9, 8)
_DANCE_DOUBLE_LR = (7, 5, 6, 4, 3, 1, 2, 0)
_DANCE_DOUBLE_UD = (0, 2, 1, 3, 4, 6, 5, 7)


def mirrors(steps_type: str) -> np.ndarray:
    """[4, lanes]: the lane that each lane goes to, for: none, left-right, up-down, both."""
    if steps_type == "pump-single":
        left_right, up_down = (4, 3, 2, 1, 0), _PUMP_UD[:5]
    elif steps_type == "pump-double":
        left_right, up_down = _PUMP_LR, _PUMP_UD
    elif steps_type == "pump-halfdouble":
        left_right, up_down = (5, 4, 3, 2, 1, 0), (0, 2, 1, 4, 3, 5)
    elif steps_type == "dance-single":
        left_right, up_down = (3, 1, 2, 0), (0, 2, 1, 3)
    else:
        left_right, up_down = _DANCE_DOUBLE_LR, _DANCE_DOUBLE_UD
    both = tuple(up_down[lane] for lane in left_right)
    return np.array([range(LANES[steps_type]), left_right, up_down, both])
