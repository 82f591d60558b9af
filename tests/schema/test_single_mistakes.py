"""Files with one mistake: one finding, on its characters, with the remedy; and the fix works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from composecheck.schema import judge_shape
from composecheck.source import Source
from composecheck.yaml import load
from tests.schema.single_mistakes import FOUND_IN_FILES, MORE, WORDS, Mistake
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Finding

ALL = (*WORDS, *FOUND_IN_FILES, *MORE)
_TABLE = pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.label)


def judge(text: str) -> list[Finding]:
    document = load(Source("compose.yaml", text))
    assert not document.findings
    return [
        finding
        for number, root in enumerate(document.roots)
        for finding in judge_shape(root, is_override=number > 0)
    ]


def errors(text: str) -> list[Finding]:
    return [finding for finding in judge(text) if finding.severity is Severity.ERROR]


@_TABLE
def test_exactly_one_error_on_the_mistaken_characters(mistake: Mistake) -> None:
    found = errors(mistake.text)

    assert len(found) == 1, [finding.text for finding in found]
    (finding,) = found
    assert finding.rule == mistake.rule
    assert (finding.span.start, finding.span.end) == mistake.span
    assert finding.suggestions[:1] == ((mistake.suggests,) if mistake.suggests else ())
    assert mistake.says in finding.text
    assert (str(finding.fix.safety.value) if finding.fix else "") == mistake.fix


@_TABLE
def test_the_real_compose_refuses_it(mistake: Mistake, tmp_path: Path) -> None:
    assert ask_compose(mistake.text, tmp_path).returncode != 0


@pytest.mark.parametrize(
    "mistake", [mistake for mistake in ALL if mistake.fix], ids=lambda mistake: mistake.label
)
def test_the_fix_makes_a_file_that_compose_accepts(mistake: Mistake, tmp_path: Path) -> None:
    (finding,) = errors(mistake.text)
    assert finding.fix is not None

    fixed = splice(mistake.text, finding.fix.edits)

    assert errors(fixed) == []
    if mistake.beside:
        (tmp_path / mistake.beside).write_text("services: {other: {image: nginx}}\n", "utf-8")
    answer = ask_compose(fixed, tmp_path)
    assert answer.returncode == 0, f"{answer.stderr}\n{fixed}"
