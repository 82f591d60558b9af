"""YAML as Compose writes it: the same characters."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.project.call import Call
from composecheck.project.go_yaml import order_keys, print_yaml
from composecheck.project.model import to_model
from composecheck.project.project import load_project
from tests.project.test_printing import EVERYTHING
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

# Separated by blanks.
_WORDS = """
a y Y n N yes No ON off true True tRue null ~ Null 1 1.5 1e3 0x1f 0o17 017 08 1_000 1:30 22:22
190:20:30 1:2 80:80 -1 +1 .5 5. .inf .nan -.inf +.inf 2020-01-01 2020-1-1 2020-01-01T00:00:00Z
<< = - -a -- --- ... ? ?a : a: a:b :a # a#b , a,b [a] [ ] { } {a} &a *a !a | |a > ' '' it's 'a'
" a"b "a" %a % @a `a é 日本 \\ a\\b \\n 😀 0b101 0777 1e400 123456789012345678901234567890
0.1e1 1. 1__0 _1 0x 0xG 12e03 NaN Inf nan 1d 1f ~a a'b"c
http://a a://b c:\\d $x ${X} a}b a2 a10 a1b a01 a1 a001
"""
_TEXTS = (
    "",
    "- a",
    "--- a",
    "? a",
    "a: b",
    ": a",
    "# a",
    "a #b",
    " a",
    "a ",
    "a  b",
    "\ta",
    "a\tb",
    "a\n",
    "a\nb",
    "a\nb\n",
    "a\n\nb",
    "\na",
    "\n",
    " a\nb",
    "a\n b",
    "a \nb",
    "a\nb ",
    "a\n\n",
    "a\n\n\n",
    "\u00a0",
    "a\u00a0b",
    "\u0085x",
    "\u007f",
    "\u0001",
    "a: b\nc",
    "#a\nb",
    "x" * 200,
    "x " * 100,
    "it's " * 40,
    "word  two " * 30,
    "\ttab " * 30,
    "a\r\nb",
    "\r",
    "null a",
    "!!str a",
    "- ",
    "-\n",
    "? \na",
    "key: |\n  x\n",
    "a\n# b\n",
    "tab\there\nnew",
    *_WORDS.split(),
)


def _compare(text: str, folder: Path) -> None:
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    environment = {"HOME": str(folder)}
    answer = subprocess.run(
        [docker_compose(), "--profile", "p", "-f", "compose.yaml", "config"],
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    project = load_project(
        Call(
            files=("compose.yaml",),
            profiles=("p",),
            environment=environment,
            working_folder=folder,
            is_here=True,
        )
    )
    ours = print_yaml(to_model(project, as_json=False)).replace("$", "$$")
    # Compose adds an empty line.
    assert ours.splitlines() == answer.stdout.decode().rstrip("\n").split("\n")


def test_texts_are_quoted_as_by_compose(tmp_path: Path) -> None:
    lines = ["services: {a: {image: x,", "labels: {"]
    lines += [f"k{number}: {_quoted(text)}," for number, text in enumerate(_TEXTS)]
    lines += ["}, command: ["]
    lines += [f"{_quoted(text)}," for text in _TEXTS]
    lines += ["]}}"]
    _compare("\n".join(lines), tmp_path)


def test_keys_are_ordered_and_quoted_as_by_compose(tmp_path: Path) -> None:
    lines = ["services:", "  a:", "    image: x", "    labels:"]
    for text in dict.fromkeys(_TEXTS):
        # The order that Compose gives a number of more than 64 bits is no order at all.
        if text.strip("\n") and len(text.rstrip("0123456789")) > len(text) - 20:
            lines += [f"      ? {_quoted(text)}", "      : v"]
    _compare("\n".join(lines), tmp_path)


def test_everything_is_written_as_by_compose(tmp_path: Path) -> None:
    extra = (
        "x-q: {b: [[1, [2]], {c: {}}, []], a: 1000000.0, d: 1.0, e: 2020-01-01, f: {g: [{h: }]}}\n"
    )
    _compare(EVERYTHING.read_text(encoding="utf-8") + extra, tmp_path)


def _quoted(text: str) -> str:
    characters = (
        character
        if " " <= character <= "~" and character not in '"\\'
        else f"\\U{ord(character):08x}"
        for character in text.replace("$", "$$")
    )
    return f'"{"".join(characters)}"'


@pytest.mark.parametrize(
    ("keys", "ordered"),
    [
        ("a10 a2 a1", "a1 a2 a10"),
        ("b A a _ 1", "_ 1 A a b"),
        ("a1b a10 a1", "a1 a1b a10"),
        ("x01 x1 x001", "x1 x01 x001"),
    ],
)
def test_order_of_keys(keys: str, ordered: str) -> None:
    assert order_keys(keys.split()) == ordered.split()


def test_empty_and_unusual_values() -> None:
    model: dict[str, Any] = {"a": {}, "b": [], "c": None, "d": [[], {}, [1, [2.5]]], "e": True}
    assert print_yaml(model) == (
        "a: {}\nb: []\nc: null\nd:\n  - []\n  - {}\n  - - 1\n    - - 2.5\ne: true\n"
    )
