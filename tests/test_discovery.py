"""Which files are checked; where Compose has a say, it is asked."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from composecheck.check import check
from composecheck.discovery import (
    ComposeFile,
    Found,
    Skipped,
    find,
    group_files,
    is_override_name,
    unreadable,
)
from tests.shared_material import docker_compose

BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path: Path) -> Path:
    """Write a Compose file whose one service has the name of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    service = path.name.replace(".", "-")
    path.write_text(f"services:\n  {service}:\n    image: x\n", encoding="utf-8")
    return path


def names(found: Found) -> list[str]:
    return [file.name for file in found.files]


def files_of_compose(folder: Path) -> set[str]:
    """Ask the real Compose which files it takes in `folder`."""
    process = subprocess.run(
        [docker_compose(), "config", "--services"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return set(process.stdout.split())


def files_of_ours() -> set[str]:
    return {Path(name).name.replace(".", "-") for name in check().files}


@pytest.mark.parametrize(
    "present",
    [
        *(BASES[start:] for start in range(len(BASES))),
        *((base, *OVERRIDES) for base in BASES[::2]),
        *((BASES[0], *OVERRIDES[start:]) for start in range(1, len(OVERRIDES))),
        ("docker-compose.yml", "compose.override.yaml"),
        ("compose.override.yaml",),
        ("Compose.yaml",),
        ("compose.json",),
        ("docker-compose.dev.yml", "compose.yaml"),
        (),
    ],
    ids=" ".join,
)
def test_without_paths_the_files_are_those_of_compose(here: Path, present: tuple[str, ...]) -> None:
    for name in present:
        write(here / name)
    assert files_of_ours() == files_of_compose(here)


def test_without_paths_a_folder_above_is_searched_as_compose_does(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = write(here / "docker-compose.yml")
    override = write(here / "docker-compose.override.yml")
    below = here / "sub" / "deep"
    below.mkdir(parents=True)
    write(here / "sub" / "compose.override.yaml")  # of no base, so nobody's
    monkeypatch.chdir(below)
    assert files_of_ours() == files_of_compose(below)
    assert check().files == (str(base), str(override))


def test_a_link_to_nowhere_is_passed_over_as_compose_does(here: Path) -> None:
    (here / "compose.yaml").symlink_to("nowhere")
    write(here / "docker-compose.yml")
    assert files_of_ours() == files_of_compose(here) == {"docker-compose-yml"}


def test_a_folder_of_the_name_is_a_complaint_as_for_compose(here: Path) -> None:
    (here / "compose.yaml").mkdir()
    write(here / "docker-compose.yml")
    assert files_of_compose(here) == set()
    assert check().skipped == (
        Skipped("compose.yaml", "This is a folder; Compose expects a file of this name."),
    )


def test_nothing_here_says_how_to_search_below(here: Path) -> None:
    write(here / "sub" / "compose.yaml")
    report = check()
    assert report.files == ()
    (skipped,) = report.skipped
    assert skipped.file == "."
    assert "compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml" in skipped.reason
    assert '"composecheck check ."' in skipped.reason


def test_a_folder_is_searched_by_name(here: Path) -> None:
    wanted = [
        "Docker-Compose.YML",
        "compose-dev.yaml",
        "compose.override.yml",
        "compose.yaml",
        "deploy/docker-compose.prod.yml",
        "docker-compose.yml",
        "docker-compose2.yml",
    ]
    others = [
        ".git/compose.yaml",
        ".hidden/compose.yaml",
        ".venv/lib/compose.yaml",
        "composer.yaml",
        "composition.yml",
        "docker-compose.json",
        "docker-compose.yml.j2",
        "my-compose.yaml",
        "node_modules/pack/docker-compose.yml",
        "values.yaml",
    ]
    for name in (*wanted, *others):
        write(here / name)
    (here / "compose.dir.yml").mkdir()
    found = find(["."])
    assert sorted(names(found)) == wanted
    assert found.skipped == ()


def test_the_order_of_a_search_is_that_of_the_names(here: Path) -> None:
    for name in ("b/compose.yaml", "a/compose.yaml", "compose.yaml", "a/z/compose.yaml"):
        write(here / name)
    expected = ["compose.yaml", "a/compose.yaml", "a/z/compose.yaml", "b/compose.yaml"]
    assert names(find(["."])) == expected


def test_a_hidden_folder_that_is_named_is_searched(here: Path) -> None:
    write(here / ".devcontainer" / "docker-compose.yml")
    assert names(find([".devcontainer"])) == [".devcontainer/docker-compose.yml"]


def test_a_link_to_a_folder_above_ends(here: Path) -> None:
    write(here / "compose.yaml")
    (here / "loop").symlink_to(here)
    assert names(find(["."])) == ["compose.yaml"]


def test_a_folder_without_compose_files(here: Path) -> None:
    (here / "empty").mkdir()
    (skipped,) = find(["empty"]).skipped
    assert skipped.file == "empty"
    assert skipped.reason.startswith("There is no Compose file in this folder or below it")


def test_a_named_file_is_taken_whatever_its_name(here: Path) -> None:
    file = write(here / "stack.txt")
    assert find([file, Path("stack.txt"), "./stack.txt"]).files == (ComposeFile("stack.txt", file),)


def test_every_file_is_checked_once_and_in_the_order_named(here: Path) -> None:
    for name in ("a/compose.yaml", "b/compose.yaml"):
        write(here / name)
    assert names(find(["b", ".", "a/compose.yaml"])) == ["b/compose.yaml", "a/compose.yaml"]


def test_standard_input() -> None:
    assert find(["-", "-"]).files == (ComposeFile("<stdin>", None),)


def test_names_outside_the_working_folder_are_absolute(here: Path) -> None:
    file = write(here.parent / "other" / "compose.yaml")
    assert names(find(["../other"])) == [str(file)]
    assert names(find([str(write(here / "compose.yaml"))])) == ["compose.yaml"]


def test_a_missing_file_names_the_one_that_may_be_meant(here: Path) -> None:
    write(here / "sub" / "docker-compose.yaml")
    write(here / "sub" / "values.yaml")
    found = find(["sub/docker-compose.yml", "sub/xyz.yml"])
    assert found.skipped == (
        Skipped(
            "sub/docker-compose.yml",
            'There is no such file or folder. Is "sub/docker-compose.yaml" meant?',
        ),
        Skipped("sub/xyz.yml", "There is no such file or folder."),
    )


def test_one_wrong_name_does_not_keep_the_others_from_being_found(here: Path) -> None:
    write(here / "compose.yaml")
    found = find(["nope.yml", "compose.yaml"])
    assert names(found) == ["compose.yaml"]
    assert [skipped.file for skipped in found.skipped] == ["nope.yml"]


def test_a_named_link_to_nowhere(here: Path) -> None:
    (here / "compose.yaml").symlink_to("nowhere.yaml")
    assert find(["compose.yaml"]).skipped == (
        Skipped("compose.yaml", 'This is a link to "nowhere.yaml", which does not exist.'),
    )


def test_a_named_loop_of_links(here: Path) -> None:
    (here / "a.yml").symlink_to("b.yml")
    (here / "b.yml").symlink_to("a.yml")
    (skipped,) = find(["a.yml"]).skipped
    assert skipped.reason.startswith("It cannot be read: ")


def test_what_is_neither_file_nor_folder() -> None:
    assert find([os.devnull]).skipped == (
        Skipped(os.devnull, "This is neither a file nor a folder."),
    )


def test_a_pipe_is_read_like_a_file(here: Path) -> None:
    os.mkfifo(here / "pipe")
    assert names(find(["pipe"])) == ["pipe"]


def test_a_name_that_no_file_can_have() -> None:
    (skipped,) = find(["a\0b"]).skipped
    assert skipped == Skipped("a\0b", "No file can have such a name.")


def test_a_file_that_may_not_be_read() -> None:
    assert unreadable(PermissionError(13, "Permission denied")) == (
        "It cannot be read: you have no permission for that."
    )


def test_a_folder_that_may_not_be_read_is_a_complaint(here: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("NOT RUN: root may read every folder")
    write(here / "compose.yaml")
    locked = here / "locked"
    locked.mkdir(mode=0)
    assert find(["."]).skipped == (
        Skipped("locked", "It cannot be read: you have no permission for that."),
    )


@pytest.mark.parametrize(
    ("name", "is_override"),
    [
        ("compose.override.yml", True),
        ("docker-compose.override.yaml", True),
        ("docker-compose-override.yml", True),
        ("docker-compose.override.dev.yml", True),
        ("anything.override.yml", True),
        ("docker-compose.dev.yml", False),
        ("overrides.yml", False),
    ],
)
def test_an_override_is_known_by_its_name(name: str, is_override: bool) -> None:
    assert is_override_name(name) is is_override


@pytest.mark.parametrize(
    ("name", "beside", "group", "base"),
    [
        # A base and its override, whichever is named; other names of either are not theirs.
        ("compose.yaml", "compose.override.yaml", "compose.yaml compose.override.yaml", ""),
        ("compose.override.yaml", "compose.yaml", "compose.yaml compose.override.yaml", ""),
        ("docker-compose.yml", "compose.yaml compose.override.yml", "docker-compose.yml", ""),
        (
            "docker-compose.override.yml",
            "compose.yaml compose.override.yml",
            "compose.yaml docker-compose.override.yml",
            "",
        ),
        ("compose.override.yaml", "", "compose.override.yaml", ""),
        # What is called after another file is laid over that one.
        (
            "compose.dev.override.yml",
            "compose.dev.yml",
            "compose.dev.yml compose.dev.override.yml",
            "",
        ),
        ("app.override.yaml", "app.yml", "app.yml app.override.yaml", ""),
        ("app.override.yaml", "compose.yml", "compose.yml app.override.yaml", ""),
        # A variant makes a project by itself, or it is laid over the base: its content will tell.
        ("compose.prod.yaml", "compose.yaml", "compose.prod.yaml", "compose.yaml"),
        (
            "docker-compose-dev.yml",
            "docker-compose.yml docker-compose.override.yml",
            "docker-compose-dev.yml",
            "docker-compose.yml docker-compose.override.yml",
        ),
        ("compose.prod.yaml", "compose.dev.yaml", "compose.prod.yaml", ""),
        ("stack.yml", "compose.yaml", "stack.yml", ""),
    ],
)
def test_the_group_of_a_file_is_found_from_the_file(
    here: Path, name: str, beside: str, group: str, base: str
) -> None:
    for file in (name, *beside.split()):
        write(here / file)
    (found_group,) = group_files(find([name]).files)
    assert " ".join(file.name for file in found_group.files) == group
    assert " ".join(file.name for file in found_group.base) == base


def test_a_group_is_there_once(here: Path) -> None:
    write(here / "compose.yaml")
    write(here / "compose.override.yaml")
    write(here / "sub" / "compose.yaml")
    groups = group_files(find(["compose.override.yaml", "."]).files)
    assert [[file.name for file in group.files] for group in groups] == [
        ["compose.yaml", "compose.override.yaml"],
        ["sub/compose.yaml"],
    ]
