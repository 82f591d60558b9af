"""The work grows with the text, and not faster: no rule compares every pair of something.

(A name that nobody defines is compared with all that are, to find the one that is meant.)

What is counted are calls of functions, which do not depend on the machine, and are the same in each
run. Between a text and one that is four times as long, the calls for each line must not rise.
"""

from __future__ import annotations

import cProfile
import pstats
from typing import TYPE_CHECKING

import pytest

from composecheck.check import check_text

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT, LONG = 150, 600
MOST_RISE = 1.2
"""Something is looked up in sorted rows, and that may grow with the logarithm."""


def each(row: str) -> Callable[[int], str]:
    """Return what makes a text of so many services, `row` with its number in place of `#`."""
    return lambda count: (
        "services:\n" + "".join(row.replace("#", str(number)) for number in range(count))
    )


def one(key: str, row: str, above: str = "", below: str = "") -> Callable[[int], str]:
    """Return what makes a text of one service that has so many rows under a key."""
    return lambda count: (
        f"{above}services:\n  web:\n    image: nginx\n    {key}:\n"
        + "".join(row.replace("#", str(number)) for number in range(count))
        + below
    )


def section(name: str, row: str) -> Callable[[int], str]:
    """Return what makes a text of one service, and a section with so many rows."""
    return lambda count: (
        "services:\n  web:\n    image: nginx\n"
        f"{name}:\n" + "".join(row.replace("#", str(number)) for number in range(count))
    )


SERVICE = "  s#:\n    image: example/s#\n"
TEXTS = {
    "services": each(SERVICE),
    "official images": each("  s#:\n    image: postgres:1#\n    command: a\n"),
    "built images": each("  s#:\n    build: ./s#\n    image: example/s#\n"),
    "container names": each(SERVICE + "    container_name: c#\n"),
    "the same container name": each(SERVICE + "    container_name: same\n"),
    "ports of services": each(SERVICE + '    ports: ["1#:80"]\n'),
    "the same port of services": each(SERVICE + '    ports: ["8080:80"]\n'),
    "port ranges": each(SERVICE + '    ports: ["20000-29999:80"]\n'),
    "profiles": each(SERVICE + "    profiles: [p#]\n"),
    "chain of dependencies": each(SERVICE + "    depends_on: [s0]\n"),
    "undefined dependencies": one("depends_on", "      - absent#\n"),
    "health conditions": each(SERVICE + "    depends_on: {s0: {condition: service_healthy}}\n"),
    "links": each(SERVICE + "    links: [s0]\n"),
    "extends": each(SERVICE + "    extends: s0\n"),
    "network of another service": each(SERVICE + '    network_mode: "service:s0"\n'),
    "healthchecks": each(SERVICE + '    healthcheck: {test: ["CMD", "a"], interval: 1s}\n'),
    "commands": each(SERVICE + "    command: sh -c 'a && b'\n"),
    "databases": each(
        "  s#:\n    image: postgres:1#\n    environment: {A_URL: 'postgres://s#:5432/a'}\n"
    ),
    "misspelt keys": each(SERVICE + "    enviroment: {}\n"),
    "keys of the wrong kind": each(SERVICE + "    ports: 80\n"),
    "services on the wrong level": lambda count: (
        "services:\n" + "".join(f"s{number}:\n  image: a\n" for number in range(count))
    ),
    "env files": each(SERVICE + "    env_file: absent-#.env\n"),
    "anchors": each("  s#: &a#\n    image: example/s#\n"),
    "merge keys": lambda count: (
        "x-a: &a {image: nginx}\n" + each("  s#:\n    <<: *a\n    restart: always\n")(count)
    ),
    "comments": each("  # about s#\n" + SERVICE),
    "ignore comments": each(SERVICE + "    # composecheck: ignore[port-invalid]\n"),
    "unset variables": each("  s#:\n    image: ${IMAGE_#}\n"),
    "static addresses": lambda count: (
        each(SERVICE + "    networks: {n: {ipv4_address: 10.0.0.#}}\n")(count)
        + "networks: {n: {ipam: {config: [{subnet: 10.0.0.0/8}]}}}\n"
    ),
    "environment as a list": one("environment", "      - NAME_#=#\n"),
    "environment as keys": one("environment", "      NAME_#: value #\n"),
    "repeated environment": one("environment", "      - NAME=#\n"),
    "ports": one("ports", '      - "1#:80#"\n'),
    "the same ports": one("ports", '      - "8080:80"\n'),
    "expose": one("expose", '      - "1#"\n'),
    "bind mounts": one("volumes", "      - ./a#:/a/#\n"),
    "mounts on one target": one("volumes", "      - ./a#:/a\n"),
    "nested mounts": one("volumes", "      - ./a#:/a/b/c/#/d\n"),
    "named volumes": lambda count: (
        one("volumes", "      - v#:/a/#\n")(count)
        + "volumes:\n"
        + "".join(f"  v{number}:\n" for number in range(count))
    ),
    "undefined volumes": one("volumes", "      - v#:/a/#\n"),
    "undefined networks": one("networks", "      - n#\n"),
    "undefined secrets": one("secrets", "      - s#\n"),
    "labels": one("labels", "      - a.b.c#=d\n"),
    "extra hosts": one("extra_hosts", '      - "h#:10.0.0.1"\n'),
    "devices": one("devices", "      - /dev/a#:/dev/a#\n"),
    "command as a list": one("command", "      - word#\n"),
    "unused volumes": section("volumes", "  v#:\n"),
    "unused networks": section("networks", "  n#:\n"),
    "subnets": section("networks", "  n#: {ipam: {config: [{subnet: 10.0.#.0/24}]}}\n"),
    "volumes of one name": section("volumes", "  v#: {name: same}\n"),
    "unused secrets": section("secrets", "  s#: {file: ./s#.txt}\n"),
    "unused configs": section("configs", "  c#: {content: a}\n"),
    "unknown keys at the top": section("x-a", "  k#: 1\n"),
    "tabs": lambda count: "services:\n" + "".join(f"  s{i}:\n\timage: a\n" for i in range(count)),
    "pasted quotes": each("  s#:\n    image: “nginx”\n"),
    "documents": lambda count: "---\nservices: {a: {image: nginx}}\n" * count,
    "block texts": each("  s#:\n    image: a\n    command: |\n      a\n      b\n"),
}


def calls(text: str) -> int:
    """Return how many calls it takes to check a text."""
    profile = cProfile.Profile()
    profile.enable()
    check_text(text)
    profile.disable()
    total: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined] # it is there
    return total


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_four_times_the_text_takes_four_times_the_work(make: Callable[[int], str]) -> None:
    check_text(make(10))  # what is loaded and remembered once does not count
    short, long = make(SHORT), make(LONG)
    for_line = calls(short) / short.count("\n")
    assert calls(long) / long.count("\n") < for_line * MOST_RISE
