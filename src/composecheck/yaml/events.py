"""Text → the events of a YAML parser, read as Compose's own reader would.

Of the marks of an event only `.index` is used, since the C parser counts lines otherwise than
everybody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent

from composecheck.expressions import expression
from composecheck.yaml import limits
from composecheck.yaml.differences import LONGEST_KEY
from composecheck.yaml.gaps import BLANKS, BREAKS
from composecheck.yaml.mistakes import SyntaxProblem
from composecheck.yaml.spelling import spell

try:
    from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # untyped C code
except ImportError:  # where there is no C compiler, ruamel.yaml comes without it
    CParser = None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from composecheck.yaml.spelling import Spelling

_Result = TypeVar("_Result")

Event = Any
"""An event of ruamel.yaml, which is untyped."""


class Parsed(Struct, frozen=True):
    """All events of a text, or those before the `problem` at which the parser stopped."""

    events: list[Event]
    problem: SyntaxProblem | None


def parse(text: str) -> Parsed:
    """Return the events of `text` (decoded, without byte order mark). Raises nothing."""
    try:
        return Parsed(*read(text, list))
    except limits.TooMuch as reason:
        return Parsed([], SyntaxProblem(str(reason), 0))


def read(
    text: str, use: Callable[[Iterable[Event]], _Result]
) -> tuple[_Result, SyntaxProblem | None]:
    """Give the events of `text` to `use`, and return its result and where the parser stopped.

    Where the parser does not know what Compose knows, `use` gets to see them again, of another
    spelling: then only its last result counts. Raises TooMuch if we cannot read it in any.
    """
    spelling = spell(text)
    while True:
        events = Events(spelling)
        result = use(events)
        if events.problem is None:
            return result, None
        # Imported here, because few texts need it.
        from composecheck.yaml.respelling import respell

        better = respell(spelling, events.problem)
        if better is None:
            problem = _as_written(events.problem, spelling)
            if _is_long_key(text, spelling, problem):
                reason = f"it has a key of more than {LONGEST_KEY} characters, which we cannot read"
                raise limits.TooMuch(reason)
            return result, problem
        spelling = better


def _as_written(problem: SyntaxProblem, spelling: Spelling) -> SyntaxProblem:
    context = problem.context_offset
    return replace(
        problem,
        offset=spelling.offset(problem.offset),
        context_offset=None if context is None else spelling.offset(context),
    )


class Events:
    """The events of a text, to be iterated over once.

    After that, `problem` is the mistake at which the parser stopped, or None; its offsets are those
    of the spelling.
    """

    __slots__ = ("_read", "problem", "spelling")

    def __init__(
        self, spelling: Spelling, read: Callable[[str], Iterator[Event]] | None = None
    ) -> None:
        self.spelling = spelling
        self.problem: SyntaxProblem | None = None
        self._read = read or (read_in_python if CParser is None else read_in_c)

    def __iter__(self) -> Iterator[Event]:
        is_respelled = not self.spelling.is_as_written
        try:
            for event in self._read(self.spelling.text):
                if is_respelled:
                    _restore(event, self.spelling)
                yield event
        except YAMLError as error:
            self.problem = _describe(error)
        except RecursionError:
            raise limits.TooMuch("it nests too deep for us to read") from None


def read_in_c(text: str) -> Iterator[Event]:
    """Yield the events of `text` as libyaml reads it. Raises YAMLError at the first mistake."""
    return iter(CParser(text).get_event, None)


def read_in_python(text: str) -> Iterator[Event]:
    """Yield the events of `text` as ruamel.yaml's parser in Python reads it.

    Some 20 times slower, and less like Compose. Raises YAMLError at the first mistake, and
    RecursionError on deep nesting.
    """
    from ruamel.yaml import YAML

    for event in YAML(typ="safe", pure=True).parse(text):
        if getattr(event, "anchor", None) and getattr(event, "tag", None):
            # Where the tag stands first, it takes the anchor for the start.
            start = event.start_mark.index
            tag = None if _TAG_BEHIND.match(text, start) else _TAG_BEFORE.search(text[:start])
            if tag is not None:
                event.start_mark = _Mark(tag.start())
        yield event


_TAG_BEFORE = expression(rf"!(?:<[^>]*>|[^{BLANKS}]*)[{BLANKS}](?:[{BLANKS}]|#[^{BREAKS}]*)*\Z")
_TAG_BEHIND = expression(rf"&[^{BLANKS}]+[{BLANKS}]+!")


class _Mark:
    """A place in the file, as events know it."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def _restore(event: Event, spelling: Spelling) -> None:
    """Make of an event of a respelled text one of the text as it is written."""
    event.start_mark = _Mark(spelling.offset(event.start_mark.index))
    event.end_mark = _Mark(spelling.offset(event.end_mark.index))
    if type(event) is ScalarEvent:
        event.value = spelling.value(event.value)


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


def _is_long_key(text: str, spelling: Spelling, problem: SyntaxProblem) -> bool:
    """Tell whether a parser gave up because a key has more characters than it can do with."""
    if problem.problem == "could not find expected ':'" and problem.context_offset is not None:
        line = text[problem.context_offset :].split("\n", 1)[0]
        return len(line) > LONGEST_KEY and re.search(rf":(?:[{BLANKS}]|\Z)", line) is not None
    line_start = text.rfind("\n", 0, problem.offset) + 1
    if not text.startswith(":", problem.offset) or problem.offset - line_start <= LONGEST_KEY:
        return False
    # It took the key for a value; but what stands behind another colon is one.
    starts = [
        event.start_mark.index
        for event in Events(spelling)
        if event.start_mark.index < event.end_mark.index
    ]
    start = starts[-1] if starts else 0
    is_value = text[:start].rstrip(" \t").endswith(":")
    return problem.offset - start > LONGEST_KEY and not is_value
