"""Variables in text: read, replaced and refused as Compose does it, which is asked."""

from __future__ import annotations

import json
import random
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from composecheck.language.traced import NotKnown, Operator, Traced, trace
from composecheck.language.variables import (
    MOST_NESTED,
    Fault,
    Interpolation,
    InvalidVariable,
    MissingVariable,
    Variable,
    interpolate,
    read_variables,
)
from composecheck.source import Source, Span
from composecheck.yaml.nodes import Scalar, Style
from tests.shared_material import docker_compose

if TYPE_CHECKING:
    from pathlib import Path

# A has a value, E is empty, U is not set; the value of D looks like a variable.
ENVIRONMENT = {"A": "aa", "E": "", "D": "$A", "_9": "n", "a": "lower", "\u212a": "kelvin"}

# What is written, and what Compose makes of it.
VALUES: list[tuple[str, str]] = [
    ("", ""),
    ("text", "text"),
    ("$A", "aa"),
    ("${A}", "aa"),
    ("${a}", "lower"),
    ("$A-$A", "aa-aa"),
    ("$A.b", "aa.b"),
    ("$Ab", ""),
    ("$_9", "n"),
    ("${_9}x", "nx"),
    ("$E", ""),
    ("$U", ""),
    ("${U}", ""),
    ("$D", "$A"),
    # a dollar that begins no variable
    ("$$", "$"),
    ("$$A", "$A"),
    ("$$$A", "$aa"),
    ("$$$$", "$$"),
    ("$${A}", "${A}"),
    ("$", "$"),
    ("a$", "a$"),
    ("$1", "$1"),
    ("$(x)", "$(x)"),
    ("$[A]", "$[A]"),
    ("$é", "$é"),
    ("$ A", "$ A"),
    ("$}", "$}"),
    ("{A}", "{A}"),
    # defaults
    ("${U:-d}", "d"),
    ("${E:-d}", "d"),
    ("${A:-d}", "aa"),
    ("${U-d}", "d"),
    ("${E-d}", ""),
    ("${A-d}", "aa"),
    ("${U:-}", ""),
    ("${U-}", ""),
    ("${U:--}", "-"),
    ("${U:-a:-b}", "a:-b"),
    ("${U-a:-b}", "a:-b"),
    ("${U:-a?b+c}", "a?b+c"),
    ("${U:- d }", " d "),
    ('${U:-{"a":1}}', '{"a":1}'),
    ("${U:-{}}", "{}"),
    ("${U:-{}", "{"),
    ("${U:-{x}", "{x"),
    ("${U:-a}b}", "ab}"),
    ("${U:-a}b${A}c}", "abaac}"),
    ("${U:-$$x}", "$x"),
    # what is used instead
    ("${A:+r}", "r"),
    ("${A+r}", "r"),
    ("${E+r}", "r"),
    ("${E:+r}", ""),
    ("${U:+r}", ""),
    ("${U+r}", ""),
    ("${A:+$A}", "aa"),
    # required
    ("${A:?e}", "aa"),
    ("${A?e}", "aa"),
    ("${E?e}", ""),
    ("${A:?}", "aa"),
    # in each other
    ("${U:-${V:-x}}", "x"),
    ("${U:-${V:-${W:-x}}}", "x"),
    ("${U:-$A}", "aa"),
    ("${U:-${A}}", "aa"),
    ("${U:-a${A}b}c", "aaabc"),
    ("${U:-${V}}", ""),
    # looked at only where it is used
    ("${A:-${}}", "aa"),
    ("${A:-${U:?e}}", "aa"),
    ("${A:-${B}", "aa"),
    ("${U:+${}}", ""),
    ("${A:?${}}", "aa"),
    # several lines
    ("a\n${A}\n$A", "a\naa\naa"),
    ("${U:-x}\n}", "x\n}"),
    # Go's idea of upper and lower case
    ("$\u212a", "kelvin"),
    ("${\u212a}", "kelvin"),
    ("${A\u017f}", ""),
]

