"""A YAML file as a whole: its text, its trees, its comments, and what is wrong with it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.garbage import put_off
from composecheck.yaml import limits, mistakes
from composecheck.yaml.comments import Comment, find_comments
from composecheck.yaml.composer import compose
from composecheck.yaml.differences import ESCAPES_THAT_COMPOSE_REFUSES
from composecheck.yaml.events import read
from composecheck.yaml.forbidden import FORBIDDEN
from composecheck.yaml.mistakes import SyntaxProblem
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style, follow
from composecheck.yaml.overwritten import without_overwritten
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Finding
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

# Read from the left in pairs, so that an escaped backslash escapes nothing itself.
_ESCAPE = expression(r"\\.", re.DOTALL)


class Document(Struct, frozen=True, dict=True):
    """A file: the text is the truth, and the trees point into it.

    `roots` has the top node of each YAML document in the file; most files have one, an empty one
    has none. `findings` are its mistakes as YAML; where there is a syntax error, `roots` holds the
    documents before it. `refusal` says why we could not read the file although Compose perhaps can;
    it is None for all but freaks.
    """

    source: Source
    roots: tuple[Node, ...]
    findings: tuple[Finding, ...]
    refusal: str | None = None
    is_complete: bool = True
    """Whether `roots` are all documents of the file."""

    @property
    def text(self) -> str:
        """The file's text, without byte order mark."""
        return self.source.text

    @cached_property
    def key_names(self) -> frozenset[str]:
        """The texts of all keys in the trees."""
        names = set()
        waiting = [*self.roots]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Mapping):
                for entry in node.entries:
                    key = follow(entry.key)
                    if isinstance(key, Scalar):
                        names.add(key.text)
                    if not isinstance(entry.value, Scalar):
                        waiting.append(entry.value)
            elif isinstance(node, Sequence):
                waiting += node.items
        return frozenset(names)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All comments of the documents in `roots`, in the order of the text."""
        end = len(self.text)
        if not self.is_complete:
            end = self.roots[-1].end if self.roots else 0
        return tuple(find_comments(self.source, self.roots, end))


def load(source: Source) -> Document:
    """Read a YAML file. Raises nothing: what is wrong with the text is in the Document."""
    if len(source.text) > limits.FILE_SIZE:
        megabytes = limits.FILE_SIZE // (1024 * 1024)
        return _refuse(source, f"it is longer than {megabytes} million characters")
    if FORBIDDEN.search(source.text):
        return Document(source, (), tuple(mistakes.explain_unreadable(source)), is_complete=False)
    try:
        with put_off():
            (roots, findings), problem = read(source.text, lambda events: compose(source, events))
    except limits.TooMuch as reason:
        return _refuse(source, str(reason))
    if problem is not None or findings:
        template = mistakes.find_template(source)
        if template is not None:  # and nothing else, which would only follow from it
            return Document(source, (), (template,), is_complete=False)
    if findings:
        findings = without_overwritten(findings, roots)
    if problem is not None:
        findings = [*mistakes.explain_syntax(source, problem), *findings]
    findings.extend(_find_refused_escapes(source, roots))
    return Document(source, roots, tuple(findings), is_complete=problem is None)


def _refuse(source: Source, reason: str) -> Document:
    return Document(source, (), (), reason, is_complete=False)


def _find_refused_escapes(source: Source, roots: Iterable[Node]) -> Iterator[Finding]:
    """Yield the escapes in double quotes that our parser takes and Compose's does not."""
    if not any(escape in source.text for escape in ESCAPES_THAT_COMPOSE_REFUSES):
        return
    for node in (node for root in roots for node in walk(root)):
        if isinstance(node, Scalar) and node.style is Style.DOUBLE_QUOTED:
            for match in _ESCAPE.finditer(source.text, node.start, node.end):
                if match[0] in ESCAPES_THAT_COMPOSE_REFUSES:
                    problem = "found unknown escape character"
                    context = "while scanning a double-quoted scalar"
                    yield from mistakes.explain_syntax(
                        source, SyntaxProblem(problem, match.start(), context, node.start)
                    )
