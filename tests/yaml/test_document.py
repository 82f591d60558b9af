"""A file as a whole: its bytes, its documents, and what is left of it behind a mistake."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composecheck.source import Source, decode
from composecheck.yaml import load
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence
from composecheck.yaml.scalars import resolve
from tests.shared_material import ask_compose, corpus, probes, requires_shared
from tests.yaml.reading import SERVICES, entry_of, read, root_of, value_of, written

if TYPE_CHECKING:
    from pathlib import Path


@requires_shared
def test_every_real_file_gives_back_its_bytes() -> None:
    marks = 0
    for file in corpus():
        data = file.text.encode()
        document = load(decode(data, file.id))
        assert document.source.encode() == data, file.id
        assert document.text == document.source.text
        marks += bool(document.source.byte_order_mark)
    assert marks == 5


@requires_shared
def test_every_probe_gives_back_its_bytes() -> None:
    for probe in probes():
        assert load(decode(probe["data"], "test")).source.encode() == probe["data"]


ENCODINGS = [
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


@pytest.mark.parametrize(("mark", "encoding"), ENCODINGS)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(
    mark: bytes, encoding: str, line_break: str, tmp_path: Path
) -> None:
    text = (SERVICES + "x-é: |\n  \U0001f600\n  \ud55c\nx-b: c\n").replace("\n", line_break)
    data = mark + text.encode(encoding)
    assert ask_compose(data, tmp_path).returncode == 0
    document = load(decode(data, "test"))
    assert document.source.encode() == data
    assert document.findings == ()
    (root,) = document.roots
    value = entry_of(root, "x-é").value
    assert isinstance(value, Scalar)
    assert value.text == "\U0001f600\n\ud55c\n"
    assert written(value) == "|\n  \U0001f600\n  \ud55c\n".replace("\n", line_break)
    assert written(entry_of(root, "x-b")) == "x-b: c"


# Of two, Compose itself makes nonsense (`x-a` becomes `-a`); we only have to keep our places.
@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF8 * 2])
def test_byte_order_marks_move_nothing(mark: bytes) -> None:
    data = mark + f"{SERVICES}x-a: b\n".encode()
    document = load(decode(data, "test"))
    assert document.findings == ()
    assert document.source.encode() == data
    assert written(entry_of(document.roots[0], "x-a").value) == "b"


def test_a_byte_order_mark_elsewhere_is_text(tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: [\n\ufeffb]\n"
    assert ask_compose(text, tmp_path).returncode == 0
    sequence = entry_of(root_of(text), "x-a").value
    assert isinstance(sequence, Sequence)
    assert [written(item) for item in sequence.items] == ["\ufeffb"]


@given(st.binary(max_size=40))
def test_any_bytes_can_be_loaded(data: bytes) -> None:
    document = load(decode(data, "test"))
    assert document.source.encode() == data
    for finding in document.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(document.text)


@given(
    st.text(
        st.sampled_from("ab:-?|>[]{},&*!%@`'\"\\#\n\r\t \x85\u2028\ufeff.<~1é\U0001f600"),
        max_size=25,
    )
)
def test_any_text_can_be_loaded(text: str) -> None:
    document = read(text)
    assert document.refusal is None or not document.findings
    for root in document.roots:
        assert 0 <= root.start <= root.end <= len(text)
    assert [comment.text[0] for comment in document.comments] == ["#"] * len(document.comments)


BROKEN = [
    b"\xff",
    b"a: \xe9\n",
    b"\xff\xfea",
    b"\xfe\xff\x00",
    b"\xff\xfe\x00\xd8",
    b"\xff\xfe",
    b"\xef\xbb\xbf\xff",
    b"a: \xed\xa0\x80\n",
    b"a\x00b",
    b"a: \xf4\x90\x80\x80\n",
]


@pytest.mark.parametrize("data", BROKEN)
def test_bytes_that_are_no_text(data: bytes, tmp_path: Path) -> None:
    assert ask_compose(data, tmp_path).returncode != 0
    document = load(decode(data, "test"))
    assert document.source.encode() == data
    assert document.roots == ()
    assert document.findings or data == b"\xff\xfe"  # that one is an empty file


# Documents.

DOCUMENTS = [
    ("", 0),
    ("# c\n", 0),
    ("...\n", 0),
    ("# c\n...\n# d\n...\n", 0),
    ("---\n", 1),
    ("a: b\n", 1),
    ("--- a\n", 1),
    ("---\na: b\n...\n", 1),
    ("a: b\n...\n# c\n", 1),
    ("a: b\n---\nc: d\n", 2),
    ("a: b\n---\n", 2),
    ("a: b\n---\n---\n# c\n--- d\n", 4),
    ("...\na: b\n...\n...\n---\nc: d\n", 2),
    ("%YAML 1.1\n---\na: b\n...\n%YAML 1.1\n---\nc: d\n", 2),
    ("--- |\n  a\n--- >\n  b\n", 2),
    ("[a]\n--- {b}\n", 2),
]


@pytest.mark.parametrize(("text", "count"), DOCUMENTS)
def test_all_documents_are_read(text: str, count: int) -> None:
    document = read(text)
    assert document.findings == ()
    assert document.is_complete
    assert len(document.roots) == count


def test_mistakes_in_later_documents_are_found(tmp_path: Path) -> None:
    mistakes = ["a: {b: 1, b: 2}", "a: [", "a: *b", "a: {1: 2}", "a: {[b]: c}", "a: {<<: b}"]
    for mistake in mistakes:
        text = f"{SERVICES}---\nx-{mistake}\n"
        assert ask_compose(text, tmp_path).returncode != 0, mistake
        document = read(text)
        assert document.findings, mistake
        assert written(document.roots[0]) + "\n" == SERVICES


@pytest.mark.parametrize("end", ["", "...\n"])
def test_tag_handles_hold_for_one_document(end: str, tmp_path: Path) -> None:
    declared = "%TAG !e! tag:e.org,2000:\n---\n"
    text = f"{declared}{SERVICES}{end}---\nx-a: !e!b c\n"
    assert "undefined tag handle" in ask_compose(text, tmp_path).stderr
    assert len(read(text).findings) == 1
    text = f"{declared}{SERVICES}...\n{declared}x-a: !e!b c\n"
    assert ask_compose(text, tmp_path).returncode == 0
    assert read(text).findings == ()


# After a mistake.


def test_what_stands_before_a_syntax_error_is_kept() -> None:
    document = read("a: b\n---\nc: d\n---\ne: [f\n")
    assert not document.is_complete
    assert [written(root) for root in document.roots] == ["a: b", "c: d"]
    assert len(document.findings) == 1


def test_keys_that_are_twice_are_found_in_the_part_that_was_read() -> None:
    text = "a: {b: 1, b: 2}\nc:\n  d: 1\n  e: 2\n  d: 3\nf:\n  g: 1\n  g: 2\n  h: 'open\n"
    document = read(text)
    assert not document.is_complete
    duplicates = [finding for finding in document.findings if finding.rule == "yaml-duplicate-key"]
    assert [text[finding.span.start : finding.span.end] for finding in duplicates] == [
        "b",
        "d",
        "g",
    ]
    assert [finding.path for finding in duplicates] == [("a", "b"), ("c", "d"), ("f", "g")]
    others = [finding for finding in document.findings if finding not in duplicates]
    assert [finding.rule for finding in others] == ["yaml-quote"]


def test_an_open_mapping_is_checked_at_every_level() -> None:
    document = read("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n  d: [\n")
    rules = [finding.rule for finding in document.findings]
    assert rules.count("yaml-duplicate-key") == 2
    assert len(rules) == 3


def test_mistakes_of_structure_leave_the_tree_whole() -> None:
    document = read("a: *b\nc: 1\nc: 2\nd: {1: e}\n")
    assert document.is_complete
    (root,) = document.roots
    assert isinstance(root, Mapping)
    assert len(root.entries) == 4
    assert len(document.findings) == 3


# What a scalar means and what stands for it.

BLOCKS = [
    ("|\n  a\n\n  b\n\n", "a\n\nb\n"),
    ("|-\n  a\n\n", "a"),
    ("|+\n  a\n\n", "a\n\n"),
    (">\n  a\n  b\n\n  c\n", "a b\nc\n"),
    (">-\n  a\n   b\n  c\n", "a\n b\nc"),
    (">+\n  a\n\n", "a\n\n"),
    ("|2-\n    a\n   b\n", "  a\n b"),
    ("|-2\n    a\n", "  a"),
    ("|\n  # a\n", "# a\n"),
]


@pytest.mark.parametrize(("value", "text"), BLOCKS)
def test_block_scalars_keep_their_text(value: str, text: str) -> None:
    node = value_of(f"k: {value}l: m\n")
    assert isinstance(node, Scalar)
    assert node.text == text
    assert node.style.is_block
    assert resolve(node) == text


JSON = '{"a": [1, 2.5, true, null, "b\\u00e9\\n"], "c": {"d": {}}, "e":[]}'


def test_json_is_yaml() -> None:
    root = root_of(JSON)
    assert isinstance(root, Mapping)
    assert root.is_flow
    assert written(root) == JSON
    sequence = entry_of(root, "a").value
    assert isinstance(sequence, Sequence)
    values = [resolve(item) for item in sequence.items if isinstance(item, Scalar)]
    assert values == [1, 2.5, True, None, "bé\n"]


def test_an_alias_is_a_node_of_its_own() -> None:
    sequence = value_of("a: &x [b]\nk: [*x, *x]\n")
    assert isinstance(sequence, Sequence)
    first, second = sequence.items
    assert isinstance(first, Alias)
    assert isinstance(second, Alias)
    assert first is not second
    assert first.target is second.target
    assert first.start < second.start


def test_nodes_know_their_file() -> None:
    source = Source("compose.yaml", "a: b\n")
    (root,) = load(source).roots
    assert root.source is source
