"""What is said of `extends`, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from tests.rules.value_rules import characters, find, find_in
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "services: {base: {image: x}, other: {image: x}}"

REFUSED = (
    (
        "services: {base: {image: x}, a: {extends: bsae}}",
        "extends-undefined",
        "bsae",
        "services: {base: {image: x}, a: {extends: base}}",
    ),
    (
        'services: {base: {image: x}, a: {extends: {service: "bsae"}}}',
        "extends-undefined",
        '"bsae"',
        'services: {base: {image: x}, a: {extends: {service: "base"}}}',
    ),
    (
        "services: {a: {extends: {file: o.yaml, service: bse}}}",
        "extends-undefined",
        "bse",
        None,
    ),
    (
        "services: {a: {extends: {file: none.yaml, service: b}}}",
        "extends-undefined",
        "none.yaml",
        None,
    ),
    ("services: {a: {image: x, extends: a}}", "extends-cycle", "a", None),
    (
        "services: {a: {extends: {file: absent.yaml, service: b}}}",
        "extends-file-absent",
        "absent.yaml",
        None,
    ),
    (
        "services: {a: {extends: {file: folder, service: b}}}",
        "extends-file-absent",
        "folder",
        None,
    ),
)


@pytest.mark.parametrize(("text", "rule", "wanted", "fixed"), REFUSED)
def test_refused(text: str, rule: str, wanted: str, fixed: str | None, tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "none.yaml").write_text("volumes: {}", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    (finding,) = find_in(tmp_path)
    assert (finding.rule, characters(finding)) == (rule, wanted)
    assert finding.severity is Severity.ERROR
    assert ask_compose(text, tmp_path).returncode != 0
    if fixed is not None:
        assert finding.fix is not None
        assert splice(text, finding.fix.edits) == fixed
        assert ask_compose(fixed, tmp_path).returncode == 0


def test_says_which_services_there_are() -> None:
    (finding,) = find(
        "services: {a: {extends: {file: o.yaml, service: zzz}}}", files={"o.yaml": OTHER}
    )
    assert finding.text == (
        'There is no service "zzz" in "o.yaml" to extend; Compose refuses the project. Write the'
        ' name of one that is there: "base" and "other".'
    )


def test_circle_is_told_step_by_step(tmp_path: Path) -> None:
    text = "services: {a: {image: x, extends: b}, b: {extends: c}, c: {extends: a}}"
    (finding,) = find(text)
    assert '"a" → "b" → "c" → "a"' in finding.message
    assert characters(finding) == "a"
    assert [place.message for place in finding.related] == ['"a" extends "b".', '"b" extends "c".']
    assert ask_compose(text, tmp_path).returncode != 0


def test_absent_file_is_a_note_in_the_text_and_told_once() -> None:
    text = (
        "services: {a: {extends: {file: o.yaml, service: a}},"
        " b: {extends: {file: o.yaml, service: b}}}"
    )
    (finding,) = find(text, is_here=False)
    assert (finding.rule, finding.severity) == ("extends-file-absent", Severity.NOTE)


@pytest.mark.parametrize("is_here", [True, False])
def test_remote_file_is_a_note(is_here: bool) -> None:
    text = "services: {a: {extends: {file: 'https://x.org/y.git', service: a}}}"
    (finding,) = find(text, is_here=is_here)
    assert (finding.rule, finding.severity) == ("extends-remote", Severity.NOTE)


def test_accepted(tmp_path: Path) -> None:
    text = "services: {a: {extends: {file: o.yaml, service: base}}, b: {extends: a}}"
    (tmp_path / "o.yaml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert find_in(tmp_path) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_name_with_a_variable_is_unknown_in_the_text() -> None:
    (finding,) = find("services: {a: {image: x, extends: '${B}'}}", is_here=False)
    assert finding.rule == "variable-unset"
