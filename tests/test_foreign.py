"""What has the name of a Compose file and is none, when a folder is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.check import check, load
from composecheck.finding import Severity
from composecheck.foreign import why_foreign

if TYPE_CHECKING:
    from pathlib import Path

KUBERNETES = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (KUBERNETES, 'Compose knows none of its keys ("apiVersion" and 3 more keys).'),
        ("resolver: lts-22\npackages: [.]\n", 'none of its keys ("resolver" and "packages").'),
        ("dependencies: {a: ^1}\n", 'Compose does not know its key "dependencies".'),
    ],
)
def test_a_file_with_none_of_the_keys_of_compose_is_none(text: str, reason: str) -> None:
    said = why_foreign(load(text))
    assert said is not None
    assert said.startswith("This is no Compose file: ")
    assert said.endswith(reason)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "- a list\n",
        "services: {}\n",
        "version: '3'\n",
        "x-a: 1\nother: 2\n",
        "include: [a.yaml]\nother: 2\n",
        "servces: {web: {image: x}}\n",
        "Services: {}\n",
        "web: {image: x}\ndb: {image: y}\n",
        "web:\n  build: .\n",
        "kind: [\n",
        "kind: a\n---\nservices: {}\n",
    ],
)
def test_what_may_be_meant_for_compose_is_not_passed_by(text: str) -> None:
    assert why_foreign(load(text)) is None


def test_it_is_passed_by_in_a_folder_and_judged_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack.yml").write_text(KUBERNETES, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services: {a: {image: x}}\n", encoding="utf-8")
    report = check(["."])
    assert (report.findings, report.files) == ((), ("compose.yaml",))
    assert report.skipped == ()
    assert [skipped.file for skipped in report.passed_by] == ["stack.yml"]
    # Whoever names it takes it for a Compose file, and Compose would refuse it.
    assert check(["stack.yml"]).worst is Severity.ERROR
    assert check(["stack.yml", "."]).worst is Severity.ERROR
