"""Secrets and configs that a service may read: a name alone, or with where and how it is mounted.

(Facts: compose-go, `transform/secrets.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.file_modes import FileMode, InvalidFileMode, read_file_mode
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class FileGrant(Struct, frozen=True, eq=False):
    """A secret or a config that a service may read. What is not written is None.

    `source` is its name, in the long form None if it is missing, which Compose takes for an empty
    name. `mode` is None also where it depends on a variable.
    """

    source: Traced | None
    span: Span
    is_long: bool
    target: Traced | None = None
    uid: Traced | None = None
    gid: Traced | None = None
    mode: FileMode | InvalidFileMode | None = None


def read_file_grants(node: Node, text_of: TextOf) -> tuple[FileGrant, ...]:
    """Read a list of secrets or configs; what can be neither is left out."""
    content = follow(node)
    items = content.items if isinstance(content, Sequence) else ()
    grants = (_read_item(item, text_of) for item in items)
    return tuple(grant for grant in grants if grant is not None)


def _read_item(node: Node, text_of: TextOf) -> FileGrant | None:
    content = follow(node)
    if not isinstance(content, Mapping):
        name = read_value(node, text_of)
        return FileGrant(name, name.span, is_long=False) if isinstance(name, Traced) else None
    keys = effective_entries(content)
    return FileGrant(
        read_text(keys.get("source"), text_of),
        content.span,
        is_long=True,
        target=read_text(keys.get("target"), text_of),
        uid=read_text(keys.get("uid"), text_of),
        gid=read_text(keys.get("gid"), text_of),
        mode=read_file_mode(keys["mode"].value, text_of) if "mode" in keys else None,
    )
