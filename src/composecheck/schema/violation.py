"""What can be wrong with the shape of a file, before it is put into words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from composecheck.schema.tree import Place


class Fault(Enum):
    """What can be wrong with a shape, by the keyword of JSON Schema that says so."""

    UNKNOWN_KEY = "additionalProperties"
    MISSING_KEY = "required"
    MISSING_ALL = "x-at-least-one"
    TYPE = "type"
    NOT_ALLOWED = "enum"
    PATTERN = "pattern"
    TOO_SMALL = "minimum"
    TOO_LARGE = "maximum"
    REPEATED = "uniqueItems"
    INFINITE = "infinite"
    """No keyword: a number that cannot be written in JSON, wherever it stands."""


class Violation(Struct, frozen=True, eq=False):
    """One thing that is wrong.

    `place` is the value that is wrong; for an unknown key, the value under that key; for missing
    keys, the mapping they are missing in. `name` is the missing key. `first` is where what is
    repeated stands first.
    """

    fault: Fault
    place: Place
    name: str = ""
    first: Place | None = None
