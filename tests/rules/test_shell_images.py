"""Images that only bring a shell, and services that give it nothing to do."""

from __future__ import annotations

import pytest

from composecheck.rules.shell_images import command_missing
from tests.rules.accepted import find


def tools(image: str, *lines: str) -> str:
    """Return a file with a service that has an image, and `lines` beside it."""
    return f"services:\n  tools:\n    image: {image}\n" + "".join(f"    {x}\n" for x in lines)


@pytest.mark.parametrize(
    "image",
    ["ubuntu", "ubuntu:24.04", "alpine:3", "docker.io/library/debian", "python:3.13-slim", "node"],
)
def test_a_shell_without_anything_to_do(image: str) -> None:
    (finding,) = find(command_missing, tools(image), image)
    assert finding.fix is None
    find(command_missing, tools(image, "volumes: ['./x:/x']", "working_dir: /x"), image)


@pytest.mark.parametrize(
    "text",
    [
        tools("ubuntu", "command: sleep infinity"),
        tools("ubuntu", "command: $COMMAND"),
        tools("ubuntu", "entrypoint: /start.sh"),
        tools("ubuntu", "tty: true"),
        tools("ubuntu", "stdin_open: true"),
        tools("ubuntu", "profiles: [tools]"),
        tools("ubuntu", "scale: 0"),
        tools("ubuntu", "deploy: {replicas: 0}"),
        tools("ubuntu", "volumes: ['data:/data']"),
        tools("ubuntu", "build: ."),
        tools("example/ubuntu"),
        tools("ghcr.io/x/alpine"),
        tools("nginx"),
        tools("$IMAGE"),
        tools("alpine") + "  web:\n    image: nginx\n    volumes_from: ['tools:ro']\n",
        tools("alpine")
        + "  web:\n    image: nginx\n    depends_on:\n"
        + "      tools: {condition: service_completed_successfully}\n",
        tools("alpine") + "  web:\n    extends: tools\n    command: top\n",
        tools("alpine") + "  web:\n    extends: {service: tools}\n    command: top\n",
        tools("alpine") + "  own:\n    image: alpine\n    build: .\n",
    ],
)
def test_a_shell_that_may_have_something_to_do(text: str) -> None:
    assert find(command_missing, text) == []


def test_a_part_of_a_project_is_left_alone() -> None:
    assert find(command_missing, tools("alpine"), is_part=True) == []
