"""The rules on shape, in the order in which they look at what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from composecheck.schema.allowed import list_duplicate, value_not_allowed, value_pattern
from composecheck.schema.emptiness import file_empty
from composecheck.schema.keys import key_missing, name_invalid
from composecheck.schema.obsolete import key_obsolete
from composecheck.schema.unknown_key import key_unknown
from composecheck.schema.values import value_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.schema.work import Work

JUDGES: tuple[Callable[[Work], Iterator[Finding]], ...] = (
    key_obsolete,
    key_unknown,
    name_invalid,
    key_missing,
    value_type,
    value_not_allowed,
    value_pattern,
    list_duplicate,
)
"""What one of them explains, the next ones need not."""

RULES: tuple[Callable[..., Any], ...] = (*JUDGES, file_empty)
"""Every rule of this package."""
