"""What a project defines, whether that is all, and how something is added to it."""

from __future__ import annotations

import functools
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety, Severity
from composecheck.project.problem import Fault
from composecheck.project.reading import child, entries_of, value_of
from composecheck.rules.fragments import is_fragment
from composecheck.rules.marks import document_of
from composecheck.schema.grammar import compose_file
from composecheck.schema.words import more
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from composecheck.finding import Path
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

    Of a secret or config, it is a guess where it comes from. None where that cannot be done without
    touching anything else.
    """
    # Imported here: hardly any file needs it.
    from composecheck.yaml.editing import CannotEdit, inserting_all

    document = document_of(project, source)
    if document is None or len(document.roots) != 1:
        return None
    written = entries_of(document.roots[0]).get(section)
    model = _model(section, written.value if written is not None else None)
    new = {name: _definition(section, name, model) for name in names}
    try:
        if written is None:
            change = inserting_all(document, (), {section: new})
        else:
            like = model.value if model is not None else None
            change = inserting_all(document, (section,), new, like=like)
    except CannotEdit:
        return None
    title = f'Define {more(names, section)} under "{section}" at the top of the file'
    if section in _SUFFIXES:
        title += f", with a guess where {'it comes' if len(names) == 1 else 'they come'} from"
    changes: tuple[Path, ...] = tuple((section, name) for name in names)
    if written is not None and model is None:
        changes = ((section,), *changes)  # it was empty, which is written otherwise
    return Fix(title, Safety.UNSAFE, change.edits, changes)


_SUFFIXES = {"secrets": ".txt", "configs": ".conf"}
"""What the names of files end with that services are given, by section."""


def _model(section: str, written: Node | None) -> Entry | None:
    """Return a definition that stands in the section and is most like the others there."""
    alike: dict[object, list[Entry]] = {}
    for name, entry in entries_of(written).items():
        # Under one name, what is alike comes to be the same.
        kind = repr(_definition(section, "", entry)) if name != "<<" else None
        alike.setdefault(kind, []).append(entry)
    alike.pop(None, None)
    return max(alike.values(), key=len)[-1] if alike else None


def _definition(section: str, name: str, model: Entry | None) -> object:
    """Return what `name` is defined as if it is like `model`, as far as that tells."""
    node = model.value if model is not None else None
    if section not in _SUFFIXES:
        return {} if isinstance(node, Mapping) and node.is_flow and not node.entries else None
    if isinstance(node, Mapping) and len(node.entries) == 1 and model is not None:
        other, (entry,) = name_of(model.key), node.entries
        value = entry.value
        match name_of(entry.key):
            case "file" if isinstance(value, Scalar) and other is not None:
                return {"file": _file_like(value.text, other, name)}
            case "external" if value_of(value) is True:
                return {"external": True}
    return {"file": f"./{name}" if "." in name else f"./{name}{_SUFFIXES[section]}"}


def _file_like(file: str, of: str, name: str) -> str:
    """Return the path for `name` that is as `file`, the path for the name `of`."""
    folder, slash, own = file.rpartition("/")
    if of and of in own:
        return f"{folder}{slash}{own.replace(of, name, 1)}"
    suffix = PurePosixPath(own).suffix
    return f"{folder}{slash}{name.removesuffix(suffix)}{suffix}"
