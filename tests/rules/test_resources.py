"""Secrets, configs, volumes and networks at the top of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.rules.resources import (
    RULES,
    external_names_differ,
    source_missing,
    source_twice,
    volume_external_keys,
)
from tests.rules.fitting import assert_accepted, assert_refused, judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.fitting import Rule

A = "services: {a: {image: x}}\n"

REFUSED: tuple[tuple[Rule, str, str], ...] = (
    (source_missing, A + "secrets: {s: {}}", "s"),
    (source_missing, A + "secrets: {s: {name: x}}", "s"),
    (source_missing, A + "secrets: {s: {driver: x}}", "s"),
    (source_missing, A + "secrets: {s: {external: false}}", "s"),
    (source_missing, A + "secrets: {s: {environment: ''}}", "s"),
    (source_missing, A + "secrets: {s: {environment: '', external: false}}", "s"),
    (source_missing, A + "secrets: {x-s: {}}", "x-s"),
    (source_missing, A + "configs: {s: {name: x}}", "s"),
    (source_twice, A + "secrets: {s: {file: a, environment: b}}", "environment"),
    (source_twice, A + "secrets: {s: {environment: '', file: ''}}", "file"),
    (source_twice, A + "secrets: {s: {file: a, environment: b, external: true}}", "environment"),
    (source_twice, A + "configs: {s: {file: a, environment: b, content: c}}", "environment"),
    (volume_external_keys, A + "volumes: {v: {external: true, driver: x}}", "driver"),
    (volume_external_keys, A + "volumes: {v: {driver_opts: {}, external: 'yes'}}", "driver_opts"),
    (volume_external_keys, A + "volumes: {v: {external: {name: z}, labels: [a]}}", "labels"),
    (external_names_differ, A + "volumes: {v: {external: {name: z}, name: y}}", "z"),
    (external_names_differ, A + "networks: {v: {external: {name: z}, name: y}}", "z"),
)

ACCEPTED = (
    A + "secrets: {s: {file: ''}}",
    A + "secrets: {s: {external: true}}",
    A + "secrets: {s: {external: true, driver: x, file: y}}",
    A + "secrets: {s: {environment: '', external: true}}",
    A + "configs: {s: {content: ''}}",
    A + "configs: {s: {external: false}}",
    A + "volumes: {v: {external: true, name: z, x-a: b}}",
    A + "volumes: {v: {external: false, driver: x}}",
    A + "volumes: {v: {external: {name: z}, name: z}}",
    A + "networks: {v: {external: true, driver: x}}",
)


@pytest.mark.parametrize(("rule", "text", "characters"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_compose_refuses(rule: Rule, text: str, characters: str, tmp_path: Path) -> None:
    assert_refused(rule, text, characters, tmp_path)
    assert not [other for other in RULES if other is not rule and judge(other, text)]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_compose_accepts(text: str, tmp_path: Path) -> None:
    for rule in RULES:
        assert_accepted(rule, text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        A + "secrets: {s: {external: $V}}",
        A + "secrets: {s: {environment: $V}}",
        A + "volumes: {v: {external: $V, driver: x}}",
        A + "volumes: {v: {external: {name: $V}, name: y}}",
        A + "include: [f]\nsecrets: {s: {}}",
        # What the schema refuses.
        A + "secrets: {s: {fle: x}}",
        A + "secrets: {s: }",
        A + "volumes: {v: {external: true, driver: }}",
        A + "volumes: {v: {external: true, drivr: x}}",
    ],
)
def test_silent_where_it_is_unknown_or_follows_from_something_else(text: str) -> None:
    assert not [f.text for rule in RULES for f in judge(rule, text, is_here=False)]
