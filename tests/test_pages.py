"""What our pages show is what the program does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from composecheck import __version__
from composecheck.source import Source
from composecheck.yaml import load
from tests.console_examples import PAGES, REPOSITORY, commands, rewrite

_LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")


def _text(page: Path) -> str:
    return (REPOSITORY / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_outputs_shown_are_what_the_program_prints(page: Path) -> None:
    text = _text(page)
    assert rewrite(text) == text, "run `make docs`"


def test_pages_show_the_program_at_work() -> None:
    assert sum(len(commands(_text(page))) for page in PAGES) >= 7


def test_python_in_the_readme_runs() -> None:
    results = doctest.testfile(str(REPOSITORY / "README.md"), module_relative=False)
    assert results.attempted >= 9
    assert results.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    targets = [match["target"] for match in _LINK.finditer(_text(page))]
    missing = [
        target
        for target in targets
        if "://" not in target and not (REPOSITORY / page.parent / target).exists()
    ]
    assert missing == []


def test_yaml_in_the_readme_is_yaml() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", _text(Path("README.md")), re.DOTALL)
    assert blocks
    for block in blocks:
        assert load(Source("README.md", block)).findings == ()


def test_the_readme_names_this_version() -> None:
    assert f"composecheck=={__version__}" in _text(Path("README.md"))
