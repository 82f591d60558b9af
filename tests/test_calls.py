"""`check` with the options of Compose: the same files, folder and variables as in that call."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from composecheck.check import Report, check
from composecheck.finding import Severity
from tests.shared_material import docker_compose

WEB = "services:\n  web:\n    image: nginx\n"
PORT = 'services:\n  web:\n    image: nginx\n    ports: ["${PORT}:80"]\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("PORT", "COMPOSE_FILE", "COMPOSE_PROFILES", "COMPOSE_ENV_FILES"):
        monkeypatch.delenv(name, raising=False)
    return folder


def write(folder: Path, **files: str) -> None:
    """Write files; in their names, `__` stands for a dot and `___` for a slash."""
    for name, text in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rules(report: Report) -> list[tuple[str, str]]:
    return [(finding.source.name, finding.rule) for finding in report.findings]


def refuses(*arguments: str, folder: Path, **variables: str) -> bool:
    """Ask the real Compose about a call in `folder`."""
    process = subprocess.run(
        [docker_compose(), *arguments, "config", "-q"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **variables},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return process.returncode != 0


def test_files_are_laid_over_each_other(here: Path) -> None:
    write(here, a__yaml=WEB, b__yaml="services:\n  web:\n    volumes: [data:/data]\n")
    report = check(files=["a.yaml", Path("b.yaml")])
    assert report.files == ("a.yaml", "b.yaml")
    assert rules(report) == [("b.yaml", "volume-undefined")]
    assert refuses("-f", "a.yaml", "-f", "b.yaml", folder=here)
    write(here, c__yaml="volumes:\n  data:\n")
    assert rules(check(files=["a.yaml", "b.yaml", "c.yaml"])) == []
    assert not refuses("-f", "a.yaml", "-f", "b.yaml", "-f", "c.yaml", folder=here)


def test_a_call_has_no_other_files_than_it_names(here: Path) -> None:
    write(here, compose__yaml=WEB, compose__override__yaml="services: []\n")
    assert rules(check(files=["compose.yaml"])) == []
    assert not refuses("-f", "compose.yaml", folder=here)
    assert rules(check(["compose.yaml"])) == [("compose.override.yaml", "value-type")]


def test_standard_input_can_be_one_of_the_files(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, a__yaml=WEB)
    text = "services:\n  web:\n    enviroment: {}\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    report = check(files=["a.yaml", "-"])
    assert report.files == ("a.yaml", "<stdin>")
    assert rules(report) == [("<stdin>", "key-unknown")]


def test_files_and_paths_together_are_refused() -> None:
    with pytest.raises(ValueError, match="paths and files"):
        check(["a.yaml"], files=["b.yaml"])


def test_a_file_that_is_absent_is_skipped_and_the_others_are_checked(here: Path) -> None:
    write(here, compose__yaml=f"{WEB}    enviroment: {{}}\n")
    report = check(files=["compose.yaml", "compse.yaml"])
    assert rules(report) == [("compose.yaml", "key-unknown")]
    (skipped,) = report.skipped
    assert skipped.file == "compse.yaml"
    assert 'Is "compose.yaml" meant?' in skipped.reason


def test_variables_come_from_the_file_that_is_named(here: Path) -> None:
    write(here, compose__yaml=PORT, prod__env="PORT=80800\n")
    report = check(env_files=["prod.env"])
    assert rules(report) == [("compose.yaml", "port-invalid")]
    assert refuses("--env-file", "prod.env", folder=here)
    assert rules(check()) == [("compose.yaml", "variable-unset")]
    # The same for a project that is found by a PATH.
    assert rules(check(["."], env_files=["prod.env"])) == [("compose.yaml", "port-invalid")]


def test_an_env_file_that_is_absent_is_skipped_with_a_reason(here: Path) -> None:
    write(here, compose__yaml=WEB)
    (skipped,) = check(env_files=["gone.env"]).skipped
    assert (skipped.file, skipped.reason) == ("gone.env", "There is no such file or folder.")
    assert refuses("--env-file", "gone.env", folder=here)


def test_a_profile_is_switched_on(here: Path) -> None:
    off = f"{WEB}  debug:\n    image: busybox\n    profiles: [d]\n    depends_on: [gone]\n"
    write(here, compose__yaml=off)
    assert check(is_here=True).worst is Severity.WARNING
    assert not refuses(folder=here)
    assert check(profiles=["d"], is_here=True).worst is Severity.ERROR
    assert refuses("--profile", "d", folder=here)


def test_paths_are_seen_from_the_project_directory(here: Path) -> None:
    needs = f"{WEB}    env_file: web.env\n"
    write(here, compose__yaml=needs, other___web__env="A=b\n")
    assert check(is_here=True).worst is Severity.ERROR
    assert refuses(folder=here)
    assert check(files=["compose.yaml"], project_directory="other", is_here=True).worst is None
    assert not refuses("-f", "compose.yaml", "--project-directory", "other", folder=here)


def test_the_environment_may_name_the_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, a__yaml=WEB, b__yaml="services:\n  web:\n    imagee: x\n")
    monkeypatch.setenv("COMPOSE_FILE", "a.yaml:b.yaml")
    assert rules(check()) == [("b.yaml", "key-unknown")]
    monkeypatch.delenv("COMPOSE_FILE")
    (here / ".env").write_text("COMPOSE_FILE=a.yaml\n", encoding="utf-8")
    assert check().files == ("a.yaml",)


def test_what_is_wrong_in_an_included_file_is_found_there(here: Path) -> None:
    write(
        here, compose__yaml="include: [sub/other.yaml]\n", sub___other__yaml=f"{WEB}    imagee: x\n"
    )
    assert rules(check()) == [("sub/other.yaml", "key-unknown")]
    assert check().files == ("compose.yaml", "sub/other.yaml")
    # Two projects that include the same file do not say the same twice.
    write(here, compose__b__yaml="include: [sub/other.yaml]\n")
    assert rules(check(["."])) == [("sub/other.yaml", "key-unknown")]
