"""What is written in our pages from the code: a page for each rule, and the indexes.

`python -m tests.pages` (`make docs`) writes these, and all else that a test compares: the outputs
that pages show, the settings, the session with pre-commit. Tests fail when a page drifts.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
import re
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from msgspec.structs import replace

import composecheck
from composecheck.finding import Safety
from composecheck.report import catalogue
from composecheck.report.text import render
from composecheck.rule import Category, describe
from composecheck.rules import all_rules, ignores
from tests import comparison, console_examples, precommit_session
from tests.rules.test_documentation import TARGET, bad_text, judge
from tests.settings import pages as settings_pages
from tests.shared_material import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.check import Report
    from composecheck.rule import Rule

DOCS = REPOSITORY / "docs"
RULES = DOCS / "rules"
INDEX = DOCS / "README.md"
LIBRARY = DOCS / "library.md"

_WRITTEN = re.compile(r"(?<=<!-- pages -->\n).*?(?=<!-- end of pages -->)", re.DOTALL)

_FUNCTIONS = re.compile(r"(?<=<!-- functions -->\n).*?(?=<!-- end of functions -->)", re.DOTALL)

_ORDER = (
    "pre-commit",
    "ci",
    "settings",
    "suppressing",
    "rules/README",
    "library",
    "editing",
    "comparison",
    "precision",
)
"""The pages in the order in which people need them; the others come after these."""

_ABOUT = {
    Category.COMPOSE: "What Docker Compose refuses.",
    Category.RUNTIME: "What Compose accepts, and what bites later.",
    Category.UPKEEP: "Leftovers, and traps for the next reader.",
    Category.SECURITY: "What makes an attack easier, or worse. Off until selected.",
    Category.STYLE: "What is a matter of taste. Off until selected.",
}

_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
"""What stands in a page for a control character, which no page may have: its picture."""

_WIDTH = 80


@functools.cache
def documented_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by name, those about comments included."""
    rules = {rule.name: rule for rule in (*all_rules(), *map(describe, ignores.RULES))}
    return tuple(rules[name] for name in sorted(rules))


def rule_pages() -> dict[Path, str]:
    """Return the texts of all pages below docs/rules/ as they must be."""
    rules = documented_rules()
    pages = {RULES / f"{rule.name}.md": _rule_page(rule) for rule in rules}
    return {RULES / "README.md": _rule_index(rules), **pages}


def _rule_page(rule: Rule) -> str:
    report = _report(rule.name)
    facts = [f"**{rule.severity}**", f"category `{rule.category.value}`"]
    if not rule.category.on_by_default:
        facts.append("off until selected")
    facts.append(_FIXES[_safety(rule.name)])
    said = ""
    # What names a folder of this machine would be another text on the next one.
    if report.findings and tempfile.gettempdir() not in report.findings[0].text:
        flag = " --here" if report.mode == "here" else ""
        if target := TARGET.match(rule.bad):
            flag = f" --target-compose {target[1]}"
        said = (
            "\n## What composecheck says\n\n"
            f"Of the bad example, `composecheck check{flag}` says:\n\n"
            f"```text\n{render(report, _WIDTH).strip()}\n```\n"
        )
    page = (
        f"# {rule.name}\n\n{' · '.join(facts)}\n\n{catalogue.markdown(rule)}{said}\n"
        "[All rules](README.md) · [Silencing a rule](../suppressing.md)\n"
    )
    return page.translate(_PICTURES)


_FIXES = {
    Safety.SAFE: "can be fixed",
    Safety.UNSAFE: "can be fixed with `--unsafe`",
    None: "must be fixed by hand",
}
_MARKS = {Safety.SAFE: "safe", Safety.UNSAFE: "unsafe", None: ""}


def _safety(rule: str) -> Safety | None:
    """Return how sure we are of the fix for the bad example of a rule; None if there is none."""
    fixes = [finding.fix for finding in _report(rule).findings]
    return next((fix.safety for fix in fixes if fix is not None), None)


