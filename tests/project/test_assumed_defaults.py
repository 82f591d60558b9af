"""A variable that nobody knows can stand for its default."""

from __future__ import annotations

import pytest

from composecheck.language.traced import HOLE, trace
from composecheck.language.variables import interpolate, read_variables
from composecheck.project.interpolation import assume_defaults, interpolate_document
from composecheck.project.ledger import Ledger
from composecheck.project.reading import child, value_of
from composecheck.source import Source
from composecheck.yaml import load
from composecheck.yaml.nodes import Scalar


def assumed(text: str, **environment: str) -> str:
    """Return what becomes of a text; where it is unknown, with HOLE in it."""
    (root,) = load(Source("compose.yaml", f'"{text}"')).roots
    assert isinstance(root, Scalar)
    outcome = interpolate(read_variables(trace(root)), environment, unset_is_blank=False)
    return assume_defaults(outcome.value).shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${A:-b}", "b"),
        ("${A-b}", "b"),
        ("${A:-}", ""),
        ("x${A:-b}:${B:-c}y", "xb:cy"),
        ("${A:-${B:-c}}", "c"),
        ("${A:-x${B}}", f"x{HOLE}"),
        ("${A}", HOLE),
        ("$A-b", f"{HOLE}-b"),
        ("${A:?b}", HOLE),
        ("${A:+b}", HOLE),
        ("${A:+${B:-c}}", HOLE),
        ("${A:-b}${C}", f"b{HOLE}"),
        ("$$A", "$A"),
    ],
)
def test_what_a_text_is_as_long_as_nothing_is_set(text: str, expected: str) -> None:
    assert assumed(text) == expected


def test_what_is_set_is_what_it_is() -> None:
    assert assumed("${A:-b}${B:-c}", A="x") == "xc"
    assert assumed("${A:-b}${A-b}", A="") == "b"


def test_the_characters_of_a_default_know_where_they_stand() -> None:
    source = Source("compose.yaml", '"${A:-80800}:80"')
    (root,) = load(source).roots
    assert isinstance(root, Scalar)
    outcome = interpolate(read_variables(trace(root)), {}, unset_is_blank=False)

    text = assume_defaults(outcome.value)

    assert source.slice(text.partition(":")[0].span) == "80800"
    assert outcome.value.shape == f"{HOLE}:80"  # which is as it was


TEXT = """\
services:
  a:
    cpus: ${CPUS:-1.5}
    scale: ${SCALE}
    privileged: "${P:-${Q:-yes}}"
    image: x:${TAG:-latest}
"""


@pytest.mark.parametrize(
    ("assumes_defaults", "expected"),
    [
        (True, (1.5, HOLE, True, "x:latest")),
        (False, (HOLE, HOLE, HOLE, f"x:{HOLE}")),
    ],
)
def test_a_document_is_read_with_defaults(
    assumes_defaults: bool, expected: tuple[object, ...]
) -> None:
    (root,) = load(Source("compose.yaml", TEXT)).roots
    ledger = Ledger({}, unset_is_blank=False)

    tree = interpolate_document(root, ledger, assumes_defaults=assumes_defaults)

    keys = ("cpus", "scale", "privileged", "image")
    assert tuple(value_of(child(tree, "services", "a", key)) for key in keys) == expected
    assert {use.variable.name for use in ledger.unset} == {"SCALE"}
