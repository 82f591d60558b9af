"""Texts behind `|` and `>` with line breaks and comments that are a part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.block_texts import text_comment, text_folded, text_newline
from tests.rules.accepted import environment, find, fixed, model, service, variables_of
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("sign", ["|", ">"])
@pytest.mark.parametrize("comment", ["", "  # secret"])
def test_a_word_with_a_line_break(sign: str, comment: str) -> None:
    text = environment(f"A: {sign}{comment}", "  secret", "B: 1")
    findings = find(text_newline, text, sign)
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings) == environment(f"A: {sign}-{comment}", "  secret", "B: 1")


def test_all_line_breaks_are_kept() -> None:
    text = environment("A: |+", "  secret", "")
    assert find(text_newline, text, "|+")[0].fix is None


@pytest.mark.parametrize(
    "text",
    [
        environment("A: |-", "  secret"),
        environment("A: |", "  two words"),
        environment("A: |", "  two", "  lines"),
        environment("A: secret"),
        environment("- |", "  A=secret"),
        service("command: |", "  a"),
        service("labels:", "  a: |", "    b"),
        "x-a:\n  environment:\n    b: |\n      c\n" + service(),
    ],
)
def test_line_breaks_that_do_no_harm(text: str) -> None:
    assert find(text_newline, text) == []


@requires_compose
def test_compose_hands_the_line_break_on(tmp_path: Path) -> None:
    text = environment("A: |", "  secret", "B: |-", "  secret")
    assert variables_of(text, tmp_path) == {"A": "secret\n", "B": "secret"}


COMMENTS = (
    (("command: >", "  a", "  # b c", "  d"), "# b c"),
    (("command: |", "  a  # b c", "  d"), "# b c"),
    (("command: >-", "  a  # b"), "# b"),
    (("entrypoint: >", "  a  ## b"), "## b"),
    (("command: >", "  sh a.sh", "  # b"), "# b"),
)


@pytest.mark.parametrize(("lines", "characters"), COMMENTS)
def test_a_comment_that_is_none(lines: tuple[str, ...], characters: str) -> None:
    (finding,) = find(text_comment, service(*lines), characters)
    assert finding.fix is None


@pytest.mark.parametrize(
    "lines",
    [
        ("command: >  # b", "  a"),
        ("command: >", "  a#b"),
        ("command: >", "  a #b"),
        ("command: >", "  a '# b'"),
        ("command: |", "  sh -c '# a", "  b'"),
        ("entrypoint: [sh, -c]", "command: |", "  # a", "  b"),
        ("command:", "  - |", "    # a", "    b"),
        ("environment:", "  A: |", "    # b", "    c"),
        ("command: >", "  a"),
        ("command: a  # b",),
    ],
)
def test_comments_that_are_some_or_do_no_harm(lines: tuple[str, ...]) -> None:
    assert find(text_comment, service(*lines)) == []


@requires_compose
def test_compose_takes_the_comment_for_words(tmp_path: Path) -> None:
    text = service("command: >", "  a", "  # b c", "  d")
    assert model(text, tmp_path)["services"]["a"]["command"] == ["a", "#", "b", "c", "d"]


FOLDED = (
    (("command: >", "  npm ci", "  npm start"), "npm start"),
    (("command: >-", '  sh -c "', "  cd /a", '  echo b"'), 'echo b"'),
    (("command: >", "  npm ci &&", "  npm run a", "  npm start"), "npm start"),
    (("healthcheck:", "  test: >", "    curl a", "    curl b"), "curl b"),
    (("command:", "  - sh", "  - -c", "  - >", "    mkdir a", "    chown b a"), "chown b a"),
)


@pytest.mark.parametrize(("lines", "characters"), FOLDED)
def test_lines_that_become_one_command(lines: tuple[str, ...], characters: str) -> None:
    find(text_folded, service(*lines), characters)


@pytest.mark.parametrize(
    "lines",
    [
        ("command: |", "  npm ci", "  npm start"),
        ("command: >", "  npm ci &&", "  npm start"),
        ("command: >", "  npm ci;", "  npm start"),
        ("command: >", "  npm ci \\", "  npm start"),
        ("command: >", "  npm ci", "", "  npm start"),
        ("command: >", "  sh -c '", "    npm ci", "    npm start'"),
        ("command: >", "  npm ci", "    npm start"),
        ("command: >", "  exec", "  python a.py"),
        ("command: >", "  postgres", "  -c a=b"),
        ("command: >", "  npm", "  start"),
        ("environment:", "  A: >", "    npm ci", "    npm start"),
        ("labels:", "  a: >", "    npm ci", "    npm start"),
    ],
)
def test_lines_that_go_on_or_are_kept(lines: tuple[str, ...]) -> None:
    assert find(text_folded, service(*lines)) == []


@requires_compose
def test_compose_sees_one_command(tmp_path: Path) -> None:
    text = service("command: >", "  npm ci", "  npm start")
    found = model(text, tmp_path)["services"]["a"]["command"]
    assert found == ["npm", "ci", "npm", "start"]
