"""What is said about comments that do not do what they seem to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.check import check
from composecheck.finding import Safety, Severity
from composecheck.rule import Category, describe
from composecheck.rules import all_rules
from composecheck.rules.ignores import RULES
from composecheck.stages import SUPPLIED_ELSEWHERE
from composecheck.suppression import apply
from composecheck.suppression.applying import known_rules
from composecheck.suppression.notes import ELSEWHERE
from tests.suppression.judging import fixed, found, judge, kept, note, notes, read

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "services:\n  web:\n    image: nginx\n"
OLD = 'version: "3"\nservices:\n  web:\n    image: nginx\n'


def old(comment: str) -> str:
    """Return a text with a comment behind an obsolete key, of which there is one finding."""
    return OLD.replace('"3"', f'"3"  {comment}')


# -- of no use ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "remedy", "after"),
    [
        (
            f"{GOOD}    ports: [\"80:80\"]  # composecheck: ignore[port-invalid] -- why\n",
            '"port-invalid" finds nothing here, so there is nothing to ignore.',
            "Remove the comment.",
            f'{GOOD}    ports: ["80:80"]\n',
        ),
        (
            f"# composecheck: ignore[port-invalid, key-unknown]\n{GOOD}",
            '"port-invalid" and "key-unknown" find nothing here, so there is nothing to ignore.',
            "Remove the comment.",
            GOOD,
        ),
        (
            old("# composecheck: ignore[port-invalid, key-obsolete,key-unknown]"),
            '"port-invalid" and "key-unknown" find nothing here, so there is nothing to ignore.',
            'Take "port-invalid" and "key-unknown" out of the list.',
            old("# composecheck: ignore[key-obsolete]"),
        ),
        (
            GOOD.replace("nginx", "nginx  # the best # composecheck: ignore[upkeep]"),
            '"upkeep" finds nothing here, so there is nothing to ignore.',
            "Remove the comment.",
            GOOD.replace("nginx", "nginx  # the best"),
        ),
        (
            GOOD.replace("nginx", "nginx  # composecheck: ignore[upkeep] # the best"),
            '"upkeep" finds nothing here, so there is nothing to ignore.',
            "Remove the comment.",
            GOOD.replace("nginx", "nginx  # the best"),
        ),
        (
            f"{GOOD}\n    # composecheck: ignore[port-invalid]",
            "This comment stands above no key and no item of a list, so it covers nothing.",
            "Write it above the key that it is meant for, or at the end of its line.",
            f"{GOOD}\n",
        ),
        (
            f"{GOOD}# composecheck: ignore-file[key-obsolete]\n",
            '"key-obsolete" finds nothing here, so there is nothing to ignore.',
            "Remove the comment.",
            GOOD,
        ),
    ],
)  # fmt: skip
def test_an_unused_comment(text: str, message: str, remedy: str, after: str) -> None:
    said = note(text)
    assert (said.rule, said.severity) == ("ignore-unused", Severity.NOTE)
    assert (said.message, said.remedy) == (message, remedy)
    assert fixed(text, said) == after
    assert said.fix is not None
    assert said.fix.safety is Safety.SAFE
    assert notes(after) == []


@pytest.mark.parametrize(
    "text",
    [
        old("# composecheck: ignore[key-obsolete]"),
        old("# composecheck: ignore[upkeep]"),
        # Elsewhere it may find something.
        GOOD.replace("nginx", "${TAG}  # composecheck: ignore[variable-unset, value-type]"),
        GOOD.replace("nginx", "nginx  # composecheck: ignore[volume-undefined]"),
        f"# composecheck: ignore[compose]\n{GOOD}    env_file: .env\n",
        f"# composecheck: ignore-file[port-invalid]\n{GOOD}    ports: ['${{PORT}}:80']\n",
        # Somebody knows that.
        GOOD.replace("nginx", "nginx  # composecheck: ignore[port-invalid, ignore-unused]"),
        f"# composecheck: ignore-file[ignore-unused]\n# composecheck: ignore[style]\n{GOOD}",
        f"# composecheck: ignore-file[ignore-unused]\n{GOOD}",
    ],
)
def test_a_comment_that_is_or_may_be_of_use(text: str) -> None:
    assert [rule for rule in notes(text) if rule == "ignore-unused"] == []


def test_what_is_about_the_text_finds_nothing_elsewhere_either() -> None:
    text = GOOD.replace("nginx", "nginx:${TAG-1}  # composecheck: ignore[key-unknown]")
    assert notes(text) == ["ignore-unused"]


def test_behind_an_error_nothing_is_said_to_be_of_no_use() -> None:
    unused = f"{GOOD}    ports: ['80']  # composecheck: ignore[port-invalid]\n"
    assert notes(unused) == ["ignore-unused"]
    assert notes(f"{unused}    imag: x\n") == []
    assert notes(f"{unused}  b: [\n") == []


def test_errors_elsewhere_do_not_matter_if_that_is_known() -> None:
    document = read(f"{GOOD}    ports: ['80']  # composecheck: ignore[port-invalid]\n")
    errors = found("services: {a: {image: b, foo: 1}}\n")
    for partly_judged, expected in ((None, 0), ((), 1), ({document.source}, 0)):
        outcome = apply(errors, {document.source: document}, partly_judged)
        assert len(outcome.notes) == expected


def test_a_comment_that_ends_a_text_stays_where_it_is() -> None:
    """Without it, the blank line below it would belong to the text."""
    text = (
        f"{GOOD}    command: |+\n      a\n\n    # composecheck: ignore[port-invalid]\n\n"
        "    labels: {}\n"
    )
    assert note(text).fix is None
    text = text.replace("|+", "|")
    assert read(fixed(text, note(text))).is_complete


def test_the_table_of_rules_that_hang_on_more_than_the_text_is_up_to_date() -> None:
    names = {rule.name for rule in all_rules()}
    assert names >= ELSEWHERE >= SUPPLIED_ELSEWHERE


def test_rules_that_answer_the_two_questions_differently_are_in_that_table(tmp_path: Path) -> None:
    """Their comments may be of use with `--here` alone, or without it alone."""
    path = tmp_path / "compose.yaml"
    missing = []
    for rule in all_rules():
        path.write_bytes(rule.bad.encode("utf-8", "surrogateescape"))
        answers = [
            [(finding.rule, finding.severity) for finding in check([path], is_here=mode).findings]
            for mode in (False, True)
        ]
        if answers[0] != answers[1] and rule.name not in ELSEWHERE:
            missing.append(rule.name)
    assert missing == []


# -- of rules that do not exist -------------------------------------------------------------------


def test_a_misspelt_rule() -> None:
    text = old("# composecheck: ignore[key-obsolet]")
    said = note(text)
    assert said.rule == "ignore-unknown"
    assert said.source.slice(said.span) == "key-obsolet"
    assert said.text == (
        'There is no rule "key-obsolet", so there is nothing to ignore. Is "key-obsolete" meant?'
    )
    assert said.suggestions == ("key-obsolete",)
    assert fixed(text, said) == old("# composecheck: ignore[key-obsolete]")
    assert kept(text) == ["key-obsolete"]


def test_a_rule_of_another_tool() -> None:
    said = note(old("# composecheck: ignore[DL3006, key-obsolete]"))
    assert said.rule == "ignore-unknown"
    assert said.remedy == '"composecheck rules" lists them all.'
    assert said.fix is None


def test_the_rules_about_comments_are_known() -> None:
    assert {"ignore-unused", "ignore-unknown", "ignore-malformed"} <= set(known_rules())
    assert notes(f"# composecheck: ignore-file[ignore-malformed]\n{GOOD}") == ["ignore-unused"]
    assert notes(f"# composecheck: ignore-file[ignore-unused]\n{GOOD}") == []


# -- in another form ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("# composecheck ignore(key-obsolete)", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore(key-obsolete)", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore key-obsolete", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore=key-obsolete", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck:ignore: key-obsolete", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck-ignore key-obsolete", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore [key-obsolete]", "# composecheck: ignore[key-obsolete]"),
        ("# Composecheck: Ignore[key-obsolete]", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignroe[key-obsolete]", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore[key-obsolete", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: disable=key-obsolete", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: noqa", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck ignore", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore[]", "# composecheck: ignore[key-obsolete]"),
        ("# composecheck: ignore[all]", "# composecheck: ignore[key-obsolete]"),
        ("# x # composecheck: ignore", "# x # composecheck: ignore[key-obsolete]"),
        (
            "# composecheck: ignore(key_obsolete, key-unknown) -- so it is",
            "# composecheck: ignore[key-obsolete, key-unknown] -- so it is",
        ),
        (
            "# composecheck: ignore key-obsolete, an old server needs it",
            "# composecheck: ignore[key-obsolete] -- an old server needs it",
        ),
    ],
)
def test_another_form_silences_nothing_and_can_be_put_right(written: str, meant: str) -> None:
    text = old(written)
    assert kept(text) == ["key-obsolete"]
    said = note(text)
    assert (said.rule, said.severity) == ("ignore-malformed", Severity.NOTE)
    assert fixed(text, said) == old(meant)
    assert kept(old(meant)) == []
    assert set(notes(old(meant))) <= {"ignore-unused"}


@pytest.mark.parametrize(
    "comment",
    [
        "# checked by composecheck",
        "# composecheck",
        "# composecheck ignores this",
        "# composecheck is told to ignore(this) elsewhere",
        "# composecheck: see the README",
        "# see https://example.com/composecheck: ignore what it says",
        "# mycomposecheck: ignore",
        "# composechecks: ignore",
        "# composecheck skip-file is what others have",
    ],
)
def test_prose_is_no_directive(comment: str) -> None:
    assert notes(old(comment)) == []


def test_a_comment_without_names_where_there_is_nothing_to_name() -> None:
    for comment in ("# composecheck: ignore", "# composecheck: ignore[]", "# composecheck ignore"):
        text = GOOD.replace("nginx", f"nginx  {comment}")
        said = note(text)
        assert said.remedy == "Remove it: nothing is found here."
        assert fixed(text, said) == GOOD


def test_the_dashes_before_a_reason_may_lack() -> None:
    text = old("# composecheck: ignore[key-obsolete] an old server")
    assert kept(text) == []
    assert judge(text).suppressed[0].reason == "an old server"
    said = note(text)
    assert said.rule == "ignore-malformed"
    assert fixed(text, said) == old("# composecheck: ignore[key-obsolete] -- an old server")


def test_a_comment_for_the_file_in_the_wrong_place() -> None:
    text = OLD.replace("  web:", "  # composecheck: ignore-file[key-obsolete] -- why\n  web:")
    assert kept(text) == ["key-obsolete"]
    said = note(text)
    assert said.rule == "ignore-malformed"
    assert fixed(text, said) == f"# composecheck: ignore-file[key-obsolete] -- why\n{OLD}"
    text = GOOD.replace("nginx", "nginx  # composecheck: ignore-file[key-obsolete]").replace(
        "\n", "\r\n"
    )
    moved = "# composecheck: ignore-file[key-obsolete]\r\n" + GOOD.replace("\n", "\r\n")
    assert fixed(text, note(text)) == moved


def test_notes_about_comments_can_be_silenced_like_any_other() -> None:
    text = f"# composecheck: ignore-file[ignore-malformed]\n{old('# composecheck: ignore')}"
    assert notes(text) == []
    assert kept(text) == ["key-obsolete"]


# -- as documented --------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [describe(function) for function in RULES], ids=lambda it: it.name)
def test_the_examples_of_the_rules(rule: object) -> None:
    from composecheck.rule import Rule

    assert isinstance(rule, Rule)
    assert (rule.severity, rule.category) == (Severity.NOTE, Category.UPKEEP)
    assert kept(rule.bad) == []
    said = note(rule.bad)
    assert said.rule == rule.name
    if said.fix is not None:
        assert fixed(rule.bad, said) == rule.good
    assert kept(rule.good) == notes(rule.good) == []
