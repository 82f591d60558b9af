"""Links that add nothing to the network that services share."""

from __future__ import annotations

import pytest

from composecheck.finding import Safety, Severity
from composecheck.rules.links import links_leftover
from tests.rules.accepted import find, fixed, service


def linked(*lines: str, more: str = "") -> str:
    """Return a file with a service that has `lines`, and a service `db`."""
    return service(*lines) + f"  db:\n    image: y\n{more}"


def test_links_become_dependencies() -> None:
    text = linked("links:", "  - db  # so")
    (finding,) = findings = find(links_leftover, text, "links")
    assert finding.severity is Severity.NOTE
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert finding.fix.changes == (("services", "a", "links"), ("services", "a", "depends_on"))
    assert fixed(text, findings) == linked("depends_on:", "  - db  # so")


@pytest.mark.parametrize(
    "lines",
    [
        ("links: [db]", "depends_on: [other]"),
        ("links: ['db:db']",),
        ("links: [db]", "extends: {service: db}"),
    ],
)
def test_links_that_are_not_to_be_renamed(lines: tuple[str, ...]) -> None:
    text = linked(*lines, more="  other:\n    image: z\n")
    assert find(links_leftover, text, "links")[0].fix is None


@pytest.mark.parametrize("needs", ["depends_on: [db]", "depends_on: {db: {condition: x}}"])
def test_links_beside_dependencies_go(needs: str) -> None:
    text = linked("links:", "  - db", needs)
    findings = find(links_leftover, text, "links")
    assert fixed(text, findings) == linked(needs)


def test_links_with_a_comment_stay() -> None:
    text = linked("links:", "  - db  # so", "depends_on: [db]")
    assert find(links_leftover, text, "links")[0].fix is None


def test_what_services_inherit_is_found_once_and_has_no_fix() -> None:
    text = "x-a: &a\n  image: x\n  links: [db]\nservices:\n  a: *a\n  b:\n    <<: *a\n"
    text += "  db:\n    image: y\n"
    assert find(links_leftover, text, "links")[0].fix is None


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        (("links: ['db:database']",), ""),
        (("links: [$A]",), ""),
        (("links: [db]", "network_mode: bridge"), ""),
        (("links: [db]",), "    network_mode: bridge\n"),
        (("links: [db]", "networks: [n]"), "networks: {n: {}}\n"),
        (("links: [other]",), ""),
        (("external_links: [db]",), ""),
        (("links: []",), ""),
    ],
)
def test_links_that_do_something(lines: tuple[str, ...], more: str) -> None:
    assert find(links_leftover, linked(*lines, more=more)) == []


def test_services_in_one_network_of_several() -> None:
    text = linked("links: [db]", "networks: [m, n]", more="    networks: [n]\n")
    find(links_leftover, text + "networks: {m: {}, n: {}}\n", "links")
