"""Edits that change a text where they were asked to, and nowhere else.

For the library: `set_value`, `insert_entry` and the others of `front` take a document and give a
new one. For fixes: `setting`, `inserting` and so on give a `Change`, the edits with the paths whose
values they touch; `differences` (in `verify`) tells whether a change kept to them. What cannot be
done without rewriting more is refused: `CannotEdit`.
"""

from __future__ import annotations

from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.deletion import deleting
from composecheck.yaml.editing.forms import as_list, as_mapping
from composecheck.yaml.editing.front import (
    apply,
    delete,
    get_value,
    insert_entry,
    insert_item,
    list_to_mapping,
    mapping_to_list,
    move,
    rename_key,
    set_value,
    unwrap,
    wrap,
)
from composecheck.yaml.editing.insertion import appending, inserting, inserting_all
from composecheck.yaml.editing.keys import renaming
from composecheck.yaml.editing.levels import unwrapping, wrapping
from composecheck.yaml.editing.moves import moving
from composecheck.yaml.editing.refusal import CannotEdit
from composecheck.yaml.editing.values import setting
from composecheck.yaml.editing.verify import differences

__all__ = [
    "CannotEdit",
    "Change",
    "Touched",
    "appending",
    "apply",
    "as_list",
    "as_mapping",
    "delete",
    "deleting",
    "differences",
    "get_value",
    "insert_entry",
    "insert_item",
    "inserting",
    "inserting_all",
    "list_to_mapping",
    "mapping_to_list",
    "move",
    "moving",
    "rename_key",
    "renaming",
    "set_value",
    "setting",
    "unwrap",
    "unwrapping",
    "wrap",
    "wrapping",
]
