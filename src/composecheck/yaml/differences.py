"""Where the parsers that we have read YAML otherwise than Compose's own reader, go-yaml.

go-yaml is a descendant of libyaml, and so is ruamel.yaml's C parser: what the C parser takes or
refuses, Compose takes or refuses, but for the rows below. Each is held by a test against the real
program (`tests/yaml/test_differences.py`).

The parser in Python is asked only where the C parser is known to be wrong: on its own it takes much
that Compose refuses (`: 1`, `%FOO`, `- ? : x`, an alias as a key before a colon without a blank).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Treatment(Enum):
    """What we do where the C parser refuses a text that Compose may accept."""

    ASK_THE_PYTHON_PARSER = "the parser in Python reads it as Compose does"
    REWRITE = "we hand the parser an equally long spelling that it knows"
    CANNOT_CHECK = "we say that we cannot check the file"


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that Compose reads and the C parser does not.

    `problem` is what the C parser says of it, `example` a value that shows it.
    """

    problem: str
    treatment: Treatment
    example: str
    reason: str


ONLY_COMPOSE_ACCEPTS = (
    Difference(
        problem="found unexpected ':'",
        treatment=Treatment.ASK_THE_PYTHON_PARSER,
        example="[80:80, http://host, {a:b}]",
        reason="an old libyaml allows no colon within unquoted text inside [] and {}",
    ),
    Difference(
        problem="found unknown escape character",
        treatment=Treatment.REWRITE,
        example=r'"it\'s"',
        reason=r"""libyaml does not know \' inside double quotes""",
    ),
    Difference(
        problem="could not find expected ':'",
        treatment=Treatment.CANNOT_CHECK,
        example="",
        reason="libyaml gives up on a key of more than 1024 characters",
    ),
)

LONGEST_KEY = 1024
"""How many characters a key may have for libyaml; go-yaml has no such limit (measured)."""

ESCAPES_THAT_COMPOSE_REFUSES = ("\\/",)
"""Escapes in double quotes that the C parser takes and go-yaml refuses (measured)."""
