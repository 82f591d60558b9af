"""Cases made up: projects built from our schema of Compose, then broken; and changes of our own.

All choices come from the `Random` that is passed in; hypothesis supplies one that it can shrink.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from composecheck.schema.files import compose_schema
from tests.conformance.case import Case
from tests.conformance.fitting_texts import BY_KEY, BY_SYNTAX, FOR_KEYS, NAMES, OTHERWISE, STRANGE
from tests.conformance.written import written
from tests.schema.generated_documents import break_one_thing
from tests.schema.slips import block_style

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

ENVIRONMENT = {"ONE": "1", "WORD": "word", "EMPTY": ""}
"""What is set in generated cases, so that they can use it."""

FILE = ("-f", "compose.yaml")

_SECTIONS = ("networks", "volumes", "secrets", "configs", "models")
_DEEPEST = 7
"""Below this many levels an object has only what it must have."""


def built(random: Random) -> Case:
    """Return a project of one to three files, in half of the cases with one thing broken."""
    base = _project(random, may_be_short=False)
    files = {"compose.yaml": base}
    arguments = list(FILE)
    way = random.choice(["alone", "alone", "over", "include", "extends"])
    if way != "alone":
        files["other.yaml"] = _project(random, may_be_short=True)
    match way:
        case "over":
            arguments += ["-f", "other.yaml"]
        case "include":
            base["include"] = ["other.yaml"]
        case "extends":
            service = random.choice(sorted(base["services"]))
            extended = random.choice(sorted(files["other.yaml"]["services"]))
            base["services"][service]["extends"] = {"file": "other.yaml", "service": extended}
    if random.random() < 0.2:
        arguments += ["--profile", random.choice(["debug", "*"])]
    if random.random() < 0.5:
        broken = random.choice(sorted(files))
        _, files[broken] = break_one_thing(files[broken], random)
    return Case(
        "built",
        {name: block_style(project).encode() for name, project in files.items()},
        tuple(arguments),
        ENVIRONMENT,
        origin="built",
    )


def changed(random: Random) -> Case:
    """Return one of our written cases with one or two lines changed."""
    kind = random.choice(["accepted", "accepted", "accepted", "refused"])
    case = random.choice([item for item in written() if item.case.name.startswith(kind)]).case
    texts = {name: data.decode(errors="replace").split("\n") for name, data in case.files.items()}
    for _ in range(random.choice([1, 1, 2])):
        lines = texts[random.choice(sorted(texts))]
        _change_line(lines, random)
    return Case(
        f"changed {case.name}",
        {name: "\n".join(lines).encode() for name, lines in texts.items()},
        case.arguments,
        {**ENVIRONMENT, **case.environment},
        origin="changed",
    )


def slip(random: Random) -> Case:
    """Return a file with one service, in which one text of a little language is strange."""
    builder = _Builder(random, strangeness=0.5)
    key = random.choice(sorted(builder.keys_of("service")))
    services = {"web": {"image": "x", key: builder.member("service", key)}, "db": {"image": "x"}}
    project = {"services": services} | {section: _defined(section) for section in _SECTIONS}
    text = block_style(project)
    return Case("slip", {"compose.yaml": text.encode()}, FILE, ENVIRONMENT, origin="slip")


MAKERS: dict[str, Callable[[Random], Case]] = {"built": built, "changed": changed, "slip": slip}
"""The ways of making a case up, by the name of what comes of it."""


def _change_line(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    line = lines[at]
    indent = line[: len(line) - len(line.lstrip())]
    other = random.choice(_lines_of_all())
    match random.randrange(11):
        case 0:
            del lines[at]
            lines.append("")
        case 1:
            lines.insert(at, line)
        case 2:
            lines.insert(random.randrange(len(lines)), line)
        case 3:
            lines[at] = f"  {line}"
        case 4:
            lines[at] = line[2:] if indent else line
        case 5:
            lines.insert(at, indent + other.lstrip())
        case 6:
            lines.insert(at, other)
        case 7:
            key, colon, _ = line.partition(":")
            lines[at] = f"{key}{colon} {random.choice(STRANGE)}"
        case 8:
            lines[at] = line.replace("- ", "", 1)
        case 9:
            cut = random.randrange(len(line) + 1)
            lines[at] = line[:cut] + random.choice(" :-'\"${}[]#&*!,a1./") + line[cut:]
        case _:
            cut = random.randrange(len(line) + 1)
            lines[at] = line[:cut] + line[cut + 1 :]


@functools.cache
def _lines_of_all() -> tuple[str, ...]:
    """Return every line that is in one of our cases."""
    files = [data for item in written() for data in item.case.files.values()]
    texts = [data.decode(errors="replace") for data in files]
    return tuple(sorted({line for text in texts for line in text.split("\n") if line.strip()}))


def _project(random: Random, *, may_be_short: bool) -> dict[str, Any]:
    builder = _Builder(random, strangeness=0.02)
    project: dict[str, Any] = {"services": {}}
    for name in random.sample(NAMES["services"], k=random.choice([1, 1, 2, 3])):
        service = builder.service()
        if not may_be_short or random.random() < 0.3:
            service.setdefault("image", "x")
        project["services"][name] = service
    for section in _SECTIONS:
        project[section] = _defined(section)
        if random.random() < 0.3:
            name = random.choice(NAMES[section])
            project[section][name] = builder.of_definition(section.removesuffix("s"))
    # All that a service may need is there, so that it is not that which Compose stumbles over.
    for name in NAMES["services"]:
        project["services"].setdefault(name, {"image": "x"})
    return project


def _defined(section: str) -> dict[str, Any]:
    sample = {
        "secrets": {"file": "./s"},
        "configs": {"file": "./c"},
        "models": {"model": "m"},
    }
    return {name: dict(sample.get(section, {})) for name in NAMES[section]}


class _Builder:
    """Makes up values that our schema allows, out of texts that mostly mean something."""

    def __init__(self, random: Random, strangeness: float) -> None:
        self._random = random
        self._strangeness = strangeness
        self._definitions: dict[str, Any] = compose_schema()["$defs"]

    def keys_of(self, name: str) -> set[str]:
        return set(self._definitions[name]["properties"])

    def member(self, name: str, key: str) -> Any:
        return self._value(self._definitions[name]["properties"][key], key, 2)

    def of_definition(self, name: str) -> Any:
        return self._value({"$ref": f"#/$defs/{name}"}, name, 1)

    def service(self) -> dict[str, Any]:
        keys = sorted(self.keys_of("service") - {"extends", "provider"})
        chosen = self._random.sample(keys, k=self._random.choice([1, 2, 3, 5]))
        return {key: self.member("service", key) for key in chosen}

    def _value(self, schema: dict[str, Any], key: str, depth: int) -> Any:
        syntax = schema.get("x-short-syntax")
        cast = schema.get("x-cast")
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].removeprefix("#/$defs/")]
            syntax = syntax or schema.get("x-short-syntax")
            cast = cast or schema.get("x-cast")
        if "oneOf" in schema:
            return self._value(self._random.choice(schema["oneOf"]), key, depth)
        types = schema.get("type", "string")
        kind = self._random.choice([types] if isinstance(types, str) else types)
        match kind:
            case "object":
                return self._object(schema, key, depth)
            case "array":
                count = self._random.choice([0, 1, 1, 2])
                items = [self._value(schema["items"], key, depth + 1) for _ in range(count)]
                return items if not schema.get("uniqueItems") else _unique(items)
            case "boolean":
                return self._random.random() < 0.5
            case "integer" | "number":
                low, high = schema.get("minimum", 0), schema.get("maximum", 100)
                return self._random.choice([low, high, 1, 2, 1])
            case "null":
                return None
        return self._text(schema, syntax, cast, key)

    def _text(self, schema: dict[str, Any], syntax: str | None, cast: str | None, key: str) -> str:
        if "enum" in schema:
            return str(self._random.choice(schema["enum"]))
        if self._random.random() < self._strangeness:
            return self._random.choice(STRANGE)
        if cast in ("integer", "number"):
            return self._random.choice(["1", "2", "${ONE}", "${UNSET:-3}"])
        if cast == "boolean":
            return self._random.choice(["true", "false", "yes", "${UNSET:-no}"])
        return self._random.choice(BY_KEY.get(key) or BY_SYNTAX.get(syntax or "") or OTHERWISE)

    def _object(self, schema: dict[str, Any], key: str, depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {})
        keys = set(schema.get("required", ()))
        keys |= set(schema.get("x-at-least-one", ())[:1])
        more = 0 if depth > _DEEPEST else self._random.choice([0, 1, 2, 4])
        keys |= set(self._random.sample(sorted(properties), k=min(more, len(properties))))
        made = {name: self._value(properties[name], name, depth + 1) for name in sorted(keys)}
        for pattern, inner in schema.get("patternProperties", {}).items():
            if pattern != "^x-":
                name = self._random.choice(NAMES.get(key, FOR_KEYS[pattern]))
                made[name] = self._value(inner, name, depth + 1)
        return made


def _unique(items: list[Any]) -> list[Any]:
    return list({json.dumps(item, sort_keys=True): item for item in items}.values())