# What Compose refuses: what is written, the characters at fault, why, the name that was meant.
INVALID: list[tuple[str, str, Fault, str]] = [
    ("${}", "${}", Fault.EMPTY, ""),
    ("${ }", "${ }", Fault.EMPTY, ""),
    ("a${}b", "${}", Fault.EMPTY, ""),
    ("${ A }", "${ A }", Fault.SPACES, "A"),
    ("${A }", "${A }", Fault.SPACES, "A"),
    ("${ A:-x}", "${ A:-x}", Fault.SPACES, "A"),
    ("${1}", "${1}", Fault.NAME, ""),
    ("${1A}", "${1A}", Fault.NAME, ""),
    ("${A.B}", "${A.B}", Fault.NAME, "A"),
    ("x${A B}y", "${A B}", Fault.NAME, "A"),
    ("${é}", "${é}", Fault.NAME, ""),
    ("${${A}}", "${${A}}", Fault.NAME, ""),
    ("${$A}", "${$A}", Fault.NAME, ""),
    ("${-x}", "${-x}", Fault.NAME, ""),
    ("${A:}", "${A:}", Fault.OPERATOR, "A"),
    ("${A:=x}", "${A:=x}", Fault.OPERATOR, "A"),
    ("${A=x}", "${A=x}", Fault.OPERATOR, "A"),
    ("${A:1:2}", "${A:1:2}", Fault.OPERATOR, "A"),
    ("${A/x/y}", "${A/x/y}", Fault.OPERATOR, "A"),
    ("${A##*/}", "${A##*/}", Fault.OPERATOR, "A"),
    ("${A%x}", "${A%x}", Fault.OPERATOR, "A"),
    ("${A,,}", "${A,,}", Fault.OPERATOR, "A"),
    ("${A[0]}", "${A[0]}", Fault.OPERATOR, "A"),
    ("${#A}", "${#A}", Fault.OPERATOR, "A"),
    ("${!A}", "${!A}", Fault.OPERATOR, "A"),
    ("${", "${", Fault.UNCLOSED, ""),
    ("${A", "${A", Fault.UNCLOSED, "A"),
    ("image:${A other", "${A", Fault.UNCLOSED, "A"),
    ("${A:-b", "${A:-b", Fault.UNCLOSED, "A"),
    ("${A:-b c", "${A:-b", Fault.UNCLOSED, "A"),
    ("${A:-${B", "${A:-${B", Fault.UNCLOSED, "A"),
    ("${A\n", "${A", Fault.UNCLOSED, "A"),
    ("${A:-x\ny} z", "${A:-x\ny}", Fault.LINE_BREAK, "A"),
    ("${A\n}", "${A\n}", Fault.LINE_BREAK, "A"),
    ("$$${}", "${}", Fault.EMPTY, ""),
]

# What Compose refuses here, because a variable has no value: what is written, the variable, what
# Compose says of it.
MISSING: list[tuple[str, str, str]] = [
    ("${U:?say}", "U", ": say"),
    ("${E:?say}", "E", ": say"),
    ("${U?say}", "U", ": say"),
    ("${U:?}", "U", ""),
    ("${U?}", "U", ""),
    ("${U:?say $A and ${V:-v}}", "U", ": say aa and v"),
    ("a${U:?x}b", "U", ": x"),
    ("${A:+${U:?x}}", "U", ": x"),
    ("${V:-${U?x}}", "U", ": x"),
]


def traced(text: str) -> Traced:
    """Return `text` as it would stand in a file; offsets are its indices."""
    return trace(Scalar(Source("test", text), 0, len(text), text))


def replaced(text: str, environment: dict[str, str] | None = None) -> Interpolation:
    """Replace the variables as Compose would do it here."""
    return interpolate(
        read_variables(traced(text)),
        ENVIRONMENT if environment is None else environment,
        unset_is_blank=True,
    )


