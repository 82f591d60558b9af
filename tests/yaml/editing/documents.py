"""Writes YAML files in which everything is named: each key, each value and each comment.

Keys are `k1`, `k2`, … and texts hold `v1`, `v2`, …, each once in a file; items that hold keys are
`i1`, `i2`, … to comments. A comment `# about k3` stands directly above `k3` (or the item of that
name), `# end k3` at the end of its line, and `# loose
4` apart from everything. So what a comment describes, and what a value is, can be told after an
edit by reading lines, without knowing how YAML is parsed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

PathKey = str | int
Path = tuple[PathKey, ...]


@dataclass(slots=True)
class Made:
    """A file that was made up.

    `tree` is what it means, as dictionaries, lists and values; `names` are the names by which
    comments know the values at these paths; `block` are the paths in block style; `loose` says in
    which mapping a loose comment is.
    """

    text: str = ""
    tree: dict[str, Any] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
    block: set[Path] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    loose: dict[str, Path] = field(default_factory=dict)

    def names_at(self, path: Path) -> set[str]:
        """Return the names of what is at a path and in it, those of loose comments included."""
        inside = [name for at, name in self.names.items() if at[: len(path)] == path]
        loose = [name for name, at in self.loose.items() if at[: len(path)] == path]
        return {*inside, *loose}

    def names_on_line(self, path: Path) -> set[str]:
        """Return the names on the line of the brackets or braces that a path lies in; else none."""
        for length in range(len(path) + 1):
            is_collection = isinstance(self.value(path[:length]), dict | list)
            if is_collection and path[:length] not in self.block:
                return self.names_at(path[:length])
        return set()

    def value(self, path: Path) -> Any:
        """Return what is at a path."""
        value: Any = self.tree
        for key in path:
            value = value[key]
        return value


class Maker:
    """Makes up one file; all its habits are drawn first."""

    def __init__(self, random: Random, *, is_tidy: bool = False) -> None:
        self.random = random
        self.line_break = random.choice(("\n", "\n", "\r\n"))
        self.step = random.choice((2, 2, 4, 3))
        self.dash_step = random.choice((0, 2, self.step))
        self.dash_gap = random.choice((1, 1, 3))
        self.blanks = random.choice((0, 1, 1, 2))
        self.has_comments = random.random() < 0.8
        self.has_final_break = random.random() < 0.8
        # A tidy file has the same blank lines everywhere, and no comments that are about nothing.
        self.is_tidy = is_tidy
        self.lines: list[str] = []
        self.number = 0
        self.made = Made()
        # Whether a blank line, and whether a line break, would now belong to the text above.
        self.is_kept = False
        self.is_in_text = False

    def make(self) -> Made:
        """Return the file."""
        if self._chance(30) and self.has_comments:
            self.lines += ["# loose 0", ""]
        self.made.tree = self._mapping((), 0, 3, is_least=2)
        text = self.line_break.join(self.lines)
        if self.has_final_break or self.is_in_text:
            text += self.line_break
        self.made.text = text
        return self.made

    def _chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _mapping(self, path: Path, column: int, depth: int, *, is_least: int = 1) -> dict[str, Any]:
        """Write keys with values in `column`, from the start of a line on."""
        self.made.block.add(path)
        tree: dict[str, Any] = {}
        for number in range(self.random.randint(is_least, 4)):
            key = f"k{self._next()}"
            at = (*path, key)
            self._between(path, number, column, depth)
            self._above(key, at, column)
            self._entry(tree, key, at, column, depth)
        return tree

    def _entry(self, tree: dict[str, Any], key: str, at: Path, column: int, depth: int) -> None:
        self.made.names[at] = key
        written = self.random.choice((key, key, key, f'"{key}"', f"'{key}'"))
        self.lines.append(f"{' ' * column}{written}:")
        tree[key] = self._value(at, key, column, depth, is_item=False)

    def _between(self, path: Path, number: int, column: int, depth: int) -> None:
        if number and depth >= 2 and not self.is_kept:
            self.lines += [""] * self.blanks
        if self.is_tidy or self.is_kept or not self.has_comments:
            return
        if self._chance(8):
            if number or column:
                self.lines.append("")
            name = str(self._next())
            self.made.loose[name] = path
            self.lines += [f"{' ' * column}# loose {name}", ""]
        elif self._chance(10):
            self.lines.append("")

    def _above(self, name: str, at: Path, column: int) -> None:
        is_first = all(not line or line.startswith("#") for line in self.lines)
        if self.has_comments and self._chance(20) and not is_first:
            self.lines += [f"{' ' * column}# about {name}"] * self.random.choice((1, 1, 2))

    def _end(self, name: str) -> str:
        return f"  # end {name}" if self.has_comments and self._chance(20) else ""

    def _value(self, at: Path, name: str, column: int, depth: int, *, is_item: bool) -> Any:
        """Write a value behind the key or dash on the last line."""
        self.is_kept = self.is_in_text = False
        kind = self.random.randrange(10)
        if depth and kind < 3 and not is_item:
            self.lines[-1] += self._end(name)
            return self._mapping(at, column + self.step, depth - 1)
        if depth and kind < 6 and not is_item:
            self.lines[-1] += self._end(name)
            return self._list(at, column + self.dash_step, depth - 1)
        if kind == 6 and depth:
            return self._flow(at, name)
        if kind == 7:
            return self._block_text(name, column)
        return self._scalar(name)

    def _list(self, path: Path, column: int, depth: int) -> list[Any]:
        self.made.block.add(path)
        tree: list[Any] = []
        for number in range(self.random.randint(1, 4)):
            at = (*path, number)
            dash = f"{' ' * column}-{' ' * self.dash_gap}"
            content = column + 1 + self.dash_gap
            if depth and self._chance(30):
                # An item with keys has a name of its own, which only comments know.
                name = f"i{self._next()}"
                self.made.names[at] = name
                self._above(name, at, column)
                self.made.block.add(at)
                item: dict[str, Any] = {}
                for index in range(self.random.randint(1, 3)):
                    key = f"k{self._next()}"
                    if index and self.has_comments and self._chance(15):
                        self.lines.append(f"{' ' * content}# about {key}")
                    own = len(self.lines)
                    self._entry(item, key, (*at, key), content, depth - 1)
                    if not index:
                        self.lines[own] = dash + self.lines[own][content:]
                tree.append(item)
                continue
            name = f"v{self._next()}"
            self.made.names[at] = name
            self._above(name, at, column)
            self.lines.append(dash.rstrip(" "))
            tree.append(self._value(at, name, column, depth, is_item=True))
        return tree

    def _put(self, text: str) -> None:
        """Write behind the colon or dash on the last line."""
        gap = self.dash_gap if self.lines[-1].endswith("-") else 1
        self.lines[-1] += " " * gap + text

    def _scalar(self, name: str) -> Any:
        number = name if name.startswith("v") else f"v{self._next()}"
        text = f"{number}{self.random.choice(('', ' x', '-y', '/z:1', ' é', ' 😀'))}"
        kind = self.random.randrange(8)
        value: Any = text
        if kind == 0:
            self.made.styles.add("single")
            written = f"'it''s {text}'"
            value = f"it's {text}"
        elif kind == 1:
            self.made.styles.add("double")
            written = f'"{text} \\u00e9\\n"'
            value = f"{text} é\n"
        elif kind == 2 and not name.startswith("v"):
            written, value = self.random.choice(
                (("true", True), ("12", 12), ("1.5", 1.5), ("null", None), ("", None), ("0o17", 15))
            )
        elif kind == 3:
            self.made.styles.add("quoted")
            written = f'"{text}"'
        else:
            written = text
        if written:
            self._put(written)
        self.lines[-1] += self._end(name)
        return value

    def _flow(self, at: Path, name: str) -> Any:
        self.made.styles.add("flow")
        numbers = [self._next() for _ in range(self.random.randint(0, 3))]
        if self._chance(50):
            pairs = {f"k{number}": f"v{number}" for number in numbers}
            self._put("{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}")
            for key in pairs:
                self.made.names[(*at, key)] = key
            tree: Any = pairs
        else:
            tree = [f"v{number}" for number in numbers]
            for index, value in enumerate(tree):
                self.made.names[(*at, index)] = value
            self._put("[" + ", ".join(f'"{value}"' for value in tree) + "]")
        self.lines[-1] += self._end(name)
        return tree

    def _block_text(self, name: str, column: int) -> str:
        """Write a block of text, in any of the ways there are."""
        word = name if name.startswith("v") else f"v{self._next()}"
        is_folded = self._chance(40)
        chomping = self.random.choice(("", "-", "-", "+"))
        lines = [word, *self.random.sample(("  deeper", "b: c", "# no comment", "- x", "", "é"), 3)]
        while not lines[-1].strip():
            lines.pop()
        least = column + 1
        content = least + self.random.randint(0, 3)
        indicator = ""
        if self._chance(40):
            indicator = str(content - column)
            if self._chance(50):
                lines[0] = f"  {lines[0]}"
        sign = ">" if is_folded else "|"
        self.made.styles.add(sign + chomping)
        if indicator:
            self.made.styles.add("indicator")
        header = sign + (chomping + indicator if self._chance(50) else indicator + chomping)
        self._put(header)
        self.lines[-1] += self._end(name)
        self.lines += [" " * content + line if line else "" for line in lines]
        value = folded(lines) if is_folded else "\n".join(lines)
        self.is_kept = chomping == "+"
        self.is_in_text = chomping != "-"
        kept = self.random.randrange(3) if chomping == "+" else 0
        self.lines += [""] * kept
        return value + ("" if chomping == "-" else "\n" * (1 + kept))


def folded(lines: list[str]) -> str:
    """Return what the lines of a folded block of text mean, without the last line break."""
    value = lines[0]
    is_after_deeper = lines[0].startswith(" ")
    breaks = 0
    for line in lines[1:]:
        breaks += 1
        if not line:
            continue
        is_deeper = line.startswith(" ")
        if is_deeper or is_after_deeper:
            value += "\n" * breaks
        else:
            value += "\n" * (breaks - 1) or " "
        value += line
        is_after_deeper, breaks = is_deeper, 0
    return value
