"""Settings files, comments and baselines on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli_commands import Command

if TYPE_CHECKING:
    from pathlib import Path

OLD = "version: '3'\nservices:\n  web:\n    image: nginx\n"
BAD = "services:\n  web:\n    image: nginx\n    enviroment: {}\n"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def rules(out: str) -> list[str]:
    """Return file and rule of each line."""
    return [f"{line.split(':')[0]} {line.split('[')[1].split(']')[0]}" for line in out.splitlines()]


def test_the_nearest_settings_file_counts_for_each_file(here: Path, command: Command) -> None:
    write(
        here,
        {
            "compose.yaml": OLD,
            "composecheck.toml": 'ignore = ["key-obsolete"]\n',
            "sub/compose.yaml": OLD,
            "sub/pyproject.toml": "[tool.composecheck]\n",
        },
    )
    assert rules(command("check", ".")[1]) == ["sub/compose.yaml key-obsolete"]


def test_severities_and_the_bar_are_set(here: Path, command: Command) -> None:
    settings = '[severity]\nkey-obsolete = "warning"\n'
    write(here, {"compose.yaml": OLD, "composecheck.toml": settings})
    status, out, _ = command("check")
    assert (status, "warning[key-obsolete]" in out) == (1, True)
    write(here, {"composecheck.toml": f'fail-on = "error"\n{settings}'})
    assert command("check")[0] == 0
    assert command("check", "--fail-on", "warning")[0] == 1


def test_what_is_wrong_in_a_settings_file_is_said_with_its_place(
    here: Path, command: Command
) -> None:
    write(here, {"compose.yaml": OLD, "composecheck.toml": 'selct = ["compose"]\n'})
    for name in ("check", "fix"):
        status, out, err = command(name)
        assert (status, out) == (2, "")
        assert err == (
            'composecheck: composecheck.toml:1:1: There is no setting "selct". Is "select" meant?\n'
        )


def test_files_that_belong_together_by_the_settings_are_one_project(
    here: Path, command: Command
) -> None:
    write(
        here,
        {
            "a.yaml": "services:\n  web:\n    networks: [back]\n",
            "b.yaml": "services:\n  web:\n    image: nginx:${TAG}\nnetworks: {back: {}}\n",
            "c.yaml": f"{OLD[13:]}    profiles: [p]\n    volumes: [data:/data]\n",
            "p.env": "TAG=1\n",
            "composecheck.toml": (
                '[[group]]\nfiles = ["a.yaml", "b.yaml"]\nenv-files = ["p.env"]\n'
                '[[group]]\nfiles = ["c.yaml"]\nprofiles = ["p"]\n'
            ),
        },
    )
    assert command("check", "a.yaml") == (0, "", "")
    assert command("check", "a.yaml", "b.yaml") == (0, "", "")
    assert rules(command("check", "--here", "c.yaml")[1]) == ["c.yaml volume-undefined"]


def test_folders_are_searched_as_the_settings_say(here: Path, command: Command) -> None:
    write(
        here,
        {
            "apps/web.yml": OLD,
            "apps/compose.yaml": OLD,
            "old/compose.yaml": OLD,
            "composecheck.toml": 'include = ["apps/*.yml"]\nexclude = ["old/"]\n',
        },
    )
    found = rules(command("check", ".")[1])
    assert found == ["apps/compose.yaml key-obsolete", "apps/web.yml key-obsolete"]
    found = rules(command("check", "--exclude", "compose.yaml", ".")[1])
    assert found == ["apps/web.yml key-obsolete"]
    # What is named is checked all the same.
    assert rules(command("check", "old/compose.yaml")[1]) == ["old/compose.yaml key-obsolete"]


def test_settings_in_force_are_shown(here: Path, command: Command) -> None:
    write(here, {"composecheck.toml": 'fail-on = "error"\n'})
    status, out, _ = command("check", "--show-settings", "--ignore", "upkeep")
    assert status == 0
    assert 'fail-on = "error"                             # composecheck.toml:1\n' in out
    assert "# then --ignore upkeep" in out


def test_comments_silence_what_they_name_for_fix_too(here: Path, command: Command) -> None:
    text = BAD.replace("{}", "{}  # composecheck: ignore[key-unknown] -- on purpose")
    write(here, {"compose.yaml": text})
    assert command("check") == (0, "", "")
    assert command("fix") == (0, "", "")
    assert (here / "compose.yaml").read_text(encoding="utf-8") == text


def test_a_comment_of_no_use_is_a_note_and_is_removed(here: Path, command: Command) -> None:
    write(
        here, {"compose.yaml": f"{OLD[13:]}    # composecheck: ignore[key-unknown]\n    x-a: 1\n"}
    )
    status, out, _ = command("check")
    assert (status, rules(out)) == (0, ["compose.yaml ignore-unused"])
    command("fix", "--unsafe")
    assert (here / "compose.yaml").read_text(encoding="utf-8") == f"{OLD[13:]}    x-a: 1\n"


def test_ignores_are_added(here: Path, command: Command) -> None:
    write(here, {"compose.yaml": OLD, "other/compose.yaml": BAD})
    status, out, _ = command("check", "--add-ignores", ".")
    assert (status, out) == (
        0,
        "compose.yaml: 1 comment written.\nother/compose.yaml: 1 comment written.\n",
    )
    assert command("check", ".") == (0, "", "")
    assert command("check", "--add-ignores", ".") == (0, "No comment was written.\n", "")


def test_a_baseline_leaves_only_what_is_new(here: Path, command: Command) -> None:
    write(here, {"compose.yaml": BAD})
    assert command("check", "--write-baseline", "known.json") == (
        0,
        '"known.json" knows 1 finding now.\n',
        "",
    )
    assert json.loads((here / "known.json").read_text(encoding="utf-8"))["version"] == 1
    assert command("check", "--baseline", "known.json") == (0, "", "")
    write(here, {"compose.yaml": f"{BAD}    prots: []\n"})
    status, out, _ = command("check", "--baseline", "known.json")
    assert (status, out.splitlines()[0].split(" ")[0]) == (1, "compose.yaml:5:5:")
    write(here, {"compose.yaml": BAD.replace("enviroment", "environment")})
    status, out, err = command("check", "--baseline", "known.json")
    assert (status, out) == (0, "")
    assert err.startswith('composecheck: One entry of the baseline "known.json" matches nothing')


@pytest.mark.parametrize("text", [None, "{", "[]"])
def test_a_baseline_that_is_none_is_a_complaint(
    here: Path, command: Command, text: str | None
) -> None:
    write(here, {"compose.yaml": BAD})
    if text is not None:
        write(here, {"known.json": text})
    status, out, err = command("check", "--baseline", "known.json")
    assert (status, out) == (2, "")
    assert err.startswith("composecheck: known.json")


def test_verbose_says_what_was_read_and_why(here: Path, command: Command) -> None:
    write(
        here,
        {
            "compose.yaml": f"include: [more.yaml]\n{OLD}    env_file: web.env\n",
            "more.yaml": "volumes: {}\n",
            "composecheck.toml": "",
        },
    )
    _, _, err = command("check", "-v")
    assert err.splitlines() == [
        "settings: composecheck.toml",
        "checked: compose.yaml",
        "checked: more.yaml",
        "looked for: more.yaml, which compose.yaml:1 names",
        "looked for: web.env, which compose.yaml:6 names",
    ]


def test_quiet_and_exit_zero(here: Path, command: Command) -> None:
    write(here, {"compose.yaml": OLD})
    _, loud, _ = command("check", "--color", "always")
    _, quiet, _ = command("check", "--color", "always", "-q")
    assert "1 note in 1 file" in loud
    assert quiet == loud[: len(quiet)]
    assert "1 note in 1 file" not in quiet
    write(here, {"compose.yaml": BAD})
    assert command("check")[0] == 1
    assert command("check", "--exit-zero")[0] == 0


def test_colours_are_forced_and_forbidden_by_the_environment(
    here: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, {"compose.yaml": BAD})
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in command("check")[1]
    assert "\x1b[" not in command("check", "--color", "never")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in command("check")[1]
    monkeypatch.delenv("FORCE_COLOR")
    assert "\x1b[" not in command("check")[1]


def test_unsaved_text_is_judged_in_place_of_its_file(here: Path, command: Command) -> None:
    write(here, {"compose.yaml": OLD, "compose.override.yaml": "networks: {back: {}}\n"})
    text = "services:\n  web:\n    image: nginx\n    networks: [back]\n    prots: []\n"
    status, out, _ = command("check", "-", "--stdin-filename", "compose.yaml", stdin=text.encode())
    assert (status, rules(out)) == (1, ["compose.yaml key-unknown"])
    status, out, _ = command("fix", "-", "--stdin-filename", "compose.yaml", stdin=text.encode())
    assert (status, out) == (0, text.replace("prots", "ports"))
    assert (here / "compose.yaml").read_text(encoding="utf-8") == OLD


def test_what_a_hook_names_counts_as_found(here: Path, command: Command) -> None:
    write(
        here,
        {
            "compose.yaml": BAD,
            "old/sub/compose.yaml": BAD,
            "stack.yml": "kind: x\n",
            "composecheck.toml": 'exclude = ["old/"]\n',
        },
    )
    named = ["compose.yaml", "old/sub/compose.yaml", "stack.yml"]
    for arguments in (["--force-exclude", *named], [*named, "-q", "--force-exclude"]):
        status, out, err = command("check", *arguments)
        assert (status, rules(out), err) == (1, ["compose.yaml key-unknown"], "")
    assert command("fix", "--force-exclude", *named)[0] == 0
    assert (here / "old/sub/compose.yaml").read_text(encoding="utf-8") == BAD
