"""Env files: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import json
import random
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.language.assignments import EnvFile, Fault, InvalidAssignment
from composecheck.language.env_files import decode_env_file, read_env_file
from composecheck.language.variables import InvalidVariable, MissingVariable
from composecheck.source import Source, Span
from tests.language.services import standing
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

# S and A are set outside, E is empty there; U is set nowhere.
ENVIRONMENT = {"S": "shell", "E": "", "A": "outside"}

# The text of a file, and the variables it sets.
FILES: list[tuple[str, dict[str, str]]] = [
    ("", {}),
    ("\n \n# comment\n\t# another = one\n", {}),
    ("K=v", {"K": "v"}),
    ("K=v\nL=w\n", {"K": "v", "L": "w"}),
    ("K=1\r\nL=2\r\n", {"K": "1", "L": "2"}),
    ("K:v\nL: w\n", {"K": "v", "L": "w"}),
    ("  K = v \n", {"K": "v"}),
    ("K=\n\nL=w", {"K": "", "L": "w"}),
    ("K=1\nK=2\n", {"K": "2"}),
    ("export K=v\nexport\tL=w\n", {"K": "v", "L": "w"}),
    ("export\nK=v\n", {"K": "v"}),
    ("exportK=v\n", {"exportK": "v"}),
    ("export export=v\n", {"export": "v"}),
    # keys
    ("1K=v\n", {"1K": "v"}),
    ("k.e-y[0]_=v\n", {"k.e-y[0]_": "v"}),
    ("\u00e9\u00b2\u65e5=v\n", {"\u00e9\u00b2\u65e5": "v"}),
    ("K\tL=v\n", {"K\tL": "v"}),
    ("K\u00a0L=v\n", {"K\u00a0L": "v"}),
    ("=v\n", {"": "v"}),
    # a key alone is inherited; but what ends without a line end is a value without a name
    ("S\nU\nE\n", {"S": "shell", "E": ""}),
    ("export S\n", {"S": "shell"}),
    ("K=v\nS", {"K": "v", "": "S"}),
    ("two words", {"": "two words"}),
    # values without quotes
    ("K=a b\n", {"K": "a b"}),
    ("K=a #b\n", {"K": "a"}),
    ("K=a#b\n", {"K": "a#b"}),
    ("K=#b\n", {"K": "#b"}),
    ("K= # b\n", {"K": "# b"}),
    ("K=a\t#b\n", {"K": "a\t#b"}),
    ("K=a=b:c\n", {"K": "a=b:c"}),
    ("K=a\\n\\$b\n", {"K": "a\\n\\"}),
    ("K=a\"b'\n", {"K": "a\"b'"}),
    ("K=v\u3000\n", {"K": "v"}),
    ("K=v\x1f\n", {"K": "v\x1f"}),
    # quotes
    ("K='a b' # c\n", {"K": "a b"}),
    ("K='$A \\n #'\n", {"K": "$A \\n #"}),
    ("K='it\\'s'\n", {"K": "it's"}),
    ("K='a\nb'\n", {"K": "a\nb"}),
    ('K="a\nb" L=2\n', {"K": "a\nb", "L": "2"}),
    ('K="a"L=2', {"K": "a", "L": "2"}),
    ('K=""\n', {"K": ""}),
    ('K="a" S\n', {"K": "a", "S": "shell"}),
    ('K="a\\tb\\"c\\\\d\\qe"\n', {"K": 'a\tb"c\\d\\qe'}),
    ('K="\\a\\b\\f\\n\\r\\t\\v\\c"\n', {"K": "\a\b\f\n\r\t\v\\c"}),
    ('K="\\0101\\012\\0\\0999\\0777\\0377"\n', {"K": "A\\12\\\\999\\777\u00ff"}),
    # variables
    ("K=$A\nL=${A}x\n", {"K": "outside", "L": "outsidex"}),
    ("K=v\nL=$K\n", {"K": "v", "L": "v"}),
    ("L=$K\nK=v\n", {"K": "v", "L": ""}),
    ("A=inside\nL=$A\n", {"A": "inside", "L": "outside"}),
    ("K=1\nL=$K\nK=2\nM=$K\n", {"K": "2", "L": "1", "M": "2"}),
    ("K=${U:-d}${E:-e}${E-f}\n", {"K": "de"}),
    ('K="$A\\$A$$A"\n', {"K": "outside$A$A"}),
    ('K="${U:-\\"q\\"}"\n', {"K": '"q"'}),
    ("K=a$$b\n", {"K": "a$b"}),
    ("K=v\nS=${K}\n", {"K": "v", "S": "v"}),
]

# The text of a file; the characters at fault, why, and the key as far as it can be seen.
REFUSED: list[tuple[str, str, Fault, str]] = [
    ("K=1\nL M=2\n", "L M", Fault.SPACE_IN_KEY, "L M"),
    ("K L\n", "K L", Fault.SPACE_IN_KEY, "K L"),
    ("export K L=v\n", "K L", Fault.SPACE_IN_KEY, "K L"),
    ("- K=v\n", "- K", Fault.SPACE_IN_KEY, "- K"),
    ("A@=1\n", "@", Fault.CHARACTER_IN_KEY, "A@"),
    ("K=1\n{L} = 2", "{", Fault.CHARACTER_IN_KEY, "{L}"),
    ('K="a"b"c"\n', '"', Fault.CHARACTER_IN_KEY, 'b"c"'),
    ("K=1\nexport ", "export ", Fault.NO_KEY, ""),
    ('K="x\nL=1\n', '"x', Fault.UNCLOSED_QUOTE, "K"),
    ("K='it\\'s", "'it\\'s", Fault.UNCLOSED_QUOTE, "K"),
]

# What Compose says of each fault.
WORDS = {
    Fault.SPACE_IN_KEY: "key cannot contain a space",
    Fault.CHARACTER_IN_KEY: "unexpected character",
    Fault.UNCLOSED_QUOTE: "unterminated quoted value",
    Fault.NO_KEY: "zero length string",
}


def read(text: str | bytes) -> EnvFile:
    """Read a file as Compose would here."""
    data = text.encode() if isinstance(text, str) else text
    return read_env_file(decode_env_file(data, "test"), ENVIRONMENT, unset_is_blank=True)


def texts(file: EnvFile) -> dict[str, str]:
    """Return the values of a file in which all is known."""
    return {key: value.text for key, value in file.values.items()}


def ask(data: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Ask the real program to read `data` as the .env of a project."""
    (folder / "compose.yaml").write_text("name: p\nservices: {a: {image: x}}\n", encoding="utf-8")
    (folder / ".env").write_bytes(data)
    return subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--environment"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("text", "values"), FILES)
