"""Addresses of network cards, such as `02:42:ac:11:00:02`.

(Facts: Go's `net.ParseMAC`, which Compose calls when it creates a container; `config` does not
look at them.)
"""

from __future__ import annotations

import re

from composecheck.expressions import expression

_PAIRS = expression(r"[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2})*")
_FOURS = expression(r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4})+")
_LENGTHS = (6, 8, 20)
"""How many bytes such an address may have."""


def is_mac_address(text: str) -> bool:
    """Whether `text` is one: pairs of digits with `:` or `-` between, or fours with `.`."""
    digits = re.sub("[:.-]", "", text)
    is_formed = _PAIRS.fullmatch(text) or _FOURS.fullmatch(text)
    return is_formed is not None and len(digits) / 2 in _LENGTHS
