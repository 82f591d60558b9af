"""Command lines: cut into words and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.command_lines import (
    CommandLine,
    Fault,
    InvalidCommandLine,
    parse_command_line,
    read_command_line,
)
from composecheck.source import Span
from tests.language.batches import refused_by_compose, with_unknown_part
from tests.language.services import (
    blank_text,
    node,
    open_text,
    published_services,
    quoted,
    services_of_compose,
    standing,
    traced,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written, the words, and what Compose drops.
ACCEPTED: list[tuple[str, list[str], str | None]] = [
    ("", [], None),
    (" \t\r\n", [], None),
    ("npm run  start\n", ["npm", "run", "start"], None),
    ("echo 'a b' \"c d\"", ["echo", "a b", "c d"], None),
    ("a'b'\"c\"d", ["abcd"], None),
    ("echo ''", ["echo", ""], None),
    ('""', [""], None),
    ("a\\ b \\'c \\\\", ["a b", "'c", "\\"], None),
    ("a\\tb\\nc\\d", ["a\tb\ncd"], None),
    ('"a\\tb\\"c\\d"', ['a\tb"cd'], None),
    ("'a\\tb'", ["a\\tb"], None),
    ("a # b", ["a", "#", "b"], None),
    ("ls *.{a,b} ~ $HOME", ["ls", "*.{a,b}", "~", "$HOME"], None),
    ("a\u00a0b", ["a\u00a0b"], None),
    # nothing is replaced
    ("echo $(date +%s) `id -u`", ["echo", "$(date +%s)", "`id -u`"], None),
    ("a$(b 'c' \"d\" ` \\) ;)e", ["a$(b 'c' \"d\" ` \\) ;)e"], None),
    ("`a 'b' ( $(c) \\` |`", ["`a 'b' ( $(c) \\` |`"], None),
    ("'$('", ["$("], None),
    ('"`" "(a)"', ["`", "(a)"], None),
    ("'a$'(b)", ["a$(b)"], None),
    ("\\$(a)", ["$(a)"], None),
    # the end is dropped
    ("a && b", ["a"], "&& b"),
    ("a; b", ["a"], "; b"),
    ("a|b", ["a"], "|b"),
    ("a <b", ["a"], "<b"),
    ("a > b", ["a"], "> b"),
    ("a 2>&1", ["a"], "2>&1"),
    ("a b2>c", ["a", "b2"], ">c"),
    ("a 2x>c", ["a", "2x"], ">c"),
    ("a '2'>c", ["a"], "'2'>c"),
    ("a ''>c", ["a", ""], ">c"),
    ("a \u0663>c", ["a", "\u0663"], ">c"),
    ("& a", [], "& a"),
    ("a ; 'b", ["a"], "; 'b"),
    ("'a;b' \\; \"|\"", ["a;b", ";", "|"], None),
]

REFUSED: list[tuple[str, Fault, str]] = [
    ("echo it's", Fault.UNCLOSED_QUOTE, "'s"),
    ('sh -c "a b', Fault.UNCLOSED_QUOTE, '"a b'),
    ("'a\\'b'", Fault.UNCLOSED_QUOTE, "'"),
    ("a `b", Fault.UNCLOSED_BACKQUOTE, "`b"),
    ("`'`x'`", Fault.UNCLOSED_QUOTE, "'`"),
    ("a $(b", Fault.UNCLOSED_SUBSTITUTION, "$(b"),
    ("(a; b)", Fault.PARENTHESIS, "("),
    ("a)", Fault.PARENTHESIS, ")"),
    ("$(a (b))", Fault.PARENTHESIS, "("),
    ("$((1+1))", Fault.PARENTHESIS, "("),
    ("$(a)(b)", Fault.PARENTHESIS, "("),
    ("'\\'$(a)", Fault.PARENTHESIS, "("),
    ("\\\\$(a)", Fault.PARENTHESIS, "("),
    ("a \\", Fault.BACKSLASH_AT_END, "\\"),
    ("`a\\", Fault.BACKSLASH_AT_END, "\\"),
]


def command(text: str) -> CommandLine:
    line = parse_command_line(traced(text.replace("$", "$$")))
    assert isinstance(line, CommandLine)
    return line


@pytest.mark.parametrize(("text", "words", "dropped"), ACCEPTED)
def test_words_are_cut(text: str, words: list[str], dropped: str | None) -> None:
    line = command(text)
    assert [word.text for word in line.words] == words
    assert (line.dropped.text if line.dropped else None) == dropped
    assert line.is_certain
    assert not line.is_list


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    written = text.replace("$", "$$")
    line = parse_command_line(traced(written))
    assert isinstance(line, InvalidCommandLine)
    assert (line.fault, line.text) == (fault, wrong)
    assert standing(line.span, written) == wrong.replace("$", "$$")


def test_each_word_knows_its_place() -> None:
    text = "a 'b c'  d\\te ''"
    words = command(text).words
    assert [standing(word.span, text) for word in words] == ["a", "b c", "d\\te", ""]
    assert standing(words[2][1:2].span, text) == "\\t"
    assert words[3].span == Span(14, 14)


@pytest.mark.parametrize(
    ("text", "words", "dropped"),
    [
        ("run ${A} b", ["run", "${A}", "b"], None),
        ("run '${A} b'", ["run", "${A} b"], None),
        ("run --x=${A} && b", ["run", "--x=${A}"], "&& b"),
        ("run \\${A}", ["run", "${A}"], None),
    ],
)
def test_unknown_parts_stay_in_their_words(
    text: str, words: list[str], dropped: str | None
) -> None:
    line = parse_command_line(traced(text))
    assert isinstance(line, CommandLine)
    assert not line.is_certain
    assert [standing(word.span, text) for word in line.words] == words
    assert (standing(line.dropped.span, text) if line.dropped else None) == dropped


@pytest.mark.parametrize("text", ["'a${A}", "${A}'", "${A}(b)", "\\${A}\\", "`${A}"])
def test_what_a_variable_decides_is_not_refused(text: str) -> None:
    assert parse_command_line(traced(text)) is None


def test_what_is_wrong_before_an_unknown_part_stays_wrong() -> None:
    text = "(a) ${A}"
    assert parse_command_line(traced(text)) == InvalidCommandLine(
        Span(0, 1), "(", Fault.PARENTHESIS
    )


def test_no_text_is_refused_for_what_could_be_right() -> None:
    for text, _, _ in ACCEPTED:
        for open_ in with_unknown_part(text):
            if open_.count("$") == 1:
                assert not isinstance(parse_command_line(traced(open_)), InvalidCommandLine)


def test_a_list_is_its_words() -> None:
    text = '[sh, -c, "a && ${B}", 1]'
    line = read_command_line(node(text), open_text)
    assert isinstance(line, CommandLine)
    assert [standing(word.span, text) for word in line.words] == ["sh", "-c", "a && ${B}"]
    assert (line.is_list, line.is_certain, line.dropped) == (True, True, None)
    assert line.span == Span(0, len(text))


def test_what_is_no_command() -> None:
    assert read_command_line(node("~"), open_text) is None
    assert read_command_line(node("{a: b}"), open_text) is None
    assert read_command_line(node("5"), open_text) is None


def random_texts() -> list[str]:
    choose = random.Random(9)
    parts = [
        "a",
        "b c",
        " ",
        '"',
        "'",
        "\\",
        "`",
        "$",
        "(",
        "$(",
        ")",
        ";",
        "|",
        "&",
        ">",
        "2",
        "2>",
    ]
    parts += ["\t", "\n", "\u00e9", "#", "\\t", "\\n", "$(x)", "`y`", "'z'"]
    return ["".join(choose.choices(parts, k=choose.randint(1, 7))) for _ in range(1500)]


def test_the_real_program_cuts_them_so(tmp_path: Path) -> None:
    texts = [text for text, _, _ in ACCEPTED] + [text for text, _, _ in REFUSED] + random_texts()
    lines = [
        (f"command: {quoted(text)}", parse_command_line(traced(text.replace("$", "$$"))))
        for text in texts
    ]
    refused = [written for written, line in lines if isinstance(line, InvalidCommandLine)]
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(written, line) for written, line in lines if isinstance(line, CommandLine)]
    assert len(accepted) > 300
    services = services_of_compose([written for written, _ in accepted], tmp_path)
    assert [service["command"] for service in services] == [
        [word.text for word in line.words] for _, line in accepted
    ]


@requires_shared
def test_the_commands_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        for key in ("command", "entrypoint"):
            if key not in values:
                continue
            line = read_command_line(values[key], blank_text)
            if not isinstance(line, CommandLine):
                continue
            words = [word.text.replace("$", "$$") for word in line.words]
            assert words == made[key], (file, key)
            compared += 1
    assert compared > 500
