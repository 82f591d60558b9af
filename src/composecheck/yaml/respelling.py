"""What becomes of a text at which the parser gave up: the next spelling to try (see `spelling`).

Few texts need one, so that nothing of this is loaded before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.yaml import limits
from composecheck.yaml.gaps import BLANKS, BREAKS, skip_blanks, start_of_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.mistakes import SyntaxProblem
    from composecheck.yaml.spelling import Spelling

_END_OF_WORD = rf"{BLANKS},\[\]{{}}"
# Control characters that libyaml forbids, and the byte order mark, which it skips at line starts.
_CONTROL = "\x7f-\x84\x86-\x9f\ufeff"
_IN_WORDS = expression(
    # Directives, anchors, aliases and tags stay as they are.
    rf"(?<![^{BREAKS}])%[^{BREAKS}]*|(?<![^{_END_OF_WORD}])(?:!<[^>{BREAKS}]*>|[&*!][^{_END_OF_WORD}{_CONTROL}]*)"
    rf"|(?P<character>(?<=[^{_END_OF_WORD}\"'])(?<![{_END_OF_WORD}\"']:):(?=[^{_END_OF_WORD}])"
    rf"|\?(?=[^{BLANKS}])|[{_CONTROL}])"
)

_DOCUMENT_END = expression(rf"\.\.\.(?=[ \t]*(?:#|[{BREAKS}]|\Z))")
_ANCHOR = expression(r"[&*](?P<name>[!-+\-./0-9;-Z\\^-z|~]+)")
_TAG_WITH_BRACES = expression(rf"!<[^>{BLANKS}]*[{{}}][^>{BLANKS}]*>")
_BETWEEN_ITEMS = expression(rf"[\[,](?:[{BLANKS}]|#[^{BREAKS}]*)*\Z")

_MORE_COMMENTS = expression(rf"(?:[{BLANKS}]+#[^{BREAKS}]*)+")
_BEFORE_COMMENT = expression(rf"[{BLANKS}]+(?=#)")

_PRIVATE_USE = range(0xE000, 0xF900)


def respell(spelling: Spelling, problem: SyntaxProblem) -> Spelling | None:
    """Return another spelling of a text at which a parser gave up, or None if there is none.

    The offsets of `problem` are those of the spelling. Raises TooMuch if it has been tried too
    often.
    """
    better = None if spelling.is_respelled else respell_words(spelling)
    if better is None or better.text == spelling.text:
        better = _respell_at(better or spelling, problem)
    if better is None:
        return None
    budget = spelling.budget - len(spelling.text)
    if budget < 0:
        raise limits.TooMuch("it has too much in it that only Compose can read")
    return replace(better, budget=budget)


def respell_words(spelling: Spelling) -> Spelling:
    """Replace what may be replaced everywhere, and take the first document ends for comments."""
    text = spelling.text
    at = skip_blanks(text, 0)
    while start_of_line(text, at) == at and _DOCUMENT_END.match(text, at):
        text = f"{text[:at]}#{text[at + 1 :]}"
        at = skip_blanks(text, at)
    free = _stand_ins(text)
    stand_ins: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        character = match["character"]
        if character is None:
            return match[0]
        if character not in stand_ins:
            stand_ins[character] = next(free)
        return stand_ins[character]

    text = _IN_WORDS.sub(stand_in, text)
    originals = {new: old for old, new in stand_ins.items()}
    return replace(spelling, text=text, stand_ins=originals, is_respelled=True)


def _respell_at(spelling: Spelling, problem: SyntaxProblem) -> Spelling | None:
    """Replace what stands at the place of a problem."""
    text, at = spelling.text, problem.offset
    if text.startswith(":", at):
        behind = text[at + 1 : at + 2]
        is_in_word = problem.problem == "found unexpected ':'"
        if is_in_word and behind in (",", "]", "}"):
            text = f"{text[: at + 1]} {text[at + 1 :]}"
            return replace(spelling, text=text, inserted=(*spelling.inserted, at + 1))
        if behind in f"{BLANKS},[]{{}}":
            return None
        if is_in_word or _BETWEEN_ITEMS.search(text[:at]):
            return _put(spelling, at, ":", ":")
    if text.startswith("\t", at):
        return _respell_tabs(spelling, at)
    escape = text.find("\\'", max(at - 1, 0), at + 2)
    if problem.problem.startswith("found unknown escape character") and escape >= 0:
        return _put(spelling, escape, "\\'", "'")
    context = problem.context_offset
    if context is not None and _TAG_WITH_BRACES.match(text, context):
        raise limits.TooMuch("it has a tag with braces in it")
    if (better := _respell_anchor(spelling, problem)) is not None:
        return better
    if text.startswith("?", at):
        if text[at + 1 : at + 2] not in BLANKS:
            return _put(spelling, at, "?", "?")
        if text[_word_start(text, at)] in "&*":
            raise limits.TooMuch("it has an anchor with a question mark in its name")
    return None


def _respell_tabs(spelling: Spelling, at: int) -> Spelling | None:
    """Replace the tabs before comments that follow another one, all on lines of their own."""
    text = spelling.text
    start = len(text[:at].rstrip(BLANKS))
    more = _MORE_COMMENTS.match(text, start)
    is_behind_comment = text[start_of_line(text, start) : start].lstrip(" \t").startswith("#")
    if not is_behind_comment or more is None or more.end() < at:
        return None
    comments = _BEFORE_COMMENT.sub(lambda blanks: blanks[0].replace("\t", " "), more[0])
    return replace(spelling, text=text[:start] + comments + text[more.end() :])


def _respell_anchor(spelling: Spelling, problem: SyntaxProblem) -> Spelling | None:
    """Replace the name of an anchor or alias; the tree takes it from the file itself."""
    text, start = spelling.text, problem.context_offset
    if problem.problem == "found character that cannot start any token":
        # Three characters may follow an anchor for libyaml; then it sees what they are.
        start = _word_start(text, problem.offset)
    elif "an anchor" not in (problem.context or "") and "an alias" not in (problem.context or ""):
        return None
    anchor = None if start is None else _ANCHOR.match(text, start)
    if anchor is None:
        return None
    name = re.sub("[^A-Za-z0-9_-]", "_", anchor["name"])
    text = text[: anchor.start("name")] + name + text[anchor.end() :]
    return None if text == spelling.text else replace(spelling, text=text)


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1] not in f"{BLANKS},[]{{}}":
        at -= 1
    return at


def _put(spelling: Spelling, at: int, written: str, meant: str) -> Spelling:
    """Let stand-ins stand for the characters `written` at offset `at`, which mean `meant`."""
    free = _stand_ins(spelling.text)
    new = next(
        (known for known, character in spelling.stand_ins.items() if character == meant),
        "".join([next(free) for _ in written]),
    )
    text = spelling.text[:at] + new + spelling.text[at + len(written) :]
    return replace(spelling, text=text, stand_ins={**spelling.stand_ins, new: meant})


def _stand_ins(text: str) -> Iterator[str]:
    """Yield characters that `text` neither has nor spells with an escape."""
    lowered = text.lower()
    for code in _PRIVATE_USE:
        if chr(code) not in text and f"{code:x}" not in lowered:
            yield chr(code)
    raise limits.TooMuch("it has every character that Unicode leaves for private use")
