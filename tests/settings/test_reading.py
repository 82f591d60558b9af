"""Settings files: what they say, and what is wrong with them and where."""

from __future__ import annotations

import codecs
import errno
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from composecheck import COMPOSE_VERSION
from composecheck.finding import Severity
from composecheck.settings import InvalidSettings, Settings, checking
from composecheck.settings.reading import read_settings
from composecheck.settings.values import Group, PerFile


def read(folder: Path, text: str | bytes, name: str = "composecheck.toml") -> Settings | None:
    """Read a text as a settings file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path, name)


def problems(folder: Path, text: str | bytes, name: str = "composecheck.toml") -> list[str]:
    """Return what is wrong with a text as settings: place and message, without the file's name."""
    with pytest.raises(InvalidSettings) as caught:
        read(folder, text, name)
    lines = str(caught.value).splitlines()
    assert [str(problem) for problem in caught.value.problems] == lines
    for line in lines:
        assert line.startswith(f"{name}:")
        assert line.endswith((".", "?"))
    return [line.removeprefix(f"{name}:") for line in lines]


EVERYTHING = """\
select = ["compose", "runtime"]
extend-select = ["security"]
ignore = ["key-obsolete"]
include = ["stack.yml"]
exclude = ["examples/"]
target-compose = "2.20.3"
env-files = [".env", "../other.env"]
profiles = ["debug"]
fail-on = "error"
here = true

[severity]
key-unknown = "note"
variable-unset = "off"

[per-file."legacy/**"]
select = []
severity = { key-unknown = "warning" }

[[group]]
files = ["compose.yaml", "deploy/prod.yaml"]

[[group]]
files = ["other.yaml"]
env-files = ["other.env"]
profiles = ["*"]
project-directory = "."
"""


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    settings = read(tmp_path, EVERYTHING)
    assert settings is not None
    assert settings.file == tmp_path / "composecheck.toml"
    assert settings.folder == tmp_path
    assert settings.select.value == ("compose", "runtime")
    assert settings.extend_select.value == ("security",)
    assert settings.ignore.value == ("key-obsolete",)
    assert settings.include.value == ("stack.yml",)
    assert settings.exclude.value == ("examples/",)
    assert settings.target_compose.value == (2, 20, 3)
    assert settings.env_files.value == (tmp_path / ".env", tmp_path.parent / "other.env")
    assert settings.profiles.value == ("debug",)
    assert settings.fail_on.value is Severity.ERROR
    assert settings.here.value is True
    assert settings.severity.value == {"key-unknown": Severity.NOTE, "variable-unset": None}
    assert settings.per_file.value == (
        PerFile("legacy/**", select=(), severity={"key-unknown": Severity.WARNING}),
    )
    assert settings.groups.value == (
        Group((tmp_path / "compose.yaml", tmp_path / "deploy" / "prod.yaml")),
        Group(
            (tmp_path / "other.yaml",),
            env_files=(tmp_path / "other.env",),
            profiles=("*",),
            project_directory=tmp_path,
        ),
    )


def test_where_each_value_stands(tmp_path: Path) -> None:
    settings = read(tmp_path, EVERYTHING)
    assert settings is not None
    lines = EVERYTHING.splitlines()
    for name, key in (
        ("select", "select"),
        ("target_compose", "target-compose"),
        ("here", "here"),
        ("severity", "[severity]"),
        ("per_file", "[per-file"),
        ("groups", "[[group]]"),
    ):
        origin = getattr(settings, name).origin
        assert str(origin) == f"composecheck.toml:{origin.line}"
        assert lines[origin.line - 1].startswith(key)


