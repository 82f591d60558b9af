"""The documentation of each rule is true: what it shows is run."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from composecheck.finding import splice
from composecheck.rule import describe
from composecheck.schema import RULES, judge_emptiness
from composecheck.source import Source
from composecheck.yaml import load
from tests.schema.judging import judge
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composecheck.finding import Finding

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(describe(rule).name))


def findings(text: str) -> list[Finding]:
    document = load(Source("compose.yaml", text))
    return [*judge(text), *judge_emptiness(document.source, document.roots)]


@each_rule
def test_the_bad_example_breaks_exactly_this_rule(rule: Callable[..., Any], tmp_path: Path) -> None:
    documented = describe(rule)
    found = findings(documented.bad)

    assert [finding.rule for finding in found] == [documented.name]
    assert found[0].severity is documented.severity
    answer = ask_compose(documented.bad, tmp_path)
    assert (answer.returncode != 0) == (documented.category.value == "compose")


@each_rule
def test_the_good_example_is_clean(rule: Callable[..., Any], tmp_path: Path) -> None:
    documented = describe(rule)

    assert findings(documented.good) == []
    assert ask_compose(documented.good, tmp_path).returncode == 0


@each_rule
def test_the_fix_makes_the_good_example_of_the_bad_one(rule: Callable[..., Any]) -> None:
    documented = describe(rule)
    (found,) = findings(documented.bad)

    if found.fix is not None:
        assert splice(documented.bad, found.fix.edits) == documented.good


def test_names_are_unique() -> None:
    names = [describe(rule).name for rule in RULES]

    assert len(set(names)) == len(names)


def test_a_clean_file_does_not_import_jsonschema() -> None:
    program = """
import sys
from pathlib import Path
from composecheck.project.call import Call
from composecheck.project.files import ComposeFile
from composecheck.project.project import load_project
from composecheck.schema import RULES, judge_stages
from composecheck.source import Source
from composecheck.yaml import load
def judge(text):
    file = ComposeFile(None, load(Source("compose.yaml", text)))
    return judge_stages(load_project(Call((file,), working_folder=Path("/proj"))))
assert "jsonschema" not in sys.modules
assert judge("services: {web: {image: nginx}}") == []
assert "jsonschema" not in sys.modules
assert judge("services: {web: {imag: nginx}}") != []
assert "jsonschema" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
