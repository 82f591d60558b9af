"""Comments that silence findings, written where they belong (`--add-ignores`)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct, field

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.suppression.applying import known_rules, names_of
from composecheck.suppression.coverage import Covers, covers, reach, stretches
from composecheck.suppression.directives import Directive, read_directives
from composecheck.yaml.gaps import BREAKS, start_of_line
from composecheck.yaml.leaves import commented
from composecheck.yaml.nodes import Alias, Scalar, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from composecheck.finding import Finding
    from composecheck.suppression.coverage import Stretch
    from composecheck.yaml import Document


class _Spot(Struct, frozen=True):
    """Where a comment goes: into `directive`, or to offset `at` with `before` and `behind` it."""

    at: int
    end: int
    before: str = ""
    behind: str = ""
    verb: str = "ignore"
    directive: Directive | None = None


class _Text(Struct):
    """A file, and what is asked of it again and again. Offsets count from 0."""

    document: Document
    covers: Covers
    entries: list[Stretch]
    taken: list[tuple[int, int]]
    """Where text of several lines stands, so that a line cannot end with a comment: sorted."""
    spots: dict[_Spot, list[Finding]] = field(default_factory=dict)

    @staticmethod
    def read(document: Document) -> _Text:
        """Look over a file."""
        directives = [each for each in read_directives(document) if isinstance(each, Directive)]
        entries = sorted(stretches(document), key=lambda stretch: (stretch.start, -stretch.end))
        return _Text(document, covers(document, directives), entries, _taken(document))


def add_ignores(findings: Iterable[Finding], document: Document) -> tuple[Edit, ...]:
    """Return edits that write comments for those of `findings` that are in this document.

    A name goes into the comment that the line has, or a comment to the end of the line. Where the
    line cannot take one (it is within a text of several lines), the comment goes above the entry;
    where there is none, to the head of the file. Findings that are silenced already, or cannot be,
    get no comment. With the edits the file says what it said before: that is verified, and what
    cannot be written so is left out.
    """
    text = _Text.read(document)
    rules = known_rules()
    # Equal places of equal rules need one comment.
    wanted: dict[tuple[str, int], Finding] = {}
    for finding in findings:
        at = finding.span.start
        if finding.source != document.source or at >= reach(document):
            continue
        names = names_of(finding, rules)
        silent = (named.name for cover in text.covers.at(at) for named in cover.directive.names)
        if not any(name in names for name in silent):
            wanted.setdefault((finding.rule, at), finding)
    for finding in wanted.values():
        spot = _end_of_line(text, finding) or _above(text, finding) or _head(document)
        text.spots.setdefault(spot, []).append(finding)
    return _verified(text, list(wanted.values()))


def _verified(text: _Text, findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """Return the edits for all spots, or if not all go together, for those that do."""
    document = text.document
    edits = [_edit(document, spot, _rules(named)) for spot, named in text.spots.items()]
    if edits and not _holds(document, edits, findings):
        edits = []
        silenced: list[Finding] = []
        for spot, named in text.spots.items():
            wanted = [*silenced, *named]
            spots = [spot] if spot == _head(document) else [spot, _head(document)]
            for edit in (_edit(document, candidate, _rules(named)) for candidate in spots):
                if _holds(document, [*edits, edit], wanted):
                    edits.append(edit)
                    silenced = wanted
                    break
    return tuple(sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)))


def _rules(findings: Iterable[Finding]) -> list[str]:
    return sorted({finding.rule for finding in findings})


def _holds(document: Document, edits: Sequence[Edit], findings: Sequence[Finding]) -> bool:
    """Whether `edits` change nothing but comments, and silence `findings`."""
    changed = commented(document, edits)
    if changed is None:
        return False
    directives = [each for each in read_directives(changed) if isinstance(each, Directive)]
    covered = covers(changed, directives)
    shifts = _Shifts(edits)
    return all(
        any(
            named.name == finding.rule
            for cover in covered.at(shifts.moved(finding.span.start))
            for named in cover.directive.names
        )
        for finding in findings
    )


class _Shifts:
    """Where offsets of a text are once edits are made."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
        self._ends: list[int] = []
        self._sums = [0]
        for edit in ordered:
            # What begins where a comment ends a line stays in that line.
            is_line = edit.text.endswith(tuple(BREAKS))
            self._ends.append(edit.span.end if is_line else edit.span.end + 1)
            self._sums.append(self._sums[-1] + len(edit.text) - len(edit.span))

    def moved(self, offset: int) -> int:
        """Return where the character at `offset` is afterwards."""
        return offset + self._sums[bisect_right(self._ends, offset)]