def test_nothing_said_is_the_default(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Settings(tmp_path, tmp_path / "composecheck.toml")
    assert str(Settings(tmp_path).fail_on.origin) == "default"


def test_our_table_in_a_file_of_others(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.composecheck]\nprofiles = ["a"]\n'
    settings = read(tmp_path, text, "pyproject.toml")
    assert settings is not None
    assert settings.profiles.value == ("a",)
    assert str(settings.profiles.origin) == "pyproject.toml:4"
    found = problems(tmp_path, "[tool.composecheck]\nprofile = []\n", "pyproject.toml")
    assert found == ['2:1: There is no setting "profile". Is "profiles" meant?']


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[tool.other]\nx = "composecheck"\n',
        "tool = 1\nx = 'composecheck'\n",
        "[composecheck]\nx = 1\n",
        "this is no TOML, and has nothing of ours\n",
        b"\xff\xfe\x00",
    ],
)
def test_a_file_of_others_without_our_table_is_none(tmp_path: Path, text: str | bytes) -> None:
    assert read(tmp_path, text, "pyproject.toml") is None


def test_the_newest_compose_that_is_known_is_the_one_we_track() -> None:
    assert ".".join(map(str, checking._NEWEST)) == COMPOSE_VERSION


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('selct = ["compose"]', '1:1: There is no setting "selct". Is "select" meant?'),
        ("Fail_On = 1", '1:1: There is no setting "Fail_On". Is "fail-on" meant?'),
        ("disable = []", '1:1: There is no setting "disable". Is "ignore" meant?'),
        ("overrides = {}", '1:1: There is no setting "overrides". Is "per-file" meant?'),
        (
            'select = "compose"',
            '1:10: "select" takes a list of rules and categories; this is a text. Write'
            ' ["compose"].',
        ),
        (
            "env-files = 1979-05-27",
            '1:13: "env-files" takes a list of paths; this is a date or a time. Write'
            ' ["one.env", "other.env"].',
        ),
        ("ignore = ['upkep']", '1:11: There is no rule "upkep". Is "upkeep" meant?'),
        (
            "ignore = ['xyz']",
            '1:11: There is no rule "xyz". "composecheck rules" lists them all.',
        ),
        ("select = [1]", '1:11: "select" takes texts in quotes; this is a number.'),
        (
            "target-compose = 2.20",
            '1:18: "target-compose" takes a version as text; this is a number. Write "2.20".',
        ),
        (
            "target-compose = 'latest'",
            '1:18: "latest" is no version of Docker Compose. Write one such as "2.20".',
        ),
        (
            "target-compose = '1.29'",
            "1:18: Docker Compose 1.29 is another program, which is no longer kept up. The oldest"
            ' that composecheck knows is "2.0".',
        ),
        (
            "target-compose = '20.2'",
            "1:18: This composecheck does not know Docker Compose 20.2: the newest that it knows"
            ' is "5.6.1".',
        ),
        ("fail-on = 'eror'", '1:11: There is no severity "eror". Is "error" meant?'),
        (
            "fail-on = 'off'",
            '1:11: There is no severity "off". Write "error", "warning" or "note".',
        ),
        (
            "fail-on = 3",
            '1:11: "fail-on" takes a severity as text; this is a number. Write "warning".',
        ),
        ("here = 'True'", '1:8: "here" takes true or false; this is a text. Write true.'),
        ("here = 1", '1:8: "here" takes true or false; this is a number. Write true.'),
        (
            "severity = {key-unkown = 'note'}",
            '1:13: There is no rule "key-unkown". Is "key-unknown" meant?',
        ),
        ("severity.key-unknown = 'of'", '1:24: There is no severity "of". Is "off" meant?'),
        (
            "severity.key-unknown = false",
            '1:24: "key-unknown" takes a severity as text; this is true or false. Write "off".',
        ),
        (
            "severity.upkeep = 'note'",
            '1:10: "upkeep" is a category; a severity is given to single rules.',
        ),
        (
            "[severity]\nall = 'note'",
            '2:1: "all" is a category; a severity is given to single rules.',
        ),
        ("exclude = ['']", '1:12: "" is no glob. It is empty and fits no file.'),
        (
            "exclude = ['!x']",
            '1:12: "!x" is no glob. It begins with "!", which takes nothing back here.',
        ),
        (
            "include = ['a/../b']",
            '1:12: "a/../b" is no glob. Globs are seen from the folder of the settings, and lead to'
            " what is in it.",
        ),
        ("include = ['/']", '1:12: "/" is no glob. No file can fit it.'),
        ("env-files = ['']", '1:14: A path in "env-files" is empty.'),
        ("profiles = [' ']", '1:13: A name in "profiles" is empty.'),
        (
            "per-file.'*.yml' = 3",
            '1:20: "per-file.*.yml" takes a table; this is a number. Write { ignore ='
            ' ["upkeep"] }.',
        ),
        (
            "[per-file.'*.yml']\nexclude = []",
            '2:1: There is no setting "exclude" in "per-file". There are "select", "extend-select",'
            ' "ignore" and "severity".',
        ),
        ("[per-file.'']", '1:11: "" is no glob. It is empty and fits no file.'),
        (
            "group = [3]",
            '1:10: Each "group" takes a table; this is a number. Write { files ='
            ' ["compose.yaml"] }.',
        ),
        (
            "[group]\nfiles = []",
            '1:2: "group" takes a list of tables; this is a table. Write it as "[[…group]]".',
        ),
        (
            "[[group]]",
            '1:3: A "group" needs the "files" that belong together: files = ["compose.yaml",'
            ' "compose.prod.yaml"].',
        ),
        (
            "[[group]]\nfiles = []",
            '2:9: A "group" needs the "files" that belong together: files = ["compose.yaml",'
            ' "compose.prod.yaml"].',
        ),
        (
            "[[group]]\nfiles = ['a']\nfile = 1",
            '3:1: There is no setting "file" in "group". Is "files" meant?',
        ),
        ("here =", "1:7: This is no TOML: "),
        ("here = true\nhere = true", "2:12: This is no TOML: "),
        ("x = [", "1:6: This is no TOML: "),
        (b"# \xff", "1:3: This is no TOML: the file is not stored as UTF-8."),
        (
            codecs.BOM_UTF16_LE + "here = true".encode("utf-16-le"),
            "1:1: This is no TOML: the file is not stored as UTF-8.",
        ),
        ("x = " + "9" * 5000, " This is no TOML: "),
        ("x = " + "[" * 5000 + "]" * 5000, " These settings are nested too deeply."),
        ("#" * 1_000_001, " These settings are longer than a million bytes."),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(tmp_path: Path, text: str | bytes, problem: str) -> None:
    found = problems(tmp_path, text)
    assert len(found) == 1
    if problem.endswith(": "):  # the rest is what the Python of the day says
        assert found[0].startswith(problem)
    else:
        assert found == [problem]


