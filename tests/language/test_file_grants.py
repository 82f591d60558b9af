"""Secrets and configs of a service: read as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.file_grants import FileGrant, read_file_grants
from composecheck.language.file_modes import FileMode
from tests.language.services import node, open_text, services_of_compose, standing

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.language.traced import Traced

TEXT = "[a, {source: b, target: /b, uid: '1', gid: '2', mode: '0440'}, '${C}', {target: d}, 5]"


def written(part: Traced | None) -> str | None:
    return None if part is None else standing(part.span, TEXT)


def test_grants_are_read() -> None:
    grants = read_file_grants(node(TEXT), open_text)
    rows = [
        tuple(written(part) for part in (grant.source, grant.target, grant.uid, grant.gid))
        for grant in grants
    ]
    assert rows == [
        ("a", None, None, None),
        ("b", "/b", "1", "2"),
        ("${C}", None, None, None),
        (None, "d", None, None),
    ]
    assert [grant.is_long for grant in grants] == [False, True, False, True]
    mode = grants[1].mode
    assert isinstance(mode, FileMode)
    assert mode.permissions == 0o440
    assert standing(grants[3].span, TEXT) == "{target: d}"


def test_what_is_no_list() -> None:
    assert read_file_grants(node("a"), open_text) == ()


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    long = "{source: b, target: /b, uid: '1', gid: '2', mode: '0440'}"
    for key in ("configs", "secrets"):
        (service,) = services_of_compose([f"{key}: [a, {long}]"], tmp_path)
        short, made = service[key]
        assert short["source"] == "a"
        assert made == {"source": "b", "target": "/b", "uid": "1", "gid": "2", "mode": "0440"}
        text = f"[a, {long}]"
        first, second = read_file_grants(node(text), open_text)
        assert isinstance(first, FileGrant)
        assert first.source is not None
        assert first.source.text == short["source"]
        assert second.target is not None
        assert second.target.text == made["target"]
