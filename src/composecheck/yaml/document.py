"""A YAML file as a whole: its text, its trees, its comments, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.yaml import limits, mistakes
from composecheck.yaml.comments import Comment, find_comments
from composecheck.yaml.composer import TooMuch, compose
from composecheck.yaml.differences import ESCAPES_THAT_COMPOSE_REFUSES
from composecheck.yaml.events import parse
from composecheck.yaml.mistakes import SyntaxProblem
from composecheck.yaml.nodes import Scalar, Style
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Finding
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

# Read from the left in pairs, so that an escaped backslash escapes nothing itself.
_ESCAPE = re.compile(r"\\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """A file: the text is the truth, and the trees point into it.

    `roots` has the top node of each YAML document in the file; most files have one, an empty one
    has none. `findings` are its mistakes as YAML; where there is a syntax error, `roots` holds what
    could be read before it. `refusal` says why we could not read the file although Compose perhaps
    can; it is None for all but freaks.
    """

    source: Source
    roots: tuple[Node, ...]
    findings: tuple[Finding, ...]
    refusal: str | None = None

    @property
    def text(self) -> str:
        """The file's text, without byte order mark."""
        return self.source.text

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments, in the order of the text; found anew at each call."""
        return tuple(find_comments(self.source, self.roots))


def load(source: Source) -> Document:
    """Read a YAML file. Raises nothing: what is wrong with the text is in the Document."""
    if len(source.text) > limits.FILE_SIZE:
        megabytes = limits.FILE_SIZE // (1024 * 1024)
        return Document(source, (), (), f"it is longer than {megabytes} million characters")
    unreadable = mistakes.find_unreadable(source)
    if unreadable:
        return Document(source, (), tuple(unreadable))
    parsed = parse(source.text)
    try:
        roots, findings = compose(source, parsed)
    except TooMuch as reason:
        return Document(source, (), (), str(reason))
    if parsed.problem:
        findings = [*mistakes.explain_syntax(source, parsed.problem), *findings]
    findings.extend(_find_refused_escapes(source, roots))
    return Document(source, roots, tuple(findings), parsed.refusal)


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
