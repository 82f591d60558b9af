"""Fixing: what is made, what is left alone, and what is found afterwards."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from composecheck.check import check_text
from composecheck.finding import Edit, Finding, Fix, Safety
from composecheck.fix import fix, fix_text
from composecheck.source import Span
from composecheck.stages import judge_call
from tests.shared_material import REPOSITORY, ask_compose

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.stages import Judgement

BAD = "version: '3'\nservices:\n  db:\n    image: redis  # keep\n    enviroment:\n      A: b\n"
GOOD = "services:\n  db:\n    image: redis  # keep\n    environment:\n      A: b\n"


def test_safe_fixes_are_made_and_nothing_else_changes() -> None:
    fixed = fix_text(BAD)
    assert fixed.text == GOOD
    assert sorted(finding.rule for finding in fixed.applied) == ["key-obsolete", "key-unknown"]
    assert (fixed.dropped, fixed.remaining.findings) == ((), ())


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n# the end"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_marks_and_the_end_stay(line_end: str, end: str, mark: str) -> None:
    text, good = (
        (each.rstrip("\n") + end).replace("\n", line_end).encode()
        for each in (mark + BAD, mark + GOOD)
    )
    fixed = fix_text(text)
    assert (mark.encode() + fixed.text.encode()) == good


def test_a_second_run_changes_nothing() -> None:
    once = fix_text(BAD, is_unsafe=True).text
    assert fix_text(once, is_unsafe=True).text == once


def test_unsafe_fixes_are_made_when_asked_for() -> None:
    text = "services:\n  db:\n    image: redis\n    volumes:\n      - data:/data\n"
    assert fix_text(text).text == text
    assert fix_text(text).remaining.findings != ()
    fixed = fix_text(text, is_unsafe=True)
    assert fixed.text == f"{text}\nvolumes:\n  data:\n"
    assert fixed.remaining.findings == ()


def test_many_additions_to_one_section_are_made_in_one_run() -> None:
    names = [
        "apples",
        "pears",
        "plums",
        "figs",
        "dates",
        "limes",
        "kiwis",
        "melons",
        "quinces",
        "currants",
        "grapes",
        "olives",
    ]
    mounts = "".join(f"      - {name}:/{name}\n" for name in names)
    text = f"services:\n  db:\n    image: redis\n    volumes:\n{mounts}volumes:\n  other:\n"
    fixed = fix_text(text, is_unsafe=True, ignore=["volume-unused"])
    added = "".join(f"  {name}:\n" for name in names)
    assert fixed.text == text + added
    assert fixed.remaining.findings == ()


def test_only_what_is_selected_is_fixed() -> None:
    fixed = fix_text(BAD, select=["key-unknown"])
    assert fixed.text == BAD.replace("enviroment", "environment")
    assert [finding.rule for finding in fix_text(BAD, ignore=["key-unknown"]).applied] == [
        "key-obsolete"
    ]


def test_what_a_fix_lays_bare_is_fixed_in_turn() -> None:
    # Until the braces are closed, nothing in the file can be judged.
    text = BAD.replace("image: redis", 'image: "mysql')
    assert "key-unknown" not in [finding.rule for finding in check_text(text).findings]
    assert fix_text(text, is_unsafe=True).text == GOOD.replace("image: redis", 'image: "mysql"')


def test_the_sample_of_the_readme(tmp_path: Path) -> None:
    text = (REPOSITORY / "samples/first-steps/docker-compose.yml").read_text(encoding="utf-8")
    fixed = fix_text(text)
    right = text.replace("version : '3'\n\n", "").replace("enviroment:", "environment:")
    right = right.replace("ports :", "ports:")
    assert fixed.text == right
    assert ask_compose(fixed.text, tmp_path).returncode == 0
    assert fix_text(text, is_unsafe=True).text == right.replace("= jjdb", "=jjdb")


def with_wrong_fix(monkeypatch: pytest.MonkeyPatch, edits: dict[str, str]) -> None:
    """Give the fix of `key-unknown` other edits: each replaces a text that stands once."""

    def spoil(finding: Finding) -> Finding:
        text = finding.source.text
        if finding.rule != "key-unknown" or any(old not in text for old in edits):
            return finding
        wrong = tuple(
            Edit(finding.source, Span(text.index(old), text.index(old) + len(old)), new)
            for old, new in edits.items()
        )
        return replace(finding, fix=Fix("Spoil it", Safety.SAFE, wrong))

    def judge(call: object) -> Judgement:
        judgement = judge_call(call)  # type: ignore[arg-type] # passed on as it comes
        return replace(judgement, findings=tuple(map(spoil, judgement.findings)))

    monkeypatch.setattr(import_module("composecheck.projects"), "judge_call", judge)


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ({"enviroment": "environment", "redis": "mariadb"}, "A value would be lost or made up."),
        ({"enviroment": "environment", "  # keep": ""}, "A comment would be lost."),
        ({"enviroment": "environmnt"}, "What it is for would still be there."),
        ({"enviroment": "[environment"}, "The file could not be read any more."),
        ({"enviroment:": "environment: 1", "iroment": "x"}, "Its edits overlap."),
    ],
)
def test_a_fix_that_fails_is_dropped_and_the_others_are_made(
    monkeypatch: pytest.MonkeyPatch, edits: dict[str, str], reason: str
) -> None:
    with_wrong_fix(monkeypatch, edits)
    fixed = fix_text(BAD)
    assert fixed.text == BAD.removeprefix("version: '3'\n")
    assert [(dropped.finding.rule, dropped.reason) for dropped in fixed.dropped] == [
        ("key-unknown", reason)
    ]
    assert [finding.rule for finding in fixed.remaining.findings] == ["key-unknown"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "compose.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "compose.override.yaml").write_text(
        "services:\n  db:\n    lables: {a: b}\n", encoding="utf-8"
    )
    return tmp_path


def test_all_files_of_a_call_are_fixed(here: Path) -> None:
    report = fix()
    assert [file.before.name for file in report.files] == ["compose.yaml", "compose.override.yaml"]
    assert report.remaining.findings == ()
    # Nothing is written yet.
    assert (here / "compose.yaml").read_text(encoding="utf-8") == BAD


def test_of_files_that_belong_together_only_those_that_are_named_are_fixed(here: Path) -> None:
    report = fix([here / "compose.override.yaml"])
    assert [file.path for file in report.files] == [here / "compose.override.yaml"]
    assert {finding.source.name for finding in report.remaining.findings} == {"compose.yaml"}


def test_a_file_that_is_only_included_is_left_alone(here: Path) -> None:
    (here / "compose.override.yaml").unlink()
    (here / "compose.yaml").write_text("include: [other.yaml]\n", encoding="utf-8")
    (here / "other.yaml").write_text(BAD, encoding="utf-8")
    report = fix()
    assert report.files == ()
    assert "key-unknown" in [finding.rule for finding in report.remaining.findings]


@pytest.mark.parametrize("rest", ["services: {a: {image: x}}\n", "services: {a: {imge: x}}\n"])
def test_a_text_keeps_its_byte_order_mark(rest: str) -> None:
    fixed = fix_text("\ufeff" + rest, is_unsafe=True)
    assert fixed.text == "\ufeff" + rest.replace("imge", "image")
