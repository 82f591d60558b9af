"""Values in env files that Compose reads otherwise than they look; it is asked itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.env_file_values import (
    env_file_comment,
    env_file_dollar,
    env_file_quotes,
    env_file_repeated,
)
from tests.rules.env_folder import SERVICE, find_in, read_by_compose
from tests.rules.fitting import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

USES = "services: {a: {image: x$A}}"
"""A file that uses a variable of the `.env`."""

COMMENTS = (
    ("A= # none yet\n", "# none yet"),
    ("A=# none yet\n", "# none yet"),
    ("A=   #none yet\nB=1\n", "#none yet"),
    ("export A= # x\r\n", "# x"),
    ("A: # none yet", "# none yet"),
)


@pytest.mark.parametrize(("env", "value"), COMMENTS)
def test_a_comment_that_is_the_value(env: str, value: str, tmp_path: Path) -> None:
    (finding,) = find_in(env_file_comment, SERVICE, {"a.env": env}, value)
    assert finding.source.name == "a.env"
    find_in(env_file_comment, USES, {".env": env}, value)
    assert read_by_compose(env, tmp_path)["A"] == value


@pytest.mark.parametrize(
    "env",
    [
        "A=1 # one\n",
        "A='' # none yet\n",
        'A="" # none yet\n',
        "A=\n# none yet\n",
        "A=#fff\n",
        "A= #fff\n",
        "A=#\n",
        "A\n",
        "# A= # x\n",
        "A='# x'\n",
    ],
)
def test_a_comment_or_a_value(env: str) -> None:
    assert find_in(env_file_comment, SERVICE, {"a.env": env}) == []


def test_a_raw_file_has_no_comments_behind_values() -> None:
    text = "services: {a: {image: x, env_file: [{path: a.env, format: raw}]}}"
    assert find_in(env_file_comment, text, {"a.env": "A= # x\nB='pa$word' x\n"}) == []
    assert find_in(env_file_dollar, text, {"a.env": "A=pa$word\n"}) == []


def test_a_file_is_told_of_once_however_many_have_it() -> None:
    text = "services: {a: {image: x, env_file: a.env}, b: {image: x$A, env_file: [a.env, .env]}}"
    files = {"a.env": "A= # x\n", ".env": "B= # y\n"}
    assert len(find_in(env_file_comment, text, files, "# y", "# x")) == 2


def test_a_file_that_is_refused_is_left_to_that() -> None:
    assert find_in(env_file_comment, SERVICE, {"a.env": "A= # x\nB C=1\n"}) == []


def test_a_file_that_is_named_for_compose() -> None:
    files = {"prod.env": "A= # x\n", ".env": "A= # y\n"}
    find_in(env_file_comment, USES, files, "# x", env_files=("prod.env",))
    here = {"COMPOSE_ENV_FILES": str(FOLDER / "prod.env")}
    find_in(env_file_comment, USES, files, "# x", environment=here)


DOLLARS = (
    ("A=pa$word\n", "$word", "pa"),
    ('A="pa$word"\n', "$word", "pa"),
    ("A=$2y$05$saltAndHash\n", "$saltAndHash", "$$2y$$05"),
    ("A=1$x2$y3\n", "$x2", "1"),
)


@pytest.mark.parametrize(("env", "name", "value"), DOLLARS)
def test_a_dollar_in_a_word(env: str, name: str, value: str, tmp_path: Path) -> None:
    find_in(env_file_dollar, SERVICE, {"a.env": env}, name)
    assert read_by_compose(env, tmp_path)["A"] == value


@pytest.mark.parametrize(
    "env",
    [
        "A='pa$word'\n",
        "A=pa$$word\n",
        "A=pa\\$word\n",
        "word=x\nA=pa$word\n",
        "A=http://$host/x\n",
        "A=pa${word}\n",
        "A=x$HOST\n",
        "A=5$\n",
        "A=$word\n",
    ],
)
def test_a_dollar_that_is_meant_or_kept(env: str) -> None:
    assert find_in(env_file_dollar, SERVICE, {"a.env": env}) == []


def test_a_dollar_before_what_is_set_elsewhere() -> None:
    files = {"a.env": "A=x$b\n", ".env": "b=1\n", "b.env": "b=1\n"}
    assert find_in(env_file_dollar, SERVICE, files) == []
    del files[".env"]
    text = "services: {a: {image: x, env_file: [b.env, a.env]}}"
    assert find_in(env_file_dollar, text, files) == []
    text = "services: {a: {image: x, env_file: a.env, environment: {b: $c}}}"
    assert find_in(env_file_dollar, text, files) == []


QUOTES = (
    ('A="My" shop\n', "shop", "My"),
    ("A='x' y # z\n", None, None),
    ("A='x' y\n", "y", "x"),
    ("A=\u201cx y\u201d\n", "\u201cx y\u201d", "\u201cx y\u201d"),
    ("A=\u2018x\u2019 # y\n", "\u2018x\u2019", "\u2018x\u2019"),
)


@pytest.mark.parametrize(("env", "wrong", "value"), QUOTES)
def test_quotes_that_end_too_early_or_are_none(
    env: str, wrong: str | None, value: str | None, tmp_path: Path
) -> None:
    if wrong is None:
        assert find_in(env_file_quotes, SERVICE, {"a.env": env}) == []
        return
    find_in(env_file_quotes, SERVICE, {"a.env": env}, wrong)
    assert read_by_compose(env, tmp_path)["A"] == value


@pytest.mark.parametrize(
    "env",
    [
        'A="My shop"\n',
        'A="x"\nB\n',
        'A="x" B="y"\n',
        "A=say \u201chi\u201d to x\n",
        "A=\u201chi\u201d he said\n",
        "A=l\u2019eau\n",
        'A="a\nb"\n',
        "A='\u201cx\u201d'\n",
    ],
)
def test_quotes_that_are_right(env: str) -> None:
    assert find_in(env_file_quotes, SERVICE, {"a.env": env}) == []


def test_a_variable_that_comes_twice(tmp_path: Path) -> None:
    env = "A=1\nB=2\nA=3\nB=2\n"
    (finding,) = find_in(env_file_repeated, SERVICE, {"a.env": env}, "A=1")
    assert "on line 3" in finding.message
    assert finding.related[0].span.start == env.index("A=3")
    assert read_by_compose(env, tmp_path) == {"A": "3", "B": "2"}


def test_a_variable_that_comes_three_times() -> None:
    find_in(env_file_repeated, USES, {".env": "A=1\nA=2\nexport A='3'\n"}, "A=1", "A=2")


@pytest.mark.parametrize(
    "env",
    [
        "A=1\nB=1\n",
        "A=1\na=2\n",
        "A=1\n# A=2\n",
        "A=1\nA=1\n",
        "A=1\nA='1'\n",
        "A=1\nA=$A:2\n",
        "A=1\nB=${A}x\nA=2\n",
        "A\nA=2\n",
    ],
)
def test_a_variable_that_counts(env: str) -> None:
    assert find_in(env_file_repeated, SERVICE, {"a.env": env}) == []
