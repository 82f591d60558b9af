"""schemas/compose.schema.json keeps to its own rules, and says what the real Compose says."""

from __future__ import annotations

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tests.schema.generated_documents import (
    STRANGE_VALUES,
    Path,
    Shape,
    Writer,
    break_one_thing,
    document_with,
    every_place,
    shape_of,
)
from tests.shared_material import REPOSITORY, SHARED, ask_compose, corpus, requires_shared

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator

Node = dict[str, Any]

SCHEMA_FILE = REPOSITORY / "schemas" / "compose.schema.json"
README_FILE = REPOSITORY / "schemas" / "README.md"
TEXT = SCHEMA_FILE.read_text(encoding="utf-8")
SCHEMA: Node = json.loads(TEXT)
OURS = Draft202012Validator(SCHEMA)

KEYWORDS = {
    *("$schema", "$id", "$ref", "$defs", "title", "description", "deprecated"),
    *("type", "enum", "pattern", "minimum", "maximum", "oneOf", "not"),
    *("items", "uniqueItems", "required"),
    *("properties", "patternProperties", "additionalProperties"),
}
ANNOTATIONS = {
    *("x-compose", "x-since", "x-works-since", "x-since-values"),
    *("x-wrong-names", "x-unknown-keys"),
    *("x-short-syntax", "x-cast", "x-at-least-one"),
}
SHORT_SYNTAXES = {
    *("port", "volume-mount", "expose", "device", "duration", "byte-size", "extra-host"),
    *("command-line", "image", "build-context", "env-file", "key-value", "tmpfs", "ulimit", "ssh"),
    *("file-mode", "gpu-count", "network-mode", "namespace-mode", "pull-policy", "platform"),
    *("secret", "config"),
}
# What the Go program says when a text cannot be cast.
CAST_REFUSALS = {
    "integer": re.compile(r"strconv\.(Atoi|ParseInt): "),
    "number": re.compile(r"strconv\.ParseFloat: "),
    "boolean": re.compile(r"invalid boolean: "),
}


@cache
def reference() -> Node:
    """Return the schema that the real program enforces."""
    path = SHARED / "reference" / "compose-schema-5.6.1.json"
    document: Node = json.loads(path.read_text(encoding="utf-8"))
    return document


@cache
def theirs() -> Draft202012Validator:
    """Return a validator of the reference; one for all tests, because making it is slow."""
    return Draft202012Validator(reference())


# --- finding one's way in the schema -----------------------------------------------------------


def nodes(node: Any, where: str = "#") -> Iterator[tuple[str, Node]]:
    """Yield every schema in the file with the place where it stands."""
    if not isinstance(node, dict):
        return
    yield where, node
    for holder in ("properties", "patternProperties", "$defs"):
        for key, inner in node.get(holder, {}).items():
            yield from nodes(inner, f"{where}/{holder}/{key}")
    for holder in ("items", "not"):
        yield from nodes(node.get(holder), f"{where}/{holder}")
    for index, branch in enumerate(node.get("oneOf", [])):
        yield from nodes(branch, f"{where}/oneOf/{index}")


def resolved(node: Node) -> Node:
    """Return a schema with its `$ref` followed; what stands beside the `$ref` wins."""
    while "$ref" in node:
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        node = SCHEMA["$defs"][node["$ref"].removeprefix("#/$defs/")] | siblings
    return node


def types(node: Node) -> set[str]:
    """Return the JSON types that a schema allows; all of them if it says nothing."""
    node = resolved(node)
    if "oneOf" in node:
        return set().union(*(types(branch) for branch in node["oneOf"]))
    found = node.get("type", ["null", "boolean", "number", "string", "array", "object"])
    return {found} if isinstance(found, str) else set(found)


EVERY_NODE = [(where, node) for where, node in nodes(SCHEMA) if not where.endswith("/not")]
EVERY_OBJECT = [(where, node) for where, node in EVERY_NODE if "properties" in node]
EVERY_PROPERTY = [
    (f"{where}/{key}", inner)
    for where, node in EVERY_OBJECT
    for key, inner in node["properties"].items()
]


