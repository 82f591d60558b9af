"""What is said of a command line that cannot be meant."""

from __future__ import annotations

import pytest

from tests.cli_commands import Command


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check --selct x", 'There is no option "--selct". Is "--select" meant?'),
        ("check --zz", 'There is no option "--zz". "composecheck check --help" lists the options.'),
        ("chek", 'There is no command "chek". Is "check" meant?'),
        (
            "zz",
            'There is no command "zz". There are "check", "fix", "config", "rules" and "explain".',
        ),
        (
            "check --fail-on warnin",
            '"--fail-on warnin" is not possible. Is "warning" meant?',
        ),
        ("check --format srif", '"--format srif" is not possible. Is "sarif" meant?'),
        (
            "rules --format zz",
            '"--format zz" is not possible. There are "text" and "json".',
        ),
        ("check --color", 'Option "--color" requires an argument.'),
        ("explain", '"composecheck explain" needs a RULE.'),
        ("explain key-unkown", 'There is no rule "key-unkown". Is "key-unknown" meant?'),
        ("check --output srif:x", 'There is no format "srif"'),
    ],
)
def test_what_is_wrong_is_one_sentence_or_two(
    line: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = Command(monkeypatch, capsys)(*line.split())
    assert (status, out) == (2, "")
    assert err.startswith(f"composecheck: {said}")
    assert err.count("\n") == 1
