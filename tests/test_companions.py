"""A file that is not the whole project: what the others supply is not held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.check import Report, check
from composecheck.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

BASE = "services:\n  web:\n    image: nginx\n    networks: [front]\nnetworks:\n  front:\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "compose.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.source.name, finding.rule) for finding in report.findings]


@pytest.mark.parametrize("is_here", [False, True])
def test_a_variant_that_lacks_something_is_laid_over_the_base(here: Path, is_here: bool) -> None:
    variant = here / "compose.prod.yaml"
    variant.write_text("services:\n  web:\n    restart: always\n", encoding="utf-8")
    report = check([variant], is_here=is_here)
    assert (found(report), report.files) == ([], ("compose.yaml", "compose.prod.yaml"))
    variant.write_text(
        "services:\n  web:\n    restart: always\n    networks: [fron]\n", encoding="utf-8"
    )
    assert found(check([variant], is_here=is_here)) == [("compose.prod.yaml", "network-undefined")]


def test_a_variant_that_is_whole_is_a_project_by_itself(here: Path) -> None:
    variant = here / "compose.prod.yaml"
    variant.write_text(BASE.replace("front", "back"), encoding="utf-8")
    assert check([variant]).files == ("compose.prod.yaml",)


def test_a_variant_of_another_project_is_not_excused_by_the_base(here: Path) -> None:
    variant = here / "compose.prod.yaml"
    variant.write_text("services:\n  api:\n    image: x\n    networks: [back]\n", encoding="utf-8")
    report = check([variant])
    assert found(report) == [("compose.prod.yaml", "network-undefined")]
    assert report.files == ("compose.prod.yaml",)


@pytest.mark.parametrize(
    ("user", "way"),
    [
        ("include: [parts/db.yaml]\n", "includes this file"),
        ("include:\n  - path: [./parts/db.yaml]\n", "includes this file"),
        (
            "services:\n  x:\n    image: y\n    extends: {file: parts/db.yaml, service: db}\n",
            "extends services of this file",
        ),
    ],
)
def test_a_file_that_another_uses_is_not_blamed_for_what_that_supplies(
    here: Path, user: str, way: str
) -> None:
    part = here / "parts" / "db.yaml"
    part.parent.mkdir()
    part.write_text("services:\n  db:\n    volumes: [data:/data]\n", encoding="utf-8")
    assert check([part]).worst is Severity.ERROR
    (here / "compose.yaml").write_text(user, encoding="utf-8")
    (note,) = check([part]).findings
    assert (note.rule, note.severity, note.fix) == ("project-fragment", Severity.NOTE, None)
    assert note.message.startswith(f'"compose.yaml" {way}, and may supply what it lacks.')
    # Where Compose is asked about this file alone, it refuses it.
    assert check([part], is_here=True).worst is Severity.ERROR
    # What the other one says of it is said there.
    assert "project-fragment" not in [rule for _, rule in found(check([part, "compose.yaml"]))]


def test_what_is_wrong_in_such_a_file_is_said_nevertheless(here: Path) -> None:
    part = here / "part.yaml"
    part.write_text(
        "services:\n  db:\n    volumes: [data:/data]\n    prots: []\n", encoding="utf-8"
    )
    (here / "compose.yaml").write_text("include: [part.yaml]\n", encoding="utf-8")
    assert ("part.yaml", "key-unknown") in found(check([part]))
