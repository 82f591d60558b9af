"""How much we take on: limits instead of patience.

What Compose itself refuses is an error; what only we refuse is "cannot check".
"""

from __future__ import annotations

FILE_SIZE = 8 * 1024 * 1024
"""The largest text that we read, in code points. Ours: Compose has no such limit."""

DEPTH = 200
"""How deep keys and lists may nest. Ours: Compose goes down to 10 000 (go-yaml, measured)."""

NODES = 100_000
"""How many values a YAML document may have. Keys do not count, nor does what is marked `!reset`;
nor do aliases here, since Compose needs longer to count those than anybody waits.

Compose's own limit ("compose file exceeds maximum node visit limit"; measured: a document with
exactly this many passes, one more is refused; each document of a file is counted by itself).
"""

EXPANDED_NODES = 100_000
"""How many values a YAML document may have once its aliases are replaced by what they stand for.

Ours: Compose has no such limit, and works for minutes (measured: 18 s at a million values).
"""


class TooMuch(Exception):
    """A text goes beyond what we take on; the message says in which way, as a clause."""
