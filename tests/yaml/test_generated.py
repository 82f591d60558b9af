"""Texts of which everything is known: the tree is the one that was meant, at the places meant."""

from __future__ import annotations

import codecs
import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from composecheck.source import decode
from composecheck.yaml import load
from composecheck.yaml.extent import item_spans
from composecheck.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence
from tests.yaml.generated import Writer, Written
from tests.yaml.reading import all_nodes, children, reads_alone, stands_in_order, written


def is_what_was_meant(node: Node, meant: Written) -> None:
    """Assert that a tree is the one that was written."""
    waiting = [(node, meant)]
    while waiting:
        node, meant = waiting.pop()
        here = (type(node), written(node), meant, node.source.text)
        assert type(node).__name__ == meant.kind, here
        assert (node.start, node.end) == (meant.start, meant.end), here
        if isinstance(node, Alias):
            assert node.name == meant.text
            assert node.target is not None
            assert meant.target is not None
            assert node.target.start == meant.target.start
            continue
        properties = node.properties
        assert (properties.tag if properties else None) == meant.tag
        assert (properties.tag_span if properties else None) == meant.tag_span
        assert (properties.anchor if properties else None) == meant.anchor
        assert (properties.anchor_span if properties else None) == meant.anchor_span
        match node:
            case Scalar():
                assert node.text == meant.text, here
                assert node.style is meant.style
            case Mapping():
                assert node.is_flow == meant.is_flow
                assert [entry.start for entry in node.entries] == meant.starts
            case Sequence():
                assert node.is_flow == meant.is_flow
                assert [span.start for span in item_spans(node)] == meant.starts
        waiting.extend(zip(children(node), meant.children, strict=True))


@given(st.integers(0, 2**32), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@settings(max_examples=3000)
def test_what_is_read_is_what_was_written(seed: int, line_break: str, has_mark: bool) -> None:
    writer = Writer(Random(seed), line_break)
    writer.file()
    data = (codecs.BOM_UTF8 if has_mark else b"") + writer.text.encode()
    source = decode(data, "test")
    document = load(source)
    assert source.encode() == data
    assert document.is_complete, document.findings
    for root, meant in zip(document.roots, writer.roots, strict=True):
        is_what_was_meant(root, meant)
        assert stands_in_order(root)
    found = [(comment.span, comment.is_own_line) for comment in document.comments]
    assert found == writer.comments


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_what_was_written_reads_alone(seed: int) -> None:
    writer = Writer(Random(seed))
    writer.file()
    for root in load(decode(writer.text.encode(), "test")).roots:
        for node, column in all_nodes(root):
            is_absent = isinstance(node, Scalar) and node.start == node.end
            # By itself, a tag does not say what it means, and what only Compose reads is no YAML
            # for the parsers that judge here.
            if not (is_absent or "!e!" in written(node) or ONLY_FOR_COMPOSE.search(written(node))):
                assert reads_alone(node, column), written(node)


# In brackets: a colon before a comma or a bracket, a question mark, and unquoted text with a colon.
ONLY_FOR_COMPOSE = re.compile(r"[\[{]")


def test_the_writer_writes_all_there_is() -> None:
    texts = []
    for seed in range(300):
        writer = Writer(Random(seed))
        writer.file()
        texts.append(writer.text)
    everything = "\n".join(texts)
    for sign in ("|-", "|+", ">-", ">+", "|2", "\n---", "\n...", "%TAG", "? ", "&x", "*x", "!e!z"):
        assert sign in everything
    for sign in ("{}", "[", "<<", "\x85", "\u2028", "😀", "\n\n", "'", '"', " #", "\n#"):
        assert sign in everything
