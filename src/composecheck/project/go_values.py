"""Values as Go writes and keeps them, where that differs from Python."""

from __future__ import annotations

import struct

from composecheck.language.go_text import print_value


def go_text(value: object) -> str:
    """Return `value` as Go's `fmt.Sprint` writes it: `1e+06`, `<nil>`, `map[a:1]`, `[a b]`."""
    match value:
        case None:
            return "<nil>"
        case bool() | int() | float():
            return print_value(value)
        case dict():
            pairs = (f"{key}:{go_text(value[key])}" for key in sorted(value))
            return f"map[{' '.join(pairs)}]"
        case list():
            return f"[{' '.join(map(go_text, value))}]"
    return str(value)


def single(value: float) -> float:
    """Return the double that is written like the single-precision number nearest to `value`.

    Compose keeps some numbers in single precision, and prints as few digits as say that number.
    """
    try:
        (nearest,) = struct.unpack("<f", struct.pack("<f", value))
    except OverflowError:
        return value
    for precision in range(9):
        candidate = float(f"{nearest:.{precision}e}")
        if struct.unpack("<f", struct.pack("<f", candidate))[0] == nearest:
            return candidate
    return float(nearest)