def left_open(text: str, environment: dict[str, str] | None = None) -> Interpolation:
    """Replace what is set, and leave the rest unknown."""
    return interpolate(read_variables(traced(text)), environment or {}, unset_is_blank=False)


def ask_about(texts: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask the real program to replace the variables in `texts`, as labels k0, k1 and so on."""
    labels = "".join(f"      k{i}: {json.dumps(text)}\n" for i, text in enumerate(texts))
    (folder / "compose.yaml").write_text(
        f"name: p\nservices:\n  a:\n    image: i\n    labels:\n{labels}", encoding="utf-8"
    )
    return subprocess.run(
        [docker_compose(), "-f", "compose.yaml", "config", "--format", "json"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def replaced_by_compose(texts: list[str], folder: Path) -> list[str]:
    answer = ask_about(texts, folder)
    assert answer.returncode == 0, answer.stderr
    labels = json.loads(answer.stdout)["services"]["a"]["labels"]
    # What it prints could be read again, so it doubles each dollar.
    return [labels[f"k{index}"].replace("$$", "$") for index in range(len(texts))]


def refused_by_compose(texts: list[str], folder: Path) -> set[int]:
    """Return the numbers of the texts for which Compose refuses the file; it names them all."""
    answer = ask_about(texts, folder)
    assert answer.returncode == 1
    return {int(number) for number in re.findall(r"a\.labels\.k([0-9]+)\b", answer.stderr)}


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_variables_are_replaced(written: str, value: str) -> None:
    result = replaced(written)
    assert result.value.text == value
    assert result.refused == ()
    assert result.may_be_refused == ()


def test_the_real_program_replaces_them_so(tmp_path: Path) -> None:
    written = [text for text, _ in VALUES]
    assert replaced_by_compose(written, tmp_path) == [value for _, value in VALUES]


@pytest.mark.parametrize(("written", "wrong", "fault", "name"), INVALID)
def test_what_cannot_be_read_is_pointed_at(
    written: str, wrong: str, fault: Fault, name: str
) -> None:
    template = read_variables(traced(written))
    start = written.index(wrong, 2 if written.startswith("$$") else 0)
    expected = InvalidVariable(Span(start, start + len(wrong)), wrong, fault, name)
    assert template.invalid == (expected,)
    for result in (replaced(written), left_open(written)):
        assert result.refused == (expected,)
        assert not result.value.is_known


@pytest.mark.parametrize(("written", "name", "message"), MISSING)
def test_a_required_variable_is_missing(written: str, name: str, message: str) -> None:
    result = replaced(written)
    (refusal,) = result.refused
    assert isinstance(refusal, MissingVariable)
    assert refusal.variable.name == name
    assert refusal.message.text == message.removeprefix(": ")
    assert not result.value.is_known


def test_the_real_program_refuses_them_all(tmp_path: Path) -> None:
    texts = [row[0] for row in INVALID] + [row[0] for row in MISSING]
    assert refused_by_compose(texts, tmp_path) == set(range(len(texts)))


def test_the_real_program_says_the_same_of_missing_variables(tmp_path: Path) -> None:
    said = ask_about([row[0] for row in MISSING], tmp_path).stderr.splitlines()
    for index, (_, name, message) in enumerate(MISSING):
        assert (
            f"error while interpolating services.a.labels.k{index}: "
            f"required variable {name} is missing a value{message}"
        ) in said


def test_the_real_program_agrees_on_random_texts(tmp_path: Path) -> None:
    pieces = [
        *("$", "$", "$$", "${", "${", "}", "}", "{", "{}", "A", "E", "U", "_9", "1", "a", "x"),
        *(":-", "-", ":?", "?", ":+", "+", ":", "=", ".", "/", '"', " ", "\n", "é", "\u212a"),
        *("${A}", "${U:-", "${E:-", "${A:+", "$U"),
    ]
    choose = random.Random(5)
    texts = ["".join(choose.choices(pieces, k=choose.randint(1, 10))) for _ in range(1500)]
    results = [replaced(text) for text in texts]
    accepted = [text for text, result in zip(texts, results, strict=True) if not result.refused]
    values = [result.value.text for result in results if not result.refused]
    assert len(accepted) > 500
    assert replaced_by_compose(accepted, tmp_path) == values
    refused = [text for text, result in zip(texts, results, strict=True) if result.refused]
    assert len(refused) > 500
    assert refused_by_compose(refused, tmp_path) == set(range(len(refused)))


def test_a_variable_knows_its_parts() -> None:
    written = "a${NAME:-x${B}}$C"
    variables = list(read_variables(traced(written)).variables())
    assert [variable.name for variable in variables] == ["NAME", "B", "C"]
    assert [variable.operator for variable in variables] == [Operator.DEFAULT_IF_EMPTY, None, None]
    spans = [written[variable.span.start : variable.span.end] for variable in variables]
    assert spans == ["${NAME:-x${B}}", "${B}", "$C"]
    assert [variable.name_span for variable in variables] == [
        Span(3, 7),
        Span(12, 13),
        Span(16, 17),
    ]
    argument = variables[0].argument
    assert argument is not None
    assert argument.text.span == Span(9, 14)
    assert variables[1].argument is None


@pytest.mark.parametrize("operator", list(Operator))
def test_each_operator_is_read(operator: Operator) -> None:
    (variable,) = read_variables(traced(f"${{A{operator.value}x}}")).pieces
    assert isinstance(variable, Variable)
    assert variable.operator is operator
    assert variable.argument is not None
    assert variable.argument.text.equals("x")


def test_text_without_variables_is_itself() -> None:
    text = traced("no variable")
    assert replaced("no variable").value.text == "no variable"
    (piece,) = read_variables(text).pieces
    assert piece is text
    assert read_variables(traced("")).pieces == ()


def test_a_doubled_dollar_stands_at_both() -> None:
    value = replaced("a$$b").value
    assert value.text == "a$b"
    assert [value[i : i + 1].span for i in range(3)] == [Span(0, 1), Span(1, 3), Span(3, 4)]


def test_places_go_through_escapes() -> None:
    written = r'"\x24{U:-\t80}"'
    scalar = Scalar(Source("test", written), 0, len(written), "${U:-\t80}", Style.DOUBLE_QUOTED)
    result = interpolate(read_variables(trace(scalar)), {}, unset_is_blank=True)
    assert result.value.text == "\t80"
    assert written[result.value[1:].span.start : result.value[1:].span.end] == "80"


def test_a_default_keeps_its_own_places_and_a_value_stands_at_the_variable() -> None:
    assert replaced("a${U:-80800}").value[1:].span == Span(6, 11)
    assert replaced("a${A:-80800}").value[1:].span == Span(1, 12)


def test_an_empty_result_stands_at_its_beginning() -> None:
    value = replaced("${U}$U").value
    assert value.text == ""
    assert value.span == Span(0, 0)


def test_only_what_is_not_set_and_has_no_default_is_blank() -> None:
    def unset(text: str) -> list[str]:
        return [variable.name for variable in replaced(text).unset]

    assert unset("$U ${V} $A $E") == ["U", "V"]
    assert unset("${U:-x} ${U-x} ${U:+x} ${U+x} ${E:-x}") == []
    assert unset("${U:-$V}") == ["V"]
    assert unset("${A:-$V}") == []
    assert unset("${A:+$V}") == ["V"]
    assert unset("${U:?$V}") == ["V"]


def test_the_real_program_warns_of_the_same(tmp_path: Path) -> None:
    texts = ["$U1 ${U2} $A $E", "${X1:-x} ${X2:+x} ${X3+x}", "${X4:-$U3}", "${A:-$X5}", "${A:+$U4}"]
    said = ask_about(texts, tmp_path).stderr
    ours = {variable.name for text in texts for variable in replaced(text).unset}
    assert ours == {"U1", "U2", "U3", "U4"}
    assert set(re.findall(r'The \\"(\w+)\\" variable is not set', said)) == ours


def test_left_open_what_is_not_set_is_unknown() -> None:
    result = left_open("${HOST}:$PORT", {"PORT": "80"})
    assert [unknown.variable for unknown in result.value.unknowns] == ["HOST"]
    assert result.value[1:].text == ":80"
    assert [variable.name for variable in result.unset] == ["HOST"]
    assert result.refused == ()


@pytest.mark.parametrize(
    ("written", "argument"),
    [
        ("${U:-d}", "d"),
        ("${U-d}", "d"),
        ("${U:+d}", "d"),
        ("${U+d}", "d"),
        ("${U:-x${A}}", "xaa"),
        ("${U:-}", ""),
    ],
)
def test_left_open_a_default_is_what_it_may_be_not_what_it_is(written: str, argument: str) -> None:
    result = left_open(written, {"A": "aa"})
    (part,) = result.value.pieces
    assert not isinstance(part, Traced)
    assert part.variable == "U"
    assert part.span == Span(0, len(written))
    assert part.argument is not None
    assert part.argument.text == argument
    assert (result.unset, result.refused, result.may_be_refused) == ((), (), ())


def test_left_open_a_default_may_be_unknown_itself() -> None:
    result = left_open("${U:-a${V}}")
    (part,) = result.value.unknowns
    assert part.argument is not None
    assert part.argument[:1].equals("a")
    assert [unknown.variable for unknown in part.argument.unknowns] == ["V"]
    assert [variable.name for variable in result.unset] == ["V"]


def test_left_open_what_is_set_is_used() -> None:
    assert left_open("${A:-d}${E:-e}${A:+f}${A?}", {"A": "a", "E": ""}).value.text == "aefa"
    (refusal,) = left_open("${E:?e}", {"E": ""}).refused
    assert isinstance(refusal, MissingVariable)


def test_left_open_a_required_variable_may_be_missing() -> None:
    result = left_open("${U:?say}")
    assert result.refused == ()
    assert result.unset == ()
    (refusal,) = result.may_be_refused
    assert isinstance(refusal, MissingVariable)
    assert refusal.message.text == "say"


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("${U:-${}}", ["${}"]),
        ("${U:-${B}", ["${B"]),
        ("${U:+${ A }}", ["${ A }"]),
        ("${U:-${V:-${}}}", ["${}"]),
        ("${U:-${}${1}}", ["${}", "${1}"]),
    ],
)
def test_left_open_a_mistake_in_an_argument_is_only_a_possible_one(
    written: str, wrong: list[str]
) -> None:
    result = left_open(written)
    assert result.refused == ()
    found = [
        refusal.text for refusal in result.may_be_refused if isinstance(refusal, InvalidVariable)
    ]
    assert found == wrong
    assert read_variables(traced(written)).invalid == ()


def test_several_mistakes_are_all_found() -> None:
    found = [mistake.text for mistake in read_variables(traced("${} ${A} ${1} ${B")).invalid]
    assert found == ["${}", "${1}", "${B"]


def test_text_with_unknown_parts_cannot_be_read() -> None:
    with pytest.raises(NotKnown):
        read_variables(left_open("${U}").value)


def test_nested_deeper_than_anybody_writes_is_unknown() -> None:
    depth = MOST_NESTED + 5
    result = replaced("${U:-" * depth + "x" + "}" * depth)
    assert not result.value.is_known
    assert result.refused == ()
    depth = MOST_NESTED
    assert replaced("${U:-" * depth + "x" + "}" * depth).value.text == "x"


@pytest.mark.parametrize("piece", ["${A:-", "${A:-{", "${", "${A", "${A:-x}", "{${U-", "${}", "$$"])
def test_long_texts_cost_no_patience(piece: str) -> None:
    for end in ("", "}", "}" * 20_000):
        replaced(piece * 20_000 + end)