# --- the file and its structure ----------------------------------------------------------------


def test_schema_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_schema_says_what_it_is() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:composecheck:compose-5.6.1"
    assert SCHEMA["x-compose"] == "5.6.1"


def test_file_is_indented_by_two_blanks_and_ends_with_one_newline() -> None:
    assert "\r" not in TEXT
    assert "\t" not in TEXT
    assert TEXT.endswith("}\n")
    assert all(
        (len(line) - len(line.lstrip(" "))) % 2 == 0 and line == line.rstrip()
        for line in TEXT.splitlines()
    )


def test_only_the_agreed_keywords_are_used() -> None:
    for where, node in nodes(SCHEMA):
        assert node.keys() <= KEYWORDS | ANNOTATIONS, where


def test_references_lead_to_definitions_and_none_is_left_unused() -> None:
    used = set()
    for where, node in EVERY_NODE:
        if "$ref" in node:
            prefix, name = node["$ref"][:8], node["$ref"][8:]
            assert prefix == "#/$defs/", where
            assert name in SCHEMA["$defs"], where
            used.add(name)
            beside = node.keys() - {"$ref", "title", "description", "deprecated"}
            assert beside <= ANNOTATIONS, f"{where}: only words may stand beside a $ref"
    assert used == SCHEMA["$defs"].keys()


def test_alternatives_differ_in_their_types() -> None:
    for where, node in EVERY_NODE:
        if "oneOf" not in node:
            continue
        assert not node.keys() & {"type", "properties", "items", "enum", "pattern"}, where
        counted = Counter(kind for branch in node["oneOf"] for kind in types(branch))
        assert set(counted.values()) == {1}, where
        assert not {"integer", "number"} <= counted.keys(), where


def test_objects_are_flat_and_say_that_they_are_objects() -> None:
    for where, node in EVERY_NODE:
        if node.keys() & {"properties", "patternProperties", "additionalProperties", "required"}:
            assert node["type"] in ("object", ["object", "null"]), where
            assert node.get("additionalProperties", False) is False, where
            assert set(node.get("required", [])) <= node.get("properties", {}).keys(), where


def test_at_least_one_says_what_the_schema_enforces() -> None:
    with_not = [(where, node) for where, node in EVERY_NODE if "not" in node]
    assert with_not
    for where, node in with_not:
        forbidden = {"properties": dict.fromkeys(node["x-at-least-one"], False)}
        assert node["not"] == forbidden, where
        assert set(node["x-at-least-one"]) <= node["properties"].keys(), where
    assert all("not" in node for _, node in EVERY_NODE if "x-at-least-one" in node)


# --- words -------------------------------------------------------------------------------------


def test_every_definition_and_every_key_has_a_description() -> None:
    for name, node in SCHEMA["$defs"].items():
        assert node.get("description"), name
    for where, node in EVERY_PROPERTY:
        assert resolved(node).get("description"), where


def test_descriptions_are_short_whole_sentences() -> None:
    for where, node in EVERY_NODE:
        description = node.get("description")
        if description is not None:
            assert len(description) <= 260, where
            assert re.fullmatch(r"[A-Z`].*\.", description), where
            assert description.count("`") % 2 == 0, where


def test_no_description_is_written_twice() -> None:
    written = Counter(node["description"] for _, node in EVERY_NODE if "description" in node)
    assert [text for text, count in written.items() if count > 1] == []


