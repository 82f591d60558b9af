"""A model as JSON, written as Go's own library writes it."""

from __future__ import annotations

import json
from typing import Any

_ESCAPED = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def print_json(model: dict[str, Any]) -> str:
    """Return `model`, plain data, as JSON without a line end at its end.

    `docker compose config` then doubles each `$` in it, unless variables stay as they are written.
    """
    # These characters stand in texts only, so all of them can be escaped alike.
    return json.dumps(model, indent=2, ensure_ascii=False).translate(_ESCAPED)
