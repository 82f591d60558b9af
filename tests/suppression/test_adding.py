"""Comments for what is found: where they go, and that they change nothing else."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from msgspec.structs import replace

from composecheck.finding import Finding, Severity, splice
from composecheck.source import Source, Span
from composecheck.suppression import add_ignores, apply
from composecheck.suppression.coverage import reach
from composecheck.yaml.leaves import commented
from tests.shared_material import corpus, requires_shared
from tests.suppression.judging import found, kept, read, with_ignores
from tests.yaml.generated import Writer

if TYPE_CHECKING:
    from composecheck.yaml import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # To the end of the line.
        (
            "services:\n  web:\n    image: a\n    foo: 1\n",
            "services:\n  web:\n    image: a\n    foo: 1  # composecheck: ignore[key-unknown]\n",
        ),
        (
            "foo: 1   \r\nservices: {a: {image: b}}\r\n",
            "foo: 1  # composecheck: ignore[key-unknown]\r\nservices: {a: {image: b}}\r\n",
        ),
        (
            "services: {a: {image: b}}\nfoo: 1",
            "services: {a: {image: b}}\nfoo: 1  # composecheck: ignore[key-unknown]",
        ),
        # Behind another comment; into the one that is there.
        (
            "services: {a: {image: b}}\nfoo: 1 # mine\n",
            "services: {a: {image: b}}\nfoo: 1 # mine  # composecheck: ignore[key-unknown]\n",
        ),
        (
            "services: {a: {image: b}}\nfoo: 1 # composecheck: ignore[upkeep] -- so\n",
            "services: {a: {image: b}}\nfoo: 1 # composecheck: ignore[upkeep, key-unknown] -- so\n",
        ),
        # One comment for one line.
        (
            "services: {a: {image: b, foo: 1, ports: 3}}\n",
            "services: {a: {image: b, foo: 1, ports: 3}}"
            "  # composecheck: ignore[key-unknown, value-type]\n",
        ),
        # A block of text takes it behind its header, and above its entry for what is in it.
        (
            "services:\n  a:\n    image: b\n    foo: |\n      x\n",
            "services:\n  a:\n    image: b\n    foo: |  # composecheck: ignore[key-unknown]\n"
            "      x\n",
        ),
        (
            "services:\n  a:\n    image: b\n    command: |\n      x\n      ${y\n",
            "services:\n  a:\n    image: b\n    # composecheck: ignore[variable-syntax]\n"
            "    command: |\n      x\n      ${y\n",
        ),
        (
            "services:\r\n  a:\r\n    image: b\r\n    command:\r\n      - \"${x\r\n        y\"\r\n",
            "services:\r\n  a:\r\n    image: b\r\n    command:\r\n"
            "      # composecheck: ignore[variable-syntax]\r\n      - \"${x\r\n        y\"\r\n",
        ),
        (
            "services:\n  a:\n    image: b\n    # composecheck: ignore[upkeep]\n"
            "    command: ${x\n      y\n",
            "services:\n  a:\n    image: b\n    # composecheck: ignore[upkeep, variable-syntax]\n"
            "    command: ${x\n      y\n",
        ),
        # Nothing else is there.
        ("# nothing\n", "# composecheck: ignore-file[file-empty]\n# nothing\n"),
        ("", "# composecheck: ignore-file[file-empty]\n"),
    ],
)  # fmt: skip
def test_where_comments_go(text: str, expected: str) -> None:
    assert with_ignores(text) == expected
    assert kept(expected) == []
    assert with_ignores(expected) == expected


def test_what_cannot_be_silenced_gets_no_comment() -> None:
    for text in ("services: [\n", "a: 1\n---\nb: [\n"):
        findings = [finding for finding in found(text) if finding.rule.startswith("yaml-")]
        assert findings
        assert add_ignores(findings, read(text)) == ()


def test_findings_in_other_files_get_none() -> None:
    text = "foo: 1\nservices: {a: {image: b}}\n"
    (finding,) = found(text)
    other = replace(finding, source=Source("other.yaml", text))
    assert add_ignores([other], read(text)) == ()
    assert add_ignores([finding, other], read(text)) != ()


def assert_silenced(document: Document, findings: list[Finding]) -> None:
    """Assert that comments for findings change nothing else, and silence them all."""
    edits = add_ignores(findings, document)
    changed = commented(document, edits)
    assert changed is not None
    if any(line_break in document.text for line_break in "\x85\u2028\u2029"):
        return  # YAML and everybody else do not agree on what a line is
    shifted = []
    for finding in findings:
        if finding.span.start < reach(document):
            # What is inserted right here is a line above, or behind the line.
            moved = finding.span.start + sum(
                len(edit.text) - len(edit.span)
                for edit in edits
                if edit.span.end < finding.span.start
                or (edit.span.end == finding.span.start and edit.text.endswith(("\n", "\r")))
            )
            shifted.append(replace(finding, source=changed.source, span=Span(moved, moved)))
    assert apply(shifted, {changed.source: changed}).kept == ()
    assert add_ignores(shifted, changed) == ()


@given(st.integers(0, 2**32), st.lists(st.integers(0, 1000), min_size=1, max_size=4))
@run(max_examples=200)
def test_anywhere_in_any_file(seed: int, places: list[int]) -> None:
    writer = Writer(Random(seed), "\r\n" if seed % 3 == 0 else "\n")
    writer.file()
    text = writer.text
    document = read(text)
    assert document.is_complete
    findings = [
        Finding(rule, Severity.NOTE, "It is so.", document.source, Span(at, at))
        for rule, at in zip(
            ["key-unknown", "key-obsolete", "port-invalid", "key-unknown"],
            [place % (len(text) + 1) for place in places],
            strict=False,
        )
    ]
    assert_silenced(document, findings)


@requires_shared
def test_real_files() -> None:
    number = 0
    for file in corpus()[::80]:
        text = file.text.removeprefix("\ufeff")
        document = read(text)
        findings = [finding for finding in found(text) if finding.source == document.source]
        if not document.refusal and findings:
            number += 1
            assert_silenced(document, findings)
            edits = add_ignores(findings, document)
            assert splice(text, edits).count("composecheck: ignore") >= bool(edits)
    assert number
