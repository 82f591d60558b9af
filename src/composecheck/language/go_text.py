"""What Go's library, and so Compose, takes for blanks and digits in text, where Python differs."""

from __future__ import annotations

import math
from decimal import Decimal

SPACES = (
    "".join(
        chr(code)
        for code in (
            *range(9, 14),
            0x20,
            0x85,
            0xA0,
            0x1680,
            *range(0x2000, 0x200B),
            0x2028,
            0x2029,
        )
    )
    + "\u202f\u205f\u3000"
)
"""The characters that Go calls spaces (`unicode.IsSpace`): unlike Python, not U+001C to U+001F."""

LARGEST_INT64 = 2**63 - 1
"""The largest number in a Go `int` on all machines that Docker Compose v5.6.1 runs on."""


def print_value(value: float) -> str:
    """Return a number, or true or false, as Compose writes it where it needs text: `1e+06`.

    That is Go's `fmt.Sprint`; of numbers with a fraction, as few digits as tell it from others.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("+Inf" if value > 0 else "-Inf")
    number = Decimal(repr(value)).normalize()
    _, digits, _ = number.as_tuple()
    power = number.adjusted()
    if -4 <= power < 6 or not number:
        return f"{number:f}"
    minus = "-" if value < 0 else ""
    mantissa = str(digits[0]) + ("." if len(digits) > 1 else "") + "".join(map(str, digits[1:]))
    return f"{minus}{mantissa}e{'-' if power < 0 else '+'}{abs(power):02}"
