"""Cases that stand elsewhere in the project: the examples of the rules, the samples, scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.rules import all_rules
from tests.conformance.case import Case, from_scenario, one_file
from tests.project.test_scenarios import SCENARIOS
from tests.rules.test_documentation import bad_text
from tests.shared_material import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator


def bad_examples() -> Iterator[Case]:
    """Yield the bad example of each rule."""
    for rule in all_rules():
        bad = bad_text(rule).encode("utf-8", "surrogateescape")
        yield one_file(f"{rule.name}, bad", bad, origin="rule example")


def good_examples() -> Iterator[Case]:
    """Yield the good example of each rule."""
    for rule in all_rules():
        yield one_file(f"{rule.name}, good", rule.good, origin="rule example")


def samples() -> Iterator[Case]:
    """Yield the files of `samples/`."""
    for path in sorted((REPOSITORY / "samples").glob("*/*.y*ml")):
        yield one_file(path.parent.name, path.read_bytes(), origin="sample")


def scenarios() -> Iterator[Case]:
    """Yield what the tests of `project/` are about."""
    yield from map(from_scenario, SCENARIOS)
