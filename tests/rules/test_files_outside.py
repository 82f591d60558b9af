"""Files far from the project that were read, and that nobody would expect to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from composecheck.project.call import Call
from composecheck.project.project import load_project
from composecheck.rules.files_outside import file_outside
from tests.rules.fitting import marked

if TYPE_CHECKING:
    from pathlib import Path

FAR = "services: {far: {image: x}}"


def judge(text: str, folder: Path, *, called_in: Path | None = None) -> list[str]:
    folder = folder / "group" / "projects" / "shop"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "compose.yaml"
    file.write_text(text, encoding="utf-8")
    call = Call(files=(str(file),), working_folder=called_in or folder)
    findings = list(file_outside(load_project(call)))
    assert all(finding.severity is Severity.NOTE and finding.path for finding in findings)
    return marked(findings)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("include: [../../far.yaml]", ["../../far.yaml"]),
        ("include: [../../../far.yaml]", ["../../../far.yaml"]),
        ("services: {a: {extends: {file: ../../far.yaml, service: far}}}", ["../../far.yaml"]),
        ("services: {a: {image: x, env_file: ../../far.env}}", ["../../far.env"]),
        ("services: {a: {image: x, label_file: [../../far.env]}}", ["../../far.env"]),
        ("include: [../near.yaml]", []),
        ("include: [below/near.yaml]", []),
        ("services: {a: {image: x, env_file: ../near.env}}", []),
        ("services: {a: {image: x, env_file: /dev/null}}", []),
        ("services: {a: {image: x, env_file: ../../absent.env}}", []),
        ("include: [../../absent.yaml]", []),
    ],
)
def test_where_a_file_lies(text: str, wanted: list[str], tmp_path: Path) -> None:
    group = tmp_path / "group"
    (group / "projects" / "shop" / "below").mkdir(parents=True)
    for place in (tmp_path, group, group / "projects", group / "projects" / "shop" / "below"):
        name = "far" if place in (tmp_path, group) else "near"
        (place / f"{name}.yaml").write_text(FAR, encoding="utf-8")
        (place / f"{name}.env").write_text("A=1", encoding="utf-8")
    assert judge(text, tmp_path) == wanted


def test_all_of_them_are_one_note(tmp_path: Path) -> None:
    group = tmp_path / "group"
    group.mkdir()
    (group / "far.yaml").write_text(FAR, encoding="utf-8")
    (group / "far.env").write_text("A=1", encoding="utf-8")
    text = (
        "include: [../../far.yaml]\n"
        "services: {a: {image: x, env_file: ../../far.env}, b: {image: x, env_file: ../../far.env}}"
    )
    assert judge(text, tmp_path) == ["../../far.yaml"]


def test_the_folder_in_which_it_is_called_is_known(tmp_path: Path) -> None:
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "far.yaml").write_text(FAR, encoding="utf-8")
    text = "include: [../../far.yaml]"
    assert judge(text, tmp_path, called_in=tmp_path) == []
