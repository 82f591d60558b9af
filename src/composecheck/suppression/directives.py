"""Comments → what they tell composecheck to ignore: `# composecheck: ignore[rule] -- reason`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.nearest import is_slip
from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml import Document
    from composecheck.yaml.comments import Comment

MARK = "composecheck"
"""What every comment for us has in it, in any case of letters."""

_START = expression(r"#[ \t]*composecheck\b", re.IGNORECASE)
_WELL_FORMED = expression(
    r"#[ \t]*composecheck:[ \t]*(?P<verb>ignore-file|ignore)\[(?P<names>[^\[\]]*)\](?P<rest>.*)",
    re.DOTALL,
)
_NAME = expression(r"[^\s,]+")
_REST = expression(
    r"[ \t]*(?:(?P<dashes>--)[ \t]*(?P<reason>.*?)|(?P<other>#.*))?[ \t]*", re.DOTALL
)

# What looks like it: `composecheck ignore(rule)`, `composecheck: disable=rule`.
_LOOSE = expression(
    r"#[ \t]*composecheck(?P<between>[ \t]*[:=_-][ \t]*|[ \t]+)(?P<verb>[A-Za-z][A-Za-z_-]*)"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = expression(r"[A-Za-z][\w-]*")
_REASON = expression(r"[ \t]--[ \t]+(?P<reason>.*?)[ \t]*$", re.DOTALL)

_VERBS = ("ignore", "ignore-file")
_VERBS_OF_OTHERS = frozenset(
    {
        "allow",
        "disable",
        "disable-file",
        "disable-line",
        "disable-next-line",
        "ignore-line",
        "ignore-next-line",
        "noqa",
        "nolint",
        "off",
        "skip",
        "skip-file",
        "suppress",
    }
)


class Named(Struct, frozen=True):
    """A name in a directive, and where it stands."""

    name: str
    span: Span


class Directive(Struct, frozen=True, eq=False):
    """What a comment tells us to ignore; compared by identity.

    `span` is from its `#` to the end of what belongs to it; the comment may say other things before
    it and behind it. `names_span` is what stands between the brackets. `stray` is where a reason
    begins that lacks its `--`.
    """

    comment: Comment
    span: Span
    is_for_file: bool
    names: tuple[Named, ...]
    names_span: Span
    reason: str = ""
    stray: int | None = None


class Lookalike(Struct, frozen=True):
    """What is no directive, and looks as if it were meant for one.

    `words` are those behind the verb: they may be names of rules, or a reason. `reason` is what
    follows ` -- `.
    """

    comment: Comment
    span: Span
    is_for_file: bool
    words: tuple[Named, ...]
    reason: str


def read_directives(document: Document) -> Iterator[Directive | Lookalike]:
    """Yield what the comments of a file say to us, in the order of the text."""
    if MARK not in document.text.lower():
        return
    for comment in document.comments:
        starts = [match.start() for match in _START.finditer(comment.text)]
        for start, end in pairwise([*starts, len(comment.text)]):
            found = _read(comment, start, end)
            if found is not None:
                yield found


def _read(comment: Comment, start: int, end: int) -> Directive | Lookalike | None:
    """Read what stands from `start` to `end` in the comment."""
    text = comment.text[start:end]
    match = _WELL_FORMED.fullmatch(text)
    if match is None:
        return _read_loosely(comment, start, text)
    at = comment.span.start + start
    begin = at + match.start("names")
    names = tuple(
        Named(name[0], Span(begin + name.start(), begin + name.end()))
        for name in _NAME.finditer(match["names"])
    )
    rest = _REST.fullmatch(match["rest"])
    stray = None
    length = len(text.rstrip())
    if rest is None:
        blanks = len(match["rest"]) - len(match["rest"].lstrip())
        stray = at + match.start("rest") + blanks
    elif rest["other"] is not None:
        length = match.start("rest") + rest.start("other")
    return Directive(
        comment,
        Span(at, at + length),
        is_for_file=match["verb"] == "ignore-file",
        names=names,
        names_span=Span(begin, at + match.end("names")),
        reason=((rest["reason"] or "") if rest else match["rest"]).strip(),
        stray=stray,
    )


def _read_loosely(comment: Comment, start: int, text: str) -> Lookalike | None:
    match = _LOOSE.fullmatch(text)
    if match is None:
        return None
    verb = match["verb"].lower().replace("_", "-").rstrip("-")
    rest = match["rest"]
    is_bracketed = rest.lstrip()[:1] in ("[", "(", "=", ":", "{")
    if match["between"].strip() or is_bracketed:
        # With a colon behind the name it speaks to us, or with brackets behind the verb.
        is_meant = verb in _VERBS_OF_OTHERS or any(is_slip(verb, known) for known in _VERBS)
    else:
        is_meant = verb in _VERBS  # "# composecheck ignores this" is prose
    if not is_meant:
        return None
    reason = _REASON.search(rest)
    if reason:
        rest = rest[: reason.start()]
    at = comment.span.start + start
    begin = at + match.start("rest")
    return Lookalike(
        comment,
        Span(at, at + len(text.rstrip())),
        is_for_file="file" in verb,
        words=tuple(
            Named(word[0], Span(begin + word.start(), begin + word.end()))
            for word in _WORD.finditer(rest)
        ),
        reason=reason["reason"] if reason else "",
    )
