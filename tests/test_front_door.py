"""What `import composecheck` offers."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import composecheck


def run(code: str) -> str:
    """Run `code` in a Python of its own, and return what it prints."""
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return finished.stdout.strip()


def test_importing_it_imports_nothing_heavy() -> None:
    heavy = "{'ruamel', 'jsonschema', 'rich', 'typer', 'click', 'json', 'dataclasses'}"
    code = (
        "import sys\n"
        "before = {name.partition('.')[0] for name in sys.modules}\n"
        "import composecheck\n"
        "after = {name.partition('.')[0] for name in sys.modules}\n"
        f"print(sorted((after - before) & {heavy}))\n"
        "print(sorted(name for name in sys.modules if name.startswith('composecheck.')))"
    )
    assert run(code) == "[]\n[]"


def test_everything_it_names_is_there() -> None:
    assert composecheck.__all__ == sorted(composecheck.__all__)
    for name in composecheck.__all__:
        assert getattr(composecheck, name) is not None
    assert dir(composecheck) == composecheck.__all__


def test_type_checkers_see_what_python_sees() -> None:
    tree = ast.parse(Path(composecheck.__file__).read_text(encoding="utf-8"))
    seen = {
        (alias.name, node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("composecheck.")
        for alias in node.names
    }
    homes = composecheck._HOMES.items()
    assert seen == {(name, f"composecheck.{module}") for name, module in homes}
    assert {name for name, _ in seen} == {
        name for name in composecheck.__all__ if name not in ("COMPOSE_VERSION", "__version__")
    }


def test_it_is_marked_as_typed() -> None:
    assert (Path(composecheck.__file__).parent / "py.typed").is_file()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'composecheck' has no attribute 'chekc'"):
        composecheck.chekc  # type: ignore[attr-defined] # noqa: B018 - that is the point


@pytest.mark.parametrize(
    "first",
    [
        "import composecheck",
        "import composecheck.check",
        "import composecheck; composecheck.check_text",
        "from composecheck.check import Report",
        "from composecheck import Report",
        "import composecheck.cli",
        "from importlib import import_module; import_module('composecheck.check')",
    ],
)
def test_check_is_the_function_whatever_was_imported_before(first: str) -> None:
    code = (
        f"{first}\n"
        "import composecheck\n"
        "from composecheck import check\n"
        "print(type(composecheck.check).__name__, check is composecheck.check)"
    )
    assert run(code) == "function True"


def test_the_example_of_its_documentation_runs() -> None:
    results = doctest.testmod(composecheck)
    assert results.attempted >= 3
    assert results.failed == 0


def test_load_takes_text_and_bytes() -> None:
    for text in ("a: 1\n", "\ufeffa: 1\n"):
        for given in (text, text.encode()):
            document = composecheck.load(given, "some.yaml")
            assert isinstance(document, composecheck.Document)
            assert document.source.name == "some.yaml"
            assert document.source.text == "a: 1\n"
            assert document.source.encode() == text.encode()
            assert len(document.roots) == 1
            assert document.findings == ()
