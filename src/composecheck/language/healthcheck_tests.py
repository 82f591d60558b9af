"""How the health of a container is tested: text for a shell, or a list that says of which kind.

(Facts: compose-go, `types/healthcheck.go` and `loader/validate.go`; the tests ask Docker Compose
v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Kind(Enum):
    """Who runs the test."""

    COMMAND = "CMD"
    """The words behind it are run as they are."""
    SHELL = "CMD-SHELL"
    """A shell runs the text behind it, or the text that is not a list."""
    NONE = "NONE"
    """Nobody: a test that the image has is switched off."""


class Fault(Enum):
    """Why Compose refuses a test."""

    NO_KIND = "no kind"
    """The list does not begin with one of the three words: `["curl", "-f", "http://localhost"]`."""


class InvalidHealthcheckTest(Struct, frozen=True):
    """A test that Compose refuses.

    `span` and `text` are the first word of the list. Of an unknown part, `text` has what is written
    in the file.
    """

    span: Span
    text: str
    fault: Fault


class HealthcheckTest(Struct, frozen=True, eq=False):
    """A test: of which kind, and the words behind that.

    `kind` is None for an empty list, which is no test, and where it depends on a variable.
    """

    kind: Kind | None
    words: tuple[Traced, ...]
    span: Span
    is_list: bool


def read_healthcheck_test(
    node: Node, text_of: TextOf
) -> HealthcheckTest | InvalidHealthcheckTest | None:
    """Read `healthcheck.test`; None for what is neither a text nor a list."""
    content = follow(node)
    if not isinstance(content, Sequence):
        text = read_value(node, text_of)
        if not isinstance(text, Traced):
            return None
        return HealthcheckTest(Kind.SHELL, (text,), text.span, is_list=False)
    values = (read_value(item, text_of) for item in content.items)
    words = tuple(value for value in values if isinstance(value, Traced))
    if not words:
        return HealthcheckTest(None, (), content.span, is_list=True)
    first = words[0]
    possible = [kind for kind in Kind if first.could_be(kind.value)]
    if not possible:
        return InvalidHealthcheckTest(first.span, spelled(first), Fault.NO_KIND)
    kind = possible[0] if first.is_known else None
    return HealthcheckTest(kind, words[1:], content.span, is_list=True)
