"""Files with one mistake: one finding, on its characters, with the remedy; and the fix works."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from composecheck.finding import splice
from composecheck.source import Source
from composecheck.yaml import load
from tests.schema.judging import errors, judge
from tests.schema.single_mistakes import FOUND_IN_FILES, MORE, WORDS, Mistake
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

ALL = (*WORDS, *FOUND_IN_FILES, *MORE)
FIXABLE = tuple(mistake for mistake in ALL if mistake.fix)


def each(mistakes: tuple[Mistake, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("mistake", mistakes, ids=lambda mistake: mistake.label)


def fixed(text: str) -> str:
    (finding,) = errors(text)
    assert finding.fix is not None
    return splice(text, finding.fix.edits)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w[\w./-]*", text))


@each(ALL)
def test_exactly_one_error_on_the_mistaken_characters(mistake: Mistake) -> None:
    assert not load(Source("compose.yaml", mistake.text)).findings
    found = errors(mistake.text)

    assert len(found) == 1, [finding.text for finding in found]
    (finding,) = found
    assert finding.rule == mistake.rule
    assert (finding.span.start, finding.span.end) == mistake.span
    assert finding.suggestions[:1] == ((mistake.suggests,) if mistake.suggests else ())
    assert mistake.says in finding.text
    assert (finding.fix.safety.value if finding.fix else "") == mistake.fix


@each(ALL)
def test_the_words_are_sentences_for_people(mistake: Mistake) -> None:
    for finding in judge(mistake.text):
        assert finding.message.endswith(".")
        assert finding.remedy.endswith((".", "`"))
        jargon = r"\b(node|scalar|schema|instance|regex|mapping|sequence|property|properties)\b"
        assert not re.search(jargon, finding.text, re.IGNORECASE)


@each(ALL)
def test_the_real_compose_refuses_it(mistake: Mistake, tmp_path: Path) -> None:
    assert ask_compose(mistake.text, tmp_path).returncode != 0


@each(FIXABLE)
def test_the_fix_makes_a_file_that_compose_accepts(mistake: Mistake, tmp_path: Path) -> None:
    text = fixed(mistake.text)

    assert errors(text) == []
    if mistake.beside:
        (tmp_path / mistake.beside).write_text("services: {other: {image: nginx}}\n", "utf-8")
    answer = ask_compose(text, tmp_path)
    assert answer.returncode == 0, f"{answer.stderr}\n{text}"


@each(FIXABLE)
def test_the_fix_touches_nothing_else(mistake: Mistake) -> None:
    (finding,) = errors(mistake.text)
    assert finding.fix is not None
    before, after = words(mistake.text), words(fixed(mistake.text))

    # Words that go or come are those that the fix is about; all others are where they were.
    gone, new = before - after, after - before
    touched = words(" ".join(mistake.text[e.span.start : e.span.end] for e in finding.fix.edits))
    written = words(" ".join(edit.text for edit in finding.fix.edits))
    assert gone <= touched
    assert new <= written
    assert sum(gone.values()) <= 2


@each(FIXABLE)
def test_comments_and_blank_lines_survive_the_fix(mistake: Mistake) -> None:
    text = with_comments(mistake.text)
    comments = re.findall(r"#.*", text)

    after = fixed(text)

    assert errors(after) == []
    assert Counter(re.findall(r"#.*", after)) == Counter(comments)
    # No blank line is lost; above a section that is moved there may be one more.
    assert after.count("\n\n") >= text.count("\n\n")


def with_comments(text: str) -> str:
    """Return the file with a comment above each line, and a blank line before some."""
    lines = []
    for number, line in enumerate(text.splitlines(keepends=True)):
        indent = line[: len(line) - len(line.lstrip())]
        is_text_over_lines = re.fullmatch(r"\s+(- ?)?[A-Z]=\S+\s*", line) is not None
        if line.strip() and not is_text_over_lines:
            if number == 2:
                lines.append("\n")
            ending = "\r\n" if line.endswith("\r\n") else "\n"
            lines.append(f"{indent}# comment {number}{ending}")
        lines.append(line)
    return "".join(lines)


@each(FIXABLE)
def test_windows_line_ends_stay(mistake: Mistake) -> None:
    unix = mistake.text.replace("\r\n", "\n")

    windows = fixed(unix.replace("\n", "\r\n"))

    assert windows == fixed(unix).replace("\n", "\r\n")


@each(FIXABLE)
def test_a_file_without_a_line_break_at_its_end(mistake: Mistake) -> None:
    text = mistake.text.rstrip("\r\n")

    assert fixed(text).rstrip("\r\n") == fixed(mistake.text).rstrip("\r\n")
    assert errors(fixed(text)) == []
