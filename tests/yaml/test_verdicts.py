"""What we refuse as YAML is what Compose refuses as YAML: real files, and the probes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.source import decode
from composecheck.yaml import load
from tests.shared_material import ask_compose, corpus, probes, requires_shared, yaml_probes
from tests.yaml.reading import SERVICES, read
from tests.yaml.real_compose import REFUSED_AS_YAML

if TYPE_CHECKING:
    from pathlib import Path

REFUSED_FOR_ITS_SHAPE_FIRST = {
    # Compose looks at the shape of the first document before it reads on, or at keys:
    "3HFZ-0-raw": "a mistake behind the first document",
    "9DXL-0-raw": "%YAML 1.2 in a later document",
    "EB22-0-raw": "%YAML 1.2 in a later document",
    "QLJ7-0-raw": "a tag handle that a later document has not declared",
    "BS4K-0-raw": "a second text where the file should have ended",
    "DK3J-0-raw": "a second text where the file should have ended",
    "M7A3-0-raw": "a second text where the file should have ended",
    "4H7K-0-raw": "a closing bracket too many behind the first document",
    "KS4U-0-raw": "a second text where the file should have ended",
    # … or says what the top of the file is before it says what its keys are:
    "4FJ6-0-raw": "a list as a key, in a list",
    "LX3P-0-raw": "a list as a key",
    "M2N8-1-raw": "keys with values as a key",
    "PW8X-0-raw": "an absent key, in a list",
    "SBG9-0-raw": "a list as a key",
    "V9D5-0-raw": "keys with values as a key",
    "XW4D-0-raw": "a list as a key",
    # … and this it does refuse for a key, in words that the measurement did not count:
    "PW8X-0-wrapped": "an absent key",
}
"""Probes that Compose refuses for another reason than their YAML, and before it could see that."""

BELOW_A_PROJECT = {
    "3HFZ": "...\ninvalid\n",
    "9DXL, EB22": "...\n%YAML 1.2\n---\nx-a: 1\n",
    "QLJ7": "---\nx-a: !prefix!A b\n",
    "BS4K": "x-a: b # c\n  d\n",
    "DK3J, M7A3, KS4U": "stray\n",
    "4H7K": "x-a: [a, b] ]\n",
    "4FJ6": "x-a:\n- [[[b, c]]: d]\n",
    "LX3P": "x-a: {[flow]: block}\n",
    "M2N8": "x-a:\n  ? []: x\n",
    "PW8X": "x-a:\n- ? &d\n",
    "SBG9": "x-a: {[d, e]: f}\n",
    "V9D5": "x-a:\n- ? earth: blue\n  : moon: white\n",
    "XW4D": "x-a:\n  ? # c\n   - a\n  : b\n",
}
"""The mistakes of those probes, where Compose gets to see them."""


@requires_shared
def test_real_files_are_refused_if_and_only_if_compose_does() -> None:
    refused = 0
    for file in corpus():
        document = load(decode(file.text.encode(), file.id))
        assert document.refusal is None, file.id
        is_refused = file.refused and REFUSED_AS_YAML.search(file.stderr) is not None
        assert bool(document.findings) == is_refused, (file.id, file.stderr)
        refused += is_refused
    assert refused == 19
    assert len(corpus()) == 3780


@requires_shared
def test_probes_are_refused_as_compose_refuses_them() -> None:
    differences = set()
    for probe in yaml_probes():
        document = read(probe.text)
        assert document.refusal is None, probe.id
        # The promise: no mistake where Compose sees none, and one where it sees one.
        assert probe.refused or not document.findings, probe.id
        assert document.findings or not probe.yaml_refused, probe.id
        if bool(document.findings) != probe.yaml_refused:
            differences.add(probe.id)
    assert differences == set(REFUSED_FOR_ITS_SHAPE_FIRST)
    assert len(yaml_probes()) == 359


@pytest.mark.parametrize("text", list(BELOW_A_PROJECT.values()), ids=list(BELOW_A_PROJECT))
def test_what_compose_did_not_get_to_see_it_would_refuse(text: str, tmp_path: Path) -> None:
    real = ask_compose(SERVICES + text, tmp_path)
    assert real.returncode != 0
    assert REFUSED_AS_YAML.search(real.stderr)
    assert read(SERVICES + text).findings


@requires_shared
def test_nothing_that_compose_accepts_is_refused() -> None:
    accepted = [probe for probe in probes() if probe["rc"] == 0]
    assert len(accepted) > 300
    for probe in accepted:
        document = load(decode(probe["data"], probe["label"]))
        assert document.findings == (), probe["label"]
        assert document.refusal is None, probe["label"]


@requires_shared
def test_what_compose_refuses_as_yaml_is_refused() -> None:
    refused = [
        probe
        for probe in probes()
        if probe["rc"] and "go-yaml load error" in probe["stderr"] and not probe["files"]
    ]
    assert len(refused) > 5
    for probe in refused:
        assert load(decode(probe["data"], probe["label"])).findings, probe["label"]
