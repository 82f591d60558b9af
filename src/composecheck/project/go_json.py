"""A model as JSON, written as Go's own library writes it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

_STEP = "  "
_ESCAPED = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def print_json(model: dict[str, Any]) -> str:
    """Return `model`, plain data, as JSON without a line end at its end.

    `docker compose config` then doubles each `$` in it, unless variables stay as they are written.
    """
    return _value(model, "\n")


def _value(value: Any, line_end: str) -> str:
    """Return a value; `line_end` has the indentation of the line that it stands on."""
    if isinstance(value, dict) and value:
        deeper = line_end + _STEP
        parts = (f"{_text(key)}: {_value(part, deeper)}" for key, part in value.items())
        return "{" + deeper + f",{deeper}".join(parts) + line_end + "}"
    if isinstance(value, list) and value:
        deeper = line_end + _STEP
        parts = (_value(item, deeper) for item in value)
        return "[" + deeper + f",{deeper}".join(parts) + line_end + "]"
    if isinstance(value, str):
        return _text(value)
    return _number(value) if isinstance(value, float) else json.dumps(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPED)


def _number(value: float) -> str:
    """Return a number with as few digits as tell it from all others, and an exponent if it is far
    from 1.
    """
    sign = "-" if str(value).startswith("-") else ""
    exact = abs(Decimal(repr(value)))
    if exact == 0 or Decimal("1e-6") <= exact < Decimal("1e21"):
        return sign + (f"{exact:f}".rstrip("0").rstrip(".") if exact % 1 else f"{exact:.0f}")
    _, digits, exponent = exact.normalize().as_tuple()
    first, *others = map(str, digits)
    power = int(exponent) + len(others)
    fraction = "." + "".join(others) if others else ""
    return f"{sign}{first}{fraction}e{power:+}"
