"""What a mapping holds once its merge keys (`<<`) are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Scalar, Sequence, follow
from composecheck.yaml.structure import is_merge, is_reset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.nodes import Entry, Node


def effective_entries(mapping: Mapping) -> dict[str, Entry]:
    """Return the entries in force by their keys, merge keys followed.

    A key written in the mapping itself wins over one that is merged in, and of several merged ones
    the first; but one that is marked `!reset` is there only if there is no other (measured: it is
    dropped before the merge). Entries keep their own place in the text, which for merged ones is
    where the anchor stands. Keys that are no text are left out: the document has a finding for
    each.
    """
    entries: dict[str, Entry] = {}
    dropped: dict[str, Entry] = {}
    waiting = [mapping]
    seen = set()
    while waiting:
        # Depth first, in the order of precedence: whatever comes later only fills gaps, and a
        # mapping that was met before has none left to fill.
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        merged: list[Mapping] = []
        own: dict[str, Entry] = {}
        for entry in current.entries:
            if is_merge(entry):
                merged.extend(_merged_mappings(entry.value))
            elif (name := name_of(entry.key)) is not None:
                if is_reset(entry.value):
                    dropped.setdefault(name, entry)
                else:
                    # Of an alias and a key of the same text, Compose takes the last.
                    own[name] = entry
        for name, entry in own.items():
            entries.setdefault(name, entry)
        waiting.extend(reversed(merged))
    for name, entry in dropped.items():
        entries.setdefault(name, entry)
    return entries


def name_of(key: Node) -> str | None:
    """Return the text of a key, aliases followed; None for a list or a mapping as a key."""
    if type(key) is Scalar:  # as nearly every key is
        return key.text
    content = follow(key)
    return content.text if isinstance(content, Scalar) else None


def _merged_mappings(value: Node) -> Iterator[Mapping]:
    content = follow(value)
    for node in content.items if isinstance(content, Sequence) else [value]:
        mapping = follow(node)
        if isinstance(mapping, Mapping) and not is_reset(mapping):
            yield mapping
