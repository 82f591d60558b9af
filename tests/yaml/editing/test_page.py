"""What docs/editing.md shows is what happens."""

from __future__ import annotations

import doctest

from composecheck.yaml import editing
from tests.console_examples import REPOSITORY

PAGE = REPOSITORY / "docs" / "editing.md"


def test_the_examples_of_the_page_run() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted >= 15
    assert results.failed == 0


def test_the_page_names_every_function_for_the_library() -> None:
    text = PAGE.read_text(encoding="utf-8")
    functions = [
        name
        for name in editing.__all__
        if getattr(editing, name).__module__.endswith(".front") and name != "apply"
    ]
    assert len(functions) == 11
    assert [name for name in functions if f"| `{name}(document, path" not in text] == []
