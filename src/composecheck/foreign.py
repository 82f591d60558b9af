"""Files that have the name of a Compose file and are something else: a stack of Haskell, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.nearest import nearest
from composecheck.project.reading import entries_of
from composecheck.schema.grammar import compose_file
from composecheck.schema.words import more, quoted
from composecheck.yaml.nodes import follow

if TYPE_CHECKING:
    from composecheck.yaml import Document

_MARKS_OF_A_SERVICE = frozenset({"image", "build", "container_name", "command", "ports"})


def why_foreign(document: Document) -> str | None:
    """Return why a file is surely no Compose file, as a sentence; None if it may be one.

    It may be one if anything at its top is, or was meant to be, a key of Compose or a service.
    """
    if not document.is_complete or not document.roots:
        return None
    known = compose_file().keys
    keys: list[str] = []
    for root in document.roots:
        entries = entries_of(follow(root))
        if not entries and root is document.roots[0]:
            return None
        for key, entry in entries.items():
            is_service = _MARKS_OF_A_SERVICE & entries_of(follow(entry.value)).keys()
            if key in known or key.startswith("x-") or is_service or nearest(key, known):
                return None
            keys.append(key)
    if len(keys) == 1:
        return f"This is no Compose file: Compose does not know its key {quoted(keys[0])}."
    return f"This is no Compose file: Compose knows none of its keys ({more(keys)})."
