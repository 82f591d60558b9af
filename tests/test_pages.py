"""What our pages show is what the program does, and every link in them leads somewhere."""

from __future__ import annotations

import doctest
import functools
import itertools
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from composecheck import __version__
from composecheck.report.rule_pages import rule_page
from composecheck.rules import all_rules
from composecheck.source import Source
from composecheck.yaml import load
from tests import comparison, pages
from tests.console_examples import PAGES, REPOSITORY, commands, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_FOREIGN = {"node_modules", "build", "dist"}
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def _pages_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in _FOREIGN and not path.name.startswith("."):
            yield from _pages_in(path)
        elif path.suffix == ".md":
            yield path.relative_to(REPOSITORY)


ALL_PAGES = tuple(_pages_in(REPOSITORY))
each_page = pytest.mark.parametrize("page", ALL_PAGES, ids=str)


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


# Links


@functools.cache
def _tokens(page: Path) -> tuple[Token, ...]:
    tokens = _MARKDOWN.parse(_text(page))
    return (*tokens, *(child for token in tokens for child in token.children or ()))


def links(page: Path) -> list[str]:
    """Return where the links of a page lead."""
    return [
        str(token.attrs.get("href", token.attrs.get("src")))
        for token in _tokens(page)
        if token.type in ("link_open", "image")
    ]


@functools.cache
def anchors(page: Path) -> frozenset[str]:
    """Return the names by which the headings of a page can be linked, as GitHub makes them."""
    names: list[str] = []
    tokens = _MARKDOWN.parse(_text(page))
    for heading, inline in itertools.pairwise(tokens):
        if heading.type != "heading_open":
            continue
        words = "".join(child.content for child in inline.children or ())
        kept = (
            letter
            for letter in words.lower().replace(" ", "-")
            if letter in "-_" or unicodedata.category(letter)[0] in "LN"
        )
        name = "".join(kept)
        twin = names.count(name)
        names.append(f"{name}-{twin}" if twin else name)
    return frozenset(names)


@each_page
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    dead = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = REPOSITORY / page.parent / target if target else REPOSITORY / page
        if not path.exists():
            dead.append(link)
        elif anchor and path.suffix == ".md":
            to = path.resolve().relative_to(REPOSITORY)
            if anchor not in anchors(to):
                dead.append(link)
    assert dead == []


def test_links_are_found() -> None:
    assert "samples/README.md" in links(Path("README.md"))
    assert sum(len(links(page)) for page in ALL_PAGES) > 100
    assert "when-something-is-wrong" in anchors(Path("docs/settings.md"))
    # What stands in code is none.
    assert _MARKDOWN.parse("`[a](b)`\n")[1].children is not None
    found = _MARKDOWN.parse("`[a](b)`\n")[1].children or []
    assert [token.type for token in found] == ["code_inline"]


# The rules


RULE_PAGES = pages.rule_pages()


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    there = {path.stem for path in pages.RULES.glob("*.md")}
    assert there == {"README", *(rule.name for rule in pages.documented_rules())}, "run `make docs`"
    assert {rule.name for rule in all_rules()} < there


@pytest.mark.parametrize("path", RULE_PAGES, ids=lambda path: path.stem)
def test_the_pages_of_rules_say_what_the_rules_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == RULE_PAGES[path], "run `make docs`"


def test_the_pages_of_rules_show_what_is_said_of_the_example() -> None:
    silent = {
        path.stem for path, text in RULE_PAGES.items() if "What composecheck says" not in text
    }
    # The message of one names a folder of this machine.
    assert silent == {"README", "file-outside"}


def test_the_index_of_rules_names_each_once() -> None:
    index = RULE_PAGES[pages.RULES / "README.md"]
    named = re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\) \|", index, re.MULTILINE)
    assert sorted(named) == [rule.name for rule in pages.documented_rules()]


def test_where_the_pages_of_rules_stand_on_the_web_is_said_in_one_place() -> None:
    page = rule_page("key-unknown")
    assert page is None or page.endswith("key-unknown.md") or "key-unknown" in page


# The others


def test_the_index_names_every_page() -> None:
    text = pages.INDEX.read_text(encoding="utf-8")
    assert pages.index() == text, "run `make docs`"
    linked = {(pages.DOCS / link).resolve() for link in links(Path("docs/README.md"))}
    assert {path for path in pages.DOCS.glob("*.md") if path != pages.INDEX} <= linked


def test_the_page_about_the_library_has_all_functions() -> None:
    assert pages.LIBRARY.read_text(encoding="utf-8") == pages.library_page(), "run `make docs`"


def _yaml_blocks() -> list[tuple[str, str]]:
    found = []
    for name in ("README.md", "docs/pre-commit.md", "docs/ci.md"):
        blocks = re.findall(r"```yaml\n(.*?)```", _text(Path(name)), re.DOTALL)
        assert blocks, name
        found += [(name, block) for block in blocks]
    return found


@pytest.mark.parametrize(("page", "block"), _yaml_blocks())
def test_yaml_in_the_pages_is_yaml(page: str, block: str) -> None:
    assert load(Source(page, block)).findings == ()


def test_the_pages_name_this_version() -> None:
    named = {
        (str(page), version)
        for page in (Path("README.md"), *(path for path in ALL_PAGES if path.parts[0] == "docs"))
        for version in re.findall(
            r"(?:composecheck==|composecheck@v|composecheck:|rev: v)(\d+(?:\.\d+)*)", _text(page)
        )
    }
    assert {page for page, _ in named} >= {"README.md", "docs/pre-commit.md", "docs/ci.md"}
    assert {version for _, version in named} == {__version__}


# The comparison


def test_what_we_find_is_as_the_comparison_says() -> None:
    assert comparison.page_text() == comparison.PAGE.read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("slip", comparison.SLIPS, ids=lambda slip: slip.title)
def test_we_tell_what_compose_tells(slip: comparison.Slip) -> None:
    told_by_compose = slip.others[comparison.OTHERS.index("docker compose")] != "-"
    assert comparison.ours(slip) == "yes" or not told_by_compose


def test_each_feature_is_held_by_a_test() -> None:
    text = comparison.PAGE.read_text(encoding="utf-8")
    rows = [row.split(" | ") for row in re.findall(r"^\| (.* \|)$", text, re.MULTILINE)]
    features = [row for row in rows if len(row) == 8 and row[0] not in ("feature", "---")]
    assert len(features) > 30
    for feature, ours, *_, test in features:
        link = re.fullmatch(r"\[test\]\(\.\./(tests/\S+\.py)\)\s*\|?", test)
        if ours == "no":
            assert link is None, feature
        else:
            assert link, feature
            assert re.search(r"^def test_", _text(Path(link[1])), re.MULTILINE), feature
