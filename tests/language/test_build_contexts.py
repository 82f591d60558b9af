"""Where builds get their files from: read and refused as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.language.build_contexts import (
    AdditionalContext,
    BuildContext,
    Fault,
    FolderContext,
    GitContext,
    InvalidAdditionalContext,
    SchemeContext,
    ServiceContext,
    WebContext,
    parse_build_context,
    read_additional_contexts,
)
from tests.language.batches import refused_by_compose
from tests.language.services import (
    accepted_by_compose,
    node,
    open_text,
    quoted,
    services_of_compose,
    standing,
    traced,
)

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.language.traced import Traced

# What is written, and its kind and parts.
CONTEXTS: list[tuple[str, type[BuildContext], list[str | None]]] = [
    (".", FolderContext, ["."]),
    ("./a b", FolderContext, ["./a b"]),
    ("app", FolderContext, ["app"]),
    ("~/app", FolderContext, ["~/app"]),
    ("", FolderContext, [""]),
    ("C:\\app", FolderContext, ["C:\\app"]),
    ("http:/app", FolderContext, ["http:/app"]),
    ("github.community/app", FolderContext, ["github.community/app"]),
    ("git@github.com:a/b.git", GitContext, ["git@github.com:a/b.git", None, None]),
    ("github.com/a/b#main", GitContext, ["github.com/a/b", "main", None]),
    ("git://x.example/a#v1:sub/dir", GitContext, ["git://x.example/a", "v1", "sub/dir"]),
    ("ssh://git@x.example/a", GitContext, ["ssh://git@x.example/a", None, None]),
    ("https://x.example/a.git#:sub", GitContext, ["https://x.example/a.git", None, "sub"]),
    ("https://x.example/a.git?ref=x", GitContext, ["https://x.example/a.git?ref=x", None, None]),
    ("https://x.example/a.tar.gz", WebContext, ["https://x.example/a.tar.gz"]),
    ("http://x.example/Dockerfile", WebContext, ["http://x.example/Dockerfile"]),
    ("service:base", ServiceContext, ["base"]),
    ("docker-image://alpine:3", SchemeContext, ["docker-image", "alpine:3"]),
    ("oci-layout:///a@sha256:1", SchemeContext, ["oci-layout", "/a@sha256:1"]),
]


def parts(context: BuildContext) -> list[Traced | None]:
    match context:
        case FolderContext(part) | WebContext(part) | ServiceContext(part):
            return [part]
        case GitContext(repository, reference, folder):
            return [repository, reference, folder]
        case SchemeContext(scheme, value):
            return [scheme, value]


@pytest.mark.parametrize(("text", "kind", "written"), CONTEXTS)
def test_a_context_is_read(text: str, kind: type[BuildContext], written: list[str | None]) -> None:
    context = parse_build_context(traced(text))
    assert isinstance(context, kind)
    made = [None if part is None else standing(part.span, text) for part in parts(context)]
    assert made == written


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("${DIR}", None),
        ("${DIR}/app", None),
        ("app${N}", None),
        ("./${DIR}", FolderContext),
        ("/${DIR}", FolderContext),
        ("https://x.example/${A}", None),
        ("https://x.example/a.git#${REF}", GitContext),
        ("https://x.example/a.tar#${REF}", WebContext),
        ("git@x:${A}", GitContext),
        ("service:${A}", ServiceContext),
        ("docker-image://${A}", SchemeContext),
    ],
)
def test_contexts_with_unknown_parts(text: str, kind: type[BuildContext] | None) -> None:
    context = parse_build_context(traced(text))
    assert context is None if kind is None else isinstance(context, kind)


def test_the_real_program_tells_folders_from_the_rest(tmp_path: Path) -> None:
    texts = [text for text, _, _ in CONTEXTS if text and not text.startswith("C:")]
    services = services_of_compose([f"build: {quoted(text)}" for text in texts], tmp_path)
    made = [service["build"]["context"] for service in services]
    for text, context in zip(texts, made, strict=True):
        is_folder = isinstance(parse_build_context(traced(text)), FolderContext)
        assert (context != text) is is_folder, text


def test_additional_contexts() -> None:
    text = "[a=., b=, =c, d, '${E}', '${F}=service:g']"
    contexts = read_additional_contexts(node(text), open_text)
    named = [context for context in contexts if isinstance(context, AdditionalContext)]
    assert [standing(context.name.span, text) for context in named] == ["a", "b", "", "${F}"]
    assert [type(context.context) for context in named] == [
        FolderContext,
        FolderContext,
        FolderContext,
        ServiceContext,
    ]
    assert standing(named[0].span, text) == "a=."
    assert standing(named[3].text.span, text) == "service:g"
    (wrong,) = (context for context in contexts if isinstance(context, InvalidAdditionalContext))
    assert (wrong.fault, wrong.text, standing(wrong.span, text)) == (Fault.NO_VALUE, "d", "d")


def test_a_mapping_of_additional_contexts() -> None:
    text = "{a: ., b: 5, c: true, d: , e: '${F}'}"
    contexts = read_additional_contexts(node(text), open_text)
    named = [context for context in contexts if isinstance(context, AdditionalContext)]
    assert [standing(context.span, text) for context in named] == ["a: .", "e: '${F}'"]
    assert named[1].context is None
    wrong = [context for context in contexts if isinstance(context, InvalidAdditionalContext)]
    assert [(context.fault, context.text) for context in wrong] == [
        (Fault.NO_TEXT, "5"),
        (Fault.NO_TEXT, "true"),
        (Fault.NO_TEXT, "d"),
    ]
    assert read_additional_contexts(node("a"), open_text) == ()


def test_the_real_program_refuses_them(tmp_path: Path) -> None:
    line = "build: {{context: ., additional_contexts: {}}}"
    items = ["[d]", "['']", "{b: 5}", "{c: true}", "{d: }"]
    assert accepted_by_compose([line.format(item) for item in items], tmp_path) == []
    for item in items:
        (context,) = read_additional_contexts(node(item), open_text)
        assert isinstance(context, InvalidAdditionalContext)
    (service,) = services_of_compose([line.format("['=x', b=/y, b=/z]")], tmp_path)
    assert service["build"]["additional_contexts"]["b"] == "/z"
    assert set(service["build"]["additional_contexts"]) == {"", "b"}
    assert refused_by_compose([line.format("[d]")], tmp_path) == [line.format("[d]")]
