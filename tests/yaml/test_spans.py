"""Every node's span, read by itself, is that node: on all real files, and case by case."""

from __future__ import annotations

import pytest

from composecheck.source import decode
from composecheck.yaml import load
from composecheck.yaml.extent import item_spans
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, tag_of
from tests.shared_material import corpus, requires_shared, yaml_probes
from tests.yaml.reading import (
    all_nodes,
    alone,
    entry_of,
    has_tag_handles,
    read,
    reads_alone,
    root_of,
    stands_in_order,
    value_of,
    written,
)

NO_PARSER_READS = {
    "4ABK": "a colon before a comma, which only Compose takes for the end of a key",
    "652Z": "a question mark at the start of a word in braces, which only Compose takes for text",
    "HRE5": r"\' in double quotes, which only Compose knows",
    "G5U8": "a dash that is text in brackets, and by itself is an item of a list",
    "YJV2": "a dash that is text in brackets, and by itself is an item of a list",
    "UKK6": "a colon that is text in brackets, and by itself is the end of a key",
}
"""Probes of which some node, taken by itself, means something else to the parsers that judge."""


def unreadable_nodes(texts: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], int]:
    """Return what of texts (name, text) does not read alone, and how many nodes they have."""
    wrong = []
    count = 0
    seen: set[int] = set()
    for name, text in texts:
        document = load(decode(text.encode(), name))
        for root in document.roots:
            assert stands_in_order(root), name
            if has_tag_handles(text):  # by itself, a tag does not say what it means
                continue
            for node, column in all_nodes(root):
                count += 1
                if isinstance(node, Scalar) and node.start == node.end:
                    continue  # an absent value has no characters
                snippet, parts = alone(node, column)
                identity = hash((snippet, tuple(parts)))
                if identity not in seen:
                    seen.add(identity)
                    if not reads_alone(node, column):
                        wrong.append((name, snippet))
    return wrong, count


@requires_shared
def test_every_node_of_every_real_file_reads_alone() -> None:
    wrong, count = unreadable_nodes([(file.id, file.text) for file in corpus()])
    assert wrong == []
    assert count > 300_000


@requires_shared
def test_every_node_of_the_probes_reads_alone() -> None:
    wrong, count = unreadable_nodes([(probe.id, probe.text) for probe in yaml_probes()])
    assert {name.split("-")[0] for name, _ in wrong} == set(NO_PARSER_READS)
    assert count > 2000


SPANS = [
    # the text, and what the value of `k` is written as
    ("k: v", "v"),
    ("k:   v  # c", "v"),
    ("k: a\n  b  \n\nl: w", "a\n  b"),
    ("k: 'v' # c", "'v'"),
    ('k: "a\n  b" # c', '"a\n  b"'),
    ("k: |\n  a\n\n\nl: w", "|\n  a\n"),
    ("k: |-\n  a\n\n\nl: w", "|-\n  a"),
    ("k: |+\n  a\n\n\nl: w", "|+\n  a\n\n\n"),
    ("k: >\n  a\n # c\nl: w", ">\n  a\n"),
    ("k: >2-\n    a\n\n", ">2-\n    a"),
    ("k: |  # c\n  a\n", "|  # c\n  a\n"),
    ("k: |\n  a", "|\n  a"),
    ("k: |-  # c\n\n\nl: w", "|-"),
    ("k: |+\n\n\nl: w", "|+\n\n\n"),
    ("k: |2-\n  \n    \n \nl: w", "|2-\n  \n    "),
    ("k: |\r\n  a\r\n\r\n", "|\r\n  a\r\n"),
    ("k: &a v", "&a v"),
    ("k: !!str &a v", "!!str &a v"),
    ("k: &a\n  !!str # c\n  v", "&a\n  !!str # c\n  v"),
    ("k: &a # c\nl: w", "&a"),
    ("k: ! v", "! v"),
    ("k: [a, b] # c", "[a, b]"),
    ("k: !t {a: [b]}", "!t {a: [b]}"),
    ("k:\n  # c\n  - a\n  # d\n  - b # e\n# f\nl: w", "- a\n  # d\n  - b"),
    ("k:\n- a\n\n-\nl: w", "- a\n\n-"),
    ("k: &a\n  b: c\n\n  d:\nl: w", "&a\n  b: c\n\n  d:"),
    ("k:\n  ? a # c\n  : b\n", "? a # c\n  : b"),
    ("k:\n  ? a\nl: w", "? a"),
    ("k:\n  b: |\n    c\n\n\nl: w", "b: |\n    c\n"),
    ("k: ! # c", "!"),
]


