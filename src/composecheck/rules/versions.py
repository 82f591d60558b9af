"""The rule on what only a newer Docker Compose knows than the oldest that the files are for.

Which one brought a key, a value or a kind of value is said in the schema (`x-since` and its like,
see `schemas/README.md`, which also says where the facts are from). What the schema cannot say is
here: marks, documents, and what stands in a text of its own grammar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Severity
from composecheck.language.build_contexts import (
    AdditionalContext,
    ServiceContext,
    read_additional_contexts,
)
from composecheck.language.devices import DeviceMapping, read_device
from composecheck.language.extra_hosts import ExtraHost, read_extra_hosts
from composecheck.language.traced import HOLE
from composecheck.project.reading import child
from composecheck.rule import Category, rule
from composecheck.rules.marks import content_span, once
from composecheck.rules.places import find_at, visible
from composecheck.schema.grammar import Kind, compose_file
from composecheck.schema.tree import build_stage_tree, kind_of
from composecheck.schema.words import quoted
from composecheck.schema.work import value_mark
from composecheck.source import Span
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Sequence, properties_of
from composecheck.yaml.structure import OVERRIDE_TAG, RESET_TAG, is_reset
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.language.traced import Traced
    from composecheck.project.project import Project
    from composecheck.schema.grammar import Shape
    from composecheck.schema.tree import Place
    from composecheck.source import Source
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node

_Version = tuple[int, ...]

_MARKS = {RESET_TAG: (2, 18, 0), OVERRIDE_TAG: (2, 24, 4)}
_SECOND_DOCUMENT = (2, 21, 0)
_SERVICE_CONTEXT = (2, 33, 0)
_EQUALS_IN_HOST = (2, 24, 1)
_DEVICE_BY_NAME = (2, 30, 0)

_KINDS = {
    Kind.OBJECT: "An item with keys under",
    Kind.ARRAY: "A list under",
    Kind.STRING: "A text under",
    Kind.INTEGER: "A number under",
    Kind.NUMBER: "A number under",
    Kind.BOOLEAN: "A value that is true or false under",
    Kind.NULL: "An empty value under",
}

_REFUSES = "refuses the project"
_DOES_NOTHING = "takes it, but does not do what it says"
_DOES_NOT_KNOW = "does not know it"


class _Newer(Struct, frozen=True):
    """Something that an older Compose lacks, and what that one does with it.

    `subject` begins a sentence. `is_key` says that what stands under it need not be looked at.
    """

    source: Source
    span: Span
    subject: str
    since: _Version
    consequence: str
    is_key: bool = False


@rule("key-too-new", Severity.WARNING, Category.RUNTIME)
def key_too_new(project: Project) -> Iterator[Finding]:
    """A key, a value or a way to write that came with a newer Compose than the files are for.

    The setting `target-compose`, or `--target-compose`, says which Docker Compose is the oldest
    that the files are for; without it, this rule says nothing. An older one refuses the whole
    project for a key that it does not know. Some keys it already takes, but does nothing with them
    yet. Do without what is too new, or raise the target if no older Compose is in use.

    Bad:

        # target-compose = "2.20"
        services:
          model:
            image: ollama/ollama
            gpus: all

    Good:

        # target-compose = "2.20"
        services:
          model:
            image: ollama/ollama
            deploy:
              resources:
                reservations:
                  devices:
                    - driver: nvidia
                      count: all
                      capabilities: [gpu]
    """
    call = project.call
    # Loaded once more with the defaults, a project is only asked for errors.
    if call.target_compose is None or call.assumes_defaults:
        return
    target = (*call.target_compose, 0, 0)[:3]
    name = _written(call.target_compose)
    told: set[tuple[int, tuple[object, ...]]] = set()
    findings = []
    for newer in (*_keys(project, target), *_others(project, target)):
        since = _written(newer.since)
        finding = find_at(
            project,
            "key-too-new",
            Severity.WARNING,
            newer.source,
            newer.span,
            f"{newer.subject} needs Docker Compose {since} or newer; {name}, the oldest that these"
            f" files are for, {newer.consequence}.",
            f'Do without it, or set "target-compose" to "{since}" if no older one is in use.',
        )
        source, path = id(newer.source), finding.path
        if any((source, path[:end]) in told for end in range(1, len(path))):
            continue
        if newer.is_key:
            told.add((source, path))
        findings.append(finding)
    yield from once(findings)


def _written(version: _Version) -> str:
    return ".".join(map(str, version))


def _keys(project: Project, target: _Version) -> Iterator[_Newer]:
    """Yield what is too new by the schema, outer keys first."""
    top = compose_file()
    for _, root, _ in _documents(project):
        # It is gone from the trees that are judged.
        for entry in root.entries if isinstance(root, Mapping) else ():
            if name_of(entry.key) == "include" and not is_reset(entry.value):
                yield from _key(entry.key, "include", top.keys["include"], target)
    for stage in project.stages:
        tree = build_stage_tree(
            stage.root,
            top,
            is_partial=project.call.is_part,
            partial_services=stage.partial_services,
            keeps_variables=project.call.keep_variables,
        )
        waiting = [tree]
        while waiting:
            place = waiting.pop()
            newer = list(_at(place, target))
            yield from newer
            if not newer:
                waiting += reversed(place.children.values())


def _at(place: Place, target: _Version) -> Iterator[_Newer]:
    """Yield what is too new about one place, but not about what stands in it."""
    shape = place.shape
    if shape is None:
        return
    name = quoted(place.name)
    if place.entry is not None and max(shape.since, shape.works_since) > target:
        yield from _key(place.entry.key, place.name, shape, target)
        return
    mark = value_mark(place)
    kind = kind_of(place.data)
    since = _since_of_kind(kind, shape) if kind is not None else ()
    if kind is not None and since > target:
        span = _first_line(mark)
        yield _Newer(mark.source, span, f"{_KINDS[kind]} {name}", since, _REFUSES)
    if isinstance(place.data, str) and shape.since_values:
        since = _since_of_value(place.data, shape)
        if since > target:
            subject = f"The value {quoted(place.data)} of {name}"
            yield _Newer(mark.source, content_span(mark), subject, since, _DOES_NOT_KNOW)


def _key(key: Node, name: str, shape: Shape, target: _Version) -> Iterator[_Newer]:
    since = max(shape.since, shape.works_since)
    if since > target:
        consequence = _REFUSES if shape.since > target else _DOES_NOTHING
        subject = f"The key {quoted(name)}"
        yield _Newer(key.source, content_span(key), subject, since, consequence, is_key=True)


def _since_of_kind(kind: Kind, shape: Shape) -> _Version:
    if kind is Kind.INTEGER and kind not in shape.since_kinds:
        kind = Kind.NUMBER
    return shape.since_kinds.get(kind, ())


def _since_of_value(text: str, shape: Shape) -> _Version:
    if HOLE in text:
        return ()
    for known, since in shape.since_values.items():
        if text == known or (known.endswith("*") and text.startswith(known[:-1])):
            return since
    return ()


def _first_line(node: Node) -> Span:
    return node.source.first_line(content_span(node))


def _documents(project: Project) -> Iterator[tuple[Document, Node, int]]:
    """Yield the documents of the files that Compose judges as a whole, with their numbers.

    Of a file that a service is only taken from, the rest does not count.
    """
    judged = {id(stage.source) for stage in project.stages}
    for file in project.files:
        if id(file.document.source) in judged:
            for number, root in enumerate(file.document.roots):
                yield file.document, root, number


def _others(project: Project, target: _Version) -> Iterator[_Newer]:
    """Yield what is too new and not said in the schema."""
    for document, root, number in _documents(project):
        source = document.source
        if number > 0 and target < _SECOND_DOCUMENT and isinstance(root, Mapping) and root.entries:
            yield _second_document(source, root)
        if any(mark in source.text for mark in _MARKS):
            yield from _marks(root, target)
    for service in project.section("services").values():
        yield from _texts(project, service, target)


def _second_document(source: Source, root: Node) -> _Newer:
    start = source.text.rfind("\n---", 0, root.start) + 1
    span = Span(start, start + 3) if start else source.first_line(root.span)
    subject = 'A second document in a file, which begins with "---",'
    return _Newer(source, span, subject, _SECOND_DOCUMENT, "reads only the first one")


def _marks(root: Node, target: _Version) -> Iterator[_Newer]:
    for node in walk(root):
        properties = properties_of(node)
        if properties is None or properties.tag_span is None:
            continue
        since = _MARKS.get(properties.tag or "", ())
        if since > target:
            subject = f"The mark {quoted(properties.tag)}"
            yield _Newer(node.source, properties.tag_span, subject, since, _DOES_NOT_KNOW)


def _texts(project: Project, service: Node, target: _Version) -> Iterator[_Newer]:
    """Yield what is too new in the texts of a service that have a grammar of their own."""
    build = child(service, "build")
    contexts = child(build, "additional_contexts")
    if contexts is not None and target < _SERVICE_CONTEXT:
        for context in read_additional_contexts(contexts, project.text):
            if isinstance(context, AdditionalContext) and isinstance(
                context.context, ServiceContext
            ):
                subject = "The image of another service as a context of a build"
                yield _in_text(project, context.text, subject, _SERVICE_CONTEXT)
    if target < _EQUALS_IN_HOST:
        for node in (child(service, "extra_hosts"), child(build, "extra_hosts")):
            for host in () if node is None else read_extra_hosts(node, project.text):
                if isinstance(host, ExtraHost) and _has_equals(host):
                    subject = f'The "=" behind the name {quoted(_slice(host.name))}'
                    yield _in_text(project, host.name, subject, _EQUALS_IN_HOST)
    devices = child(service, "devices")
    if isinstance(devices, Sequence) and target < _DEVICE_BY_NAME:
        for item in devices.items:
            device = read_device(item, project.text)
            if isinstance(device, DeviceMapping) and _is_by_name(device.source):
                subject = f"A device by the name of its kind, {quoted(device.source.text)},"
                yield _in_text(project, device.source, subject, _DEVICE_BY_NAME)


def _has_equals(host: ExtraHost) -> bool:
    """Whether `=` stands between the name and the address, in an item of a list."""
    end = host.name.span.end
    return host.name.source.text[end : end + 1] == "="


def _is_by_name(device: Traced) -> bool:
    """Whether a device is named as in the Container Device Interface: `vendor.com/class=name`."""
    if not device.is_known:
        return False
    kind, equals, _ = device.text.partition("=")
    return bool(equals) and "/" in kind and not kind.startswith("/")


def _slice(text: Traced) -> str:
    return text.source.slice(text.span)


def _in_text(project: Project, text: Traced, subject: str, since: _Version) -> _Newer:
    span = visible(project, text.source, text.span)
    return _Newer(text.source, span, subject, since, _DOES_NOT_KNOW)


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (key_too_new,)
