"""Volumes that are defined, and that nothing mounts."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.unused_volumes import volume_unused
from tests.project.loading import load_texts
from tests.rules.accepted import find, fixed, service


def test_a_volume_that_nobody_mounts() -> None:
    text = service("volumes: ['b:/b']") + "volumes:\n  b:\n  cc:\n    driver: local\n  d:\n"
    text = text.replace("b:/b", "bb:/b").replace("  b:\n", "  bb:\n")
    findings = find(volume_unused, text, "cc", "d")
    assert {finding.severity for finding in findings} == {Severity.NOTE}
    assert findings[0].path == ("volumes", "cc")
    assert findings[0].fix is not None
    assert findings[0].fix.safety is Safety.UNSAFE
    assert fixed(text, findings[:1]) == text.replace("  cc:\n    driver: local\n", "")
    assert fixed(text, findings[1:]) == text.replace("  d:\n", "")


def test_the_only_volume_has_no_fix() -> None:
    assert find(volume_unused, service() + "volumes:\n  data:\n", "data")[0].fix is None


def test_a_comment_does_not_go() -> None:
    text = service() + "volumes:\n  one:\n  # for the database\n  two:\n"
    assert find(volume_unused, text, "one", "two")[1].fix is None


@pytest.mark.parametrize(
    "lines",
    [
        ("volumes: ['data:/data']",),
        ("volumes: ['data:/data:ro']",),
        ("volumes: [{type: volume, source: data, target: /data}]",),
        ("profiles: [p]", "volumes: ['data:/data']"),
        ("profiles: [$P]", "volumes: ['data:/data']"),
        ("pre_start: [{image: y, command: z, volumes: ['data:/data']}]",),
        # What may be one that mounts it.
        ("volumes: ['${V}:/data']",),
        ("volumes: ['$V']",),
        ("volumes: [{type: volume, source: $V, target: /data}]",),
        ("volumes: [{type: $T, source: data, target: /data}]",),
        ("volumes: ['daat:/data']",),
        ("volumes: ['data:']",),
        ("volums: ['data:/data']",),
        ("extends: {file: absent.yaml, service: z}",),
        ("provider: {type: model}",),
        ("# volumes: ['data:/data']",),
        ("# - data:/data",),
        ("#   source: data",),
    ],
)
def test_a_volume_that_is_mounted_or_may_be(lines: tuple[str, ...]) -> None:
    find(volume_unused, service(*lines) + "volumes:\n  data:\n")


@pytest.mark.parametrize(
    "text",
    [
        "volumes:\n  data:\n",
        "services: {}\nvolumes:\n  data:\n",
        "include: [$X]\n" + service() + "volumes:\n  data:\n",
        service("volumes: ['v:/data']") + "volumes:\n  v:\n",
        "services:\n  a:\n    init: true\n  b:\n    init: true\nvolumes:\n  data:\n",
        service() + "volumes:\n",
        service() + "volumes: []\n",
    ],
)
def test_files_that_may_be_parts(text: str) -> None:
    find(volume_unused, text)


def test_a_job_mounts_it() -> None:
    text = service() + "jobs:\n  b:\n    image: x\n    volumes: ['data:/d']\nvolumes:\n  data:\n"
    find(volume_unused, text)


def test_another_file_mounts_it() -> None:
    files = {"compose.override.yaml": "services:\n  a:\n    volumes: ['data:/data']\n"}
    text = service() + "volumes:\n  data:\n"
    both = ("compose.yaml", "compose.override.yaml")
    assert list(volume_unused(load_texts(text, files=files, files_of_call=both))) == []
    assert len(list(volume_unused(load_texts(text, files=files)))) == 1


@pytest.mark.parametrize("mount", ["./$V:/data", "/$V:/data", "/data", "other:$T"])
def test_what_is_certain_not_to_mount_it(mount: str) -> None:
    text = service(f"volumes: ['{mount}']") + "volumes:\n  other:\n  data:\n"
    text = text if "other" in mount else text.replace("  other:\n", "")
    find(volume_unused, text, "data")
