"""The fix that removes a key with all that stands under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Fix, Safety
from composecheck.rules.marks import document_of, is_shared, path_at
from composecheck.rules.places import enclosing
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Entry


def removal(project: Project, entry: Entry, path: Path, title: str) -> Fix | None:
    """Return the fix that removes `entry`, which must be at `path` in its file.

    None if it stands elsewhere, if others use it too, if nothing would be left beside it, or if a
    comment would go with it.
    """
    # Imported here: hardly any file needs it.
    from composecheck.yaml.editing import CannotEdit, deleting

    source = entry.key.source
    document = document_of(project, source)
    if document is None or path_at(project, source, entry.key.span) != path:
        return None
    owner = enclosing(project, source, entry.key.span)[-2]
    is_alone = not isinstance(owner, Mapping) or len(owner.entries) == 1
    if is_alone or is_shared(project, source, entry.key.span):
        return None
    try:
        edits = deleting(document, path).edits
    except (CannotEdit, LookupError):
        return None
    if any("#" in edit.source.slice(edit.span) for edit in edits):
        return None
    return Fix(title, Safety.UNSAFE, edits)
