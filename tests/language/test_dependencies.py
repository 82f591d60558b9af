"""What a service waits for: read as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.dependencies import Condition, Dependency, read_dependencies
from tests.language.batches import corpus_text
from tests.language.services import (
    node,
    open_text,
    published_services,
    services_of_compose,
    standing,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

# What is written: name, condition, required, restart.
ACCEPTED: list[tuple[str, list[tuple[str, Condition, bool, bool]]]] = [
    ("[a, b]", [("a", Condition.STARTED, True, False), ("b", Condition.STARTED, True, False)]),
    ("{a: {condition: service_started}}", [("a", Condition.STARTED, True, False)]),
    ("{a: {condition: service_healthy}}", [("a", Condition.HEALTHY, True, False)]),
    (
        "{a: {condition: service_completed_successfully, restart: true, required: false}}",
        [("a", Condition.COMPLETED, False, True)],
    ),
    (
        "{a: {condition: service_started, restart: 'yes', required: 'off'}}",
        [("a", Condition.STARTED, False, True)],
    ),
    ("{}", []),
]


def row(dependency: Dependency) -> tuple[str, Condition | None, bool | None, bool | None]:
    return (
        dependency.service.text,
        dependency.condition,
        dependency.is_required,
        dependency.restarts,
    )


@pytest.mark.parametrize(("text", "rows"), ACCEPTED)
def test_dependencies_are_read(text: str, rows: list[tuple[str, Condition, bool, bool]]) -> None:
    assert [row(made) for made in read_dependencies(node(text), open_text)] == rows


def test_each_part_knows_its_place() -> None:
    text = "{db: {condition: service_healthy}}"
    (dependency,) = read_dependencies(node(text), open_text)
    assert standing(dependency.service.span, text) == "db"
    assert standing(dependency.span, text) == text[1:-1]
    assert dependency.condition_span is not None
    assert standing(dependency.condition_span, text) == "service_healthy"
    assert not dependency.is_listed
    (dependency,) = read_dependencies(node("[db]"), open_text)
    assert (dependency.is_listed, dependency.condition_span) == (True, None)


def test_what_is_unknown_or_wrong() -> None:
    text = "{a: {condition: '${C}', required: '${R}'}, b: {condition: healthy, restart: 1}, c: }"
    first, second, third = read_dependencies(node(text), open_text)
    assert row(first) == ("a", None, None, False)
    assert row(second) == ("b", None, True, None)
    assert row(third) == ("c", Condition.STARTED, True, False)
    text = "['${A}']"
    (dependency,) = read_dependencies(node(text), open_text)
    assert not dependency.service.is_known


def test_a_condition_that_is_no_text() -> None:
    text = "{a: {condition: [b]}}"
    (dependency,) = read_dependencies(node(text), open_text)
    assert dependency.condition is None
    assert dependency.condition_span is not None
    assert standing(dependency.condition_span, text) == "[b]"


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    lines = [f"depends_on: {text}" for text, _ in ACCEPTED]
    services = services_of_compose(lines, tmp_path)
    for service, (_, rows) in zip(services, ACCEPTED, strict=True):
        assert service.get("depends_on", {}) == expected(rows)


def expected(rows: list[tuple[str, Condition, bool, bool]]) -> dict[str, dict[str, object]]:
    return {
        name: {
            "condition": condition.value,
            "required": required,
            **({"restart": True} if restart else {}),
        }
        for name, condition, required, restart in rows
    }


@requires_shared
def test_the_dependencies_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        if "depends_on" not in values:
            continue
        rows = []
        for dependency in read_dependencies(values["depends_on"], corpus_text):
            name, condition, required, restart = row(dependency)
            assert condition is not None
            assert required is not None
            assert restart is not None
            rows.append((name, condition, required, restart))
        # Compose adds those that follow from links and namespaces.
        printed = {name: made["depends_on"][name] for name, *_ in rows}
        assert expected(rows) == printed, file
        compared += 1
    assert compared > 200
