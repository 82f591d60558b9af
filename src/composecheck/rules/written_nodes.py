"""What the rules on traps of YAML look at, gathered in one walk through the files as written."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from composecheck.expressions import expression
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from composecheck.project.project import Project
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Entry, Node


class WrittenNodes(Struct, frozen=True, eq=False):
    """Nodes of all files of a project, in the order of the text.

    `dollar_values` and `dollar_keys` are texts with a `$` in them; `blank_keys` have blanks between
    them and their colon, and come with all of the mapping they are in. `marked` have an anchor or a
    tag. `blocks` are texts behind a `|` or `>`. `merging` are mappings with a merge key.
    """

    dollar_values: list[Scalar] = field(default_factory=list)
    dollar_keys: list[Scalar] = field(default_factory=list)
    blank_keys: list[tuple[Entry, Mapping]] = field(default_factory=list)
    marked: list[Node] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    blocks: list[Scalar] = field(default_factory=list)
    pasted: list[Scalar] = field(default_factory=list)
    merging: list[Mapping] = field(default_factory=list)


@functools.lru_cache(maxsize=1)
def written_nodes(project: Project) -> WrittenNodes:
    """Gather the nodes of all files of a project; nothing is changed or followed in them."""
    nodes = WrittenNodes()
    for file in project.files:
        if _WORTH_A_WALK.search(file.document.source.text):
            _gather(file.document, nodes)
    return nodes


PASTED = "\u00a0\u2007\u202f\u200b\ufeff\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2013\u2014"
"""Characters that come with text from a web page or a word processor: blanks that are none, and
quotes and dashes for readers."""

_PASTED = expression(f"[{PASTED}]")
_WORTH_A_WALK = expression(rf"[$&*!|>{PASTED}]|[ \t]:(?:[ \t\r]|$)", re.MULTILINE)


def _gather(document: Document, nodes: WrittenNodes) -> None:
    text = document.source.text
    has_pasted = not text.isascii() and _PASTED.search(text) is not None
    waiting: list[Node] = list(reversed(document.roots))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Alias):
            nodes.aliases.append(node)
            continue
        if node.properties is not None:
            nodes.marked.append(node)
        if isinstance(node, Scalar):
            if "$" in node.text:
                nodes.dollar_values.append(node)
            if node.style.is_block:
                nodes.blocks.append(node)
            if has_pasted and _PASTED.search(node.text):
                nodes.pasted.append(node)
        elif isinstance(node, Sequence):
            waiting += reversed(node.items)
        else:
            for entry in node.entries:
                key = entry.key
                if isinstance(key, Scalar) and "$" in key.text:
                    nodes.dollar_keys.append(key)
                if text[key.end : key.end + 1] in _BLANKS and _is_before_colon(text, key.end):
                    nodes.blank_keys.append((entry, node))
            if any(map(is_merge, node.entries)):
                nodes.merging.append(node)
            waiting += [entry.value for entry in reversed(node.entries)]


_BLANKS = (" ", "\t")
_BLANKS_AND_COLON = expression("[ \t]+:")


def _is_before_colon(text: str, at: int) -> bool:
    return _BLANKS_AND_COLON.match(text, at) is not None