@functools.cache
def _report(name: str) -> Report:
    """Return what is said of the bad example of the rule of this name, by that rule alone."""
    (rule,) = (rule for rule in documented_rules() if rule.name == name)
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "projects" / "shop"
        folder.mkdir(parents=True)
        with contextlib.chdir(folder), patch.dict(os.environ, clear=True):
            for is_here in (False, True):
                report = judge(bad_text(rule), Path(top), is_here=is_here)
                found = tuple(finding for finding in report.findings if finding.rule == name)
                if found:
                    break
    return replace(report, findings=found)


def _rule_index(rules: tuple[Rule, ...]) -> str:
    parts = [
        "# Rules\n\nWhat composecheck finds, by category. `composecheck rules` prints the same list"
        ", and\n`composecheck explain RULE` the page of a rule.\n"
    ]
    for category in Category:
        here = [rule for rule in rules if rule.category is category]
        if not here:
            continue
        rows = "".join(
            f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {_MARKS[_safety(rule.name)]} |"
            f" {rule.summary.replace('|', chr(92) + '|')} |\n"
            for rule in here
        )
        parts.append(
            f"\n## {category.value}\n\n{_ABOUT[category]}\n\n"
            f"| rule | severity | fix | what is wrong |\n|---|---|---|---|\n{rows}"
        )
    return "".join(parts)


def index() -> str:
    """Return the text of docs/README.md as it must be: all pages, each with how it begins."""
    pages = {
        path.relative_to(DOCS).with_suffix("").as_posix(): path
        for path in (*DOCS.glob("*.md"), RULES / "README.md")
        if path != INDEX
    }
    ordered = sorted(
        pages, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)
    )
    rows = "".join(
        f"| [{title}]({name}.md) | {start} |\n"
        for name, title, start in ((name, *_beginning(pages[name])) for name in ordered)
    )
    table = f"\n| page | what it is about |\n|---|---|\n{rows}\n"
    return _WRITTEN.sub(lambda _: table, INDEX.read_text(encoding="utf-8"))


def _beginning(page: Path) -> tuple[str, str]:
    """Return the title of a page, and its first sentence."""
    text = rule_pages()[page] if page.parent == RULES else page.read_text(encoding="utf-8")
    title, paragraph, *_ = text.split("\n\n", 2)
    sentence = re.split(r"(?<=[.:])\s", " ".join(paragraph.split()), maxsplit=1)[0]
    return title.removeprefix("# "), sentence.rstrip(":.") + "."


def library_page() -> str:
    """Return the text of docs/library.md as it must be: all functions with their arguments."""
    offered = ((name, getattr(composecheck, name)) for name in composecheck.__all__)
    functions = [(name, one) for name, one in offered if inspect.isfunction(one)]
    signatures = (f"{name}({', '.join(_arguments(one))})" for name, one in functions)
    lines = "\n".join(
        textwrap.fill(signature, 96, subsequent_indent="    ", break_on_hyphens=False)
        for signature in signatures
    )
    written = f"\n```text\n{lines}\n```\n\n"
    return _FUNCTIONS.sub(lambda _: written, LIBRARY.read_text(encoding="utf-8"))


def _arguments(function: Callable[..., object]) -> Iterator[str]:
    is_by_name = False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not is_by_name:
            is_by_name = True
            yield "*"
        has_default = parameter.default is not inspect.Parameter.empty
        yield f"{parameter.name}={parameter.default!r}" if has_default else parameter.name


def main() -> None:
    """Write all of it anew, and take away the pages of rules that are no more."""
    settings_pages.main()
    pages = rule_pages()
    RULES.mkdir(exist_ok=True)
    for path in set(RULES.glob("*.md")) - set(pages):
        path.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    LIBRARY.write_text(library_page(), encoding="utf-8")
    comparison.main()
    console_examples.main()
    if reason := precommit_session.why_not():
        print(f"docs/pre-commit.md was not written: {reason}", file=sys.stderr)
    else:
        precommit_session.main()
    INDEX.write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
