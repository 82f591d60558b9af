"""Each known difference between our parser and Compose's, held against the real program.

Where both read a text, they must read the same values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.yaml.differences import (
    CHARACTERS_OF_TAGS_THAT_COMPOSE_REFUSES,
    ESCAPES_THAT_COMPOSE_REFUSES,
    LONGEST_KEY,
    ONLY_COMPOSE_ACCEPTS,
    Treatment,
)
from composecheck.yaml.nodes import Scalar, Sequence
from composecheck.yaml.places import places
from tests.shared_material import ask_compose
from tests.yaml.reading import SERVICES, all_nodes, parts_in_c, parts_of, read, value_of, written
from tests.yaml.real_compose import extensions, extensions_in_compose

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = [
    (difference, example) for difference in ONLY_COMPOSE_ACCEPTS for example in difference.examples
]


def project(example: str) -> str:
    """Return a project that Compose accepts, with a value from the table in it."""
    if "\n" not in example:
        return f"{SERVICES}x-a: {example}\n"
    if "...\n" in example:
        return example.replace("x: 1", f"x-a: 1\n{SERVICES}")
    return SERVICES + example.replace("x:", "x-a:")


def in_c(text: str) -> object:
    """Return what the C parser reads, left to itself."""
    try:
        return parts_in_c(text)
    except Exception as problem:
        return str(problem)


@pytest.mark.parametrize(
    ("treatment", "example"),
    [(difference.treatment, example) for difference, example in EXAMPLES],
    ids=[example[:40].replace("\n", "|") for _, example in EXAMPLES],
)
def test_what_only_compose_reads(treatment: Treatment, example: str, tmp_path: Path) -> None:
    text = project(example)
    theirs = extensions_in_compose(text, tmp_path)
    assert isinstance(theirs, dict), theirs
    document = read(text)
    assert document.findings == ()  # never a mistake
    if treatment is Treatment.CANNOT_CHECK:
        assert document.refusal
        assert document.roots == ()
    else:
        assert document.refusal is None
        assert extensions(document) == theirs
        # There is a difference in the first place:
        assert in_c(text) != [part for root in document.roots for part in parts_of(root)]


READ_ALIKE = [
    # values at the borders of the rules by which we respell
    *("[a?b c?]", "[a ?b]", "[a b? ]", "{a? : b}", "{a: ?b?}", "['?a', \"b?c\"]", "[a, ?b ,c]"),
    *("[?]", "[??]", "[? a]", "[? a : b]", "{? a : ?b}", "[a:?b]", "[a?: b]", "[?a : b]"),
    *("[a:b #c\n]", "[a:b#c]", "['a:b', c:d]", "[http://x:80/y?z=a:b]", "{a:b c:d}", "[a:b: c]"),
    *("['a':b]", '["a" :b]', "{'a':[b]}", "['a':'b:c']", "[[a, b:c], d]", "[{a: b:c}]", "[a::b]"),
    *("[a:\xa0b]", "[a:\u2028 b]", "[a:\tb]", "[a: b, c :d]", "[!t a:b]", "[&x a:b]", "[!t:x a]"),
    *("[a&b:c]", "[a *b:c]", "[a%b:c]", "[a\\b:c]", '["\\x3a", a:b]', "[:a:b]", "[:?]", "[:'a']"),
    *("['a', :b]", "[[a], :b]", "[a,:b]", "[\n:a]", "[#c\n:a]", "{a: 1,\n :b}", "{x, ::1}"),
    *("{a::}", "[a:,b:]", "[:::]", "{'a':}", "[a:: ]", "[a:,:b]", "{a:\n}", "[a:b:]", "[:a:]"),
    *("\"a\\'b\\'c\"", '["\\\'"]', "['\\', \"\\\\'\"]", '"\\\\\\\'"', "'it''s \\'", "it\\'s"),
    *(
        "&! a",
        '&"x" a',
        "&a*b c",
        "[&a.b , *a.b]",
        "&a.b {c: *a.b.}"[:9] + "d",
        "&a;b [*a;b][:0]"[:6],
    ),
    *(
        "&a%b c",
        "&a@b c",
        "&a`b c",
        "&- a",
        "&?a b",
        "[&<> a, *<>]",
        "a &b.c",
        "'&b.c'",
        "[a &b.c:d]",
    ),
    *("|\n  &a.b [?a, :b, c:]\n", "[?a, '?b', \"?c\"] # ?d", "'a:b' # [c:d]", "a:b ?c", "[a,\n?b]"),
    *("a\x7f", "[a\x80:b]", '"\x9f\\\'"', "\x85  a", "[\ufeffa]", "a\ufeff", "'\ufeff'", "\ufeff"),
    *("\n  \ufeffa", "[\n\ufeffa]", "[a:b,\ue000]", '["\\ue000", a:b]', "[a?b, \ue000\ue001]"),
]


@pytest.mark.parametrize("value", READ_ALIKE)
def test_what_both_read_is_the_same(value: str, tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: {value}\n"
    theirs = extensions_in_compose(text, tmp_path)
    document = read(text)
    assert document.refusal is None
    if isinstance(theirs, str):
        assert document.findings, theirs
    else:
        assert document.findings == ()
        assert extensions(document) == theirs


BOTH_REFUSE = [
    *("{a:{b: c}}", "[a:[b]]", "{:a}", "{ :a: b}", "{a: :b}", "['a'::b]", "[what? yes]", "[: a]"),
    *("{\n  ? a :,\n  : b,\n}", "[:, a]", "{a, :}", "[&a:b c]", "[? :a]", "&é c", "&a,b c", "& a"),
    *('"\\z"', "'it's'", '"a"?b', "[a:b", "{a?b", "[@a:b]", "a: b:c: d", "[%a?b]", "{a: b:c d: e}"),
]


@pytest.mark.parametrize("value", BOTH_REFUSE)
def test_what_compose_refuses_stays_a_mistake(value: str, tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: {value}\n"
    assert isinstance(extensions_in_compose(text, tmp_path), str)
    document = read(text)
    assert document.findings
    assert document.refusal is None


def test_respelling_leaves_no_trace() -> None:
    text = "\ufeff...\nk: [a:b, c?, :d, {e:}, \"it\\'s\"] # f:g\nl: &x.y |\n  h:i? \\'\nm: *x.y\n"
    (root,) = read(text).roots
    scalars = [node for node, _ in all_nodes(root) if isinstance(node, Scalar)]
    assert [node.text for node in scalars] == [
        *("k", "a:b", "c?", ":d", "e", "", "it's", "l", "h:i? \\'\n", "m"),
    ]
    assert [written(node) for node in scalars] == [
        *("k", "a:b", "c?", ":d", "e", "", '"it\\\'s"', "l", "&x.y |\n  h:i? \\'\n", "m"),
    ]
    assert [written(node) for node, _ in all_nodes(root)][-1] == "*x.y"


def test_places_within_a_respelled_value() -> None:
    sequence = value_of('k: [80:80, "it\\\'s"]\n')
    assert isinstance(sequence, Sequence)
    first, second = sequence.items
    assert isinstance(first, Scalar)
    assert isinstance(second, Scalar)
    assert first.source.slice(places(first).span(3, 5)) == "80"
    assert second.source.slice(places(second).span(2, 3)) == "\\'"


# What only our parser takes.


@pytest.mark.parametrize("escape", ESCAPES_THAT_COMPOSE_REFUSES)
def test_escapes_that_compose_refuses(escape: str, tmp_path: Path) -> None:
    text = f'{SERVICES}x-a: "a{escape}b"\n'
    assert "unknown escape" in ask_compose(text, tmp_path).stderr
    (finding,) = read(text).findings
    start = text.index(escape)
    assert start in range(finding.span.start, finding.span.end)
    assert parts_in_c(text)


@pytest.mark.parametrize("value", [r"'\/'", r"\/", r'"\\/"', "|\n  \\/", r'"a" # \/'])
def test_the_same_characters_elsewhere_are_fine(value: str, tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: {value}\n"
    assert ask_compose(text, tmp_path).returncode == 0
    assert read(text).findings == ()


def test_each_refused_escape_is_found() -> None:
    document = read(SERVICES + r'x-a: ["\/", "a\/b\/c"]' + "\n")
    assert len(document.findings) >= 1
    assert len(document.roots) == 1


@pytest.mark.parametrize("character", CHARACTERS_OF_TAGS_THAT_COMPOSE_REFUSES)
def test_characters_of_tags_that_compose_refuses(character: str, tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: !a{character}b c\n"
    assert "YAML tag" in ask_compose(text, tmp_path).stderr
    assert len(read(text).findings) == 1
    verbatim = f"{SERVICES}x-a: !<a{character}b> c\n"
    assert ask_compose(verbatim, tmp_path).returncode == 0
    assert read(verbatim).findings == ()


@pytest.mark.parametrize("value", ["[!a, b]", "[!a b]", "{a: !b}", "[!!str, a]", "{a: !b , c: d}"])
def test_tags_at_brackets(value: str, tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: {value}\n"
    assert (ask_compose(text, tmp_path).returncode == 0) == (read(text).findings == ())


VERSIONS = [
    ("1.1", True),
    ("1.1 # c", True),
    ("1.0", False),
    ("1.2", False),
    ("1.3", False),
    ("2.0", False),
]


@pytest.mark.parametrize(("version", "is_accepted"), VERSIONS)
def test_versions_of_yaml(version: str, *, is_accepted: bool, tmp_path: Path) -> None:
    text = f"%TAG !e! tag:e.org,1.2:\n%YAML {version}\n---\n{SERVICES}"
    assert (ask_compose(text, tmp_path).returncode == 0) == is_accepted
    findings = read(text).findings
    assert (findings == ()) == is_accepted
    if findings:
        (finding,) = findings
        assert finding.rule == "yaml-version"
        assert version in text[finding.span.start : finding.span.end]


def test_a_version_in_a_later_document(tmp_path: Path) -> None:
    text = f"{SERVICES}...\n# %YAML 1.2\n%YAML 1.2\n---\nx-a: 1\n"
    assert "incompatible YAML" in ask_compose(text, tmp_path).stderr
    (finding,) = read(text).findings
    assert finding.span.start > text.index("\n%YAML")


# Long keys.


def test_a_long_key_is_no_mistake_but_a_long_value_may_have_one(tmp_path: Path) -> None:
    long = "v" * (LONGEST_KEY + 1)
    for value in (f"k: {long} b: c", f"{{a: {long} b: c}}", f"\n  - k: {long}: c"):
        text = f"{SERVICES}x-a: {value}\n"
        assert ask_compose(text, tmp_path).returncode != 0
        assert read(text).findings, value[:5]


@pytest.mark.parametrize("length", [LONGEST_KEY - 2, LONGEST_KEY])
def test_keys_up_to_the_limit_are_read(length: int) -> None:
    document = read(f"x:\n  {'k' * length}: a\n")
    assert document.refusal is None
    assert document.findings == ()


# What no table row is for, since both read it so: held all the same.

BREAKS = ["\r", "\r\n", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("line_break", BREAKS)
def test_all_of_these_end_a_line(line_break: str, tmp_path: Path) -> None:
    text = f"{SERVICES}x-a: b{line_break}x-c: d # e{line_break}x-f: g{line_break}  h\n"
    theirs = extensions_in_compose(text, tmp_path)
    document = read(text)
    assert extensions(document) == theirs
    assert [comment.text for comment in document.comments] == ["# e"]
