"""What is said of variables, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.check import check_text
from composecheck.finding import Safety, Severity, splice
from tests.rules.fixing import fixed_text
from tests.rules.value_rules import Row, assert_row, characters, find, service
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path


def _syntax(wrong: str, right: str | None) -> Row:
    fixed = None if right is None else f"hostname: {right}"
    return (f"hostname: {wrong}", "variable-syntax", wrong.strip('"'), fixed)


REFUSED: tuple[Row, ...] = (
    _syntax("${A:1000}", "${A:-1000}"),
    _syntax("${A:1.1.1.1}", "${A:-1.1.1.1}"),
    _syntax('"${A:a b}"', '"${A:-a b}"'),
    _syntax("${A:}", "${A:-}"),
    _syntax("${A:=x}", "${A:-x}"),
    _syntax("${A=x}", "${A-x}"),
    _syntax("${ A }", "${A}"),
    _syntax("${A", "${A}"),
    _syntax("${A:-b", "${A:-b}"),
    _syntax("${}", None),
    _syntax("${1}", None),
    _syntax("${A.B}", None),
    _syntax("${${A}}", None),
    _syntax("${A:0:1}", None),
    _syntax("${A/x/y}", None),
    _syntax("${#A}", None),
    ("hostname: ${A:-${B:1}}", "variable-syntax", "${B:1}", "hostname: ${A:-${B:-1}}"),
    ("labels: {a: '${'}", "variable-syntax", "${", None),
    ("hostname: ${A:?set it}", "variable-required", "${A:?set it}", None),
    ("hostname: ${A?}", "variable-required", "${A?}", None),
)


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_refused(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path)


@pytest.mark.parametrize(
    "value",
    ["$${A:1}", "$(x)", "a$", "$1", "${A:-}", "${A-x}", "${A:+x}", "'${A:-{}'", "${A:-${B:-x}}"],
)
def test_accepted(value: str, tmp_path: Path) -> None:
    text = service(f"hostname: {value}")
    assert find(text) == []
    assert find(text, is_here=False) == []
    assert ask_compose(text, tmp_path).returncode == 0


def test_says_that_the_minus_is_missing() -> None:
    (finding,) = find(service("environment: [UID=${USER_UID:1000}]".replace("[", "\n  - ")[:-1]))
    assert finding.text == (
        'The "-" is missing behind the colon in "${USER_UID:1000}"; Compose cannot read it, and'
        ' refuses the file. Write "${USER_UID:-1000}": what stands behind ":-" is the default.'
    )
    assert finding.suggestions == ("${USER_UID:-1000}",)
    assert finding.path == ("services", "a", "environment", 0)


def test_a_guess_is_not_safe() -> None:
    (finding,) = find(service("hostname: ${A:-b"))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_what_is_wrong_in_every_environment_is_an_error_in_the_text() -> None:
    (finding,) = find(service("hostname: ${A:1}"), is_here=False)
    assert finding.severity is Severity.ERROR


def test_what_is_wrong_only_where_it_is_used_is_a_warning_in_the_text() -> None:
    text = service("hostname: ${A:-${B:1}}")
    (finding,) = find(text, is_here=False)
    assert (finding.rule, finding.severity) == ("variable-syntax", Severity.WARNING)
    assert "whenever it needs this part" in finding.message
    assert find(text, environment={"A": "x"}) == []


def test_all_mistakes_are_told_and_each_is_fixed() -> None:
    text = service("environment:\n  A: ${A:1}\n  B: b ${B:2} ${B:2}")
    found = find(text)
    assert [characters(finding) for finding in found] == ["${A:1}", "${B:2}", "${B:2}"]
    edits = [edit for finding in found if finding.fix for edit in finding.fix.edits]
    assert splice(text, edits) == service("environment:\n  A: ${A:-1}\n  B: b ${B:-2} ${B:-2}")


def test_a_text_that_an_alias_uses_too_is_fixed_for_both() -> None:
    text = "services: {a: {image: x, hostname: &h '${A:1}'}, b: {image: x, hostname: *h}}"
    assert len(find(text)) == 1
    assert fixed_text(text) == text.replace("${A:1}", "${A:-1}")


def test_a_required_variable_is_told_once_with_what_the_file_says() -> None:
    text = service("hostname: ${A:?first set A}", "domainname: ${A:?again}", "user: ${B?}")
    found = find(text)
    assert [characters(finding) for finding in found] == ["${A:?first set A}", "${B?}"]
    assert found[0].text == (
        '"A" is not set, and "${A:?first set A}" requires it; Compose refuses the file; the file'
        ' says of it: "first set A". Set it in a ".env" file beside the Compose file: "A=…".'
    )
    (related,) = found[0].related
    assert related.source.slice(related.span) == "${A:?again}"


def test_an_empty_variable_may_be_required_not_to_be(tmp_path: Path) -> None:
    text = service("hostname: ${A:?}")
    (finding,) = find(text, environment={"A": ""})
    assert finding.message.startswith('"A" is empty, and ')
    assert find(service("hostname: ${A?}"), environment={"A": ""}) == []


def test_a_required_variable_is_a_note_in_the_text() -> None:
    (finding,) = find(service("hostname: ${A:?set it}"), is_here=False)
    assert (finding.rule, finding.severity) == ("variable-required", Severity.NOTE)
    assert "wherever this runs" in finding.message


@pytest.mark.parametrize("is_here", [True, False])
def test_an_unset_variable_is_a_note_once(is_here: bool) -> None:
    text = service("hostname: ${A}", "domainname: $A", "user: ${B:-x}")
    (finding,) = find(text, is_here=is_here)
    assert (finding.rule, finding.severity) == ("variable-unset", Severity.NOTE)
    assert characters(finding) == "${A}"
    assert [place.source.slice(place.span) for place in finding.related] == ["$A"]


def test_a_variable_that_is_set_is_no_matter() -> None:
    assert find(service("hostname: ${A}"), environment={"A": "x"}) == []
    assert find(service("hostname: ${A}"), files={".env": "A=x"}) == []


def test_a_command_may_mean_a_variable_of_its_own() -> None:
    (finding,) = find(service("command: sh -c 'echo $PART'"))
    assert '"$$PART"' in finding.remedy


def test_variables_in_an_extended_file_are_told_there() -> None:
    (finding,) = find(
        "services: {a: {extends: {file: o.yaml, service: b}}}",
        files={"o.yaml": "services: {b: {image: 'x:${A:1}'}}"},
    )
    assert finding.source.name == "o.yaml"
    assert finding.path == ("services", "b", "image")
    assert finding.fix is not None


def test_a_service_called_test_is_no_test_of_health() -> None:
    text = "services: {test: {image: x, volumes: ['${DIR}:/a']}}"
    (finding,) = check_text(text).findings
    assert "shell" not in finding.remedy
    text = "services: {a: {image: x, healthcheck: {test: 'test -e ${DIR}'}}}"
    (finding,) = (found for found in check_text(text).findings if "unset" in found.rule)
    assert "shell" in finding.remedy
