"""Events → trees, one for each YAML document of a file; and every mistake of structure on the way.

A stack of open nodes stands in for recursion, so that no text can exhaust Python's own stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from composecheck.source import Span
from composecheck.yaml import limits, mistakes
from composecheck.yaml.differences import YAML_VERSION
from composecheck.yaml.extent import (
    block_scalar_end,
    empty_item_start,
    empty_key_start,
    empty_value_start,
    entry_start,
    read_properties,
)
from composecheck.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, Style
from composecheck.yaml.structure import (
    OVERRIDE_TAG,
    RESET_TAG,
    check_entries,
    check_tag,
    check_tag_characters,
    find_duplicates,
    is_merge_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import Finding, Path
    from composecheck.source import Source
    from composecheck.yaml.events import Event
    from composecheck.yaml.nodes import Properties

_STYLES = {
    None: Style.PLAIN,
    "": Style.PLAIN,
    "'": Style.SINGLE_QUOTED,
    '"': Style.DOUBLE_QUOTED,
    "|": Style.LITERAL,
    ">": Style.FOLDED,
}


_TOO_MANY_REPETITIONS = f"its aliases stand for more than {limits.EXPANDED_NODES} values altogether"


class _Open:
    """A mapping or sequence whose end has not come yet."""

    __slots__ = (
        "before",
        "children",
        "content",
        "is_flow",
        "is_ignored",
        "is_mapping",
        "is_merged",
        "is_overriding",
        "properties",
        "start",
    )

    def __init__(
        self, event: Event, properties: Properties | None, before: int, *, is_mapping: bool
    ) -> None:
        self.start: int = event.start_mark.index
        self.is_flow = bool(event.flow_style)
        self.properties = properties
        # Where its content starts, behind tag and anchor.
        self.content = self.start if properties is None else properties.content_start
        self.is_mapping = is_mapping
        # The number of expanded nodes before this one.
        self.before = before
        # For a mapping, keys and values in turn.
        self.children: list[Node] = []
        # Whether nothing is said about what is in it: it, or what it stands in, is marked `!reset`,
        # so that Compose does not look at it, or is a key, and so a mistake as a whole.
        self.is_ignored = False
        # Whether it stands behind a merge key, or in the list behind one.
        self.is_merged = False
        # Whether it, or what it stands in, is marked `!override`: then it ignores `!reset`.
        self.is_overriding = False

    @property
    def is_at_key(self) -> bool:
        return self.is_mapping and len(self.children) % 2 == 0


def compose(source: Source, events: Iterable[Event]) -> tuple[tuple[Node, ...], list[Finding]]:
    """Build the trees of all documents in `source`, and list what is wrong with their structure.

    Where the parser stopped at a mistake, the documents before it are returned, and the mistakes of
    the part it read of the last. Keys that are twice in a mapping are found there even if it has
    not come to its end.

    Raises TooMuch beyond `limits.DEPTH` and `limits.EXPANDED_NODES`.
    """
    composer = _Composer(source, events)
    composer.run()
    return tuple(composer.roots), composer.findings


class _Composer:
    def __init__(self, source: Source, events: Iterable[Event]) -> None:
        self.source = source
        self.text = source.text
        self.events = events
        # Without one, no key is explicit.
        self.has_question_mark = "?" in source.text
        self.roots: list[Node] = []
        self.document_starts = 0
        self.findings: list[Finding] = []
        self.open: list[_Open] = []
        # Those of all documents: for Compose, an anchor holds to the end of the file (measured).
        self.anchors: dict[str, Node] = {}
        # Whose name an anchor is that has been read, if that one has not come to its end.
        self.opening: dict[str, _Open] = {}
        self.has_reset = False
        self.nodes = 0
        self.expanded_nodes = 0
        # How many nodes an anchored one stands for, itself included.
        self.weights: dict[Node, int] = {}

    def run(self) -> None:
        # The branches stand in the order of how often they are taken.
        for event in self.events:
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
            elif kind is StreamEndEvent:
                return
        # The parser stopped at a mistake. A tree behind which no other document begins is one that
        # the mistake cut off, be it whole in the parser's eyes: `  a: 1`, and then `b: 2`.
        if len(self.roots) == self.document_starts:
            del self.roots[-1:]
        while self.open:
            self.give_up()

    # -- documents

    def start_document(self, event: Event) -> None:
        self.document_starts += 1
        self.nodes = 0
        self.expanded_nodes = 0
        version = getattr(event, "version", None)
        if version and tuple(version) != YAML_VERSION:
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
            # The root itself is one more.
            if self.nodes >= limits.NODES:
                span = Span(node.start, node.start)
                self.findings.append(mistakes.too_many_nodes(self.source, span))
            elif self.expanded_nodes >= limits.EXPANDED_NODES:
                raise limits.TooMuch(_TOO_MANY_REPETITIONS)

    def scalar(self, event: Event) -> Scalar:
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        text: str = event.value
        style = _STYLES[event.style]
        properties = None
        if event.anchor is not None or event.tag is not None:
            has_content = bool(text) or style is not Style.PLAIN
            properties = self.properties(event, has_content=has_content)
        if style is Style.PLAIN:
            if not text:
                if properties is None:
                    start = end = self.empty_start()
                else:
                    end = properties.content_start
        elif style.is_block:
            content = start if properties is None else properties.content_start
            end = block_scalar_end(self.text, content, end, text)
        node = Scalar(self.source, start, end, text, style, properties)
        if properties is not None:
            if properties.anchor is not None:
                self.anchors[properties.anchor] = node
                self.opening.pop(properties.anchor, None)
            # That of a key is checked with its value, with which it may be dropped.
            if properties.tag is not None and not (self.open and self.open[-1].is_at_key):
                finding = None if self.is_ignored() else check_tag(node, self.path())
                if finding:
                    self.findings.append(finding)
        return node

    def properties(self, event: Event, *, has_content: bool) -> Properties:
        start = event.start_mark.index
        properties = read_properties(
            self.text, start, event.anchor, event.tag, has_content=has_content
        )
        if properties.tag_span is not None:
            self.findings.extend(check_tag_characters(self.source, properties.tag_span))
            self.has_reset = self.has_reset or properties.tag == RESET_TAG
        return properties

    def is_ignored(self) -> bool:
        """Whether nothing is said about what comes next."""
        return bool(self.open) and self.open[-1].is_ignored

    def empty_start(self) -> int:
        """Return where a value that is not there would stand: behind its colon or dash."""
        if not self.open:
            return len(self.text)
        parent = self.open[-1]
        before = parent.children[-1].end if parent.children else parent.content
        if not parent.is_mapping:
            return empty_item_start(self.text, before)
        if parent.is_at_key:
            return empty_key_start(self.text, before)
        return empty_value_start(self.text, before, parent.content, is_flow=parent.is_flow)

    def alias(self, event: Event) -> Alias:
        start, end = event.start_mark.index, event.end_mark.index
        # Not the parser's own reading, for which it may have been spelled otherwise.
        name = self.text[start + 1 : end]
        target = self.anchors.get(name)
        if target is None:
            finding = self.explain_alias(Span(start, end), name)
            if finding:
                self.findings.append(finding)
        else:
            self.expanded_nodes += self.weights.get(target, 1) - 1
            if self.expanded_nodes > limits.EXPANDED_NODES:
                raise limits.TooMuch(_TOO_MANY_REPETITIONS)
        if not (self.open and self.open[-1].is_at_key):
            self.nodes -= 1  # will be counted with what it stands in
        return Alias(self.source, start, end, name, target)

    def explain_alias(self, span: Span, name: str) -> Finding | None:
        for parent in self.open:
            properties = parent.properties
            if properties and properties.anchor == name and properties.anchor_span:
                if self.is_ignored():
                    return None
                anchor = properties.anchor_span
                return mistakes.alias_of_itself(self.source, span, name, anchor, self.path())
        return mistakes.undefined_alias(self.source, span, name, tuple(self.anchors), self.path())

    def begin(self, event: Event, *, is_mapping: bool) -> None:
        if len(self.open) >= limits.DEPTH:
            raise limits.TooMuch(f"it nests deeper than {limits.DEPTH} levels")
        properties = None
        if event.anchor is not None or event.tag is not None:
            properties = self.properties(event, has_content=True)
            if properties.anchor is not None:
                # From here on, the name means this node: until it ends, it stands for nothing.
                self.anchors.pop(properties.anchor, None)
        opened = _Open(event, properties, self.expanded_nodes, is_mapping=is_mapping)
        if properties is not None and properties.anchor is not None:
            self.opening[properties.anchor] = opened
        if self.open:
            parent = self.open[-1]
            opened.is_ignored = parent.is_ignored or parent.is_at_key
            opened.is_overriding = parent.is_overriding
            if parent.is_mapping:
                opened.is_merged = not parent.is_at_key and is_merge_key(parent.children[-1])
            else:
                opened.is_merged = parent.is_merged
        if properties is not None and properties.tag is not None:
            opened.is_overriding = opened.is_overriding or properties.tag == OVERRIDE_TAG
            opened.is_ignored = opened.is_ignored or (
                properties.tag == RESET_TAG and not opened.is_overriding
            )
        self.open.append(opened)

    def end_mapping(self, event: Event) -> None:
        opened = self.open.pop()
        entries = self.entries(opened)
        # A single pair in a list (`[a: b]`) is in flow style, but has no braces.
        has_braces = self.text.startswith("{", opened.content)
        end = event.end_mark.index if has_braces else self.block_end(opened)
        node = Mapping(self.source, opened.start, end, entries, opened.is_flow, opened.properties)
        if not opened.is_ignored:
            may_reset = self.has_reset and not opened.is_overriding
            self.findings.extend(
                check_entries(node, self.path(), may_reset=may_reset, is_merged=opened.is_merged)
            )
        self.close(opened, node, len(entries))

    def entries(self, opened: _Open) -> tuple[Entry, ...]:
        # Where the parser stopped behind a key, that one has no value.
        keys, values = opened.children[::2], opened.children[1::2]
        if not self.has_question_mark:
            return tuple(map(Entry, keys, values, [key.start for key in keys]))
        entries = []
        before = opened.content
        for key, value in zip(keys, values, strict=False):
            entries.append(Entry(key, value, entry_start(self.text, before, key.start)))
            before = max(key.end, value.end)
        return tuple(entries)

    def end_sequence(self, event: Event) -> None:
        opened = self.open.pop()
        end = event.end_mark.index if opened.is_flow else self.block_end(opened)
        items = tuple(opened.children)
        node = Sequence(self.source, opened.start, end, items, opened.is_flow, opened.properties)
        self.close(opened, node, len(items))

    def give_up(self) -> None:
        """Leave the innermost open node as it is, since the parser got no further."""
        opened = self.open.pop()
        if opened.is_mapping and not opened.is_ignored:
            end = self.block_end(opened)
            part = Mapping(self.source, opened.start, end, self.entries(opened), is_flow=False)
            self.findings.extend(find_duplicates(part, self.path(), is_whole=False))

    def block_end(self, opened: _Open) -> int:
        # Not the parser's mark, which runs across blank lines and comments to the next token. An
        # absent value of a key ends before the key's colon only in `? key` without a value.
        children = opened.children
        if not children:
            return opened.start
        return max(children[-1].end, children[-2].end if len(children) > 1 else 0)

    def close(self, opened: _Open, node: Mapping | Sequence, values: int) -> None:
        if not opened.is_ignored:
            self.nodes += values
        self.expanded_nodes += values
        if opened.properties is not None and (anchor := opened.properties.anchor) is not None:
            self.weights[node] = self.expanded_nodes - opened.before + 1
            if self.opening.get(anchor) is opened:
                self.anchors[anchor] = node
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
