"""Ports, mounts and devices of files people published: refused where Compose refuses them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from composecheck.language.device_requests import read_device_request
from composecheck.language.devices import read_device
from composecheck.language.expose import read_exposed_port
from composecheck.language.long_ports import read_port
from composecheck.language.long_volumes import read_volume
from composecheck.source import Source
from composecheck.yaml import load
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Node, follow
from composecheck.yaml.walk import find
from tests.language.services import blank_text, items, open_text
from tests.shared_material import corpus, requires_shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.language.values import TextOf
    from tests.shared_material import CorpusFile

Reader = Callable[[Node, "TextOf"], object]

# What Compose says where one of these is wrong.
_SAID = re.compile(
    "invalid (?:hostPort|containerPort|proto|IP address|ranges specified)|no port specified"
    "|for port$|missing a target port|invalid (?:empty volume )?spec|missing a mount target"
    "|field Source must not be empty|confusing device|unsupported expose value|device_ids"
)


def _read_request(node: Node, text_of: TextOf) -> object:
    content = follow(node)
    return read_device_request(content, text_of) if isinstance(content, Mapping) else ()


READERS: dict[str, Reader] = {
    "ports": read_port,
    "volumes": read_volume,
    "devices": read_device,
    "expose": read_exposed_port,
    "gpus": _read_request,
}


@functools.cache
def published_items() -> dict[str, tuple[tuple[Reader, Node], ...]]:
    """Return what the services of each published file list, and what reads it."""
    return {file.id: tuple(_listed_items(file)) for file in corpus()}


def _listed_items(file: CorpusFile) -> Iterator[tuple[Reader, Node]]:
    for root in load(Source(file.id, file.text)).roots:
        services = find(root, ("services",))
        content = follow(services) if services is not None else None
        if not isinstance(content, Mapping):
            continue
        for entry in effective_entries(content).values():
            for key, read in READERS.items():
                listed = find(entry.value, (key,))
                yield from ((read, item) for item in items(listed))


def wrong_in(file: CorpusFile, text_of: TextOf) -> list[str]:
    """Return what we refuse in the services of a file."""
    readings = [read(item, text_of) for read, item in published_items()[file.id]]
    return [
        f"{part.fault}: {part.text}"
        for reading in readings
        if isinstance(reading, tuple)
        for part in reading
    ]


@requires_shared
@pytest.mark.parametrize("text_of", [blank_text, open_text])
def test_nothing_is_refused_that_compose_accepts(text_of: TextOf) -> None:
    accepted = [file for file in corpus() if not file.refused]
    assert len(accepted) > 2000
    assert {file.id: wrong for file in accepted if (wrong := wrong_in(file, text_of))} == {}


@requires_shared
def test_something_is_refused_where_compose_says_so() -> None:
    refused = [file for file in corpus() if file.refused and _SAID.search(file.stderr)]
    assert len(refused) > 20
    assert [file.id for file in refused if not wrong_in(file, blank_text)] == []