def _edit(document: Document, spot: _Spot, rules: Sequence[str]) -> Edit:
    source = document.source
    if spot.directive is not None:
        written = [named.name for named in spot.directive.names]
        names = ", ".join(dict.fromkeys([*written, *rules]))
        return Edit(source, spot.directive.names_span, names)
    comment = f"# composecheck: {spot.verb}[{', '.join(rules)}]"
    return Edit(source, Span(spot.at, spot.end), f"{spot.before}{comment}{spot.behind}")


def _end_of_line(text: _Text, finding: Finding) -> _Spot | None:
    """Return the end of the line on which a finding begins, if a comment can stand there."""
    source = text.document.source
    number = source.position(finding.span.start).line
    for cover in text.covers.of_lines.get(number, ()):
        return _Spot(0, 0, directive=cover.directive)
    line = source.line_span(number)
    end = line.start + len(source.slice(line).rstrip(" \t"))
    index = bisect_right(text.taken, (end, len(source.text) + 1)) - 1
    if index >= 0 and text.taken[index][1] >= end and text.taken[index][0] <= end:
        return None
    if not source.slice(line).strip() or source.slice(line).lstrip().startswith("#"):
        return None  # a comment alone on a line is about the entry below it
    return _Spot(end, line.end, before="  ")


def _above(text: _Text, finding: Finding) -> _Spot | None:
    """Return the line above the innermost entry in which a finding begins."""
    at, source = finding.span.start, text.document.source
    index = bisect_right(text.entries, at, key=lambda stretch: stretch.start) - 1
    while index >= 0 and text.entries[index].end < at:
        index -= 1
    if index < 0:
        return None
    start = text.entries[index].start
    # Several entries may begin at one place; a comment above it is about the outermost.
    for cover in text.covers.of_entries:
        if cover.span and cover.span.start == start:
            return _Spot(0, 0, directive=cover.directive)
    line = start_of_line(source.text, start)
    return _Spot(line, line, before=source.text[line:start], behind=_line_break(text.document))


def _head(document: Document) -> _Spot:
    return _Spot(0, 0, behind=_line_break(document), verb="ignore-file")


def _line_break(document: Document) -> str:
    """Return how lines end in a file."""
    source = document.source
    first = source.line_span(1).end
    second = source.line_starts[1] if len(source.line_starts) > 1 else first
    return source.text[first:second] or "\n"


def _taken(document: Document) -> list[tuple[int, int]]:
    """Return the ranges in which no line can end with a comment: those of texts of several lines.

    They are sorted, and lie apart. A block of text is free in the line of its `|` or `>`.
    """
    text = document.text
    result = []
    for node in (node for root in document.roots for node in walk(root)):
        if isinstance(node, Alias) or not isinstance(node, Scalar):
            continue
        properties = properties_of(node)
        start = properties.content_start if properties else node.start
        if node.style.is_block:
            line_end = next(
                (at for at in range(start, node.end) if text[at] in BREAKS), len(text) + 1
            )
            if line_end < node.end:
                result.append((line_end + 1, node.end))
        elif any(line_break in BREAKS for line_break in text[start : node.end]):
            result.append((start, node.end - 1))
    return sorted(result)
