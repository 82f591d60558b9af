"""Events → trees, one for each YAML document of a file; and every mistake of structure on the way.

A stack of open nodes stands in for recursion, so that no text can exhaust Python's own stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from composecheck.source import Span
from composecheck.yaml import limits, mistakes
from composecheck.yaml.extent import block_scalar_end, empty_value_start, read_properties
from composecheck.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, Style
from composecheck.yaml.structure import check_entries, check_tag, check_tag_characters

if TYPE_CHECKING:
    from composecheck.finding import Finding, Path
    from composecheck.source import Source
    from composecheck.yaml.events import Events
    from composecheck.yaml.nodes import Properties

_STYLES = {
    None: Style.PLAIN,
    "": Style.PLAIN,
    "'": Style.SINGLE_QUOTED,
    '"': Style.DOUBLE_QUOTED,
    "|": Style.LITERAL,
    ">": Style.FOLDED,
}


class TooMuch(Exception):
    """A text goes beyond one of our own `limits`; the message says which, as a clause."""


class _Open:
    """A mapping or sequence whose end has not come yet."""

    __slots__ = ("anchor", "before", "children", "event", "is_mapping", "properties", "start")

    def __init__(
        self, event: Any, properties: Properties | None, before: int, *, is_mapping: bool
    ) -> None:
        self.event = event
        self.start: int = event.start_mark.index
        self.anchor: str | None = event.anchor
        self.properties = properties
        self.is_mapping = is_mapping
        # The number of expanded nodes before this one.
        self.before = before
        # For a mapping, keys and values in turn.
        self.children: list[Node] = []


def compose(source: Source, parsed: Events) -> tuple[tuple[Node, ...], list[Finding]]:
    """Build the trees of all documents in `source`, and list what is wrong with their structure.

    Where the parser stopped at a mistake, the documents before it are returned, and the mistakes of
    the part it read of the last.

    Raises TooMuch beyond `limits.DEPTH` and `limits.EXPANDED_NODES`.
    """
    composer = _Composer(source, parsed)
    composer.run()
    return tuple(composer.roots), composer.findings


class _Composer:
    def __init__(self, source: Source, parsed: Events) -> None:
        self.source = source
        self.text = source.text
        self.parsed = parsed
        self.roots: list[Node] = []
        self.findings: list[Finding] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = 0
        self.expanded_nodes = 0
        # How many nodes an anchored one stands for, itself included.
        self.weights: dict[Node, int] = {}

    def run(self) -> None:
        # The branches stand in the order of how often they are taken.
        for event in self.parsed.events:
            kind = type(event)
            if kind is ScalarEvent:
                self.add(self.scalar(event))
            elif kind is MappingStartEvent:
                self.begin(event, is_mapping=True)
            elif kind is MappingEndEvent:
                self.end_mapping(event)
            elif kind is SequenceStartEvent:
                self.begin(event, is_mapping=False)
            elif kind is SequenceEndEvent:
                self.end_sequence(event)
            elif kind is AliasEvent:
                self.add(self.alias(event))
            elif kind is DocumentStartEvent:
                self.start_document(event)

    # -- documents

    def start_document(self, event: Any) -> None:
        self.anchors = {}
        self.nodes = 0
        self.expanded_nodes = 0
        version = getattr(event, "version", None)
        if version and tuple(version) != (1, 1):
            self.findings.append(self.wrong_version(event.start_mark.index, version))

    def wrong_version(self, start: int, version: tuple[int, int]) -> Finding:
        # The event begins at its first directive; there may be others before %YAML.
        written = ".".join(str(part) for part in version)
        at = self.text.find("%YAML", start)
        number = self.text.find(written, at)
        span = Span(number, number + len(written)) if number >= 0 else Span(start, start)
        return mistakes.unsupported_version(self.source, span, written)

    # -- nodes

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.roots.append(node)
            if self.nodes >= limits.NODES:  # the root itself is one more
                span = Span(node.start, node.start)
                self.findings.append(mistakes.too_many_nodes(self.source, span))

    def scalar(self, event: Any) -> Scalar:
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        text: str = event.value
        style = _STYLES[event.style]
        properties = None
        if event.anchor is not None or event.tag is not None:
            properties = read_properties(
                self.text,
                start,
                event.anchor,
                event.tag,
                has_content=bool(text) or style is not Style.PLAIN,
            )
        if style is Style.PLAIN:
            if not text:
                if properties is None:
                    start = end = self.empty_start()
                else:
                    end = properties.content_start
        elif style.is_block:
            content = start if properties is None else properties.content_start
            end = block_scalar_end(self.text, content, end, text)
        elif style is Style.DOUBLE_QUOTED and self.parsed.stand_in:
            text = text.replace(self.parsed.stand_in, "'")
        node = Scalar(self.source, start, end, text, style, properties)
        if properties is not None:
            if properties.anchor is not None:
                self.anchors[properties.anchor] = node
            if properties.tag_span is not None:
                self.findings.extend(check_tag_characters(self.source, properties.tag_span))
                finding = check_tag(node, self.path())
                if finding:
                    self.findings.append(finding)
        return node

    def empty_start(self) -> int:
        """Return where a value that is not there would stand: behind its colon or dash."""
        if not self.open:
            return len(self.text)
        parent = self.open[-1]
        if parent.children:
            before = parent.children[-1].end
        elif parent.properties:
            before = parent.properties.content_start
        else:
            before = parent.start
        if parent.is_mapping:
            is_key = len(parent.children) % 2 == 0
            return empty_value_start(self.text, before, "?" if is_key else ":")
        return empty_value_start(self.text, before, "-")

    def alias(self, event: Any) -> Alias:
        start, end, name = event.start_mark.index, event.end_mark.index, event.anchor
        target = self.anchors.get(name)
        if target is None:
            self.findings.append(self.explain_alias(Span(start, end), name))
        else:
            self.expanded_nodes += self.weights.get(target, 1) - 1
            if self.expanded_nodes > limits.EXPANDED_NODES:
                raise TooMuch(
                    f"its aliases stand for more than {limits.EXPANDED_NODES} values altogether"
                )
        return Alias(self.source, start, end, name, target)

    def explain_alias(self, span: Span, name: str) -> Finding:
        for parent in self.open:
            if parent.anchor == name and parent.properties and parent.properties.anchor_span:
                anchor = parent.properties.anchor_span
                return mistakes.alias_of_itself(self.source, span, name, anchor, self.path())
        return mistakes.undefined_alias(self.source, span, name, tuple(self.anchors), self.path())

    def begin(self, event: Any, *, is_mapping: bool) -> None:
        if len(self.open) >= limits.DEPTH:
            raise TooMuch(f"it nests deeper than {limits.DEPTH} levels")
        properties = None
        if event.anchor is not None or event.tag is not None:
            start = event.start_mark.index
            properties = read_properties(
                self.text, start, event.anchor, event.tag, has_content=True
            )
            if properties.tag_span is not None:
                self.findings.extend(check_tag_characters(self.source, properties.tag_span))
            if event.anchor is not None:
                # From here on, the name means this node: until it ends, it stands for nothing.
                self.anchors.pop(event.anchor, None)
        self.open.append(_Open(event, properties, self.expanded_nodes, is_mapping=is_mapping))

    def end_mapping(self, event: Any) -> None:
        opened = self.open.pop()
        children = opened.children
        entries = tuple(map(Entry, children[::2], children[1::2]))
        is_flow = bool(opened.event.flow_style)
        end = event.end_mark.index if is_flow else self.block_end(opened)
        node = Mapping(self.source, opened.start, end, entries, is_flow, opened.properties)
        self.findings.extend(check_entries(node, self.path()))
        self.close(opened, node, len(entries))

    def end_sequence(self, event: Any) -> None:
        opened = self.open.pop()
        is_flow = bool(opened.event.flow_style)
        end = event.end_mark.index if is_flow else self.block_end(opened)
        items = tuple(opened.children)
        node = Sequence(self.source, opened.start, end, items, is_flow, opened.properties)
        self.close(opened, node, len(items))

    def block_end(self, opened: _Open) -> int:
        # Not the parser's mark, which runs across blank lines and comments to the next token. An
        # absent value of a key ends before the key's colon only in `? key` without a value.
        children = opened.children
        if not children:
            return opened.start
        return max(children[-1].end, children[-2].end if len(children) > 1 else 0)

    def close(self, opened: _Open, node: Mapping | Sequence, values: int) -> None:
        self.nodes += values
        self.expanded_nodes += values
        if opened.anchor is not None:
            self.anchors[opened.anchor] = node
            self.weights[node] = self.expanded_nodes - opened.before + 1
        self.add(node)

    def path(self) -> Path:
        """Return the path to the place where the next node will be put."""
        keys: list[str | int] = []
        for parent in self.open:
            if not parent.is_mapping:
                keys.append(len(parent.children))
            elif len(parent.children) % 2:
                key = parent.children[-1]
                keys.append(key.text if isinstance(key, Scalar) else "")
        return tuple(keys)
