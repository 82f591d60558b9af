"""Passwords and hashes in which Compose takes a part for a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.swallowed_dollars import dollar_swallowed
from tests.rules.accepted import environment, find, fixed, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

SWALLOWED = (
    "$apr1$salt1234$AbCdEf.gh/i",
    "$2y$05$abcdefgh./Z",
    "$2b$12$Abc",
    "$6$salt$hash.Of/it",
    "$argon2id$v=19$m=65540,t=3,p=4$c2Fs$aGFz",
)


@pytest.mark.parametrize("written", SWALLOWED)
@pytest.mark.parametrize("is_here", [False, True])
def test_a_hash(written: str, is_here: bool) -> None:
    text = environment(f"HASH: {written}")
    findings = find(dollar_swallowed, text, written, is_here=is_here)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == environment(f"HASH: {written.replace('$', '$$')}")


def test_two_hashes_in_one_text() -> None:
    first, second = "$apr1$ab$cd", "$2y$05$efg"
    text = service("labels:", f'  - "users=ann:{first},bob:{second}"')
    findings = find(dollar_swallowed, text, first, second)
    assert fixed(text, findings) == text.replace("$", "$$")


@pytest.mark.parametrize(
    ("line", "characters"),
    [
        ("- DB_PASSWORD=pa$word", "pa$word"),
        ("DB_PASSWORD: pa$word!", "pa$word!"),
        ("- API_TOKEN=a1$b2$c3", "a1$b2$c3"),
        ('SECRET: "x$yz"', "x$yz"),
    ],
)
def test_a_password(line: str, characters: str) -> None:
    text = environment(line)
    findings = find(dollar_swallowed, text, characters)
    assert fixed(text, findings) == text.replace("$", "$$")


@pytest.mark.parametrize(
    "line",
    [
        "HASH: $$apr1$$ab$$cd",
        "HASH: $2y$05$0123",
        "HASH: ${X:-$2y$05$0123}",
        "PASSWORD: $word",
        "PASSWORD: ${word}",
        "PASSWORD: a${word}",
        "PASSWORD: a-$word",
        "PASSWORD: a$WORD",
        "PASSWORD: a $word b$c",
        "PASSWORD_FILE: a$word",
        "DB_SECRET_URL: a://b:c$d@e",
        "TITLE: a$word",
        "- TITLE=PASSWORD$word",
        "price: $5$x",
    ],
)
def test_what_may_be_meant(line: str) -> None:
    assert find(dollar_swallowed, environment(line)) == []


def test_a_variable_that_is_set_is_meant() -> None:
    text = environment("PASSWORD: a$word")
    assert find(dollar_swallowed, text, environment={"word": "b"}) == []


def test_no_fix_where_one_is_doubled_or_it_is_shared() -> None:
    text = environment("HASH: $apr1$$ab$cd")
    assert find(dollar_swallowed, text, "$apr1$$ab$cd")[0].fix is None
    text = "x-h: &h $apr1$ab$cd\n" + environment("HASH: *h") + "    hostname: *h\n"
    assert find(dollar_swallowed, text, "$apr1$ab$cd")[0].fix is None


@requires_compose
def test_compose_swallows_it(tmp_path: Path) -> None:
    text = environment("A: $2y$05$abc", "B: pa$word", "C: $$2y$$05$$abc")
    assert variables_of(text, tmp_path) == {"A": "$$2y$$05", "B": "pa", "C": "$$2y$$05$$abc"}
