"""What an alias stands for may be corrected if it means the same everywhere."""

from __future__ import annotations

from textwrap import dedent

import pytest

from composecheck import load
from composecheck.fix import fix_text
from composecheck.rules.shared_places import means_the_same
from composecheck.source import Span

# Each has the characters `ww` once.
THE_SAME = (
    "services: {a: {user: ww}}",
    "services: {a: {environment: &e [ww]}, b: {environment: *e}}",
    "services: {a: {environment: &e [ww]}, b: {environment: *e}, c: {environment: *e}}",
    "x-e: &e [ww]\nservices: {a: {environment: *e}, b: {environment: *e}}",
    "x-e: &e [ww]\nservices: {a: {environment: *e}}",
    "x-a: &a {user: ww}\nservices: {a: {<<: *a}, b: {<<: [*a]}}",
    "x-e: &e [ww]\nx-a: &a {environment: *e}\nservices: {a: {<<: *a}, b: {environment: *e}}",
    "services: {a: &a {environment: &e {A: ww}}, b: {<<: *a}, c: {environment: {<<: *e}}}",
    "services: {a: {user: ww, environment: &e [x]}, b: {labels: *e}}",
    "x-a: &a {x-b: &b [ww]}\nservices: {a: {user: x}}",
)
DIFFERENT = (
    "services: {a: {environment: &e [ww]}, b: {labels: *e}}",
    "x-e: &e [ww]\nservices: {a: {environment: *e}, b: {command: *e}}",
    "x-e: &e ww\nservices: {a: {user: *e}, b: {hostname: *e}}",
    "x-e: &e [ww]\nx-a: &a {command: *e}\nservices: {a: {<<: *a}, b: {environment: *e}}",
    "services: {a: {labels: &e {A: ww}}}\nnetworks: {n: {labels: *e}}",
)


@pytest.mark.parametrize("text", [*THE_SAME, *DIFFERENT])
def test_it_means_the_same_everywhere(text: str) -> None:
    start = text.index("ww")
    assert means_the_same(load(text), Span(start, start + 2)) is (text in THE_SAME)


@pytest.mark.parametrize(
    ("broken", "meant"),
    [("- A= b", "- A=b"), ('- A="b"', "- A=b"), ("- A =b", "- A=b"), ("- A=${B", "- A=${B}")],
)
def test_a_slip_in_what_several_services_share_is_put_right(broken: str, meant: str) -> None:
    text = dedent("""
        services:
          one:
            image: x
            environment: &variables
              # all of them
              - A=b
          two:
            image: x
            environment: *variables
    """)
    fixed = fix_text(text.replace("- A=b", broken), is_unsafe=True)
    assert fixed.text == text.replace("- A=b", meant)
    assert not fixed.dropped


def test_what_hangs_on_one_service_is_left_to_people() -> None:
    text = dedent("""
        services:
          job: &job
            image: x
            restart: always
          other:
            <<: *job
          web:
            image: x
            depends_on:
              job: {condition: service_completed_successfully}
    """)
    assert fix_text(text, is_unsafe=True).text == text
    alone = text.replace("<<: *job", "image: y")
    assert "restart: on-failure" in fix_text(alone, is_unsafe=True).text
