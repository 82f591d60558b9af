"""The C parser and the one in Python give the same trees: it matters little which is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ruamel.yaml.error import YAMLError

from composecheck.source import Source, decode
from composecheck.yaml import load
from composecheck.yaml.composer import compose
from composecheck.yaml.events import Events, read_in_c, read_in_python
from composecheck.yaml.limits import TooMuch
from composecheck.yaml.spelling import spell
from tests.shared_material import corpus, requires_shared, yaml_probes
from tests.yaml.reading import Part, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ONLY_PYTHON_READS = {
    "3ebdd065b0f595c9": "a colon within unquoted text in brackets, such as [80:80]",
    "898fb804a0dc0dcb": "a colon within unquoted text in brackets, such as [80:80]",
    "a4aed70b9aed0228": "a colon within unquoted text in brackets, such as [80:80]",
    "c2a4583b9bde28e5": "a colon within unquoted text in brackets, such as [80:80]",
}
"""Real files that libyaml refuses as they are written; we spell them otherwise for it."""

READ_OTHERWISE = {
    "Y2GN": "`&an:chor`: to libyaml and to Compose, the anchor ends at the colon",
}
"""Probes of which the two parsers make different trees."""


def tree(source: Source, read: Callable[[str], Iterator[object]]) -> list[list[Part]] | None:
    """Return all there is to compare about a file, or None if this parser refuses it."""
    events = Events(spell(source.text), read)
    try:
        roots, _ = compose(source, events)
    except (TooMuch, YAMLError):
        return None
    return None if events.problem else [places_of(root) for root in roots]


@requires_shared
def test_both_parsers_give_the_same_trees_of_real_files() -> None:
    only_one = set()
    read_by_both = 0
    for file in corpus():
        source = decode(file.text.encode(), file.id)
        in_c, in_python = tree(source, read_in_c), tree(source, read_in_python)
        if in_c is None or in_python is None:
            if in_c is not None or in_python is not None:
                only_one.add((file.id, "C" if in_python is None else "Python"))
            continue
        read_by_both += 1
        assert in_c == in_python, file.id
    assert only_one == {(name, "Python") for name in ONLY_PYTHON_READS}
    assert read_by_both == 3765


@requires_shared
def test_a_respelled_file_gives_the_tree_that_python_reads() -> None:
    respelled = [file for file in corpus() if file.id in ONLY_PYTHON_READS]
    assert len(respelled) == 4
    for file in respelled:
        source = decode(file.text.encode(), file.id)
        assert [places_of(root) for root in load(source).roots] == tree(source, read_in_python)


@requires_shared
def test_both_parsers_give_the_same_trees_of_probes() -> None:
    different = set()
    for probe in yaml_probes():
        source = Source(probe.id, probe.text)
        in_c, in_python = tree(source, read_in_c), tree(source, read_in_python)
        if in_c is not None and in_python is not None and in_c != in_python:
            different.add(probe.id.split("-")[0])
    assert different == set(READ_OTHERWISE)


@pytest.mark.parametrize("read", [read_in_c, read_in_python])
def test_the_tag_may_stand_before_the_anchor(read: Callable[[str], Iterator[object]]) -> None:
    source = Source("test", "k: !t # c\n  &a v\nl: &b !<x> w\nm: !!str &c\n")
    assert tree(source, read) == tree(source, read_in_c)
    parts = tree(source, read)
    assert parts is not None
    assert ("Scalar", 3, 16) in [part[:3] for part in parts[0]]


def test_without_the_c_parser_files_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composecheck.yaml.events.CParser", None)
    text = 'k: &a [80:80, "it\\\'s"]\nl: *a\nm: |\n  v\n'
    document = load(Source("test", text))
    assert document.findings == ()
    monkeypatch.undo()
    (in_python,), (in_c,) = document.roots, load(Source("test", text)).roots
    assert places_of(in_python) == places_of(in_c)
    monkeypatch.setattr("composecheck.yaml.events.CParser", None)
    assert load(Source("test", "[" * 5000)).refusal
    assert load(Source("test", "k: [a\n")).findings
