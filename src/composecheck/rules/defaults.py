"""What a default stands for: `${PORT:-80800}` is refused wherever PORT is not set.

Where it is not known what is set, a variable may be anything, so that nothing is said of it. Loaded
once more with `Call.assumes_defaults`, the project shows what is refused as long as the variables
that have a default are not set. That is worth a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.finding import Severity
from composecheck.language.traced import HOLE
from composecheck.project.interpolation import has_default
from composecheck.schema.words import join_and, quoted
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar
from composecheck.yaml.walk import children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced, Unknown
    from composecheck.project.project import Project
    from composecheck.source import Source, Span
    from composecheck.yaml.nodes import Node

_NEVER_REFUSED = frozenset(
    {
        "annotations",
        "environment",
        "hostname",
        "image",
        "labels",
        "user",
        "working_dir",
    }
)
"""Keys of a service of which Compose takes any text."""

_LONGEST_DEFAULT = 40


class _Default(Struct, frozen=True):
    """A variable that is not set, with its default. `span` is the whole `${…}`."""

    variable: str
    source: Source
    span: Span
    text: Traced


def hangs_on_defaults(project: Project) -> bool:
    """Whether anything that Compose might refuse depends on a variable that has a default.

    If not, there is no need to load the project once more. To be asked of a project that was loaded
    without `Call.assumes_defaults`.
    """
    if not any(has_default(part) for text in project.texts.values() for part in text.unknowns):
        return False
    if project.is_open or project.partial_services or project.root is None:
        return True  # what is included or extended may depend on it
    return any(
        has_default(part)
        for scalar in _judged_texts(project.root)
        for part in project.text(scalar).unknowns
    )


def _judged_texts(root: Mapping) -> Iterator[Scalar]:
    """Yield the texts that are unknown in part and that Compose might refuse."""
    waiting: list[tuple[Node, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Scalar):
            if HOLE in node.text:
                yield node
        elif isinstance(node, Mapping):
            for entry in node.entries:
                if depth != 2 or not _is_taken_as_it_is(name_of(entry.key) or "", entry.value):
                    waiting += [(entry.key, depth + 1), (entry.value, depth + 1)]
        else:
            waiting += [(item, depth + 1) for item in children(node)]


def _is_taken_as_it_is(key: str, value: Node) -> bool:
    """Whether Compose takes any text under a key of a service."""
    if key not in _NEVER_REFUSED:
        return False
    # Of `NAME=value`, it judges the name.
    return not any(
        isinstance(item, Scalar) and HOLE in item.text.partition("=")[0]
        for item in (() if isinstance(value, Mapping | Scalar) else children(value))
    )


def warn_of_defaults(
    project: Project, found: Iterable[Finding], assumed: Iterable[Finding]
) -> list[Finding]:
    """Return a warning for each error that there is only as long as variables are not set.

    `found` are the findings on `project`, `assumed` those on the same files loaded once more with
    `Call.assumes_defaults`. What is in both is no news, nor is what stands where there is an error
    anyway. The warnings keep the names of their rules; a fix stays if it changes nothing but the
    default.
    """
    told = [finding for finding in found if finding.severity >= Severity.WARNING]
    defaults = list(_defaults(project))
    return [
        _as_warning(finding, defaults)
        for finding in assumed
        if finding.severity is Severity.ERROR and not _is_told(finding, told)
    ]


def _is_told(finding: Finding, told: list[Finding]) -> bool:
    return any(
        other.source.name == finding.source.name
        and (
            (other.rule == finding.rule and other.span == finding.span)
            or (other.severity is Severity.ERROR and _overlap(other.span, finding.span))
        )
        for other in told
    )


def _defaults(project: Project) -> Iterator[_Default]:
    known = set()
    waiting: list[tuple[Source, Unknown]] = [
        (text.source, part) for text in project.texts.values() for part in text.unknowns
    ]
    for source, part in waiting:
        key = (id(source), part.span)
        if key in known or part.argument is None or not has_default(part):
            continue
        known.add(key)
        yield _Default(part.variable, source, part.span, part.argument)
        # A default may have variables with a default in it.
        waiting += [(source, inner) for inner in part.argument.unknowns]


def _as_warning(finding: Finding, defaults: list[_Default]) -> Finding:
    places = [(finding.source, finding.span)]
    places += [(place.source, place.span) for place in finding.related]
    meant = [
        default
        for default in defaults
        if any(
            source.name == default.source.name and _overlap(span, default.span)
            for source, span in places
        )
    ]
    is_of_default = any(_is_within(finding.source, finding.span, default) for default in meant)
    fix = finding.fix
    if fix is not None and not all(
        any(_is_within(edit.source, edit.span, default) for default in meant) for edit in fix.edits
    ):
        fix = None  # where the variable is set, it would change what is right
    return replace(
        finding,
        severity=Severity.WARNING,
        message=f"{_condition(meant)} {finding.message}",
        suggestions=finding.suggestions if is_of_default else (),
        fix=fix,
    )


def _condition(meant: list[_Default]) -> str:
    """Say when it is so, as a sentence."""
    names = list(dict.fromkeys(default.variable for default in meant))
    if not names:
        return "This is so as long as the variables that have a default are not set."
    if len(names) > 1:
        listed = join_and(quoted(name) for name in names)
        return f"As long as {listed} are not set, Compose takes their defaults."
    text = meant[0].text
    what = "its default"
    if text.is_known and len({default.text.shape for default in meant}) == 1:
        if not text.text:
            what = "its default, which is empty"
        elif len(text.text) <= _LONGEST_DEFAULT and "\n" not in text.text:
            what = f"its default, {quoted(text.text)}"
    return f"As long as {quoted(names[0])} is not set, Compose takes {what}."


def _overlap(one: Span, other: Span) -> bool:
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)


def _is_within(source: Source, span: Span, default: _Default) -> bool:
    """Whether the characters of `span` belong to a default, and nothing else."""
    inside = default.text.span
    return (
        source.name == default.source.name
        and len(inside) > 0
        and inside.start <= span.start
        and span.end <= inside.end
    )