@pytest.mark.parametrize(("text", "value"), SPANS, ids=[text for text, _ in SPANS])
def test_a_value_is_what_stands_for_it(text: str, value: str) -> None:
    assert written(value_of(text)) == value


EMPTY = [
    # the text up to an absent value, and what follows
    ("k:", ""),
    ("k:", " # c\nl: w"),
    ("k:", "\n# c\n\nl: w"),
    ("k :", " \n"),
    ("'k':", "\n"),
    ("{k:", " }"),
    ("{k", "}"),
    ("{k", " , l: w}"),
    ("{k:", ", l: w}"),
    ("{'k':", "}"),
    ("{? k", " , l: w}"),
    ("{? k\n :", " , l: w}"),
    ("? k", "\n# c\n? l\n"),
    ("? k", "\n:l: w\n"),
    ("? k # c\n:", "\nl: w"),
]


@pytest.mark.parametrize(("before", "after"), EMPTY, ids=[f"{a}^{b}" for a, b in EMPTY])
def test_an_absent_value_stands_behind_its_colon(before: str, after: str) -> None:
    value = value_of(before + after)
    assert isinstance(value, Scalar)
    assert value.text == ""
    assert value.span.start == value.span.end == len(before)


def test_an_absent_item_stands_behind_its_dash() -> None:
    sequence = root_of("-\n- # c\n-   \n-")
    assert [child.start for child, _ in all_nodes(sequence)] == [0, 1, 3, 9, 14]


KEYS = [("?\n: v\n", 1), ("{? : v}", 2), ("{a: b, ? # c\n : v}", 8)]


@pytest.mark.parametrize(("text", "place"), KEYS)
def test_an_absent_key_stands_behind_its_question_mark(text: str, place: int) -> None:
    # Compose refuses such a key; the tree is there all the same.
    absent = [node for node, _ in all_nodes(read(text).roots[0]) if not written(node)]
    assert place in [node.start for node in absent]


def test_a_colon_further_down_may_belong_to_another_mapping() -> None:
    root = read("? ? a\n: b\n").roots[0]
    assert isinstance(root, Mapping)
    assert written(root.entries[0].key) == "? a"
    assert written(root.entries[0].value) == "b"


ENTRIES = [
    ("k: v # c\nl: w", "k: v"),
    ("k:\nl: w", "k:"),
    ("? k\n: v", "? k\n: v"),
    ("# ? x\n? # c\n  k # d\n: # e\n  v\n", "? # c\n  k # d\n: # e\n  v"),
    ("l: what ?\nk: v", "k: v"),
    ("l: |\n  what ?\nk: v", "k: v"),
    ("l: what # or ?\nk: v", "k: v"),
    ("{? k : v, l: w}", "? k : v"),
    ("{l: w, # ?\n ? k : v}", "? k : v"),
    ("{l: w?, k: v}", "k: v"),
    ("{l: w, k}", "k"),
    ("&a k: v", "&a k: v"),
    ("? k", "? k"),
]


@pytest.mark.parametrize(("text", "entry"), ENTRIES, ids=[text for text, _ in ENTRIES])
def test_an_entry_is_its_key_and_value(text: str, entry: str) -> None:
    assert written(entry_of(root_of(text), "k")) == entry


