"""Whose network, processes or memory a container uses: read as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.namespaces import Owner, parse_namespace
from composecheck.source import Span
from tests.language.services import services_of_compose, standing, traced

if TYPE_CHECKING:
    from pathlib import Path

ROWS: list[tuple[str, Owner | None, str]] = [
    ("host", Owner.NAMED, "host"),
    ("service:db", Owner.SERVICE, "db"),
    ("service:", Owner.SERVICE, ""),
    ("container:some_1", Owner.CONTAINER, "some_1"),
    ("Service:db", Owner.NAMED, "Service:db"),
    (" service:db", Owner.NAMED, " service:db"),
    ("", Owner.NAMED, ""),
    ("service:${S}", Owner.SERVICE, "${S}"),
    ("${MODE}", None, "${MODE}"),
    ("serv${X}", None, "serv${X}"),
    ("x${X}", Owner.NAMED, "x${X}"),
]


@pytest.mark.parametrize(("text", "owner", "name"), ROWS)
def test_whose_it_is(text: str, owner: Owner | None, name: str) -> None:
    namespace = parse_namespace(traced(text))
    assert (namespace.owner, standing(namespace.name.span, text)) == (owner, name)
    assert namespace.span == Span(0, len(text))


def test_the_real_program_starts_the_service_first(tmp_path: Path) -> None:
    texts = [text for text, _, name in ROWS if name and "$" not in text]
    for key in ("network_mode", "ipc", "pid", "uts"):
        services = services_of_compose([f"{key}: '{text}'" for text in texts], tmp_path)
        for text, service in zip(texts, services, strict=True):
            namespace = parse_namespace(traced(text))
            is_service = namespace.owner is Owner.SERVICE
            assert list(service.get("depends_on", {})) == [namespace.name.text] * is_service