def test_a_file_is_read(text: str, values: dict[str, str]) -> None:
    file = read(text)
    assert file.refused == ()
    assert texts(file) == values


@pytest.mark.parametrize(("text", "wrong", "fault", "key"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, wrong: str, fault: Fault, key: str) -> None:
    (refused,) = read(text).refused
    assert isinstance(refused, InvalidAssignment)
    assert (refused.text, refused.fault, refused.key) == (wrong, fault, key)
    assert standing(refused.span, text) == wrong


def test_all_that_is_wrong_is_found_in_one_run() -> None:
    text = "A B=1\nK=ok\n@=2 $X\nL=${}\nM=${U:?say}\nN=ok\nO='x\n"
    file = read(text)
    spans = [
        refused.variable.span if isinstance(refused, MissingVariable) else refused.span
        for refused in file.refused
    ]
    assert [standing(span, text) for span in spans] == ["A B", "@", "${}", "${U:?say}", "'x"]
    assert isinstance(file.refused[2], InvalidVariable)
    assert [assignment.key for assignment in file.assignments] == ["K", "L", "M", "N"]


def test_each_part_knows_its_place() -> None:
    text = 'export K = "a\\n${A}" # c\nL=x y\nS\n'
    first, second, third = read(text).assignments
    assert first.quote == '"'
    assert standing(first.key_span, text) == "K"
    assert standing(first.value_span, text) == '"a\\n${A}"'
    assert first.value is not None
    assert first.value.text == "a\noutside"
    assert standing(first.value[1:2].span, text) == "\\n"
    assert standing(first.value[2:5].span, text) == "${A}"
    assert second.value is not None
    assert standing(second.value.span, text) == "x y"
    assert (second.quote, second.is_inherited) == ("", False)
    assert third.is_inherited
    assert standing(third.key_span, text) == "S"


def test_an_escaped_dollar_stands_where_it_is_written() -> None:
    text = 'K="\\$A"'
    value = read(text).values["K"]
    assert value.text == "$A"
    assert standing(value[0:1].span, text) == "\\$"


def test_what_is_used_and_not_set_is_noted() -> None:
    file = read("K=$U\nL=${U:-x}\nM=$K\nN=${V}\n")
    assert [variable.name for variable in file.unset] == ["U", "V"]


def test_a_byte_order_mark_and_what_is_no_text() -> None:
    source = decode_env_file(b"\xef\xbb\xbfK=\xff\n", "test")
    assert source.encode() == b"\xef\xbb\xbfK=\xff\n"
    file = read_env_file(source, {}, unset_is_blank=True)
    assert texts(file) == {"K": "\udcff"}
    (refused,) = read(b"\xff=1\n").refused
    assert isinstance(refused, InvalidAssignment)
    assert refused.span == Span(0, 1)
    assert read("K=1\n".encode("utf-16")).refused


# Elsewhere: what is not set here is unknown.


def read_open(
    text: str,
    environment: dict[str, str | None] | None = None,
    earlier: dict[str, str | None] | None = None,
) -> EnvFile:
    source = Source("test", text)
    return read_env_file(source, environment or {}, unset_is_blank=False, earlier=earlier)


def test_what_is_set_elsewhere_is_unknown() -> None:
    file = read_open("K=a$U\nL=$K\nM=${K:-d}\nS\n", {"S": None})
    assert not any(value.is_known for value in file.values.values())
    assert list(file.values) == ["K", "L", "M", "S"]
    assert [variable.name for variable in file.unset] == ["U"]
    assert [unknown.variable for unknown in file.values["L"].unknowns] == ["K"]
    assert file.refused == file.may_be_refused == ()


def test_a_key_alone_may_be_set_elsewhere() -> None:
    (bare,) = read_open("U\n").assignments
    assert bare.is_inherited
    assert bare.value is not None
    assert not bare.value.is_known
    (bare,) = read_env_file(Source("test", "U\n"), {}, unset_is_blank=True).assignments
    assert bare.value is None


def test_what_would_be_refused_elsewhere() -> None:
    file = read_open("K=$U\nL=${K?e}\nM=${K:?e}\nN=${V?e}\nO=${K:-${}}\n")
    assert file.refused == ()
    required = [use for use in file.may_be_refused if isinstance(use, MissingVariable)]
    assert [(use.variable.name, use.variable.span) for use in required] == [
        ("K", Span(16, 23)),
        ("V", Span(26, 32)),
    ]
    assert [use.text for use in file.may_be_refused if isinstance(use, InvalidVariable)] == ["${}"]


def test_earlier_files_are_asked_last() -> None:
    file = read_open("K=$X\nX=2\nL=$X\n", {}, {"X": "1"})
    assert texts(file) == {"K": "1", "X": "2", "L": "2"}
    file = read_open("K=$X\n", {}, {"X": None})
    assert not file.values["K"].is_known
    assert file.unset == ()


def test_here_too_a_value_that_nobody_knows_stays_unknown() -> None:
    source = Source("test", "K=$X\nL=$U\n")
    file = read_env_file(source, {"X": None}, unset_is_blank=True)
    assert not file.values["K"].is_known
    assert file.values["L"].text == ""


def test_a_long_file_costs_no_patience() -> None:
    line = 'KEY_{}="a\\\\b ${{A}}" # comment\n'
    file = read("".join(line.format(index) for index in range(5_000)))
    assert len(file.assignments) == 5_000
    assert len(read("K='" + "a\\" * 100_000).refused) == 1


# The real program.


def ask_about_env_files(files: list[bytes], folder: Path) -> list[dict[str, str]]:
    """Return the variables that the real program finds in each of `files`."""
    services = "".join(
        f"  s{index}: {{image: x, env_file: [{index}.env]}}\n" for index in range(len(files))
    )
    (folder / "compose.yaml").write_text(f"name: p\nservices:\n{services}", encoding="utf-8")
    for index, data in enumerate(files):
        (folder / f"{index}.env").write_bytes(data)
    answer = subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--format", "json"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        timeout=60,
        check=True,
    )
    # What it prints could be read again, so it doubles each dollar.
    model = json.loads(answer.stdout.decode().replace("$$", "$"))
    return [model["services"][f"s{index}"].get("environment", {}) for index in range(len(files))]