ITEMS = [
    ("- a\n- b", ["- a", "- b"]),
    ("-   a # c - d\n\n-\n  b", ["-   a", "-\n  b"]),
    ("- # c -\n  a\n- # - # -\n\n  # - -\n  b", ["- # c -\n  a", "- # - # -\n\n  # - -\n  b"]),
    ("- - a\n  - b\n-", ["- - a\n  - b", "-"]),
    ("- |\n  a\n\n\n# c\n- >-\n  b\n\n- c", ["- |\n  a\n", "- >-\n  b", "- c"]),
    ("&s\n- a\n# c\n- &x b", ["- a", "- &x b"]),
    ("-\r\n  a\r\n\r\n- b\r\n", ["-\r\n  a", "- b"]),
    ("- -a\n- - -\n", ["- -a", "- - -"]),
    ("[a, 'b' , [c]]", ["a", "'b'", "[c]"]),
]


@pytest.mark.parametrize(("text", "items"), ITEMS, ids=[text for text, _ in ITEMS])
def test_an_item_is_found_with_its_dash(text: str, items: list[str]) -> None:
    sequence = root_of(text)
    assert isinstance(sequence, Sequence)
    assert [text[span.start : span.end] for span in item_spans(sequence)] == items


PAIRS = ["a: b", "'a':b", "a: [b]", "? a : b", "a: ", "? a", "&x a: b", "a: &x"]


@pytest.mark.parametrize("pair", PAIRS)
def test_a_single_pair_ends_with_its_value(pair: str) -> None:
    sequence = root_of(f"[{pair}  , c]")
    assert isinstance(sequence, Sequence)
    mapping = sequence.items[0]
    assert isinstance(mapping, Mapping)
    assert mapping.is_flow
    assert written(mapping) == pair.rstrip()


PROPERTIES = [
    # the value, its tag and anchor, as they are written, and its content
    ("!!str &a v", "tag:yaml.org,2002:str", "!!str", "&a", "v"),
    ("&a !!str v", "tag:yaml.org,2002:str", "!!str", "&a", "v"),
    ("&a # !t\n  !t\n\n  v", "!t", "!t", "&a", "v"),
    ("!<tag:e.org,2000:a> v", "tag:e.org,2000:a", "!<tag:e.org,2000:a>", "", "v"),
    ("!a%41 v", "!aA", "!a%41", "", "v"),
    ("!reset []", "!reset", "!reset", "", "[]"),
    ("&a-b_1 {b: c}", None, "", "&a-b_1", "{b: c}"),
    ("&a\n  b: c", None, "", "&a", "b: c"),
    ("! v", None, "!", "", "v"),
    ("&a |\n  b\n", None, "", "&a", "|\n  b\n"),
    ("&a", None, "", "&a", ""),
    ("!t   # c", "!t", "!t", "", ""),
]


@pytest.mark.parametrize(
    ("value", "tag", "written_tag", "anchor", "content"),
    PROPERTIES,
    ids=[row[0] for row in PROPERTIES],
)
def test_tags_and_anchors_have_places(
    value: str, tag: str | None, written_tag: str, anchor: str, content: str
) -> None:
    node = value_of(f"k: {value}\n")
    assert isinstance(node, Scalar | Mapping | Sequence)
    properties = node.properties
    assert properties is not None
    text = node.source.text
    spans = (properties.tag_span, properties.anchor_span)
    assert [text[span.start : span.end] if span else "" for span in spans] == [written_tag, anchor]
    assert (properties.anchor or "") == anchor[1:]
    if written_tag != "!":  # to parsers, that one is as good as none
        assert tag_of(node) == tag
    assert text[properties.content_start : node.end] == content
    assert node.start == min(span.start for span in spans if span)


def test_an_alias_has_a_place_and_a_target() -> None:
    root = root_of("a: &x {b: c}\nk: *x # d\n")
    alias = entry_of(root, "k").value
    assert written(alias) == "*x"
    assert getattr(alias, "target", None) is entry_of(root, "a").value