@requires_shared
def test_no_description_is_copied_from_the_reference() -> None:
    def plain(text: str) -> str:
        return re.sub(r"\W+", " ", text).strip().lower()

    def descriptions(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("description"), str):
                yield node["description"]
            for inner in node.values():
                yield from descriptions(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from descriptions(inner)

    copied = set(map(plain, descriptions(SCHEMA))) & set(map(plain, descriptions(reference())))
    assert copied == set()


def test_every_mapping_and_list_has_a_title_that_reads_in_a_sentence() -> None:
    definitions = [(name, node) for name, node in SCHEMA["$defs"].items() if name != "extension"]
    for where, node in definitions + EVERY_PROPERTY:
        if types(node) & {"object", "array"}:
            assert resolved(node).get("title"), where
    for where, node in EVERY_NODE:
        if "title" in node:
            assert re.match(r"(a|an|the|some) \S", node["title"]), where


def test_every_closed_object_can_be_named() -> None:
    """A branch of a oneOf is named by the title of the schema that it is a branch of."""
    titled = {where for where, node in EVERY_NODE if "title" in node}
    for where, node in EVERY_NODE:
        if "additionalProperties" in node:
            assert where in titled or re.sub(r"/oneOf/\d+$", "", where) in titled, where


# --- annotations -------------------------------------------------------------------------------


def version(text: str) -> tuple[int, ...]:
    assert re.fullmatch(r"\d+\.\d+\.\d+", text)
    return tuple(map(int, text.split(".")))


def test_annotations_have_their_form() -> None:
    for where, node in EVERY_NODE:
        if "x-since" in node:
            assert (2, 0, 0) < version(node["x-since"]) <= (5, 6, 1), where
        if "x-works-since" in node:
            assert version(node.get("x-since", "2.0.0")) < version(node["x-works-since"]), where
        for text, since in node.get("x-since-values", {}).items():
            assert (2, 0, 0) < version(since) <= (5, 6, 1), where
            assert not node.get("enum") or text in node["enum"], where
        if "x-short-syntax" in node:
            assert node["x-short-syntax"] in SHORT_SYNTAXES, where
            assert "string" in types(node), where
        if "x-cast" in node:
            assert node["x-cast"] in CAST_REFUSALS, where
        for name in node.get("x-wrong-names", []):
            assert re.fullmatch(r"[\w-]+", name), where
        for name, sentence in node.get("x-unknown-keys", {}).items():
            assert re.fullmatch(r"[\w-]+", name), where
            assert re.fullmatch(r"[A-Z`].*\.", sentence), f"{where}: {name}"
            assert "additionalProperties" in node, where


def test_every_annotation_is_explained_in_the_readme() -> None:
    readme = README_FILE.read_text(encoding="utf-8")
    used = {key for _, node in EVERY_NODE for key in node if key.startswith("x-")}
    assert used == ANNOTATIONS
    assert {name for name in used if f"`{name}`" not in readme} == set()
    short_syntaxes = {node["x-short-syntax"] for _, node in EVERY_NODE if "x-short-syntax" in node}
    assert short_syntaxes == SHORT_SYNTAXES
    assert {name for name in short_syntaxes if f"`{name}`" not in readme} == set()


@pytest.mark.parametrize(("where", "node"), EVERY_OBJECT, ids=[where for where, _ in EVERY_OBJECT])
def test_a_wrong_name_points_to_one_key_and_is_none_itself(where: str, node: Node) -> None:
    properties = node["properties"]
    wrong = [
        name for inner in properties.values() for name in resolved(inner).get("x-wrong-names", [])
    ]
    unknown = list(node.get("x-unknown-keys", {}))
    counted = Counter(wrong + unknown)
    assert [name for name, count in counted.items() if count > 1] == []
    assert counted.keys() & properties.keys() == set()
    patterns = node.get("patternProperties", {})
    assert [name for name in counted for pattern in patterns if re.search(pattern, name)] == []


@pytest.mark.parametrize(
    ("owner", "wrong", "right"),
    [
        ("service", "env", "environment"),
        ("service", "environments", "environment"),
        ("service", "port", "ports"),
        ("service", "volume", "volumes"),
        ("service", "net", "network_mode"),
        ("service", "cmd", "command"),
        ("service", "health_check", "healthcheck"),
        ("service", "memory", "mem_limit"),
        ("service", "imagem", "image"),
        ("service", "host_name", "hostname"),
        ("service", "imagePullPolicy", "pull_policy"),
        ("port", "containerPort", "target"),
        (None, "service", "services"),
        (None, "volume", "volumes"),
        (None, "containers", "services"),
    ],
)
def test_known_wrong_names_lead_to_the_right_key(owner: str | None, wrong: str, right: str) -> None:
    node = SCHEMA["$defs"][owner] if owner else SCHEMA
    assert wrong in resolved(node["properties"][right])["x-wrong-names"]


# --- the same verdict as the real Compose ------------------------------------------------------


def assert_same_verdict(document: Any, where: str) -> bool:
    """Compare both schemas' verdicts on a document, and return it."""
    ours = OURS.is_valid(document)
    assert ours == theirs().is_valid(document), f"{where}: ours says {ours} of {document!r}"
    return ours


@requires_shared
def test_both_schemas_allow_the_same() -> None:
    """Both are brought into one form and compared as a whole."""
    mine = dict(every_place(shape_of(SCHEMA)))
    other = dict(every_place(shape_of(reference())))
    assert mine.keys() == other.keys()
    # The deepest first: a difference there is a difference in all that holds it.
    for path in sorted(mine, key=len, reverse=True):
        assert mine[path] == other[path], path


@requires_shared
def test_same_verdict_on_every_value_at_every_place() -> None:
    shape = shape_of(reference())
    writer = Writer(Random(20))
    verdicts = Counter(
        assert_same_verdict(document_with(shape, path, value, writer), f"{path}")
        for path, _ in every_place(shape)
        for value in STRANGE_VALUES
    )
    assert min(verdicts.values()) > 1000


@requires_shared
@pytest.mark.parametrize("source", ["ours", "reference"])
def test_same_verdict_on_generated_documents(source: str) -> None:
    shape = shape_of(SCHEMA if source == "ours" else reference())
    random = Random(f"documents from {source}")
    writer = Writer(random)
    verdicts: Counter[tuple[str, bool]] = Counter()
    for number in range(2500):
        document = writer.value(shape)
        assert assert_same_verdict(document, f"{number}"), "a document that was to be valid"
        for _ in range(3):
            broken_by, broken = break_one_thing(document, random)
            verdicts[broken_by, assert_same_verdict(broken, f"{number}, {broken_by}")] += 1
    assert len(verdicts) == 16, "every way to break a document has met both verdicts"


def yaml_documents(text: str) -> list[Any]:
    """Return the documents of a YAML text as plain values; none if it cannot be read."""
    try:
        return list(YAML(typ="safe").load_all(text))
    except (YAMLError, ValueError):
        return []


@requires_shared
def test_same_verdict_on_published_files() -> None:
    random = Random(3780)
    verdicts: Counter[bool] = Counter()
    for file in corpus():
        for document in yaml_documents(file.text):
            verdicts[assert_same_verdict(document, file.id)] += 1
            if random.random() < 0.25:
                broken_by, broken = break_one_thing(document, random)
                assert_same_verdict(broken, f"{file.id}, {broken_by}")
    assert verdicts.total() > 3700
    assert min(verdicts.values()) > 100


# Texts in which nothing but the shape decides; what the real program says of them is law.
SERVICE = "services: {a: {image: x, %s}, b: {image: x}}"
SHAPES_IN_QUESTION = [
    "services: {}",
    "services: {a b: {image: x}}",
    "services: {-a: {image: x}}",
    "service: {a: {image: x}}",
    "x-a: 1",
    "version: 3",
    "name: 123",
    "networks: {a: }",
    "networks: {a: {external: {name: x, x-a: 1}}}",
    "networks: {a: {external: {name: x, b: 1}}}",
    "networks: {a: {driver_opts: {k: }}}",
    "networks: {a: {ipam: {options: {k: 1}}}}",
    "secrets: {a: }",
    "secrets: {a: {external: {name: x, b: 1}}}",
    "configs: {a: }",
    "models: {a: }",
    "models: {a: {model: x, b: 1}}",
    "models: {a: {model: x, context_size: '1'}}",
    "jobs: {a: {image: x}}",
    "jobs: {a: {image: x, triggers: {}}}",
    "jobs: {a: {image: x, triggers: {x-a: 1}}}",
    "jobs: {a: {image: x, triggers: {manual: true}}}",
    "jobs: {a: {image: x, triggers: {schedule: []}}}",
    "jobs: {a: {image: x, triggers: {manual: true}, deploy: {}}}",
    "jobs: {a: {image: x, triggers: {manual: true}, restart: always}}",
    SERVICE % "enviroment: {}",
    SERVICE % "x-a: 1",
    SERVICE % "deploy: ",
    SERVICE % "develop: ",
    SERVICE % "healthcheck: ",
    SERVICE % "command: ",
    SERVICE % "healthcheck: {test: a, timeout: 5}",
    SERVICE % "healthcheck: {test: a, retries: 3.5}",
    SERVICE % "blkio_config: {x-a: 1}",
    SERVICE % "env_file: [{path: a, required: false, x-a: 1}]",
    SERVICE % "gpus: all",
    SERVICE % "gpus: some",
    SERVICE % "gpus: [{a: 1}]",
    SERVICE % "gpus: [1]",
    SERVICE % "deploy: {resources: {reservations: {devices: [{driver: a}]}}}",
    SERVICE % "deploy: {resources: {limits: {memory: 100}}}",
    SERVICE % "depends_on: {b: {restart: true}}",
    SERVICE % "depends_on: {b: {condition: service_started, x-a: 1}}",
    SERVICE % "depends_on: [b, b]",
    SERVICE % "ulimits: {NOFILE: {a: 1}}",
    SERVICE % "ulimits: {nofile: {soft: 1}}",
    SERVICE % "ports: [true]",
    SERVICE % "ports: [{target: 80, a: 1}]",
    SERVICE % "volumes: [{source: a, target: /a}]",
    SERVICE % "volumes: [{type: bind, source: ., target: /a, bind: {selinux: y}}]",
    SERVICE % "pre_start: [{}]",
    SERVICE % "pre_start: [{depends_on: [b]}]",
    SERVICE % "post_start: [{}]",
    SERVICE % "group_add: [1, 1.0]",
    SERVICE % "group_add: [true]",
    SERVICE % "cpu_percent: 101",
    SERVICE % "oom_score_adj: -1001",
    SERVICE % "use_api_socket: 'true'",
    SERVICE % "pull_policy: every_1h30m",
    SERVICE % "pull_policy: every_1y",
    SERVICE % "container_name: a",
    SERVICE % "logging: {options: {k: true}}",
    SERVICE % "logging: {options: {k: }}",
    SERVICE % "provider: {type: a, options: {k: }}",
    SERVICE % "storage_opt: [a]",
    SERVICE % "label_file: {a: 1}",
    SERVICE % "environment: {A: [1]}",
    SERVICE % "networks: {a b: }",
]


@pytest.mark.parametrize("text", SHAPES_IN_QUESTION)
def test_same_verdict_as_the_real_compose(text: str, tmp_path: pathlib.Path) -> None:
    answer = ask_compose(text, tmp_path)
    assert OURS.is_valid(*yaml_documents(text)) == (answer.returncode == 0), answer.stderr


def test_casts_are_those_of_the_real_compose(tmp_path: pathlib.Path) -> None:
    """Where a text could become another type, Compose tries to cast `junk`, or it does not."""
    shape = shape_of(SCHEMA)
    writer = Writer(Random(56))

    def cast_is_right(place: tuple[Path, Shape]) -> bool:
        path, there = place
        folder = tmp_path / ".".join(map(str, path))
        folder.mkdir()
        answer = ask_compose(json.dumps(document_with(shape, path, "junk", writer)), folder)
        found = "failed to cast" in answer.stderr
        if there.cast is None:
            return not found
        return found and CAST_REFUSALS[there.cast].search(answer.stderr) is not None

    candidates = [
        (path, there)
        for path, there in every_place(shape)
        if there.cast
        or ("string" in there.kinds and there.kinds & {"boolean", "integer", "number"})
    ]
    with ThreadPoolExecutor(2) as pool:
        right = list(pool.map(cast_is_right, candidates))
    assert [path for (path, _), fine in zip(candidates, right, strict=True) if not fine] == []