def test_all_is_told_in_one_go_and_in_order(tmp_path: Path) -> None:
    found = problems(tmp_path, "here = 1\nfail-on = 1\nprofil = 1\nselect = ['x', 'y']\n")
    assert [line.split(":")[:2] for line in found] == [
        ["1", "8"], ["2", "11"], ["3", "1"], ["4", "11"], ["4", "16"],
    ]  # fmt: skip


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_line_ends_and_a_byte_order_mark_move_no_places(
    tmp_path: Path, mark: bytes, line_break: str
) -> None:
    text = line_break.join(['note = """', "", '"""', "selct = []", "here = 'x'"])
    found = problems(tmp_path, mark + text.encode())
    assert [line.split(":")[:2] for line in found] == [["1", "1"], ["4", "1"], ["5", "8"]]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "composecheck.toml"
    with pytest.raises(InvalidSettings, match="cannot be read: No such file"):
        read_settings(path)
    path.mkdir()
    with pytest.raises(InvalidSettings, match="cannot be read: Is a directory"):
        read_settings(path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "composecheck.toml"

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "open", refuse)  # root, as in a container, may read everything
    with pytest.raises(InvalidSettings, match="cannot be read: Permission denied"):
        read_settings(path)


@given(st.binary(max_size=60) | st.text("sel ct=[]{}'\"\n.#1a", max_size=40).map(str.encode))
@run(max_examples=200)
def test_whatever_stands_in_it_is_read_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "composecheck.toml"
        path.write_bytes(data)
        try:
            read_settings(path)
        except InvalidSettings as error:
            assert error.problems
