"""What a project defines, whether that is all, and how something is added to it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety, Severity
from composecheck.project.problem import Fault
from composecheck.project.reading import child, entries_of
from composecheck.rules.fragments import is_fragment
from composecheck.rules.marks import document_of
from composecheck.schema.grammar import compose_file
from composecheck.schema.words import more
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from composecheck.project.project import Project
    from composecheck.source import Source
    from composecheck.yaml.nodes import Entry, Node

_LEAVES_GAPS = frozenset(
    {
        Fault.FILE_UNREADABLE,
        Fault.NOT_MAPPING,
        Fault.CANNOT_OVERRIDE,
        Fault.TOO_MUCH,
        Fault.NO_FILES,
    }
)
"""Problems after which the project may lack something that is written."""


# Many rules ask it, of the same project.
@functools.lru_cache(maxsize=1)
def is_whole(project: Project) -> bool:
    """Whether what the project does not define is truly defined nowhere.

    It is not where a part is unknown or cannot be read, where a file is only a part of a project,
    or where something stands on the wrong level: then what is missing follows from that.
    """
    if project.is_open or project.root is None or is_fragment(project):
        return False
    for file in project.files:
        document = file.document
        if document.refusal is not None or not document.is_complete:
            return False
        if any(f.severity is Severity.ERROR and len(f.path) < 2 for f in document.findings):
            return False
    for problem in project.problems:
        is_file_of_call = problem.fault is Fault.FILE_ABSENT and "extends" not in problem.path
        if problem.fault in _LEAVES_GAPS or is_file_of_call:
            return False
    shape = compose_file()
    if any(shape.child(key) is None for key in entries_of(project.root)):
        return False
    services = project.section("services")
    return not any(name in shape.keys and _is_no_service(node) for name, node in services.items())


def _is_no_service(node: Node) -> bool:
    """Whether this is rather a section of the file that is indented too far."""
    return not {"image", "build", "extends", "command"} & entries_of(node).keys()


def is_sound(project: Project, *path: str) -> bool:
    """Whether keys and values stand at `path`, if anything does: else its shape is wrong."""
    # Where nothing stands, Compose itself adds keys and values, once the shape is judged.
    trees = [stage.root for stage in project.stages]
    return all(isinstance(child(tree, *path), Mapping | None) for tree in trees)


def has_unknown_keys(node: Node, section: str) -> bool:
    """Whether a service or job has keys that it may not have, so that some may be meant."""
    shape = compose_file().child(section)
    shape = shape.child("x") if shape else None
    return shape is None or any(shape.child(key) is None for key in entries_of(node))


def defining(project: Project, section: str, names: tuple[str, ...], source: Source) -> Fix | None:
    """Return the fix that defines `names` under `section`, in the file `source` and its own style.

    None where that cannot be done with certainty.
    """
    document = document_of(project, source)
    if document is None or len(document.roots) != 1 or not document.is_complete:
        return None
    root = document.roots[0]
    if not isinstance(root, Mapping) or root.is_flow or source.position(root.start).column != 1:
        return None
    title = f'Define {more(names, section)} under "{section}" at the top of the file'
    written = entries_of(root).get(section)
    edit = _appended(root, section, names) if written is None else _inserted(written, names)
    changes = tuple((section, name) for name in names)
    return None if edit is None else Fix(title, Safety.UNSAFE, (edit,), changes)


def _inserted(section: Entry, names: tuple[str, ...]) -> Edit | None:
    """Return the edit that adds `names` behind the last entry of a section."""
    node = section.value
    if not isinstance(node, Mapping) or node.is_flow or not node.entries:
        return None
    if node.properties is not None:
        return None  # what has an anchor may be used in other places too
    if not _has_plain_end(node):
        return None
    source = node.source
    start = node.entries[-1].start
    column = source.position(start).column - 1
    if source.text[start - column : start].strip(" "):
        return None  # it does not begin its line
    span = source.line_span(source.position(node.entries[-1].span.end).line)
    replaced = _below(source, span.end, *(f"{' ' * column}{name}:" for name in names))
    end = replaced.span.end
    added = replaced.text.removeprefix(line_break := source.text[replaced.span.start : end])
    if replaced.span.start < span.end or not replaced.text.startswith(line_break):
        return replaced
    # Behind the line break, so that others may add more to the section at the same time.
    return Edit(source, Span(end, end), added)


def _appended(root: Mapping, section: str, names: tuple[str, ...]) -> Edit | None:
    """Return the edit that adds a section with `names` in it at the end of the file."""
    source = root.source
    text = source.text
    rest = text[root.end :].partition("\n")[2]
    if any(line.strip() and not line.lstrip().startswith("#") for line in rest.splitlines()):
        return None
    if not _has_plain_end(root):
        return None
    step = _step(root)
    lines = [f"{section}:", *(f"{step}{name}:" for name in names)]
    if _has_blank_lines(root):
        lines.insert(0, "")
    end = len(text.rstrip("\r\n \t"))
    return _below(source, source.line_span(source.position(end).line).end, *lines)


def _below(source: Source, end: int, *lines: str) -> Edit:
    """Return the edit that writes `lines` below the one that ends at offset `end`.

    It replaces the line break, so that two such edits at one place do not go together.
    """
    text = source.text
    ending = "\r\n" if "\r\n" in text else "\n"
    added = "".join(ending + line for line in lines)
    stop = end
    while stop < len(text) and text[stop] in "\r\n" and text[end:stop] not in ("\n", "\r\n"):
        stop += 1
    if stop == end:
        return Edit(source, Span(end - 1, end), text[end - 1 : end] + added)
    return Edit(source, Span(end, stop), added + text[end:stop])


def _has_plain_end(node: Node) -> bool:
    """Whether the last value in `node` is none to which another line would add something."""
    while True:
        if isinstance(node, Mapping) and node.entries:
            node = node.entries[-1].value
        elif isinstance(node, Sequence) and node.items:
            node = node.items[-1]
        else:
            return not (isinstance(node, Scalar) and node.style.is_block)


def _step(root: Mapping) -> str:
    """Return the blanks by which the file indents what stands under a key at the top."""
    for entry in root.entries:
        below = entry.value
        if isinstance(below, Mapping) and not below.is_flow and below.entries:
            column = root.source.position(below.entries[0].start).column - 1
            if column > 0:
                return " " * column
    return "  "


def _has_blank_lines(root: Mapping) -> bool:
    """Whether the file has blank lines between its sections; if it has only one, it would."""
    text = root.source.text
    pairs = zip(root.entries, root.entries[1:], strict=False)
    gaps = [text[before.span.end : after.start] for before, after in pairs]
    return not gaps or any("\n\n" in gap.replace("\r", "") for gap in gaps)
