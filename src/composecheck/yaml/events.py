"""Text → the events of a YAML parser, read as Compose's own reader would.

The C parser first; what it gets wrong is in `differences`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # by import only
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from composecheck.yaml.differences import (
    LONGEST_KEY,
    ONLY_COMPOSE_ACCEPTS,
    Treatment,
)
from composecheck.yaml.mistakes import SyntaxProblem

Event = Any
"""An event of ruamel.yaml, of either parser; of its marks only `.index` is used, since the C parser
counts lines otherwise than everybody else."""

_TREATMENTS = {difference.problem: difference.treatment for difference in ONLY_COMPOSE_ACCEPTS}


_MOST_REWRITES = 100
"""How many escapes we respell before we give up: each costs another reading."""

_RARE_ESCAPES = {"\\a": "\a", "\\e": "\x1b", "\\v": "\v", "\\b": "\b"}
"""Escapes that hardly a file has, and the character that each stands for. None of these characters
may stand in a YAML text by itself, so that in a value it can only come from the escape."""

_NO_DOCUMENT = re.compile(
    r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)|\.\.\.[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$))*"
)
"""Comments and document ends (`...`) with nothing between them."""


@dataclass(frozen=True, slots=True)
class Events:
    r"""What a parser made of a text.

    `problem` is the mistake at which it stopped: the events up to there are complete. `refusal`
    says why we cannot read a text that Compose perhaps can. `stand_in` is the character that stands
    for `'` in double-quoted values, where the text was handed over with `\'` spelled otherwise.
    """

    events: list[Event]
    problem: SyntaxProblem | None = None
    refusal: str | None = None
    stand_in: str | None = None


def parse(text: str) -> Events:
    """Return the events of `text` (decoded, without byte order mark). Raises nothing."""
    result = _parse_in_c(text)
    if result.problem is None:
        return result
    if _NO_DOCUMENT.fullmatch(text):
        return Events([])
    treatment = _TREATMENTS.get(result.problem.problem)
    if treatment is Treatment.ASK_THE_PYTHON_PARSER:
        return parse_in_python(text)
    if treatment is Treatment.REWRITE:
        return _parse_rewritten(text, result)
    if treatment is Treatment.CANNOT_CHECK and _has_long_key(text, result.problem):
        reason = f"it has a key of more than {LONGEST_KEY} characters, which we cannot read"
        return Events(result.events, refusal=reason)
    return result


def _parse_in_c(text: str) -> Events:
    events: list[Event] = []
    add = events.append
    problem = None
    try:
        get_event = CParser(text).get_event
        while (event := get_event()) is not None:
            add(event)
    except YAMLError as error:
        problem = _describe(error)
    return Events(events, problem)


def parse_in_python(text: str) -> Events:
    """Return the events of `text` as ruamel.yaml's parser in Python reads it."""
    # Imported here: hardly a file needs it.
    from ruamel.yaml import YAML

    events: list[Event] = []
    problem = None
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            events.append(event)  # noqa: PERF402 -- those before a mistake are wanted too
    except RecursionError:
        return Events(events, refusal="it nests too deep for us to read")
    except YAMLError as error:
        problem = _describe(error)
    return Events(events, problem)


def _describe(error: YAMLError) -> SyntaxProblem:
    if not isinstance(error, MarkedYAMLError):
        position = getattr(error, "position", 0)
        return SyntaxProblem(str(error), position, None, None)
    mark, context = error.problem_mark, error.context_mark
    place = mark or context
    return SyntaxProblem(
        problem=error.problem or error.context or "",
        offset=place.index if place else 0,
        context=error.context,
        context_offset=context.index if context else None,
    )


def _parse_rewritten(text: str, result: Events) -> Events:
    r"""Read on behind each `\'`, spelled as another escape of the same length."""
    spelling = next((escape for escape in _RARE_ESCAPES if escape not in text), None)
    if spelling is None:
        return result
    for _ in range(_MOST_REWRITES):
        problem = result.problem
        if problem is None or problem.problem not in _TREATMENTS:
            break
        # The C parser points at the backslash or at the character behind it.
        place = text.find("\\'", max(problem.offset - 1, 0), problem.offset + 2)
        if place < 0:
            break
        text = text[:place] + spelling + text[place + 2 :]
        result = _parse_in_c(text)
    return Events(result.events, result.problem, stand_in=_RARE_ESCAPES[spelling])


def _has_long_key(text: str, problem: SyntaxProblem) -> bool:
    start = problem.offset if problem.context_offset is None else problem.context_offset
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    return len(line) > LONGEST_KEY and re.search(r":(\s|$)", line) is not None
