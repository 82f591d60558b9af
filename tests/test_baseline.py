"""A baseline: what is known is not told again, and what is new is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from composecheck.baseline import (
    Baseline,
    InvalidBaseline,
    Outcome,
    apply,
    describe_gone,
    read_baseline,
    render_baseline,
)
from composecheck.finding import Finding, Severity
from composecheck.source import Source, Span

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Path as TreePath

TEXT = "services:\n  web:\n    image: nginx\n    ports: [x]\n"


@pytest.fixture(autouse=True)
def _working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def finding(
    rule: str = "port-invalid",
    path: TreePath = ("services", "web", "ports", 0),
    *,
    name: str = "compose.yaml",
    text: str = TEXT,
    at: str = "ports",
    message: str = "It is so.",
) -> Finding:
    start = text.index(at)
    source = Source(name, text)
    span = Span(start, start + len(at))
    return Finding(rule, Severity.WARNING, message, source, span, path=path)


def baseline_of(folder: Path, *findings: Finding) -> Baseline:
    """Write a baseline that knows findings, and read it back."""
    path = folder / "baseline.json"
    path.write_text(render_baseline(findings, path), encoding="utf-8")
    return read_baseline(path)


def judge(folder: Path, known: list[Finding], now: list[Finding], *checked: str) -> Outcome:
    return apply(baseline_of(folder, *known), now, checked or ("compose.yaml",))


def test_what_is_known_is_not_told_again(tmp_path: Path) -> None:
    old, new = finding(), finding("key-unknown")
    outcome = judge(tmp_path, [old], [new, old])
    assert (outcome.kept, outcome.matched, outcome.gone) == ((new,), (old,), ())


def test_lines_and_words_may_change(tmp_path: Path) -> None:
    moved = finding(text=f"# a line more\n{TEXT}", message="Said otherwise.")
    assert judge(tmp_path, [finding()], [moved]).kept == ()
    worse = replace(moved, severity=Severity.ERROR)
    assert judge(tmp_path, [finding()], [worse]).kept == ()


@pytest.mark.parametrize(
    "other",
    [
        finding("key-unknown"),
        finding(path=("services", "web", "ports", 1)),
        finding(path=("services", "web", "ports", "0")),
        finding(path=()),
        finding(name="other.yaml"),
    ],
)
def test_another_rule_place_or_file_is_new(tmp_path: Path, other: Finding) -> None:
    outcome = judge(tmp_path, [finding()], [other])
    assert outcome.kept == (other,)
    assert len(outcome.gone) == 1


def test_without_a_place_in_the_tree_the_text_of_the_line_counts(tmp_path: Path) -> None:
    known = finding(path=())
    assert judge(tmp_path, [known], [finding(path=(), text=f"\n{TEXT}")]).kept == ()
    changed = finding(path=(), text=TEXT.replace("[x]", "[x, y]"))
    assert judge(tmp_path, [known], [changed]).kept == (changed,)


def test_two_that_are_equal_need_two_entries(tmp_path: Path) -> None:
    same = [finding(message=str(number)) for number in range(3)]
    outcome = judge(tmp_path, same[:2], same)
    assert outcome.matched == tuple(same[:2])
    assert outcome.kept == (same[2],)
    assert len(judge(tmp_path, same, same[:1]).gone) == 2


def test_the_text_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    findings = [finding(), finding("key-unknown"), finding(path=()), finding(name="a/b.yaml")]
    text = render_baseline(findings, tmp_path / "baseline.json")
    assert render_baseline(reversed(findings), tmp_path / "baseline.json") == text
    assert (
        text
        == """\
{
  "version": 1,
  "findings": [
    {"file": "a/b.yaml", "path": ["services", "web", "ports", 0], "rule": "port-invalid"},
    {"file": "compose.yaml", "line": "ports: [x]", "rule": "port-invalid"},
    {"file": "compose.yaml", "path": ["services", "web", "ports", 0], "rule": "key-unknown"},
    {"file": "compose.yaml", "path": ["services", "web", "ports", 0], "rule": "port-invalid"}
  ]
}
"""
    )
    assert json.loads(text)["version"] == 1


def test_nothing_known(tmp_path: Path) -> None:
    assert render_baseline([], tmp_path / "b.json") == '{\n  "version": 1,\n  "findings": []\n}\n'
    new = finding()
    assert judge(tmp_path, [], [new]) == Outcome((new,), (), ())


def test_files_are_seen_from_the_folder_of_the_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ci").mkdir()
    (tmp_path / "app").mkdir()
    path = tmp_path / "ci" / "baseline.json"
    text = render_baseline([finding(name="app/compose.yaml")], path)
    assert '"../app/compose.yaml"' in text
    path.write_text(text)
    for folder, name in (
        (tmp_path, "app/compose.yaml"),
        (tmp_path / "app", "compose.yaml"),
        (tmp_path / "ci", str(tmp_path / "app" / "compose.yaml")),
    ):
        monkeypatch.chdir(folder)
        assert apply(read_baseline(path), [finding(name=name)], [name]).kept == ()


def test_standard_input_is_no_file(tmp_path: Path) -> None:
    known = finding(name="<stdin>")
    assert '"<stdin>"' in render_baseline([known], tmp_path / "deep" / "b.json")
    assert judge(tmp_path, [known], [known], "<stdin>").kept == ()
    assert judge(tmp_path, [known], [], "compose.yaml").gone == ()


def test_bytes_that_are_no_text_are_kept(tmp_path: Path) -> None:
    known = [finding(path=("services", "\udcff")), finding(path=("services", "é"))]
    assert judge(tmp_path, known, known).kept == ()
    assert "é" in (tmp_path / "baseline.json").read_text(encoding="utf-8")


def test_only_what_was_looked_at_can_be_gone(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").touch()
    known = [finding(), finding(name="other.yaml"), finding(name="removed.yaml")]
    outcome = judge(tmp_path, known, [], "compose.yaml")
    assert [entry.file for entry in outcome.gone] == ["compose.yaml", "removed.yaml"]


def test_what_is_gone_is_told_in_a_line(tmp_path: Path) -> None:
    assert describe_gone((), "b.json") is None
    gone = judge(tmp_path, [finding()], []).gone
    assert describe_gone(gone, "b.json") == (
        'One entry of the baseline "b.json" matches nothing any more ("port-invalid" in'
        ' "compose.yaml"). Write it anew with --write-baseline.'
    )
    gone = judge(tmp_path, [finding(rule) for rule in "abba"], []).gone
    assert describe_gone(gone, "b.json") == (
        '4 entries of the baseline "b.json" match nothing any more ("a" in "compose.yaml", "b" in'
        ' "compose.yaml"). Write it anew with --write-baseline.'
    )
    gone = judge(tmp_path, [finding(rule) for rule in "abcd"], []).gone
    assert " and 2 more). Write it anew" in str(describe_gone(gone, "b.json"))


ENTRY = {"file": "a", "rule": "b", "path": ["c", 0]}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "b.json:1:1: This is no JSON: expecting value."),
        (b'{"version": 1,\n}', "b.json:2:1: This is no JSON: "),
        (b"\xff", "b.json: This is no baseline: it is not stored as UTF-8."),
        (b"[" * 100_000, "b.json: This is no baseline."),
        (b"9" * 5000, "b.json: This is no baseline."),
        (b"[]", 'b.json: This is no baseline: it lacks "version" and "findings".'),
        (b"{}", 'b.json: This is no baseline: it lacks "version" and "findings".'),
        ({"version": 2, "findings": []}, "b.json: This baseline is of a version that"),
        ({"version": True, "findings": []}, "b.json: This baseline is of a version that"),
        ({"version": 1, "findings": {}}, 'b.json: "findings" is no list.'),
        ({"version": 1, "findings": [ENTRY, 3]}, "b.json: Entry 2 of the baseline is damaged."),
        *(
            ({"version": 1, "findings": [{**ENTRY, **change}]}, "b.json: Entry 1 of the baseline")
            for change in (
                {"file": 1},
                {"rule": None},
                {"path": "c"},
                {"path": [True]},
                {"path": [1.5]},
                {"line": 1},
                {"more": 1},
            )
        ),
    ],
)
def test_what_is_no_baseline_is_refused(
    tmp_path: Path, data: bytes | dict[str, Any], reason: str
) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    with pytest.raises(InvalidBaseline) as caught:
        read_baseline(path, "b.json")
    assert str(caught.value).startswith(reason)
    assert str(caught.value).endswith(".")


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    text = render_baseline([finding()], path).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert apply(read_baseline(path), [finding()], ["compose.yaml"]).kept == ()


def test_a_baseline_that_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "Is a directory"), (tmp_path / "x", "No such file")):
        with pytest.raises(InvalidBaseline, match=f"The baseline cannot be read: {reason}"):
            read_baseline(path)
