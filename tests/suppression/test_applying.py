"""What comments silence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from composecheck.finding import Severity
from composecheck.source import Source
from composecheck.suppression import apply
from tests.suppression.judging import found, judge, kept, notes, read

PORTS = "services:\n  web:\n    image: nginx\n    ports:\n      - x\n      - y\n"


def with_comments(text: str, *comments: tuple[int, str]) -> str:
    """Put each comment at the end of its line, counted from 1; from 0 on, above the first."""
    lines = text.splitlines()
    for line, comment in comments:
        lines[line - 1] += comment
    return "\n".join(lines) + "\n"


def test_without_comments_nothing_is_silent() -> None:
    assert kept(PORTS) == ["port-invalid"] * 2
    assert judge(PORTS).suppressed == ()
    assert judge(PORTS).notes == ()


@pytest.mark.parametrize(
    "comment",
    [
        "# composecheck: ignore[port-invalid]",
        "#composecheck:ignore[port-invalid]",
        "#  composecheck:\tignore[ key-unknown ,port-invalid,]",
        "# composecheck: ignore[compose]",
        "# a port # composecheck: ignore[port-invalid]",
        "# composecheck: ignore[port-invalid] # as said below",
        "# composecheck: ignore[key-unknown] # composecheck: ignore[port-invalid]",
    ],
)
def test_a_comment_at_the_end_of_a_line_is_about_what_begins_there(comment: str) -> None:
    outcome = judge(with_comments(PORTS, (5, f"  {comment}")))
    assert [finding.source.slice(finding.span) for finding in outcome.kept] == ["y"]
    assert [each.finding.rule for each in outcome.suppressed] == ["port-invalid"]
    assert [each.reason for each in outcome.suppressed] == [""]


def test_another_rule_another_line_and_another_category_say_nothing_of_it() -> None:
    for line, name in ((5, "key-unknown"), (4, "port-invalid"), (5, "upkeep"), (3, "compose")):
        text = with_comments(PORTS, (line, f"  # composecheck: ignore[{name}]"))
        assert kept(text) == ["port-invalid"] * 2


def test_a_reason_is_kept() -> None:
    text = with_comments(
        PORTS,
        (5, " # composecheck: ignore[port-invalid] -- a name -- of ours  "),
        (6, " # composecheck: ignore[port-invalid]--short"),
    )
    assert [each.reason for each in judge(text).suppressed] == ["a name -- of ours", "short"]
    assert notes(text) == []


@pytest.mark.parametrize(
    ("above", "left"),
    [
        ("services:", 0),
        ("  web:", 0),
        ("    image:", 2),
        ("    ports:", 0),
        ("      - x", 1),
        ("      - y", 1),
    ],
)
def test_a_comment_on_its_own_line_is_about_the_entry_below_it(above: str, left: int) -> None:
    for indent in ("", "  ", "        "):
        for more in ("", "\n", f"{indent}# more about it\n", "\n\n# more\n\n"):
            comment = f"{indent}# composecheck: ignore[port-invalid]\n{more}"
            text = PORTS.replace(above, f"{comment}{above}", 1)
            assert len(kept(text)) == left, text


def test_an_entry_ends_where_the_next_one_begins() -> None:
    text = (
        "services:\n  # composecheck: ignore[key-unknown]\n  web:\n    image: nginx\n    foo: 1\n"
        "    command: |\n      a\n  db:\n    image: mysql\n    foo: 1\n"
    )
    (finding,) = judge(text).kept
    assert finding.path[:2] == ("services", "db")
    # The value of a block of text ends where the next line begins.
    text = "# composecheck: ignore[key-unknown]\nx-a: |\n  b\nfoo: 1\nservices: {a: {image: b}}\n"
    assert kept(text) == ["key-unknown"]


def test_an_item_with_keys_is_covered_from_its_dash_on() -> None:
    text = (
        "services:\n  web:\n    image: nginx\n    ports:\n"
        "      # composecheck: ignore[key-unknown]\n"
        "      - target: 80\n        foo: 1\n"
        "      - # composecheck: ignore[key-unknown]\n        target: 81\n        foo: 1\n"
        "      -\n        # composecheck: ignore[key-unknown]\n        foo: 1\n        target: 82\n"
        "      - target: 83\n        foo: 1\n"
    )
    assert [finding.path[3] for finding in judge(text).kept] == [1, 3]


def test_in_braces_too() -> None:
    text = (
        "services: {\n  # composecheck: ignore[key-unknown]\n  web: {image: nginx, foo: 1},\n"
        "  db: {image: mysql, foo: 1}, # composecheck: ignore[key-unknown]\n"
        "  c: {image: mysql, foo: 1}}\n"
    )
    assert [finding.path[1] for finding in judge(text).kept] == ["c"]


@pytest.mark.parametrize(
    "text",
    [
        f"# composecheck: ignore-file[port-invalid]\n{PORTS}",
        f"{PORTS}# composecheck: ignore-file[port-invalid] -- so be it\n",
        PORTS.replace("  web:", "# composecheck: ignore-file[port-invalid]\n  web:"),
        f"  # composecheck: ignore-file[compose]\n---\n{PORTS}",
        f"--- # composecheck: ignore-file[port-invalid]\n{PORTS}",
        f"{PORTS}---\n# composecheck: ignore-file[port-invalid, yaml-documents]\nservices: {{}}\n",
    ],
)
def test_a_whole_file(text: str) -> None:
    assert kept(text) == []
    assert notes(text) == []


def test_a_hash_in_text_is_no_comment() -> None:
    text = (
        "services:\n  web:\n    image: nginx\n    command: |\n"
        "      # composecheck: ignore-file[port-invalid]\n"
        "    labels: {a: '# composecheck: ignore-file[port-invalid]'}\n"
        "    ports:\n      - x#composecheck:ignore[port-invalid]\n"
    )
    assert kept(text) == ["port-invalid", "text-comment"]
    assert notes(text) == []


def test_windows_line_ends() -> None:
    text = with_comments(PORTS, (5, "  # composecheck: ignore[port-invalid] -- why"))
    outcome = judge(text.replace("\n", "\r\n"))
    assert [each.reason for each in outcome.suppressed] == ["why"]
    assert len(outcome.kept) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# composecheck: ignore-file[compose]\nservices: [\n",
        "services: [ # composecheck: ignore[yaml-bracket]\n",
        "# composecheck: ignore-file[yaml-tab, compose]\nservices:\n\tweb: x\n",
        "# composecheck: ignore-file[compose]\nservices: {}\n---\na: [\n",
    ],
)
def test_what_cannot_be_read_cannot_be_silenced(text: str) -> None:
    assert [rule for rule in kept(text) if rule.startswith("yaml-")]
    assert notes(text) == []


def test_mistakes_of_yaml_that_can_be_read_past_can_be_silenced() -> None:
    text = (
        "services:\n  a: {image: b}\n  a: {image: c}  # composecheck: ignore[yaml-duplicate-key]\n"
    )
    assert kept(text) == []


def test_before_a_syntax_error_comments_count() -> None:
    text = "foo: 1  # composecheck: ignore[key-unknown]\nservices: {a: {image: b}}\n---\nbar: [\n"
    assert "key-unknown" not in kept(text)


def test_findings_in_other_files_are_kept() -> None:
    text = f"# composecheck: ignore-file[compose]\n{PORTS}"
    (first, *_) = found(text)
    elsewhere = replace(first, source=Source("other.yaml", first.source.text))
    document = read(text)
    outcome = apply([first, elsewhere], {document.source: document})
    assert outcome.kept == (elsewhere,)
    assert apply([first], {}).kept == (first,)


def test_several_files_at_once() -> None:
    texts = [f"# composecheck: ignore-file[port-invalid]\n{PORTS}", PORTS]
    documents = {}
    findings = []
    for text in texts:
        document = read(text)
        documents[document.source] = document
        findings += [replace(each, source=document.source) for each in found(text)]
    outcome = apply(findings, documents)
    assert {finding.source.text for finding in outcome.kept} == {PORTS}
    assert len(outcome.suppressed) == len(outcome.kept) == 2


def test_the_closest_comment_gives_the_reason() -> None:
    text = with_comments(PORTS, (5, "  # composecheck: ignore[port-invalid] -- close"))
    text = "# composecheck: ignore-file[compose] -- far\n" + text.replace(
        "  web:", "  # composecheck: ignore[port-invalid] -- near\n  web:"
    )
    assert [each.reason for each in judge(text).suppressed] == ["close", "near"]


def test_a_rule_that_nobody_documents_can_be_silenced_by_its_name() -> None:
    text = "a: 1  # composecheck: ignore[own-rule]\n"
    document = read(text)
    (finding, *_) = found(text)
    own = replace(finding, rule="own-rule", severity=Severity.NOTE)
    assert apply([own], {document.source: document}).kept == ()


def test_many_comments_take_no_longer_than_they_must() -> None:
    lines = "".join(
        f"  s{i}:\n    # composecheck: ignore[key-unknown]\n    foo: 1\n    image: b\n"
        for i in range(1500)
    )
    text = f"services:\n{lines}"
    document = read(text)
    (finding, *_) = found("services: {a: {image: b, foo: 1}}\n")
    starts = [match for match in range(len(text)) if text.startswith("foo", match)]
    findings = [
        replace(finding, source=document.source, span=replace(finding.span, start=at, end=at + 3))
        for at in starts
    ]
    assert apply(findings, {document.source: document}).kept == ()
