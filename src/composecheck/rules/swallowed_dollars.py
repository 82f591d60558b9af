"""Rules on a `$` that is meant as it stands, and that Compose takes for a variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.language.traced import trace
from composecheck.rule import Category, rule
from composecheck.rules.marks import may_edit, once, path_at
from composecheck.rules.places import find_at, scalar_at
from composecheck.schema.words import quoted
from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.problem import Unset
    from composecheck.project.project import Project


@rule("dollar-swallowed", Severity.WARNING, Category.RUNTIME)
def dollar_swallowed(project: Project) -> Iterator[Finding]:
    """A password, or the hash of one, in which Compose takes a part for a variable.

    Compose reads `$` and a name behind it as a variable, in the middle of a word, too. Of a hash
    such as `$apr1$salt$hash` and of a password such as `pa$word`, it replaces what follows the `$`,
    by nothing where no such variable is set, and only prints a warning. Nobody can log in then.
    Write each `$` twice: `$$` is one `$` to Compose. Quotes do not help, of whichever kind.

    Bad:

        services:
          web:
            image: traefik
            labels:
              - traefik.http.middlewares.auth.basicauth.users=ann:$apr1$gT6mB2vx$Zx0QwHk1s

    Good:

        services:
          web:
            image: traefik
            labels:
              - traefik.http.middlewares.auth.basicauth.users=ann:$$apr1$$gT6mB2vx$$Zx0QwHk1s
    """
    # Hits in the corpus: none. The source: Docker's reference on interpolation, on `$$`; Traefik's
    # on basicAuth, which says to double all dollar signs of a hash in a Compose file; and
    # frappe/frappe_docker, issue 1002, of people who could not log in.
    yield from once(_swallowed(project))


_HASH = expression(
    r"\$(?:argon2(?:id|i|d)?\$[^\s\"'`]+"
    r"|(?:apr1|2[abxy]?|1|5|6|7|y|gy|scrypt|sha1|pbkdf2[\w-]*)\$[\w./+=$-]+)"
)
"""A password hash as crypt(3) and its kin write it: `$kind$salt$hash`."""

_SHORTEST_HASH = 10
_SECRET = expression("PASS|PWD$|SECRET|TOKEN", re.IGNORECASE)
_NO_SECRET = ("DIR", "FILE", "PATH", "URI", "URL")


def _swallowed(project: Project) -> Iterator[Finding]:
    for use in project.unset:
        variable, source = use.variable, use.source
        if not _is_in_word(source.text, variable.span):
            continue
        scalar = scalar_at(project, source, variable.span)
        if scalar is None:
            continue
        text = trace(scalar)
        at = _index_of(text, variable.span.start)
        if at is None or text.shape[at] != "$":
            continue
        match = next((m for m in _HASH.finditer(text.shape) if m.start() <= at < m.end()), None)
        if match is not None and len(match[0]) >= _SHORTEST_HASH:
            yield _find(project, use, text[match.start() : match.end()], "hash of a password")
        elif _is_in_secret(project, use, text, at):
            yield _find(project, use, _word_at(text, at), "password or secret")


def _is_in_word(text: str, span: Span) -> bool:
    """Whether a `$NAME` without braces has a letter before it, or another `$` behind it."""
    is_bare = text[span.start + 1 : span.start + 2] != "{"
    is_joined = text[span.start - 1 : span.start].isalnum() or text.startswith("$", span.end)
    return is_bare and is_joined


def _index_of(text: Traced, offset: int) -> int | None:
    return next((index for index, start in enumerate(text.starts) if start == offset), None)


def _is_in_secret(project: Project, use: Unset, text: Traced, at: int) -> bool:
    """Whether the `$` stands in the middle of a word that is the value of a secret."""
    path = path_at(project, use.source, use.variable.span)
    if not {"environment", "args"} & set(map(str, path)):
        return False
    name, sign, _ = text.shape.partition("=")
    start = 0
    if isinstance(path[-1], str):
        name = path[-1]
    elif sign:
        start = len(name) + 1
    # Names of variables are in capitals; an address has other secrets in it.
    is_one_word = not set(text.shape[start:]) & set(" \t\n/:@{")
    return (
        _SECRET.search(name) is not None
        and not name.upper().endswith(_NO_SECRET)
        and is_one_word
        and at > start
        and text.shape[at - 1].isalnum()
        and not use.variable.name.isupper()
    )


def _word_at(text: Traced, at: int) -> Traced:
    start = text.shape.rfind("=", 0, at) + 1
    return text[start:]


def _find(project: Project, use: Unset, whole: Traced, what: str) -> Finding:
    swallowed = quoted(use.source.slice(use.variable.span))
    return find_at(
        project,
        "dollar-swallowed",
        Severity.WARNING,
        use.source,
        whole.span,
        f"In this {what}, {swallowed} is a variable to Compose, which is not set here: nothing"
        " stands in its place.",
        'Write each "$" twice: Compose makes one of "$$".',
        fix=_doubling(project, whole),
    )


def _doubling(project: Project, whole: Traced) -> Fix | None:
    """Return the fix that doubles each `$` of a text, if none is doubled yet."""
    source = whole.source
    if "$$" in whole.shape or not may_edit(project, source, whole.span):
        return None
    places = [whole.starts[i] for i, letter in enumerate(whole.shape) if letter == "$"]
    if any(source.text[place : place + 1] != "$" for place in places):
        return None  # it is written with an escape
    edits = tuple(Edit(source, Span(place, place), "$") for place in places)
    return Fix('Write each "$" twice', Safety.UNSAFE, edits)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (dollar_swallowed,)
