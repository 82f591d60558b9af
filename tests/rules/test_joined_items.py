"""Items of a list that are indented more than the one above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck import check_text
from composecheck.finding import Safety, Severity
from composecheck.rules.joined_items import list_item_joined
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import ask_compose, requires_compose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("deeper", ["   - C=d", "     - C=d", "\n    - C=d"])
def test_it_is_put_below_the_item_above(deeper: str) -> None:
    text = environment("- A=b", *deeper.split("\n"), "- E=f")
    findings = find(list_item_joined, text, "- C=d")
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    blank = "    \n" if deeper.startswith("\n") else ""
    expected = environment("- A=b", "- C=d", "- E=f").replace("      - C", f"  {blank}      - C")
    assert fixed(text, findings).replace(" ", "") == expected.replace(" ", "")
    assert "\n      - C=d\n" in fixed(text, findings)


@requires_compose
def test_compose_takes_both_for_one(tmp_path: Path) -> None:
    text = environment("- A=b", "   - C=d")
    assert variables_of(text, tmp_path) == {"A": "b - C=d"}
    find(list_item_joined, text, "- C=d")


@requires_compose
def test_it_is_an_error_where_the_text_of_both_is_refused(tmp_path: Path) -> None:
    text = service("ports:", "  - 80:80", "    - 81:81")
    assert ask_compose(text, tmp_path).returncode != 0
    (finding,) = check_text(text).findings
    assert (finding.rule, finding.severity) == ("list-item-joined", Severity.ERROR)
    assert finding.message.endswith("; Compose refuses the file.")


def test_what_several_services_share_is_put_right_at_once() -> None:
    text = environment("- A=b", "   - C=d").replace("environment:", "environment: &e", 1)
    text += "  b:\n    image: x\n    environment: *e\n"
    findings = find(list_item_joined, text, "- C=d")
    assert findings[0].fix is not None
    (findings) = find(list_item_joined, text.replace("environment: *e", "labels: *e"), "- C=d")
    assert findings[0].fix is None


@pytest.mark.parametrize("first", ["CMD", "-CMD"])
def test_the_first_item_needs_its_dash_as_well(first: str) -> None:
    text = service("healthcheck:", "  test:", f"    {first}", "    - curl", "    - -f")
    (finding,) = check_text(text).findings
    assert (finding.rule, finding.severity) == ("list-item-joined", Severity.WARNING)
    assert fixed(text, [finding]) == text.replace(first, "- CMD")


@pytest.mark.parametrize(
    "lines",
    [
        ("command:", "  - a - b", "  - c"),
        ("command:", '  - "a', '    - b"'),
        ("command:", "  - |", "    a", "    - b"),
        ("command: [a", "  - b]"),
        ("command: a", "  - b"),
        ("command:", "  a", "  b", "  - c"),
        ("command:", "  a", "    - c"),
        ("x-a:", "  -   - a", "      - b"),
    ],
)
def test_silent_where_it_is_one_text_or_two_items(lines: tuple[str, ...]) -> None:
    find(list_item_joined, service(*lines))
