"""Small files for every key of the schema, and slips of the pen in that key."""

from __future__ import annotations

import json
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from composecheck.schema.grammar import Kind, Shape, compose_file, sections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

NAME = "web"
"""Stands for a name that the user chooses."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A key, where it stands (`*`: a name, `[]`: an item), and how it was written instead."""

    path: tuple[str, ...]
    key: str
    written: str
    kind: str

    @property
    def text(self) -> str:
        """A file with this one mistake."""
        return block_style(document(self.path, self.key, self.written))


def every_key() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every key of five letters or more, at every depth of the schema, with its path.

    Not those of the entries of `gpus`, where Compose lets any other key pass.
    """
    for path, shape in sections(compose_file(), depth=12):
        if not shape.is_closed:
            continue
        for key in shape.keys:
            if len(key) >= 5:
                yield path, key


def slips_of(path: tuple[str, ...], key: str, random: Random, real: set[str]) -> Iterator[Slip]:
    """Yield one slip of each kind in `key`, unless what comes out is a real key as well."""
    at = random.randrange(len(key))
    near = random.randrange(len(key) - 1)
    letter = random.choice([letter for letter in string.ascii_lowercase if letter != key[at]])
    written = {
        "dropped": key[:at] + key[at + 1 :],
        "doubled": key[:at] + key[at] + key[at:],
        "swapped": key[:near] + key[near + 1] + key[near] + key[near + 2 :],
        "wrong letter": key[:at] + letter + key[at + 1 :],
        "dash": key.replace("_", "-"),
        "capital": key.capitalize(),
        "capitals": key.upper(),
    }
    for kind, name in written.items():
        if name != key and name not in real:
            yield Slip(path, key, name, kind)


def document(path: tuple[str, ...], key: str, written: str) -> dict[str, Any]:
    """Return a whole file as plain data, in which `key` at `path` is written as `written`."""
    shape = compose_file()
    whole: dict[str, Any] = {}
    if path[:1] != ("services",) and (path or key != "services"):
        whole["services"] = {"app": {"image": "nginx"}}
    here: Any = whole
    for step, following in zip(path, (*path, "")[1:], strict=True):
        value: Any = [] if following == "[]" else {}
        if step == "[]":
            assert shape.items is not None
            shape = shape.items
            here.append(value)
        else:
            child = shape.child(NAME if step == "*" else step)
            assert child is not None
            shape = child
            here[NAME if step == "*" else step] = value
        here = value
        if isinstance(here, dict):
            here |= {name: sample(shape.keys[name]) for name in shape.required if name != key}
        if shape.title == "a service" and key != "image":
            here["image"] = "nginx"
    here[written] = sample(shape.keys[key])
    return whole


def sample(shape: Shape) -> Any:
    """Return a value that may stand there, the kind that people mostly write."""
    if shape.enum:
        return shape.enum[0]
    if shape.pattern is not None:
        return "always"
    if shape.takes(Kind.BOOLEAN):
        return True
    if shape.takes(Kind.ARRAY):
        return [sample(shape.items)] if shape.items is not None else ["a"]
    if shape.takes(Kind.OBJECT) and (shape.keys or shape.named):
        value = {name: sample(shape.keys[name]) for name in shape.required}
        if value or shape.named is None:
            keys = [key for key, child in shape.keys.items() if not child.is_deprecated]
            return value or {keys[0]: sample(shape.keys[keys[0]])}
        return {"KEY" if shape.named.is_scalar else "name": sample(shape.named)}
    if shape.takes(Kind.INTEGER):
        return 3
    if shape.takes(Kind.STRING):
        return "text"
    return {} if shape.takes(Kind.OBJECT) else None


def block_style(data: Any, indent: str = "") -> str:
    """Write plain data as YAML in block style."""
    if isinstance(data, dict) and data:
        lines = []
        for key, value in data.items():
            if isinstance(value, dict | list) and value:
                lines.append(f"{indent}{key}:\n{block_style(value, f'{indent}  ')}")
            else:
                lines.append(f"{indent}{key}: {json.dumps(value)}\n")
        return "".join(lines)
    if isinstance(data, list) and data:
        return "".join(_item(item, indent) for item in data)
    return f"{indent}{json.dumps(data)}\n"


def _item(item: Any, indent: str) -> str:
    body = block_style(item, f"{indent}  ")
    return f"{indent}- {body[len(indent) + 2 :]}"
