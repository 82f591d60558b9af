"""The stages, one after the other, and the report they make."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NoReturn

import pytest

from composecheck.check import Report, check, check_bytes, check_text
from composecheck.discovery import Skipped
from composecheck.finding import Severity
from composecheck.rules.selection import UnknownRule
from composecheck.yaml.limits import FILE_SIZE

GOOD = "services:\n  db:\n    image: redis\n"
BAD = GOOD + "    enviroment:\n      A: b\n"
TWICE = GOOD + "    image: haproxy\n    lables: []\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def found(report: Report) -> list[tuple[str, str, int]]:
    """Return file, rule and line of each finding."""
    return [
        (
            finding.source.name,
            finding.rule,
            finding.source.position(finding.span.start).line,
        )
        for finding in report.findings
    ]


def test_a_clean_text() -> None:
    assert check_text(GOOD) == Report(findings=(), files=("<text>",))


def test_a_text_with_a_mistake() -> None:
    report = check_text(BAD, "some.yaml")
    assert found(report) == [("some.yaml", "key-unknown", 4)]
    assert (report.worst, report.fixable, report.mode) == (Severity.ERROR, 1, "text")
    assert [report.count(severity) for severity in sorted(Severity)] == [0, 0, 1]


def test_bytes_are_decoded_as_compose_does() -> None:
    for data in (BAD.encode("utf-8-sig"), b"\xff\xfe" + BAD.encode("utf-16-le")):
        assert found(check_bytes(data)) == [("<text>", "key-unknown", 4)]
    (bad_byte,) = check_bytes(GOOD.encode() + b"# \xff\n").findings
    assert bad_byte.rule == "yaml-encoding"
    assert bad_byte.span.start == len(GOOD) + 2


def test_every_problem_is_reported_in_one_run() -> None:
    assert found(check_text(TWICE)) == [
        ("<text>", "yaml-duplicate-key", 4),
        ("<text>", "key-unknown", 5),
    ]


def test_what_follows_from_a_syntax_error_is_not_reported() -> None:
    assert [rule for _, rule, _ in found(check_text(f"{BAD}    ports: [\n"))] == ["yaml-bracket"]
    assert [rule for _, rule, _ in found(check_text("a: '\n"))] == ["yaml-quote"]


def test_a_document_before_a_syntax_error_is_judged() -> None:
    rules = [rule for _, rule, _ in found(check_text(f"{BAD}---\nservices: [\n"))]
    assert rules == ["key-unknown", "yaml-bracket"]


def test_whatever_is_selected_a_syntax_error_is_reported() -> None:
    text = f"{TWICE}---\nservices: [\n"
    assert [rule for _, rule, _ in found(check_text(text, select=["key-unknown"]))] == [
        "key-unknown",
        "yaml-bracket",
    ]
    assert found(check_text("a: [\n", ignore=["yaml-bracket"])) == []


def test_a_later_document_is_laid_over_the_earlier() -> None:
    missing = "services:\n  web:\n    image: x\n    depends_on:\n      db: {required: true}\n"
    assert [rule for _, rule, _ in found(check_text(missing))] == ["key-missing"]
    assert found(check_text(f"{BAD}---\n{missing}")) == [
        ("<text>", "key-unknown", 4),
        ("<text>", "yaml-documents", 6),
        ("<text>", "key-missing", 11),
    ]
    assert found(check_text(missing, is_override=True)) == []


def test_emptiness_is_judged_over_all_documents_and_not_in_an_override() -> None:
    for text in ("", "# nothing\n", "version: '3'\n"):
        assert "file-empty" in [rule for _, rule, _ in found(check_text(text))]
        assert "file-empty" not in [
            rule for _, rule, _ in found(check_text(text, is_override=True))
        ]
    assert "file-empty" not in [rule for _, rule, _ in found(check_text(f"{GOOD}---\nx-a: 1\n"))]
    assert "file-empty" not in [rule for _, rule, _ in found(check_text("a: [\n"))]


def test_files_are_checked_in_the_order_named_and_findings_sorted(here: Path) -> None:
    (here / "b.yaml").write_text(TWICE)
    (here / "a.yaml").write_text(BAD)
    report = check(["b.yaml", Path("a.yaml")])
    assert report.files == ("b.yaml", "a.yaml")
    assert found(report) == [
        ("a.yaml", "key-unknown", 4),
        ("b.yaml", "yaml-duplicate-key", 4),
        ("b.yaml", "key-unknown", 5),
    ]


def test_without_paths_the_project_here_is_checked(here: Path) -> None:
    (here / "compose.yaml").write_text(GOOD)
    (here / "compose.override.yaml").write_text("")
    assert check() == Report(findings=(), files=("compose.yaml", "compose.override.yaml"))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert found(check(["-"])) == [("<stdin>", "key-unknown", 4)]
    monkeypatch.setattr("sys.stdin", None)
    assert check(["-"]).skipped == (
        Skipped("<stdin>", "It cannot be read: standard input is closed."),
    )


def test_what_cannot_be_read_or_checked_is_skipped_with_a_reason(here: Path) -> None:
    (here / "good.yaml").write_text(GOOD)
    (here / "long.yaml").write_text("a" * (FILE_SIZE + 1))
    report = check(["gone.yaml", "long.yaml", "good.yaml"])
    assert report.files == ("good.yaml",)
    assert report.skipped == (
        Skipped("gone.yaml", "There is no such file or folder."),
        Skipped(
            "long.yaml", "Composecheck cannot read it: it is longer than 8 million characters."
        ),
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="NOT RUN: there is no /dev/zero here")
def test_what_never_ends_is_read_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open() as endless:
        monkeypatch.setattr("sys.stdin", endless)
        (skipped,) = check(["-"]).skipped
    assert "it is longer than 8 million characters" in skipped.reason


def test_a_text_that_nests_too_deep_for_us_is_skipped() -> None:
    (skipped,) = check_text("[" * 10_000).skipped
    assert skipped.reason.startswith("Composecheck cannot read it: it nests deeper than ")


def test_a_file_that_vanishes_is_skipped(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = here / "compose.yaml"
    file.write_text(GOOD)

    def vanished(self: Path, mode: str) -> NoReturn:
        raise FileNotFoundError(2, "No such file or directory", f"{self} {mode}")

    monkeypatch.setattr(Path, "open", vanished)
    assert check().skipped == (Skipped("compose.yaml", "There is no such file or folder."),)


def test_an_unknown_rule_is_refused(here: Path) -> None:
    with pytest.raises(UnknownRule, match=r'"key-unkown"[.] Is "key-unknown" meant'):
        check(select=["key-unkown"])
    with pytest.raises(UnknownRule):
        check_text(GOOD, ignore=["nothing"])


def test_a_base_without_content_is_fine_where_its_override_has_some(tmp_path: Path) -> None:
    # Measured: `docker-compose config` takes the two together.
    (tmp_path / "compose.yaml").write_text("# all of it is in the override\n", encoding="utf-8")
    (tmp_path / "compose.override.yaml").write_text(GOOD, encoding="utf-8")
    assert check([tmp_path]).findings == ()
    # It is found from the base, too; but a call names its files itself.
    assert check([tmp_path / "compose.yaml"]).findings == ()
    assert [finding.rule for finding in check(files=[tmp_path / "compose.yaml"]).findings] == [
        "file-empty"
    ]


def test_what_a_file_adds_up_to_is_judged() -> None:
    text = f"{GOOD}    volumes:\n      - data:/data\n"
    assert found(check_text(text)) == [("<text>", "volume-undefined", 5)]
    assert found(check_text(f"{text}volumes:\n  data:\n")) == []


def test_a_base_and_its_override_are_judged_together(here: Path) -> None:
    (here / "compose.yaml").write_text("services:\n  db:\n    restart: always\n", encoding="utf-8")
    assert found(check()) == [("compose.yaml", "service-no-image", 2)]
    (here / "compose.override.yaml").write_text(GOOD, encoding="utf-8")
    assert found(check()) == []


def test_an_override_alone_is_not_blamed_for_what_its_base_supplies(here: Path) -> None:
    text = "services:\n  db:\n    volumes:\n      - data:/data\n"
    (here / "compose.override.yaml").write_text(text, encoding="utf-8")
    report = check([here / "compose.override.yaml"])
    assert found(report) == [("compose.override.yaml", "project-fragment", 2)]
    assert report.worst is Severity.NOTE
    here_and_now = check([here / "compose.override.yaml"], is_here=True)
    assert here_and_now.worst is Severity.ERROR


def test_what_follows_from_a_mistake_of_shape_is_not_reported() -> None:
    # With more services than these without an image, it would be taken for a fragment.
    others = "  a: {image: x}\n  b: {image: x}\n"
    text = f"{GOOD}{others}  web:\n    imagee: nginx\n  cache:\n    restart: always\n"
    assert found(check_text(text)) == [
        ("<text>", "key-unknown", 7),
        ("<text>", "service-no-image", 8),
    ]
    misplaced = f"{GOOD}    volumes:\n      - data:/data\n  volumes:\n    data:\n"
    assert found(check_text(misplaced)) == [("<text>", "key-unknown", 6)]


def test_variables_of_the_process_are_known_and_others_are_not(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = 'services:\n  db:\n    image: x\n    ports: ["${PORT}:80"]\n'
    (here / "compose.yaml").write_text(text, encoding="utf-8")
    monkeypatch.delenv("PORT", raising=False)
    assert found(check()) == [("compose.yaml", "variable-unset", 4)]
    assert check().worst is Severity.NOTE
    monkeypatch.setenv("PORT", "80800")
    assert found(check()) == [("compose.yaml", "port-invalid", 4)]
