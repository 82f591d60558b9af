"""No text makes us wait, run out of stack, or say what Compose does not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from composecheck.source import Source
from composecheck.yaml import limits
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.mistakes import SyntaxProblem
from composecheck.yaml.nodes import Mapping, follow
from composecheck.yaml.respelling import respell
from composecheck.yaml.spelling import spell
from composecheck.yaml.walk import find, walk
from tests.shared_material import ask_compose
from tests.yaml.reading import SERVICES, entry_of, read, root_of

if TYPE_CHECKING:
    from pathlib import Path


def nested(depth: int) -> str:
    """Return a text that nests lists `depth` deep."""
    return "[" * depth + "]" * depth


def test_depth() -> None:
    assert read(nested(limits.DEPTH)).refusal is None
    refusal = read(nested(limits.DEPTH + 1)).refusal
    assert refusal == "it nests deeper than 200 levels"


def test_compose_reads_deeper_so_that_is_no_mistake(tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: {nested(limits.DEPTH + 50)}\n"
    assert ask_compose(text, tmp_path).returncode == 0
    document = read(text)
    assert document.findings == ()
    assert document.refusal
    assert document.roots == ()


DEEP = {
    "brackets": "[" * 100_000,
    "closed brackets": nested(100_000),
    "braces": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "indentation": "".join(f"{' ' * column}a:\n" for column in range(3000)),
    "brackets with colons": "[a:b, " * 100_000,
    "brackets with question marks": "[?a, " * 100_000,
    "behind a mistake": "...\n" + "[" * 100_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_deep_texts_end_at_once(text: str) -> None:
    start = time.perf_counter()
    assert read(text).refusal == "it nests deeper than 200 levels"
    # A hundred times what it takes: this is about minutes, not about speed.
    assert time.perf_counter() - start < 20


def test_the_number_of_values_is_limited_as_in_compose(tmp_path: Path) -> None:
    # services, a, its image and the list are values, and so is the whole.
    fits = SERVICES + "x-a:\n" + "- 1\n" * (limits.NODES - 5)
    assert ask_compose(fits, tmp_path).returncode == 0
    assert read(fits).findings == ()
    too_many = fits + "- 1\n"
    assert "maximum node visit limit" in ask_compose(too_many, tmp_path).stderr
    document = read(too_many)
    assert [finding.rule for finding in document.findings] == ["yaml-too-many-nodes"]
    assert document.refusal is None


UNCOUNTED = {
    "keys": "{" + "".join(f"k{number}: ," for number in range(limits.NODES - 1)) + "}",
    "two documents": "- a\n" * 60_000 + "---\n" + "- a\n" * 60_000,
    "what is dropped": "x-a: !reset [" + "1, " * limits.NODES + "]",
}


@pytest.mark.parametrize("text", UNCOUNTED.values(), ids=UNCOUNTED.keys())
def test_what_does_not_count(text: str) -> None:
    document = read(text)
    assert document.findings == ()


def test_dropped_values_do_not_count_in_compose_either(tmp_path: Path) -> None:
    text = SERVICES + UNCOUNTED["what is dropped"] + "\n"
    assert ask_compose(text, tmp_path).returncode == 0


def bomb(width: int, height: int) -> str:
    """Return a text whose aliases stand for `width` to the power of `height` values."""
    lines = [f"x-0: &a0 [{', '.join(['1'] * width)}]"]
    for level in range(1, height):
        aliases = ", ".join([f"*a{level - 1}"] * width)
        lines.append(f"x-{level}: &a{level} [{aliases}]")
    return "\n".join(lines) + "\n"


def test_aliases_do_not_explode() -> None:
    document = read(bomb(9, 7))
    assert document.findings == ()
    assert document.refusal == "its aliases stand for more than 100000 values altogether"
    assert read(bomb(9, 3)).refusal is None


def test_many_aliases_are_no_mistake() -> None:
    text = "x-a: &a 1\nx-b: [" + "*a, " * (limits.NODES - 3) + "]\n"
    assert read(text).refusal is None
    document = read(text.replace("]", "*a, *a]"))
    assert document.findings == ()
    assert document.refusal


def test_a_chain_of_merges_ends() -> None:
    lines = ["x-0: &a0 {k: 1}"]
    lines += [f"x-{number}: &a{number} {{<<: *a{number - 1}}}" for number in range(1, 3000)]
    assert read("\n".join(lines)).refusal
    # As many as can be read, all the way:
    (root,) = read("\n".join(lines[:400])).roots
    last = find(root, ("x-399",))
    assert isinstance(last, Mapping)
    assert list(effective_entries(last)) == ["k"]
    assert find(root, ("x-399", "k")) is not None


def test_the_deepest_tree_can_be_walked() -> None:
    depth = limits.DEPTH - 2
    root = root_of("a: &x " + "{a: " * depth + "b" + "}" * depth + "\nc: *x\n")
    assert len(list(walk(root))) == 2 * depth + 5
    assert find(root, ("c", *["a"] * depth)) is not None
    assert follow(entry_of(root, "c").value) is entry_of(root, "a").value


def test_long_texts_are_refused() -> None:
    document = read("#" * (limits.FILE_SIZE + 1))
    assert document.refusal == "it is longer than 8 million characters"
    assert document.findings == ()
    assert document.comments == ()


def test_a_text_of_the_largest_size_is_read() -> None:
    text = "k: |\n" + "  abcdefgh\n" * (limits.FILE_SIZE // 11 - 10)
    assert len(text) <= limits.FILE_SIZE
    assert read(text).refusal is None


def test_many_spellings_are_refused_and_no_mistake() -> None:
    # Each costs another reading.
    text = "".join(f'k{number}: "it\\\'s"\n' for number in range(12_000))
    start = time.perf_counter()
    document = read(text)
    assert time.perf_counter() - start < 60
    assert document.findings == ()
    assert document.refusal == "it has too much in it that only Compose can read"
    assert read(text[: text.index("k200:")]).refusal is None


def test_many_colons_cost_one_more_reading() -> None:
    text = "k: [" + "80:80, http://x?y, " * 50_000 + "]\n"
    start = time.perf_counter()
    assert read(text.replace(" * 50", "")).refusal is None
    assert time.perf_counter() - start < 20


def test_a_text_may_have_all_characters_for_private_use() -> None:
    text = "".join(map(chr, range(0xE000, 0xF900)))
    document = read(f"k: {text}\nl: [80:80]\n")
    assert document.findings == ()
    assert document.refusal == "it has every character that Unicode leaves for private use"
    assert read(f"k: {text}\nl: v\n").refusal is None


def test_respelling_gives_up_where_there_is_nothing_to_respell() -> None:
    assert respell(spell("k: @"), SyntaxProblem("found character", 3)) is None


def test_loading_raises_nothing_on_lone_surrogates() -> None:
    assert read("k: \ud800\n").findings
    assert read("\udcff").findings


@pytest.mark.parametrize("line", ["a: b\n", "- [a, b]\n", "# c\n", "k: 'v'\n---\n", "k: |\n  v\n"])
def test_time_grows_with_the_text(line: str) -> None:
    text = line * 20_000
    start = time.perf_counter()
    Source("test", text)
    read(text)
    # Some 0.3 s; what grows with the square of it would take minutes.
    assert time.perf_counter() - start < 30
