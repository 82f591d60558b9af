r"""Where each character of a scalar's value stands in the text, in every style.

In `"80800:80"` the value's first character is the text's second, and in a folded or escaped scalar
several characters of the text may stand for one of the value. A value character stands at

- the character itself, or both quotes of `''`, or the whole escape (`\n`, `\u00e9`);
- the line break alone that was folded into a blank, without the blanks around it; where empty
  lines follow, the first break stands for nothing and each further one for one line break of the
  value, as YAML reads it. CRLF counts as one line break.

This reads the scalar's characters again, by YAML's rules. Should it not arrive at exactly the value
that the parser gave, every character is said to stand at the whole content: that is less precise,
but no lie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.source import Span
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composecheck.yaml.nodes import Scalar


class Places(Struct, frozen=True):
    """The place of each character of a value.

    Character number i of the value (from 0) is what the text has from offset `starts[i]` up to,
    not including, `ends[i]`. `content` is everything that stands for the value: without quotes, tag
    and anchor; of a block scalar, what is below the line with the `|` or `>`. `is_exact` is False
    where the characters could not be told apart.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    content: Span
    is_exact: bool = True

    def span(self, start: int, end: int) -> Span:
        """Return where characters `start` up to, not including, `end` (from 0) of the value stand.

        An empty range gives the empty span before character `start`, or behind the last one.
        """
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        if start < len(self.starts):
            place = self.starts[start]
        elif self.ends:
            place = self.ends[-1]
        else:
            place = self.content.start
        return Span(place, place)


def places(scalar: Scalar) -> Places:
    """Return where each character of `scalar.text` stands in `scalar.source.text`."""
    text = scalar.source.text
    value = scalar.text
    content = _content(scalar)
    length = content.end - content.start
    # Most scalars are on one line and have nothing to unescape.
    if length == len(value) and text.startswith(value, content.start):
        starts = range(content.start, content.end)
        return Places(starts, range(content.start + 1, content.end + 1), content)
    for line_break in (_LINE_BREAK, _LINE_BREAK_OF_YAML_1_2):
        reading = _Reading(text, content, line_break)
        if scalar.style.is_block:
            header = text[_begin(scalar) : content.start]
            _read_block(reading, header, value, is_folded=scalar.style is Style.FOLDED)
        else:
            _read_flow(reading, scalar.style)
        if reading.value == value:
            return Places(reading.starts, reading.ends, content)
    starts_at_all, ends_at_all = (content.start,) * len(value), (content.end,) * len(value)
    return Places(starts_at_all, ends_at_all, content, is_exact=False)


def unescape(text: str) -> str | None:
    r"""Return the value of a double quoted scalar, given the characters between its quotes.

    None if it has an escape that Compose does not know. What Compose takes beyond libyaml: `\'`.
    """
    reading = _Reading(text, Span(0, len(text)), _LINE_BREAK)
    return reading.value if _read_flow(reading, Style.DOUBLE_QUOTED) else None


def _begin(scalar: Scalar) -> int:
    return scalar.start if scalar.properties is None else scalar.properties.content_start


def _content(scalar: Scalar) -> Span:
    begin = _begin(scalar)
    match scalar.style:
        case Style.PLAIN:
            return Span(begin, max(begin, scalar.end))
        case Style.SINGLE_QUOTED | Style.DOUBLE_QUOTED:
            return Span(begin + 1, scalar.end - 1)
        case Style.LITERAL | Style.FOLDED:
            first_break = _LINE_BREAK.search(scalar.source.text, begin, scalar.end)
            start = first_break.end() if first_break else scalar.end
            return Span(start, scalar.end)


# libyaml and go-yaml also break lines at NEL, LS and PS; a parser for YAML 1.2 alone does not.
_LINE_BREAK = expression("\r\n|[\r\n\x85\u2028\u2029]")
_LINE_BREAK_OF_YAML_1_2 = expression("\r\n|[\r\n]")


