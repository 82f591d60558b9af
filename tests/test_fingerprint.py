"""Fingerprints hold still while lines move, and no two are equal."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest

from composecheck import fingerprint as module
from composecheck.finding import Finding, Path, Severity
from composecheck.fingerprint import fingerprint, fingerprints, identify
from composecheck.source import Source, Span

TEXT = "services:\n  web:\n    image: nginx\n"


def _finding(
    text: str = TEXT,
    *,
    at: str = "image",
    rule: str = "some-rule",
    path: Path = ("services", "web", "image"),
    name: str = "compose.yaml",
    message: str = "It is so.",
) -> Finding:
    start = text.index(at)
    source = Source(name, text)
    return Finding(rule, Severity.NOTE, message, source, Span(start, start + len(at)), path=path)


def test_lines_and_messages_may_change() -> None:
    moved = _finding("# a line more\n\n" + TEXT, message="Said otherwise.")
    assert fingerprint(_finding(), 0) == fingerprint(moved, 0)


@pytest.mark.parametrize(
    "other",
    [
        _finding(rule="other-rule"),
        _finding(name="other.yaml"),
        _finding(path=("services", "web", "ports")),
        _finding(path=("services", "web")),
        _finding(path=()),
    ],
)
def test_another_rule_file_or_place_is_another_finding(other: Finding) -> None:
    assert fingerprint(_finding(), 0) != fingerprint(other, 0)


def test_a_key_that_looks_like_an_index_is_not_one() -> None:
    assert fingerprint(_finding(path=("a", "0")), 0) != fingerprint(_finding(path=("a", 0)), 0)


def test_without_a_place_in_the_tree_the_line_counts() -> None:
    here = identify(_finding(path=()))
    assert here.line == "image: nginx"
    assert here == identify(_finding("\n\n" + TEXT.replace("    image", "  image"), path=()))
    assert here != identify(_finding(TEXT.replace("nginx", "caddy"), path=()))


def test_equal_findings_are_told_apart_by_their_order() -> None:
    prints = fingerprints([_finding(), _finding(rule="other-rule"), _finding(), _finding()])
    assert len(set(prints)) == 4
    assert prints[0] == fingerprint(_finding(), 0)
    assert prints[3] == fingerprint(_finding(), 2)


def test_it_is_what_it_was_in_the_versions_before() -> None:
    """Reports in the hands of others refer to it: a change makes every old finding a new one."""
    assert fingerprints([_finding(), _finding(path=())]) == [
        "1e2d748be6742752333bf20cdedb5ac6",
        "c462384b4e2d681fa4dd83d64964cefd",
    ]


def test_what_no_encoding_can_write_is_no_obstacle() -> None:
    odd = _finding(path=("services", "\udc80"), name="b\udcffd.yaml")
    assert len(fingerprint(odd, 0)) == 32


def test_folders_are_separated_alike_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    there = fingerprint(_finding(name="deploy/compose.yaml"), 0)
    monkeypatch.setattr(module, "PurePath", PureWindowsPath)
    assert fingerprint(_finding(name="deploy\\compose.yaml"), 0) == there
