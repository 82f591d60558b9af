"""References to images: cut into their parts; Compose takes them all, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.image_references import (
    Fault,
    ImageReference,
    InvalidImageReference,
    parse_image_reference,
)
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.source import Span
from tests.language.batches import corpus_text
from tests.language.services import published_services, quoted, standing, traced
from tests.shared_material import ask_compose, requires_shared

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "sha256:" + "0123456789abcdef" * 4

# What is written: registry, repository, tag, digest.
ACCEPTED: list[tuple[str, str | None, str, str | None, str | None]] = [
    ("postgres", None, "postgres", None, None),
    ("postgres:16.1-alpine", None, "postgres", "16.1-alpine", None),
    ("team/app", None, "team/app", None, None),
    ("a/b/c:1", None, "a/b/c", "1", None),
    ("a__b/c-d--e.f", None, "a__b/c-d--e.f", None, None),
    ("registry.example/app", "registry.example", "app", None, None),
    ("registry.example:5000/team/app:1", "registry.example:5000", "team/app", "1", None),
    ("registry:5000/app", "registry:5000", "app", None, None),
    ("localhost/app", "localhost", "app", None, None),
    ("Registry/app", "Registry", "app", None, None),
    ("[::1]:5000/app", "[::1]:5000", "app", None, None),
    (f"app@{DIGEST}", None, "app", None, DIGEST),
    (f"x.example/app:1@{DIGEST}", "x.example", "app", "1", DIGEST),
    ("app:" + "x" * 128, None, "app", "x" * 128, None),
]

REFUSED: list[tuple[str, Fault, str]] = [
    ("", Fault.EMPTY, ""),
    ("Foo", Fault.CAPITAL_LETTER, "Foo"),
    ("team/App:1", Fault.CAPITAL_LETTER, "team/App"),
    ("Foo Bar", Fault.REPOSITORY, "Foo Bar"),
    ("a b", Fault.REPOSITORY, "a b"),
    (" a", Fault.REPOSITORY, " a"),
    ("a//b", Fault.REPOSITORY, "a//b"),
    ("-a", Fault.REPOSITORY, "-a"),
    ("a___b", Fault.REPOSITORY, "a___b"),
    ("https://x.example/a", Fault.REGISTRY, "https:"),
    ("x.example:port/a", Fault.REGISTRY, "x.example:port"),
    ("-x.example/a", Fault.REGISTRY, "-x.example"),
    ("a:", Fault.TAG, "a:"),
    ("a:-1", Fault.TAG, "-1"),
    ("a:1 ", Fault.TAG, "1 "),
    ("a:1:2", Fault.REPOSITORY, "a:1"),
    ("a:" + "x" * 129, Fault.TAG, "x" * 129),
    ("a@sha256:12", Fault.DIGEST, "sha256:12"),
    ("a@", Fault.DIGEST, "a@"),
    (":1", Fault.REPOSITORY, ":1"),
]


def written(part: Traced | None, text: str) -> str | None:
    return None if part is None else standing(part.span, text)


@pytest.mark.parametrize(("text", "registry", "repository", "tag", "digest"), ACCEPTED)
def test_a_reference_is_cut(
    text: str, registry: str | None, repository: str, tag: str | None, digest: str | None
) -> None:
    image = parse_image_reference(traced(text))
    assert isinstance(image, ImageReference)
    assert image.span == Span(0, len(text))
    parts = (image.registry, image.repository, image.tag, image.digest)
    assert tuple(written(part, text) for part in parts) == (registry, repository, tag, digest)
    assert image.may_have_tag is bool(tag or digest)


@pytest.mark.parametrize(("text", "fault", "wrong"), REFUSED)
def test_what_is_wrong_is_pointed_at(text: str, fault: Fault, wrong: str) -> None:
    image = parse_image_reference(traced(text))
    assert isinstance(image, InvalidImageReference)
    assert (image.fault, image.text, standing(image.span, text)) == (fault, wrong, wrong)


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag", "may_have_tag"),
    [
        ("${IMAGE}", None, "${IMAGE}", None, True),
        ("postgres:${TAG}", None, "postgres", "${TAG}", True),
        ("postgres${VERSION}", None, "postgres${VERSION}", None, True),
        ("${IMAGE}:1.2", None, "${IMAGE}", "1.2", True),
        ("${REGISTRY}/app:1", None, "${REGISTRY}/app", "1", True),
        ("${HOST}:5000/app", "${HOST}:5000", "app", None, False),
        ("x.example/${TEAM}/app", "x.example", "${TEAM}/app", None, True),
        ("Foo${X}", None, "Foo${X}", None, True),
    ],
)
def test_unknown_parts_stay_in_their_places(
    text: str, registry: str | None, repository: str, tag: str | None, may_have_tag: bool
) -> None:
    image = parse_image_reference(traced(text))
    assert isinstance(image, ImageReference)
    parts = (image.registry, image.repository, image.tag)
    assert tuple(written(part, text) for part in parts) == (registry, repository, tag)
    assert image.may_have_tag is may_have_tag


def test_what_is_wrong_beside_an_unknown_part() -> None:
    text = "App:${TAG}"
    assert parse_image_reference(traced(text)) == InvalidImageReference(
        Span(0, 3), "App", Fault.CAPITAL_LETTER
    )


def test_the_real_program_looks_at_none_of_them(tmp_path: Path) -> None:
    texts = [text for text, *_ in ACCEPTED] + [text for text, _, _ in REFUSED if text]
    services = "".join(f"  s{i}: {{image: {quoted(text)}}}\n" for i, text in enumerate(texts))
    assert ask_compose(f"services:\n{services}", tmp_path).returncode == 0


@requires_shared
def test_the_images_of_real_files() -> None:
    compared = 0
    for file, values, _ in published_services():
        if "image" not in values:
            continue
        text = read_value(values["image"], corpus_text)
        assert isinstance(text, Traced)
        image = parse_image_reference(text)
        if isinstance(image, ImageReference):
            registry = f"{image.registry.text}/" if image.registry else ""
            tag = f":{image.tag.text}" if image.tag else ""
            digest = f"@{image.digest.text}" if image.digest else ""
            assert f"{registry}{image.repository.text}{tag}{digest}" == text.text, file
            compared += 1
    assert compared > 1000
