"""Credentials of Windows service accounts: read as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.credential_specs import read_credential_spec
from tests.language.services import node, open_text, services_of_compose

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["{config: a}", "{file: b.json}", "{registry: c}", "{config: a, file: b.json}", "{}"]


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    services = services_of_compose([f"credential_spec: {text}" for text in TEXTS], tmp_path)
    for text, service in zip(TEXTS, services, strict=True):
        spec = read_credential_spec(node(text), open_text)
        assert spec is not None
        parts = {"config": spec.config, "file": spec.file, "registry": spec.registry}
        made = {key: part.text for key, part in parts.items() if part}
        assert made == service.get("credential_spec", {})
        assert spec.span == node(text).span


def test_what_is_none() -> None:
    assert read_credential_spec(node("a"), open_text) is None
