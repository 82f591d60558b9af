"""Writes YAML texts of which it knows what they mean, and where everything stands.

A `Writer` writes a text from left to right, with all the freedom that YAML leaves, and notes what
it wrote. How the values of folded texts come about is told here once more, after the rules of
YAML 1.1, so that it does not depend on any parser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from composecheck.source import Span
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_WORDS = (
    "a",
    "web",
    "db-1",
    "1",
    "true",
    "~",
    "x.y",
    "é",
    "日本",
    "😀",
    "e\u0301",
    "<<",
    "a'b",
    'c"d',
)
_PLAIN = (
    *_WORDS,
    "80:80",
    "http://x/y?z=1#k",
    "a b",
    "-x",
    "a#b",
    "1_000",
    "x-",
    "a & b",
    "*.js"[1:],
)
_PLAIN_OUTSIDE = ("?x", ":x", "a, b", "[x]"[1:], "x{y}", "c:]", "a :b", "x!", "b?")
_QUOTED = (
    *_PLAIN,
    *_PLAIN_OUTSIDE,
    "# no comment",
    "- x",
    "a: b",
    " b ",
    "",
    "it",
    "{",
    "*x",
    "&y",
    "%",
    "@",
)
_LINES = (
    "a",
    "b: c",
    "# no comment",
    "- x",
    "  deeper",
    " # deeper",
    "\tb",
    "x  ",
    "'",
    "é 😀",
    "...a",
)
_ESCAPES = (
    *(("\\n", "\n"), ("\\t", "\t"), ('\\"', '"'), ("\\\\", "\\"), ("\\x41", "A"), ("\\u00e9", "é")),
    *(("\\U0001F600", "😀"), ("\\0", "\0"), ("\\e", "\x1b"), ("\\N", "\x85"), ("\\L", "\u2028")),
)
_TAGS = (
    *(("!!str", "tag:yaml.org,2002:str"), ("!x", "!x"), ("!reset", "!reset")),
    *(("!<tag:e.org:y>", "tag:e.org:y"), ("!e!z", "tag:e.org,2000:z")),
)


@dataclass(slots=True, eq=False)
class Written:
    """A node as it was meant. `starts` are where its entries or items start."""

    kind: str
    start: int = 0
    end: int = 0
    text: str = ""
    style: Style | None = None
    tag: str | None = None
    tag_span: Span | None = None
    anchor: str | None = None
    anchor_span: Span | None = None
    is_flow: bool = False
    target: Written | None = None
    children: list[Written] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


class Writer:
    """Writes one file; `text` is what it has so far.

    `roots` are the documents; `comments` the spans of the comments, each with whether it has its
    line for itself.
    """

    def __init__(self, random: Random, line_break: str = "\n") -> None:
        self.random = random
        self.line_break = line_break
        self.text = ""
        self.roots: list[Written] = []
        self.comments: list[tuple[Span, bool]] = []
        self.anchors: dict[str, Written] = {}
        self.open_anchors: list[str] = []
        self.has_handle = False
        # Whether a blank line would now belong to the block of text above.
        self.keeps_blank_lines = False

    # -- the small things

    def _chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def _put(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        self.keeps_blank_lines = False
        return Span(start, len(self.text))

    @property
    def _column(self) -> int:
        return len(self.text) - max(self.text.rfind(sign) + 1 for sign in "\n\r\x85\u2028\u2029")

    def _blanks(self, least: int = 0) -> None:
        self._put(" " * (least + (self.random.randrange(3) if self._chance(20) else 0)))

    def _comment(self) -> None:
        is_own_line = not self.text or not self.text[len(self.text) - self._column :].strip(" ")
        says = self.random.choice(("", " c", " a: b", "'\"", " [ # x", "é 😀", "- ?", " |"))
        self.comments.append((self._put(f"#{says}"), is_own_line))

    def _end_line(self, *, may_comment: bool = True) -> None:
        """End a line, perhaps with a comment."""
        if may_comment and self._chance(15):
            if self.text and self._column:
                # No tab may stand where a line can still go on with a dash or a key.
                is_open = self.text.rstrip(" ")[-1] in "-?:"
                self._put(self.random.choice((" ", "  ", " " if is_open else "\t")))
            self._comment()
        line_break = self.line_break
        if self._chance(2):
            line_break = self.random.choice("\x85\u2028\u2029")
        self._put(line_break)

    def _fill(self, indentation: int) -> None:
        """Write lines that mean nothing."""
        while self._chance(12):
            if self._chance(50) and not self.keeps_blank_lines:
                self._put(self.random.choice(("", " ")))
                self._put(self.line_break)
            else:
                self._put(" " * self.random.randint(0, max(indentation, 0)))
                self._comment()
                self._put(self.line_break)

    def _properties(self, node: Written) -> bool:
        """Write a tag and an anchor, or one of them, or none; tell whether there is one."""
        parts: list[Callable[[Written], None]] = []
        if self._chance(8):
            parts.append(self._tag)
        if self._chance(8):
            parts.append(self._anchor)
        self.random.shuffle(parts)
        node.start = len(self.text)
        for number, part in enumerate(parts):
            if number:
                self._blanks(1)
            part(node)
        node.end = len(self.text)
        return bool(parts)

    def _tag(self, node: Written) -> None:
        written, node.tag = self.random.choice(_TAGS if self.has_handle else _TAGS[:-1])
        node.tag_span = self._put(written)

    def _anchor(self, node: Written) -> None:
        node.anchor = self.random.choice(("x", "y", "z1", "a-b_c"))
        node.anchor_span = self._put(f"&{node.anchor}")

    def _register(self, node: Written) -> Written:
        if node.anchor is not None:
            self.anchors[node.anchor] = node
        return node

    def _alias(self) -> Written | None:
        known = [name for name in self.anchors if name not in self.open_anchors]
        if not known:
            return None
        name = self.random.choice(known)
        span = self._put(f"*{name}")
        target = self.anchors[name]
        return Written("Alias", span.start, span.end, text=name, target=target)

    # -- scalars

    def _scalar(self, indentation: int, *, is_key: bool, is_in_flow: bool) -> Written:
        """Write a scalar, or an alias, in the style of a line.

        `indentation` is that of further lines, if there are any.
        """
        if self._chance(8) and (alias := self._alias()) is not None:
            return alias
        node = Written("Scalar")
        if self._properties(node):
            self._blanks(1)
        lines = 1 if is_key or self._chance(85) else self.random.randint(2, 3)
        kind = self.random.randrange(4)
        if kind < 2:
            self._plain(node, lines, indentation, is_in_flow=is_in_flow)
        elif kind == 2:
            self._quoted(node, "'", lines, indentation)
        else:
            self._quoted(node, '"', lines, indentation)
        node.end = len(self.text)
        return self._register(node)

    def _plain(self, node: Written, lines: int, indentation: int, *, is_in_flow: bool) -> None:
        node.style = Style.PLAIN
        words = _PLAIN if is_in_flow else _PLAIN + _PLAIN_OUTSIDE
        node.text = self.random.choice(words)
        self._put(node.text)
        for _ in range(lines - 1):
            node.text += self._fold(indentation)
            word = self.random.choice(_WORDS)
            node.text += word
            self._put(word)

    def _fold(self, indentation: int) -> str:
        """Break a line within a plain or quoted scalar; return what that means."""
        self._put(self.random.choice(("", " ")))
        self._put(self.line_break)
        empty = 0
        while self._chance(20):
            empty += 1
            self._put(self.random.choice(("", "  ")))
            self._put(self.line_break)
        self._put(" " * indentation)
        return "\n" * empty or " "

    def _quoted(self, node: Written, quote: str, lines: int, indentation: int) -> None:
        node.style = Style(quote)
        self._put(quote)
        for number in range(lines):
            word = self.random.choice(_QUOTED)
            if lines > 1:
                word = word.strip(" ") or "w"
            if number:
                node.text += self._fold(indentation)
            node.text += word
            if quote == "'":
                self._put(word.replace("'", "''"))
                continue
            self._put(word.replace("\\", "\\\\").replace('"', '\\"'))
            if self._chance(30):
                escape, character = self.random.choice(_ESCAPES)
                self._put(escape)
                node.text += character
        self._put(quote)

    def _block_scalar(self, parent: int) -> Written:
        """Write `|` or `>` and what is below, up to the end of its last line."""
        node = Written("Scalar")
        if self._properties(node):
            self._blanks(1)
        node.style = self.random.choice((Style.LITERAL, Style.FOLDED))
        lines = [self.random.choice(_LINES) for _ in range(self.random.randrange(4))]
        for number in range(len(lines) - 1, 0, -1):
            if self._chance(20):
                lines.insert(number, "")
        blank_first = self.random.randrange(2) if lines else 0
        chomping = self.random.choice(("", "-", "+"))
        least = max(parent, 0)
        indentation = least + self.random.randint(1, 3)
        needs_indicator = bool(lines) and lines[0].startswith((" ", "\t"))
        has_indicator = needs_indicator or self._chance(20)
        indicator = str(indentation - least) if has_indicator else ""
        header = [chomping, indicator]
        self.random.shuffle(header)
        node.end = self._put(node.style.value + "".join(header)).end
        self._end_line()
        kept = 0
        for _ in range(blank_first):
            self._blank_line(indentation)
        for number, line in enumerate(lines):
            if not line:
                self._blank_line(indentation)
                continue
            self._put(" " * indentation + line)
            is_last = number == len(lines) - 1
            if is_last and chomping != "+" and self._chance(10):
                node.end = len(self.text)
                self._at_end_without_break(node, lines, blank_first, chomping)
                return self._register(node)
            node.end = len(self.text)
            self._put(self.line_break)
            if chomping != "-":
                node.end = len(self.text)
        if chomping == "+":
            kept = self.random.randrange(3)
            for _ in range(kept):
                self._blank_line(indentation)
            if lines or kept or blank_first:
                node.end = len(self.text)
        node.text = block_value(lines, blank_first, kept, chomping, node.style)
        self.keeps_blank_lines = chomping == "+"
        return self._register(node)

    def _at_end_without_break(
        self, node: Written, lines: list[str], blank_first: int, chomping: str
    ) -> None:
        node.text = block_value(lines, blank_first, 0, chomping, node.style)
        self._put(self.line_break)
        if chomping != "-":
            node.end = len(self.text)

    def _blank_line(self, indentation: int) -> None:
        self._put(" " * self.random.randint(0, indentation if self._chance(30) else 0))
        self._put(self.line_break)

    # -- flow style

    def _flow(self, indentation: int, depth: int) -> Written:
        """Write `[…]` or `{…}`."""
        node = Written(self.random.choice(("Sequence", "Mapping")), is_flow=True)
        if self._properties(node):
            self._blanks(1)
        opened = self._begin(node)
        is_mapping = node.kind == "Mapping"
        self._put("{" if is_mapping else "[")
        for number in range(self.random.randrange(4)):
            if number:
                self._gap(indentation)
                self._put(",")
                if not self._chance(10):
                    self._blanks(1)
            self._gap(indentation)
            if is_mapping:
                self._flow_pair(node, indentation, depth)
            elif self._chance(10):
                self._single_pair(node, indentation, depth)
            else:
                node.children.append(self._flow_node(indentation, depth))
                node.starts.append(node.children[-1].start)
        self._gap(indentation)
        if node.children and self._chance(10):
            self._put(",")
            self._gap(indentation)
        self._put("}" if is_mapping else "]")
        return self._finish(node, opened)

    def _gap(self, indentation: int) -> None:
        """Write blanks, comments and line breaks between two parts of a flow collection."""
        if self._chance(10):
            self._end_line()
            self._fill(indentation)
            self._put(" " * indentation)
        else:
            self._blanks()

    def _flow_node(self, indentation: int, depth: int) -> Written:
        if depth > 0 and self._chance(25):
            return self._flow(indentation, depth - 1)
        return self._scalar(indentation, is_key=False, is_in_flow=True)

    def _flow_pair(self, node: Written, indentation: int, depth: int) -> None:
        node.starts.append(len(self.text))
        is_explicit = self._chance(10)
        if is_explicit:
            self._put("?")
            self._blanks(1)
        key = self._scalar(indentation, is_key=not is_explicit, is_in_flow=True)
        node.children.append(key)
        if self._chance(10):  # no colon, and no value
            node.children.append(absent(key.end))
            return
        if key.kind == "Alias":
            self._put(" ")
        if is_explicit:
            self._gap(indentation)
        else:
            self._blanks()
        self._put(":")
        if self._chance(10):
            node.children.append(absent(len(self.text)))
            self._put(" ")
            return
        self._blanks(1)
        node.children.append(self._flow_node(indentation, depth))

    def _single_pair(self, parent: Written, indentation: int, depth: int) -> None:
        node = Written("Mapping", len(self.text), is_flow=True)
        parent.children.append(node)
        parent.starts.append(node.start)
        node.starts.append(node.start)
        key = self._scalar(indentation, is_key=True, is_in_flow=True)
        self._blanks(1 if key.kind == "Alias" else 0)
        self._put(":")
        self._blanks(1)
        node.children = [key, self._flow_node(indentation, depth)]
        node.end = node.children[1].end

    # -- block style

    def _begin(self, node: Written) -> int:
        """Note that a collection begins: until it ends, its anchor means nothing."""
        if node.anchor is not None:
            self.anchors.pop(node.anchor, None)
            self.open_anchors.append(node.anchor)
        return len(self.open_anchors)

    def _finish(self, node: Written, opened: int) -> Written:
        is_redefined_within = False
        if node.anchor is not None:
            del self.open_anchors[opened - 1]
            is_redefined_within = node.anchor in self.anchors
        if node.is_flow:
            node.end = len(self.text)
        else:
            node.end = max((child.end for child in node.children[-2:]), default=node.end)
        return node if is_redefined_within else self._register(node)

    def _block(self, indentation: int, depth: int, node: Written | None = None) -> Written:
        """Write a mapping or sequence whose first key or dash stands here, up to a line's end."""
        kind = self.random.choice(("Mapping", "Mapping", "Sequence"))
        if node is None:
            node = Written(kind, len(self.text))
        node.kind = kind
        opened = self._begin(node)
        for number in range(self.random.randint(1, 4)):
            if number:
                self._fill(indentation)
                self._put(" " * indentation)
            node.starts.append(len(self.text))
            if kind == "Sequence":
                self._put("-")
                node.children.append(self._value(indentation, depth, may_be_compact=True))
            else:
                self._block_pair(node, indentation, depth)
        return self._finish(node, opened)

    def _block_pair(self, node: Written, indentation: int, depth: int) -> None:
        if self._chance(10):
            self._put("?")
            key = self._value(indentation, depth, may_be_compact=True)
            node.children.append(key)
            if self._chance(20):
                node.children.append(absent(key.end))
                return
            self._fill(indentation)
            self._put(" " * indentation + ":")
            value = self._value(indentation, depth, may_be_compact=True)
        else:
            key = self._scalar(indentation, is_key=True, is_in_flow=False)
            node.children.append(key)
            self._blanks(1 if key.kind == "Alias" else 0)
            self._put(":")
            value = self._value(indentation, depth, may_be_compact=False)
        node.children.append(value)

    def _value(self, indentation: int, depth: int, *, may_be_compact: bool) -> Written:
        """Write what stands behind a dash, a colon or a question mark, and end the line."""
        kind = self.random.randrange(12)
        if kind == 0:
            return self._absent_value()
        if kind == 1:
            self._blanks(1)
            return self._block_scalar(indentation)
        if kind == 2:
            self._blanks(1)
            node = self._flow(indentation + 1, 2)
            self._end_line()
            return node
        if kind < 6 and depth > 0:
            return self._nested(indentation, depth - 1, may_be_compact=may_be_compact)
        if self._chance(10):
            self._end_line()
            self._fill(indentation + 1)
            self._put(" " * (indentation + 1))
        else:
            self._blanks(1)
        node = self._scalar(indentation + 1, is_key=False, is_in_flow=False)
        self._end_line()
        return node

    def _absent_value(self) -> Written:
        node = absent(len(self.text))
        if self._chance(30):
            self._put(" ")
            marked = Written("Scalar", style=Style.PLAIN)
            if self._properties(marked):
                node = self._register(marked)
        self._end_line()
        return node

    def _nested(self, indentation: int, depth: int, *, may_be_compact: bool) -> Written:
        if may_be_compact and self._chance(50):
            self._blanks(1)
            return self._block(self._column, depth)
        node = Written("")
        start = len(self.text)
        self._put(" ")
        has_properties = self._properties(node)
        if not has_properties and self._chance(50):
            self.text = self.text[:start]
        self._end_line()
        inner = indentation + self.random.randint(1, 4)
        self._fill(inner)
        self._put(" " * inner)
        if not has_properties:
            node.start = len(self.text)
        return self._block(inner, depth, node)

    # -- documents

    def _document(self, *, is_first: bool) -> None:
        """Write one document, up to the end of its last line."""
        self._fill(0)
        self.has_handle = False
        directives = self._chance(15)
        if directives:
            if not is_first:
                self._put(f"...{self.line_break}")
            self._put("%YAML 1.1")
            self._end_line()
            if self._chance(50):
                self.has_handle = True
                self._put("%TAG !e! tag:e.org,2000:")
                self._end_line()
        if directives or not is_first or self._chance(30):
            self._put("---")
            kind = self.random.randrange(5)
            if kind == 0:
                self._put(" ")
                self.roots.append(self._block_scalar(-1))
                return
            if kind == 1:
                self._put(" ")
                self.roots.append(self._scalar(1, is_key=False, is_in_flow=False))
                self._end_line()
                return
            self._end_line()
            self._fill(0)
        if self._chance(15):
            self.roots.append(self._flow(0, 3))
            self._end_line()
        else:
            self.roots.append(self._block(0, 3))

    def file(self) -> None:
        """Write one to three documents."""
        for number in range(self.random.choice((1, 1, 1, 2, 3))):
            self._document(is_first=number == 0)
        self._fill(0)
        if self._chance(10):
            self._put("...")
            self._end_line()
            self._fill(0)


def absent(offset: int) -> Written:
    """Return a value that is not there."""
    return Written("Scalar", offset, offset, style=Style.PLAIN)


def block_value(
    lines: list[str], blank_first: int, kept: int, chomping: str, style: Style | None
) -> str:
    """Return what the lines of a block of text mean, by the rules of YAML."""
    value = ""
    pending = "\n" * blank_first
    break_before = ""
    is_after_deeper = False
    for line in lines:
        if not line:
            pending += "\n"
            continue
        is_deeper = line[0] in " \t"
        if style is Style.FOLDED and break_before and not (is_deeper or is_after_deeper):
            value += pending or " "
        else:
            value += break_before + pending
        value += line
        break_before, pending, is_after_deeper = "\n", "", is_deeper
    if chomping != "-":
        value += break_before
    return value + pending + "\n" * kept if chomping == "+" else value
