"""Merge keys from which nothing is left, and anchors that are given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Safety
from composecheck.rules.aliases import alias_around, anchor_repeated, merge_overridden
from tests.rules.accepted import find, fixed, model, service
from tests.rules.fitting import judge
from tests.shared_material import requires_compose

if TYPE_CHECKING:
    from pathlib import Path

BASE = "x-b: &b\n  init: true\n  restart: always\nservices:\n  a:\n"
ALL = BASE + "    <<: *b\n    image: x\n    init: false\n    restart: 'no'\n"


def test_all_is_written_again() -> None:
    findings = find(merge_overridden, ALL, "<<: *b")
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.SAFE
    assert fixed(ALL, findings) == ALL.replace("    <<: *b\n", "")


def test_it_names_what_is_there() -> None:
    one = ALL.replace("  restart: always\n", "", 1)
    assert '"init" is written' in find(merge_overridden, one, "<<: *b")[0].message
    many = ALL.replace("  init: true", "  init: true\n  tty: true", 1) + "    tty: true\n"
    assert "all its 3 keys are written" in find(merge_overridden, many, "<<: *b")[0].message


@pytest.mark.parametrize(
    "text",
    [
        ALL.replace("    <<: *b\n", "    <<: *b  # why\n"),
        BASE + "    {<<: *b, image: x, init: false, restart: 'no'}\n",
        BASE.replace("  a:\n", "  a: &a\n") + "    <<: *b\n    image: x\n    init: false\n"
        "    restart: 'no'\n  c: *a\n",
    ],
)
def test_without_a_fix(text: str) -> None:
    assert find(merge_overridden, text, "<<: *b")[0].fix is None


@pytest.mark.parametrize(
    "text",
    [
        BASE + "    <<: *b\n    image: x\n    init: false\n",
        BASE + "    <<: [*b]\n    image: x\n    init: false\n    restart: 'no'\n",
        BASE + "    <<: *b\n    image: x\n    init: !reset null\n    restart: 'no'\n",
        BASE + "    image: x\n    init: false\n    restart: 'no'\n",
    ],
)
def test_something_is_left(text: str) -> None:
    assert find(merge_overridden, text) == []


@requires_compose
def test_compose_sees_the_same_without_it(tmp_path: Path) -> None:
    right = fixed(ALL, find(merge_overridden, ALL, "<<: *b"))
    assert model(right, tmp_path) == model(ALL, tmp_path)


REPEATED = (
    "x-l: &l {driver: local}\nservices:\n  a: {image: x, logging: *l}\n"
    "  b: {image: x, logging: &l {driver: json-file}}\n  c: {image: x, logging: *l}\n"
)


def test_an_anchor_that_is_given_twice() -> None:
    (finding,) = find(anchor_repeated, REPEATED, "&l")
    assert finding.source.position(finding.span.start).line == 4
    assert "line 1" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        REPEATED.replace("&l {driver: json-file}", "&m {driver: json-file}"),
        REPEATED.replace("c: {image: x, logging: *l}", "c: {image: x}"),
        service(),
    ],
)
def test_anchors_that_are_clear(text: str) -> None:
    assert find(anchor_repeated, text) == []


@requires_compose
def test_compose_takes_the_last_anchor(tmp_path: Path) -> None:
    services = model(REPEATED, tmp_path)["services"]
    drivers = {name: services[name]["logging"]["driver"] for name in services}
    assert drivers == {"a": "local", "b": "json-file", "c": "json-file"}


AROUND = "x-b: &b {a: b}\nx-y:\n  <<: *b\n  f: *b\nservices:\n  a: {image: x}\n"


def test_alias_around_is_mended_by_a_list() -> None:
    findings = judge(alias_around, AROUND)
    assert fixed(AROUND, findings) == AROUND.replace("<<: *b", "<<: [*b]")


def test_alias_around_another_that_is_not_merged_has_no_fix() -> None:
    text = "x-b: &b v\nx-y: {<<: {a: *b}, a: {c: *b}}\nservices: {a: {image: x}}\n"
    (finding,) = judge(alias_around, text)
    assert finding.fix is None
    assert "Write out" in finding.remedy
