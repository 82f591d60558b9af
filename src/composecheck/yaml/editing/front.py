"""Editing for those who use composecheck as a library: a document in, a document out.

Each function returns a new Document whose `text` has nothing changed but what was asked for; the
one that is passed in stays what it is. What comes out was read again and compared with what went
in (`verify`) before it is returned.

Paths are keys and numbers (from 0), as in `("services", "web", "ports", 0)`; values are plain
Python data. All raise CannotEdit, with the reason, if they cannot do it without touching anything
else, and TypeError for values that are no plain data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.finding import splice
from composecheck.yaml.document import load
from composecheck.yaml.editing.data import data_of, equal
from composecheck.yaml.editing.deletion import deleting
from composecheck.yaml.editing.forms import as_list, as_mapping
from composecheck.yaml.editing.insertion import appending, inserting
from composecheck.yaml.editing.keys import renaming
from composecheck.yaml.editing.levels import unwrapping, wrapping
from composecheck.yaml.editing.moves import moving
from composecheck.yaml.editing.refusal import CannotEdit, named, starting
from composecheck.yaml.editing.spots import locate
from composecheck.yaml.editing.values import setting
from composecheck.yaml.editing.verify import differences
from composecheck.yaml.walk import find

if TYPE_CHECKING:
    from collections.abc import Collection

    from composecheck.finding import Path
    from composecheck.yaml import Document
    from composecheck.yaml.editing.change import Change


def apply(document: Document, change: Change) -> Document:
    """Return the document that `change` makes of `document`.

    Raises CannotEdit if anything else would be changed than what it declares.
    """
    if not change.edits:
        return document
    text = splice(document.text, change.edits)
    edited = load(replace(document.source, text=text))
    found = differences(document, edited, change.touched)
    if found:
        raise CannotEdit(
            "The edit is not made, since it would change something else as well. " + found[0]
        )
    return edited


def get_value(document: Document, path: Path) -> object:
    """Return the value at `path` as plain Python data, aliases and merge keys followed.

    Raises KeyError if there is none.
    """
    node = find(document.roots[0], path) if document.roots else None
    if node is None:
        raise KeyError(named(path))
    return data_of(node)


def set_value(document: Document, path: Path, value: object) -> Document:
    """Write `value` in place of the value at `path`, which must be there."""
    edited = apply(document, setting(document, path, value))
    return _checked(edited, path, value)


def rename_key(document: Document, path: Path, name: str) -> Document:
    """Call the key at `path` `name`."""
    return apply(document, renaming(document, path, name))


def insert_entry(
    document: Document,
    path: Path,
    key: str,
    value: object = None,
    *,
    before: str | None = None,
    after: str | None = None,
) -> Document:
    """Add `key` with `value` to the keys and values at `path`.

    It comes last, or directly `before` or `after` another key. `path` may lead to an empty value.
    """
    change = inserting(document, path, key, value, before=before, after=after)
    return _checked(apply(document, change), (*path, key), value)


def insert_item(
    document: Document, path: Path, value: object, *, index: int | None = None
) -> Document:
    """Add `value` to the list at `path`: as the last item, or as number `index` (from 0).

    Raises IndexError if there is no such number.
    """
    edited = apply(document, appending(document, path, value, index=index))
    node = locate(edited, path).node
    number = len(getattr(node, "items", ())) - 1 if index is None else index
    return _checked(edited, (*path, number), value)


def delete(document: Document, path: Path, *, drop_emptied: bool = False) -> Document:
    """Delete the entry or item at `path`, with the comments that belong to it.

    Where nothing is left beside it, `{}` or `[]` takes its place, so that the value stays of its
    kind; with `drop_emptied`, the key that would be left without anything is deleted as well.
    """
    return apply(document, deleting(document, path, drop_emptied=drop_emptied))


def move(
    document: Document,
    path: Path,
    to: Path,
    *,
    before: str | None = None,
    after: str | None = None,
    drop_emptied: bool = False,
) -> Document:
    """Move the entry at `path`, with its comments, into the keys and values at `to`.

    It comes last there, or directly `before` or `after` another key. `to` may be where it is now.
    """
    change = moving(document, path, to, before=before, after=after, drop_emptied=drop_emptied)
    return apply(document, change)


def wrap(document: Document, path: Path, names: Collection[str], key: str) -> Document:
    """Put the keys `names` of what is at `path` under a new `key`."""
    return apply(document, wrapping(document, path, names, key))


def unwrap(document: Document, path: Path) -> Document:
    """Take the key at `path` away, and bring what is under it to its level."""
    return apply(document, unwrapping(document, path))


def list_to_mapping(document: Document, path: Path) -> Document:
    """Write `KEY: value` for each `- KEY=value` of the list at `path`."""
    return apply(document, as_mapping(document, path))


def mapping_to_list(document: Document, path: Path) -> Document:
    """Write `- KEY=value` for each `KEY: value` at `path`."""
    return apply(document, as_list(document, path))


def _checked(edited: Document, path: Path, value: object) -> Document:
    """Return `edited`, if it has `value` at `path`; anything else is a mistake of ours."""
    if not equal(data_of(locate(edited, path).node), value):
        raise CannotEdit(f"{starting(path)} would not have the value that it should.")
    return edited
