"""Tests of health that need a program which the image does not have."""

from __future__ import annotations

import pytest

from composecheck.rules.healthcheck_programs import healthcheck_program
from tests.rules.accepted import find


def check(image: str, test: str, *lines: str) -> str:
    """Return a file with a service that has an image, and whose health is tested so."""
    more = "".join(f"    {line}\n" for line in lines)
    return f"services:\n  a:\n    image: {image}\n    healthcheck:\n      test: {test}\n{more}"


@pytest.mark.parametrize(
    ("image", "program", "remedy"),
    [
        ("node:22-alpine", "curl", '"wget"'),
        ("node:22-slim", "curl", '"node"'),
        ("node:22-slim", "wget", '"node"'),
        ("python:3.13-slim-bookworm", "curl", '"python"'),
        ("alpine", "curl", '"wget"'),
        ("redis:8", "curl", "build an image"),
        ("postgres:17-alpine", "curl", '"wget"'),
        ("docker.io/library/debian:12", "wget", "build an image"),
    ],
)
def test_a_program_that_is_not_there(image: str, program: str, remedy: str) -> None:
    for test in (
        f"[CMD, {program}, -f, http://x]",
        f"{program} -f http://x || exit 1",
        f"[CMD-SHELL, '{program} -f http://x']",
    ):
        (finding,) = find(healthcheck_program, check(image, test), program)
        assert finding.fix is None
        assert remedy in finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        check("node:22", "[CMD, curl, x]"),
        check("node:22-alpine", "[CMD, wget, x]"),
        check("node:${TAG}", "[CMD, curl, x]"),
        check("nginx:alpine", "[CMD, curl, x]"),
        check("postgres:17", "[CMD, curl, x]"),
        check("example/node:22-alpine", "[CMD, curl, x]"),
        check("node:22-alpine", "[CMD, curl, x]", "build: ."),
        check("node:22-alpine", "curl x || wget x"),
        check("node:22-alpine", "[CMD, node, health.js]"),
        check("node:22-alpine", "[CMD, curl]"),
        check("node:22-alpine", "test -f /curl"),
        check("node:22-alpine", "[CMD, curl, x]", "command: sh -c 'apk add curl && npm start'"),
        check("node:22-alpine", "[CMD, curl, x]", "volumes: ['./curl:/usr/local/bin/curl']"),
    ],
)
def test_a_program_that_may_be_there(text: str) -> None:
    assert find(healthcheck_program, text) == []
