"""Values in lists that begin with a blank or stand in quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.environment_values import environment_leading_blank, environment_quotes
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

BLANKS = (
    ("- A= b", " b", "- A=b"),
    ("- A=\tb", "\tb", "- A=b"),
    ("- A=   b c  # d", "   b c", "- A=b c  # d"),
    ('- "A= b"', " b", '- "A=b"'),
    ("- 'A= b'", " b", "- 'A=b'"),
    ("- A= $B", " $B", "- A=$B"),
    ("- A= ${B:-c}", " ${B:-c}", "- A=${B:-c}"),
    ("- A= b=c", " b=c", "- A=b=c"),
    ('- A= "b c"', ' "b c"', "- A=b c"),
    ("- A= 'b'", " 'b'", "- A=b"),
    ('- A= ""', ' ""', "- A="),
)


@pytest.mark.parametrize(("line", "characters", "right"), BLANKS)
def test_a_blank_behind_the_sign(line: str, characters: str, right: str) -> None:
    text = environment("- Z=1", line)
    findings = find(environment_leading_blank, text, characters)
    assert findings[0].path == ("services", "a", "environment", 1)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == environment("- Z=1", right)
    assert find(environment_quotes, text) == []


@pytest.mark.parametrize(
    "line",
    [
        "- A=b",
        "- A=b ",
        "- A=",
        "- A= # b",
        '- "A= "',
        "- A",
        "- $N= b",
        "- ${N}= b",
        "- A==  b",
        "- A=$B c",
        '- "=  b"',
        "A: ' b'",
    ],
)
def test_no_blank_or_one_that_is_meant(line: str) -> None:
    assert find(environment_leading_blank, environment(line)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("build: {context: ., args: [A= b]}",),
        ("labels: [A= b]",),
        ("pre_start: [{image: y, environment: [A= b]}]",),
        ("post_start: [{command: c, environment: [A= b]}]",),
    ],
)
def test_wherever_such_lists_stand(lines: tuple[str, ...]) -> None:
    text = service(*lines)
    assert fixed(text, find(environment_leading_blank, text, " b")) == text.replace("A= b", "A=b")


def test_what_counts_as_two_things_or_goes_over_lines_has_no_fix() -> None:
    shared = "x-e: &e\n  - A= b\n" + service("environment: *e", "labels: *e")
    assert find(environment_leading_blank, shared, " b")[0].fix is None
    long = environment("- A= >-", "    b", "    c")
    assert find(environment_leading_blank, long, " >-")[0].fix is None
    escaped = environment('- "A=\\u0020b"')
    assert find(environment_leading_blank, escaped, "\\u0020b")[0].fix is None


def test_what_two_services_have_is_found_once() -> None:
    text = "services:\n  a: &a\n    image: x\n    environment:\n      - A= b\n  c:\n    <<: *a\n"
    find(environment_leading_blank, text, " b")


QUOTES = (
    ('- A="b"', '"b"', "- A=b"),
    ("- A='b c'", "'b c'", "- A=b c"),
    ('- A=""', '""', "- A="),
    ('- A="b" # c', '"b"', "- A=b # c"),
    ('- A="$B"', '"$B"', "- A=$B"),
    ('- A="it\'s"', '"it\'s"', "- A=it's"),
    ('- A="b=c"', '"b=c"', "- A=b=c"),
)


@pytest.mark.parametrize(("line", "characters", "right"), QUOTES)
def test_quotes_around_a_value(line: str, characters: str, right: str) -> None:
    text = environment(line)
    findings = find(environment_quotes, text, characters)
    assert fixed(text, findings) == environment(right)


@pytest.mark.parametrize(
    ("line", "characters"),
    [
        ('- A="b:"', '"b:"'),
        ('- A=" b"', '" b"'),
        ('- A="b "', '"b "'),
    ],
)
def test_what_yaml_would_read_otherwise_without_quotes_has_no_fix(
    line: str, characters: str
) -> None:
    assert find(environment_quotes, environment(line), characters)[0].fix is None


def test_in_brackets() -> None:
    text = service('environment: [A="b", C="d e", E=f]')
    findings = find(environment_quotes, text, '"b"', '"d e"')
    assert fixed(text, findings) == service("environment: [A=b, C=d e, E=f]")


@pytest.mark.parametrize(
    "line",
    [
        '- "A=b"',
        "- 'A=\"b\"'",
        '- "A=\\"b\\""',
        '- A="b"c',
        '- A="b" "c"',
        '- A="b\\"',
        '- A="',
        "- A=b\"'",
        "- A=\"b'",
        '- ${N}="b"',
        '- PGADMIN_CONFIG_X="b"',
        '- NODE_OPTIONS="b"',
        "A: '\"b\"'",
    ],
)
def test_quotes_that_are_meant(line: str) -> None:
    assert find(environment_quotes, environment(line)) == []


def test_caddy_takes_quotes_away() -> None:
    text = environment('- A="b"').replace("image: x", "image: caddy:2")
    assert find(environment_quotes, text) == []


@requires_compose
def test_compose_hands_blanks_and_quotes_on(tmp_path: Path) -> None:
    text = environment("- A= b", '- B="c"', '- C= "d"', '- D=""')
    assert variables_of(text, tmp_path) == {"A": " b", "B": '"c"', "C": ' "d"', "D": '""'}
