"""Where the parser that we have reads YAML otherwise than Compose's own reader, go-yaml.

go-yaml is a descendant of libyaml, and so is ruamel.yaml's C parser: what the C parser takes or
refuses, Compose takes or refuses, but for the rows below. Each is held by a test against the real
program (`tests/yaml/test_differences.py`), which must see the very values that we see.

What only Compose takes is spelled in another way before the C parser gets it: see `spelling`. The
parser in Python is no help: on its own it takes much that Compose refuses (`: 1`, `%FOO`), and
refuses what Compose takes (a tab behind a colon).
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Treatment(Enum):
    """What we do about a text that Compose reads and the C parser does not."""

    RESPELL_ALWAYS = "the parser gets a spelling that it knows; nothing else can change by it"
    RESPELL_THERE = "the parser gets a spelling that it knows, at the place where it gave up"
    CANNOT_CHECK = "we say that we cannot check the file"


class Difference(Struct, frozen=True):
    """Texts that Compose reads, and the C parser does not, or otherwise.

    `examples` are values (what stands behind `key: `), or whole texts if they have line breaks.
    """

    reason: str
    treatment: Treatment
    examples: tuple[str, ...]


LONGEST_KEY = 1024
"""How many characters a key may have for libyaml; go-yaml has no such limit."""

_LONG = "k" * (LONGEST_KEY + 1)

ONLY_COMPOSE_ACCEPTS = (
    Difference(
        "libyaml allows no colon within unquoted text inside [] and {}",
        Treatment.RESPELL_ALWAYS,
        ("[80:80, http://host, a:b:c]", "{a:b, c:d: e}", "[a\tb:c]", "[a?:b]"),
    ),
    Difference(
        "to libyaml, a question mark inside [] and {} stands for a key, even within a word",
        Treatment.RESPELL_ALWAYS,
        ("[a?b, c?]", "{a?b: c}", "[?a]", "{?a: b, c: ?d}", "{?}", "[a ?]", "{a: x?y=1&z=2}"),
    ),
    Difference(
        "libyaml forbids DEL and the control characters of ISO 8859",
        Treatment.RESPELL_ALWAYS,
        ("a\x7fb", "'\x80\x9f'"),
    ),
    Difference(
        "libyaml wants a document before the first document end",
        Treatment.RESPELL_ALWAYS,
        ("...\nx: 1\n", "# a\n... # b\n\n...\n---\nx: 1\n"),
    ),
    Difference(
        "libyaml takes a colon behind a quote or a blank for the end of a key",
        Treatment.RESPELL_THERE,
        ("[a :b]", "{a :b: c}", """[a":b, c':d]""", """['a':80:80]""", "[a !b:c]"),
    ),
    Difference(
        "libyaml knows no text that begins with a colon inside []",
        Treatment.RESPELL_THERE,
        ("[:a]", "[::1, :b]", "{a, :b}", "x: [a, # b\n  :c]\n", "[[:a: b]]"),
    ),
    Difference(
        "libyaml wants a blank between a colon and the bracket or comma behind it",
        Treatment.RESPELL_THERE,
        ("{a:}", "{a:,b:}", "[a:]", "[a::, b]", "[::]"),
    ),
    Difference(
        r"libyaml does not know \' inside double quotes",
        Treatment.RESPELL_THERE,
        (r'"it\'s"', r'["it\'s", 80:80]', r"""["\'\\", '\']"""),
    ),
    Difference(
        "libyaml wants letters, digits, - and _ in the name of an anchor; go-yaml takes all of"
        " ASCII but , : [ ] { }",
        Treatment.RESPELL_THERE,
        ("&a.b c", "[&a/b c, *a/b]", "{&a.b c: d, e: *a.b}", "[!t &a.b c, *a.b ]", "&& a"),
    ),
    Difference(
        "libyaml allows no tab before a comment; go-yaml reads the comments that follow one on a"
        " line of its own in one go, whatever stands before them",
        Treatment.RESPELL_THERE,
        (
            "x:\n  # a\n\t# b\n  y: 1\n",
            "# a\n\t\n \t # b\n\t# c\td\nx: 1\n",
            "x: 1\n# a\n\n\t# b\n",
        ),
    ),
    Difference(
        "libyaml ends the name of an anchor at a question mark",
        Treatment.CANNOT_CHECK,
        ("&a?b c", "[&a?]", "x: &a?\n  b\n"),
    ),
    Difference(
        "libyaml allows no braces in a tag, not even within !<...>",
        Treatment.CANNOT_CHECK,
        ("!<a{b}> c",),
    ),
    Difference(
        f"libyaml gives up on a key of more than {LONGEST_KEY} characters",
        Treatment.CANNOT_CHECK,
        (
            *(f"{{{_LONG}: a}}", f"{{b: c, '{_LONG}': a}}", f"[{_LONG}: a]", f"[&a {_LONG}: a]"),
            *(f"x:\n  {_LONG}: a\n", f"x:\n  b: c\n  {_LONG}: a\n", f"x:\n  - {_LONG}: a\n"),
        ),
    ),
)

ESCAPES_THAT_COMPOSE_REFUSES = ("\\/",)
"""Escapes in double quotes that only the C parser takes."""

CHARACTERS_OF_TAGS_THAT_COMPOSE_REFUSES = ",[]"
"""Characters in a tag that only the C parser takes (but not within `!<...>`)."""

YAML_VERSION = (1, 1)
"""The one version that may stand behind `%YAML`; the C parser takes 1.2 as well."""