class _Reading:
    """The characters of a scalar as they are being read, each with its place."""

    def __init__(self, text: str, content: Span, line_break: re.Pattern[str]) -> None:
        self.text = text
        self.content = content
        self.line_break = line_break
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._value: list[str] = []

    @property
    def value(self) -> str:
        return "".join(self._value)

    def take(self, start: int, end: int) -> None:
        """Add the characters from `start` to `end`, each standing for itself."""
        self._value.append(self.text[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def put(self, character: str, start: int, end: int) -> None:
        """Add `character`, which all that is from `start` to `end` stands for."""
        self._value.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def put_break(self, place: Span) -> None:
        """Add the line break at `place` as YAML keeps it: LS and PS as they are, others as LF."""
        character = self.text[place.start]
        self.put(character if character in "\u2028\u2029" else "\n", place.start, place.end)

    def breaks(self, start: int, end: int) -> list[Span]:
        """Return the line breaks between `start` and `end`."""
        matches = self.line_break.finditer(self.text, start, end)
        return [Span(match.start(), match.end()) for match in matches]


_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "'": "'",
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_ESCAPE_BY_NUMBER = expression(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})")

_BLANKS_AND_BREAKS = expression("[ \t\r\n\x85\u2028\u2029]+")
_ORDINARY = expression("[^ \t\r\n\x85\u2028\u2029'\\\\]+")


def _read_flow(reading: _Reading, style: Style) -> bool:
    """Read a plain or quoted scalar; return whether all its escapes are ones that Compose knows."""
    text, position, end = reading.text, reading.content.start, reading.content.end
    while position < end:
        character = text[position]
        if match := _ORDINARY.match(text, position, end):
            reading.take(position, match.end())
            position = match.end()
        elif match := _BLANKS_AND_BREAKS.match(text, position, end):
            _fold(reading, position, match.end())
            position = match.end()
        elif character == "'" and style is Style.SINGLE_QUOTED:
            reading.put("'", position, position + 2)
            position += 2
        elif character == "\\" and style is Style.DOUBLE_QUOTED:
            after = _read_escape(reading, position)
            if after is None:
                return False
            position = after
        else:
            reading.take(position, position + 1)
            position += 1
    return True


def _fold(reading: _Reading, start: int, end: int) -> None:
    """Read a row of blanks and line breaks within a plain or quoted scalar."""
    breaks = reading.breaks(start, end)
    if not breaks:
        reading.take(start, end)
        return
    first, *others = breaks
    if reading.text[first.start] in "\u2028\u2029":
        others = breaks
    elif not others:
        reading.put(" ", first.start, first.end)
    for place in others:
        reading.put_break(place)


def _read_escape(reading: _Reading, position: int) -> int | None:
    """Read the escape whose backslash is at `position`; return the offset behind it."""
    text, end = reading.text, reading.content.end
    if line_break := reading.line_break.match(text, position + 1, end):
        blanks = _BLANKS_AND_BREAKS.match(text, position + 1, end)
        after = blanks.end() if blanks else line_break.end()
        for place in reading.breaks(line_break.end(), after):
            reading.put_break(place)
        return after
    letter = text[position + 1 : min(position + 2, end)]
    if letter in _ESCAPES:
        reading.put(_ESCAPES[letter], position, position + 2)
        return position + 2
    match = _ESCAPE_BY_NUMBER.match(text, position + 1, end)
    number = int(match[0][1:], 16) if match else -1
    if match is None or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return None
    reading.put(chr(number), position, match.end())
    return match.end()


_FIRST_WORD = expression("^( *)[^ \r\n\x85\u2028\u2029]", re.MULTILINE)


def _read_block(reading: _Reading, header: str, value: str, *, is_folded: bool) -> None:
    """Read a block scalar whose first line has `header` behind its tag and anchor."""
    indicators = header[1:].split("#")[0].split()
    chomping = indicators[0] if indicators else ""
    indentation = _indentation(reading, value)
    last_break: Span | None = None
    empty_lines: list[Span] = []
    is_after_indented = False
    for start, end, line_break in _lines(reading):
        first = _skip_spaces(reading.text, start, min(end, start + indentation))
        if first == end:
            if line_break is not None:
                empty_lines.append(line_break)
            continue
        is_indented = reading.text[first] in " \t"
        if last_break is not None:
            is_kept = is_after_indented or is_indented or not is_folded
            if is_kept or reading.text[last_break.start] in "\u2028\u2029":
                reading.put_break(last_break)
            elif not empty_lines:
                reading.put(" ", last_break.start, last_break.end)
        for place in empty_lines:
            reading.put_break(place)
        empty_lines = []
        reading.take(first, end)
        last_break = line_break
        is_after_indented = is_indented
    if last_break is not None and "-" not in chomping:
        reading.put_break(last_break)
    if "+" in chomping:
        for place in empty_lines:
            reading.put_break(place)


def _lines(reading: _Reading) -> list[tuple[int, int, Span | None]]:
    """Return where each line begins and ends, and its line break; the last may have none."""
    lines: list[tuple[int, int, Span | None]] = []
    start = reading.content.start
    for line_break in reading.breaks(start, reading.content.end):
        lines.append((start, line_break.start, line_break))
        start = line_break.end
    if start < reading.content.end:
        lines.append((start, reading.content.end, None))
    return lines


def _indentation(reading: _Reading, value: str) -> int:
    """Return by how many spaces the lines of a block scalar are indented.

    How deep its parent is cannot be seen from here, and `|2` counts from there; but a line has as
    many spaces more in the text than in the value.
    """
    leading_spaces = []
    for start, end, _ in _lines(reading):
        spaces = _skip_spaces(reading.text, start, end) - start
        match = _FIRST_WORD.search(value) if start + spaces < end else None
        if match is not None:
            return spaces - len(match[1])
        leading_spaces.append(spaces)
    longest_of_value = max(map(len, re.findall(" +", value)), default=0)
    return max(leading_spaces, default=0) - longest_of_value


def _skip_spaces(text: str, start: int, end: int) -> int:
    while start < end and text[start] == " ":
        start += 1
    return start
