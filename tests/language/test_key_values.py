"""Keys with values: read and refused as Compose does it, which is asked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from composecheck.language.key_values import (
    Fault,
    InvalidKeyValue,
    KeyValue,
    read_build_arguments,
    read_environment,
    read_key_values,
)
from composecheck.source import Span
from tests.language.batches import corpus_text, refused_by_compose
from tests.language.services import (
    blank_text,
    node,
    open_text,
    published_services,
    quoted,
    services_of_compose,
    standing,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# What is written, and the variables.
ACCEPTED: list[tuple[str, dict[str, str | None]]] = [
    ("[A=1, B, C=]", {"A": "1", "B": None, "C": ""}),
    ("[A=b=c]", {"A": "b=c"}),
    ('["A= b "]', {"A": " b "}),
    ('[" A=1"]', {" A": "1"}),
    ("[=1]", {"": "1"}),
    ('[""]', {"": None}),
    ("[A=1, B=2, A=3]", {"A": "3", "B": "2"}),
    ('["A\\u3000=1"]', {"A\u3000": "1"}),
    ("{A: 1, B: , C: ''}", {"A": "1", "B": None, "C": ""}),
    ("{A: true, B: 0x10, C: 1_000}", {"A": "true", "B": "16", "C": "1000"}),
    ("{A: 1.50, B: 1e3, C: 1000000.0}", {"A": "1.5", "B": "1000", "C": "1e+06"}),
    ("{A: 0.00001, B: -0.0, C: 1e21}", {"A": "1e-05", "B": "-0", "C": "1e+21"}),
    (
        "{A: 123456.5, B: 1234567.5, C: 0.0001}",
        {"A": "123456.5", "B": "1.2345675e+06", "C": "0.0001"},
    ),
    ("{A: 18446744073709551615}", {"A": "18446744073709551615"}),
    ("{A: 2020-01-01}", {"A": "2020-01-01 00:00:00 +0000 UTC"}),
    ("{A : yes, ' B': 22:22}", {"A": "yes", " B": "22:22"}),
    ("{'A ': 1}", {"A ": "1"}),
]

REFUSED: list[tuple[str, Fault, str, str]] = [
    ("NAME =value", Fault.BLANK_BEHIND_KEY, " ", "NAME"),
    ("NAME  = value", Fault.BLANK_BEHIND_KEY, "  ", "NAME"),
    ("NAME ", Fault.BLANK_BEHIND_KEY, " ", "NAME"),
    (" =", Fault.BLANK_BEHIND_KEY, " ", ""),
    ("NAME\t=x", Fault.BLANK_BEHIND_KEY, "\t", "NAME"),
    ("NAME\u00a0=x", Fault.BLANK_BEHIND_KEY, "\u00a0", "NAME"),
    ("NAME\u2005=x", Fault.BLANK_BEHIND_KEY, "\u2005", "NAME"),
    ("voil\u00e0=x", Fault.LOOKS_LIKE_BLANK, "\u00e0", "voil"),
    ("\u00c5", Fault.LOOKS_LIKE_BLANK, "\u00c5", ""),
]


def values(pairs: Iterable[KeyValue | InvalidKeyValue]) -> dict[str, str | None]:
    """Return the values by key; all must be right."""
    result = {}
    for pair in pairs:
        assert isinstance(pair, KeyValue)
        result[pair.key.text] = pair.value.text if pair.value is not None else None
    return result


@pytest.mark.parametrize(("text", "variables"), ACCEPTED)
def test_variables_are_read(text: str, variables: dict[str, str | None]) -> None:
    assert values(read_environment(node(text), open_text)) == variables


@pytest.mark.parametrize(("item", "fault", "wrong", "key"), REFUSED)
def test_what_is_wrong_is_pointed_at(item: str, fault: Fault, wrong: str, key: str) -> None:
    text = f"[ok=1, '{item}']"
    good, bad = read_environment(node(text), open_text)
    assert isinstance(good, KeyValue)
    assert isinstance(bad, InvalidKeyValue)
    assert (bad.fault, bad.text, bad.key) == (fault, wrong, key)
    assert standing(bad.span, text) == wrong


def test_labels_are_never_wrong() -> None:
    for item, _, _, _ in REFUSED:
        (pair,) = read_key_values(node(f"['{item}']"), open_text)
        assert pair.key.text + ("=" if pair.value else "") == item.partition("=")[0] + (
            "=" if pair.value else ""
        )


def test_each_part_knows_its_place() -> None:
    text = "[A=b]"
    (pair,) = read_key_values(node(text), open_text)
    assert pair.value is not None
    assert (pair.key.span, pair.value.span, pair.span) == (Span(1, 2), Span(3, 4), Span(1, 4))
    assert pair.is_listed
    text = "{'A': 1_0}"
    (pair,) = read_key_values(node(text), open_text)
    assert pair.value is not None
    assert (pair.key.span, pair.value.span, pair.span) == (Span(2, 3), Span(6, 9), Span(1, 9))
    assert pair.value.text == "10"
    assert not pair.is_listed


def test_merged_keys_and_dropped_ones() -> None:
    text = "{<<: {A: 1, B: 2}, B: 3, C: !reset x}"
    assert values(read_environment(node(text), open_text)) == {"A": "1", "B": "3"}


def test_what_is_no_key_with_a_value_is_left_out() -> None:
    assert values(read_environment(node("[1, [A], {B: c}, ~, D=1]"), open_text)) == {"D": "1"}
    assert values(read_environment(node("{A: [1], B: {c: d}, D: 1}"), open_text)) == {"D": "1"}
    assert read_environment(node("A=1"), open_text) == ()


@pytest.mark.parametrize("item", ["${A} =1", "A=${B}", "${A} ", "${A:-x} =y"])
def test_what_a_variable_decides_is_not_refused(item: str) -> None:
    (pair,) = read_environment(node(f"['{item}']"), open_text)
    assert isinstance(pair, KeyValue)


def test_unknown_parts_stay_in_their_values() -> None:
    (pair,) = read_environment(node("['A=x${B}']"), open_text)
    assert isinstance(pair, KeyValue)
    assert pair.value is not None
    assert [part.variable for part in pair.value.unknowns] == ["B"]


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    lines = [f"environment: {text}" for text, _ in ACCEPTED]
    made = [service.get("environment", {}) for service in services_of_compose(lines, tmp_path)]
    assert made == [variables for _, variables in ACCEPTED]
    lines = [f"labels: {text}" for text, _ in ACCEPTED]
    made = [service.get("labels", {}) for service in services_of_compose(lines, tmp_path)]
    assert made == [
        {key: value or "" for key, value in variables.items()} for _, variables in ACCEPTED
    ]


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    lines = [f"environment: [{quoted(item)}]" for item, _, _, _ in REFUSED]
    assert refused_by_compose(lines, tmp_path) == lines


def test_of_build_arguments_only_those_with_values_are_wrong(tmp_path: Path) -> None:
    lines = [f"build: {{args: [{quoted(item)}]}}" for item, _, _, _ in REFUSED]
    refused = refused_by_compose(lines, tmp_path)
    assert refused == [line for line in lines if "=" in line]
    for line, (item, _, _, _) in zip(lines, REFUSED, strict=True):
        (pair,) = read_build_arguments(node(f"['{item}']"), open_text)
        assert isinstance(pair, InvalidKeyValue) is (line in refused)


def test_the_real_program_takes_them_as_labels(tmp_path: Path) -> None:
    for key in ("labels", "annotations", "sysctls"):
        lines = [f"{key}: [{quoted(item)}]" for item, _, _, _ in REFUSED]
        assert len(services_of_compose(lines, tmp_path)) == len(REFUSED)


def test_the_real_program_reads_random_items_so(tmp_path: Path) -> None:
    choose = random.Random(2)
    parts = [
        "A",
        "B",
        "=",
        "=",
        " ",
        "\t",
        "\u00e0",
        "\u00c5",
        "\u00a0",
        "\u2005",
        "\u3000",
        "\x85",
    ]
    items = {"".join(choose.choices(parts, k=choose.randint(1, 5))) for _ in range(500)}
    pairs = []
    for item in sorted(items):
        text = f"[{quoted(item)}]"
        (pair,) = read_environment(node(text), blank_text)
        pairs.append((f"environment: {text}", pair))
    refused = [line for line, pair in pairs if isinstance(pair, InvalidKeyValue)]
    assert len(refused) > 50
    assert refused_by_compose(refused, tmp_path) == refused
    accepted = [(line, pair) for line, pair in pairs if isinstance(pair, KeyValue)]
    services = services_of_compose([line for line, _ in accepted], tmp_path)
    assert [service["environment"] for service in services] == [
        values([pair]) for _, pair in accepted
    ]


@requires_shared
def test_the_variables_and_labels_of_real_files() -> None:
    compared = 0
    for file, written, made in published_services():
        if "env_file" not in written and "environment" in written:
            pairs = values(read_environment(written["environment"], corpus_text))
            # An extension is no variable.
            if not any(key.startswith("x-") for key in pairs):
                doubled = {key: value and value.replace("$", "$$") for key, value in pairs.items()}
                assert doubled == made.get("environment", {}), file
                compared += 1
        if "labels" in written:
            pairs = values(read_key_values(written["labels"], corpus_text))
            doubled = {key: (value or "").replace("$", "$$") for key, value in pairs.items()}
            assert doubled == made.get("labels", {}), file
            compared += 1
    assert compared > 500
