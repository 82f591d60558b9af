"""Several reports in one run, each where it belongs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from composecheck.cli.formats import ReportFormat
from composecheck.finding import Severity
from composecheck.report.outputs import FORMATS, NotWritten, render, write_reports
from tests.report.findings import finding_on, report_of, source_of

SOURCE = source_of("a: 1\nbb: 22\n", "b\udcff.yaml")
REPORT = report_of(
    finding_on(SOURCE, "22", message='The "\udcff" is wrong 👍.'),
    finding_on(SOURCE, "a", severity=Severity.NOTE),
)
needs_modes = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(variable, raising=False)


def write(*outputs: tuple[str, str]) -> str:
    """Write REPORT; return what went to standard output."""
    written: list[str] = []
    write_reports(REPORT, outputs, written.append)
    return "".join(written)


def complaint(*outputs: tuple[str, str]) -> str:
    with pytest.raises(NotWritten) as caught:
        write(*outputs)
    return str(caught.value)


def test_the_command_line_knows_the_same_formats() -> None:
    assert tuple(ReportFormat) == FORMATS


@pytest.mark.parametrize("output_format", FORMATS)
def test_each_format_goes_to_a_file_and_to_standard_output(output_format: str) -> None:
    printed = write((output_format, "report"), (output_format, "-"))
    assert printed == render(REPORT, output_format)
    assert printed
    assert "\x1b" not in printed
    assert Path("report").read_bytes() == printed.encode("utf-8", "backslashreplace")
    assert [file.name for file in Path().iterdir()] == ["report"]


def test_several_at_once() -> None:
    Path("out").mkdir()
    assert write(("sarif", "out/r.sarif"), ("line", "-"), ("junit", "j.xml")) == render(
        REPORT, "line"
    )
    assert Path("out/r.sarif").read_text() == render(REPORT, "sarif")
    assert Path("j.xml").read_text().startswith("<?xml")


def test_a_format_that_is_none() -> None:
    with pytest.raises(KeyError):
        render(REPORT, "xml")


def test_the_text_is_what_a_terminal_shows() -> None:
    text = render(REPORT, "text")
    assert " --> " in text
    assert text.endswith("\n1 error and 1 note in 1 file.\n")


def test_a_folder_that_is_absent_is_said_and_the_others_are_written() -> None:
    assert complaint(("json", "no/such/r.json"), ("json", "r.json")) == (
        'The report could not be written to "no/such/r.json": there is no folder "no/such".'
    )
    assert [file.name for file in Path().iterdir()] == ["r.json"]


def test_other_reasons() -> None:
    Path("folder").mkdir()
    Path("file").touch()
    assert complaint(("json", "folder"), ("json", "file/r.json"), ("json", "a\0b")) == (
        'The report could not be written to "folder": this is a folder.'
        ' The report could not be written to "file/r.json": "file" is not a folder.'
        ' The report could not be written to "a\0b": no file can have such a name.'
    )


@needs_modes
def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual() -> None:
    Path("old.json").write_text("old")
    Path("old.json").chmod(0o640)
    Path("usual").touch()
    write(("json", "old.json"), ("json", "new.json"))
    assert stat.S_IMODE(Path("old.json").stat().st_mode) == 0o640
    assert Path("new.json").stat().st_mode == Path("usual").stat().st_mode
    assert Path("old.json").read_text() == render(REPORT, "json")


@needs_modes
def test_a_link_stays_one() -> None:
    Path("folder").mkdir()
    Path("folder/target.json").write_text("old")
    Path("link.json").symlink_to("folder/target.json")
    Path("dangling.json").symlink_to("folder/new.json")
    write(("json", "link.json"), ("jsonl", "dangling.json"))
    assert Path("link.json").is_symlink()
    assert Path("folder/target.json").read_text() == render(REPORT, "json")
    assert Path("folder/new.json").read_text() == render(REPORT, "jsonl")


@needs_modes
def test_what_is_no_file_is_written_to() -> None:
    write(("json", os.devnull))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_file_that_may_not_be_written_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.json").write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert complaint(("json", "mine.json")) == (
        'The report could not be written to "mine.json": you have no permission for that.'
    )
    assert Path("mine.json").read_text() == "old"


def test_when_writing_breaks_off_the_old_file_is_still_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    Path("r.json").write_text("old")
    monkeypatch.setattr(Path, "replace", fail)
    assert complaint(("json", "r.json")) == (
        'The report could not be written to "r.json": No space left on device.'
    )
    assert Path("r.json").read_text() == "old"
    assert [file.name for file in Path().iterdir()] == ["r.json"]
