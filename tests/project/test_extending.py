"""Long chains of services that extend each other, and what extends nothing."""

from __future__ import annotations

from composecheck.project.problem import Fault
from composecheck.project.reading import child, text_of
from tests.project.loading import load_texts

LONG = 3000


def chain(last: str) -> str:
    steps = (f"  s{number}: {{extends: s{number + 1}}}\n" for number in range(LONG))
    return f"services:\n{''.join(steps)}  s{LONG}: {last}\n"


def test_long_chain_is_followed() -> None:
    project = load_texts(chain("{image: x}"))
    assert project.problems == ()
    for name in ("s0", "s1", f"s{LONG}"):
        assert text_of(child(project.root, "services", name, "image")) == "x"


def test_long_circle_is_told_step_by_step() -> None:
    (problem,) = load_texts(chain("{extends: s0}")).problems
    assert problem.fault is Fault.EXTENDS_CYCLE
    assert [place.name for place in problem.related] == [f"s{n}" for n in range(LONG + 1)]


def test_service_that_extends_nothing_keeps_what_it_says() -> None:
    files = {"b.yaml": "services: {base: , next: {image: y, extends: base}}"}
    text = "services: {a: {image: x, extends: {file: b.yaml, service: %s}}}"
    project = load_texts(text % "base", files=files)
    extends = child(project.root, "services", "a", "extends")
    assert text_of(child(extends, "service")) == "base"
    assert text_of(child(extends, "file")) == "/proj/b.yaml"
    project = load_texts(text % "next", files=files)
    assert child(project.root, "services", "a", "extends") is None