def random_files() -> list[str]:
    """Return files that Compose reads, made at random."""
    choose = random.Random(3)
    parts = [
        "a",
        " ",
        "$A",
        "${U:-x}",
        "$$",
        "\\n",
        "\\\\",
        '\\"',
        "\\'",
        "\\0101",
        "\\$",
        "#",
        " #",
    ]
    parts += ["=", ":", "\u00e9", "\n", "\t", "${K}", "\\c", "\\01", "$", "\u00a0"]
    files = []
    for _ in range(600):
        lines = []
        for _ in range(choose.randint(1, 4)):
            quote = choose.choice(["", '"', "'"])
            value = quote + "".join(choose.choices(parts, k=choose.randint(0, 6))) + quote
            key = choose.choice(["K", "L", "export K", " M", "N ", "S", "\u00e9"])
            lines.append(f"{key}{choose.choice(['=', ': ', ' = '])}{value}")
        files.append(choose.choice(["\n", "\r\n", " # c\n"]).join(lines))
    return [text for text in files if not read(text).refused]


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    files = [text for text, _ in FILES] + random_files()
    assert len(files) > 300
    made = ask_about_env_files([text.encode() for text in files], tmp_path)
    for text, variables in zip(files, made, strict=True):
        assert variables == texts(read(text)), text


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    for text, _, fault, _ in REFUSED:
        answer = ask(text.encode(), tmp_path)
        assert answer.returncode == 1, text
        assert WORDS[fault] in answer.stderr.decode(), text


def test_the_real_program_refuses_variables_so(tmp_path: Path) -> None:
    for text, words in [("K=${}", "Invalid template"), ('K="${U?e}"', "required variable U")]:
        assert words in ask(text.encode(), tmp_path).stderr.decode()
        assert len(read(text).refused) == 1


def test_the_real_program_decodes_bytes_so(tmp_path: Path) -> None:
    for data, returncode in [
        (b"\xef\xbb\xbfK=1\n", 0),
        ("K=1\n".encode("utf-16"), 1),
        (b"\xff=1\n", 1),
        (b"K=\xff\n", 0),
    ]:
        assert ask(data, tmp_path).returncode == returncode
        assert bool(read(data).refused) is bool(returncode)
