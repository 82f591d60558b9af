"""The schema for editors and the page about settings say what the reader does."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from composecheck.rules.ignores import RULES
from composecheck.settings import InvalidSettings
from composecheck.settings.keys import GROUP_KEYS, KEYS, PER_FILE_KEYS, WRONG_NAMES, Kind
from composecheck.settings.reading import read_settings
from tests.settings.pages import PAGE, SCHEMA, page_text, rule_names, schema_text
from tests.settings.test_reading import EVERYTHING

if TYPE_CHECKING:
    from pathlib import Path

TEXT = SCHEMA.read_text(encoding="utf-8")
WHOLE: dict[str, Any] = json.loads(TEXT)
VALIDATOR = Draft202012Validator(WHOLE)
PROPERTIES: dict[str, Any] = WHOLE["properties"]

# A right value of each kind, and wrong ones.
SAMPLES: dict[Kind, tuple[list[Any], list[Any]]] = {
    Kind.RULES: (
        [[], ["all"], ["key-unknown", "style"]],
        ["all", ["xyz"], [1], {}, True, [["all"]]],
    ),
    Kind.SEVERITIES: (
        [{}, {"key-unknown": "off", "key-obsolete": "error"}],
        [[], {"xyz": "off"}, {"all": "off"}, {"key-unknown": "of"}, {"key-unknown": 1}, "off"],
    ),
    Kind.PER_FILE: (
        [{}, {"*": {}}, {"a/**": {"ignore": ["all"], "select": []}}],
        [[], {"": {}}, {"!a": {}}, {"*": 1}, {"*": {"include": []}}, {"*": {"severity": []}}],
    ),
    Kind.GLOBS: (
        [[], ["*"], ["a/", "/b/**"], [".env..", "..a/b"], ["ü"]],
        ["*", [""], [" "], ["!a"], ["#"], ["../a"], ["a/../b"], ["a/.."], [1], True],
    ),
    Kind.VERSION: (
        ["2.0", "2.20", "v2.20.3", "5.6.1"],
        ["2", "x", "2.20.3.4", "", 2.2, 2, [], "2.x"],
    ),
    Kind.PATHS: ([[], ["a"], ["../b", "/c"]], ["a", [""], [1], {}]),
    Kind.PATH: (["a", "."], ["", 1, ["a"], False]),
    Kind.NAMES: ([[], ["*", "a b"]], ["a", [""], [" "], [1]]),
    Kind.GROUPS: (
        [[], [{"files": ["a"]}], [{"files": ["a", "b"], "profiles": ["x"]}]],
        [{}, [{}], [{"files": []}], [{"files": "a"}], [{"files": ["a"], "file": 1}], [1], "a"],
    ),
    Kind.SEVERITY: (["error", "warning", "note"], ["off", "Error", 1, True, ""]),
    Kind.BOOLEAN: ([True, False], ["true", 1, 0, []]),
}  # fmt: skip


def toml(value: Any) -> str:
    """Write a value as TOML."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def is_read(folder: Path, text: str) -> bool:
    """Whether the reader takes a text."""
    path = folder / "composecheck.toml"
    path.write_text(text, encoding="utf-8")
    try:
        read_settings(path)
    except InvalidSettings:
        return False
    return True


def cases() -> list[tuple[Kind, str, Any, bool]]:
    """Return each key with each sample of its kind, inner keys included."""
    result: list[tuple[Kind, str, Any, bool]] = []

    def add(kind: Kind, key: str, wrap: Any) -> None:
        right, wrong = SAMPLES[kind]
        result.extend((kind, key, wrap(value), True) for value in right)
        result.extend((kind, key, wrap(value), False) for value in wrong)

    for key in KEYS:
        add(key.kind, key.name, lambda value: value)
    for name, kind in PER_FILE_KEYS.items():
        add(kind, "per-file", lambda value, name=name: {"*": {name: value}})
    for name, kind in GROUP_KEYS.items():
        if name != "files":
            add(kind, "group", lambda value, name=name: [{"files": ["a"], name: value}])
    return result


@pytest.mark.parametrize(("kind", "key", "value", "is_right"), cases())
def test_the_reader_and_the_schema_judge_alike(
    tmp_path: Path, kind: Kind, key: str, value: Any, is_right: bool
) -> None:
    assert is_read(tmp_path, f"{key} = {toml(value)}\n") is is_right, kind
    assert VALIDATOR.is_valid({key: value}) is is_right


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(WHOLE)


def test_the_schema_has_the_keys_of_the_reader_in_their_order() -> None:
    assert list(PROPERTIES) == [key.name for key in KEYS]
    assert list(PROPERTIES["per-file"]["additionalProperties"]["properties"]) == list(PER_FILE_KEYS)
    assert list(PROPERTIES["group"]["items"]["properties"]) == list(GROUP_KEYS)
    for place in ({}, {"per-file": {"*": {"xyz": 1}}}, {"group": [{"files": ["a"], "xyz": 1}]}):
        assert not VALIDATOR.is_valid({**place, **({} if place else {"xyz": 1})})


def test_the_schema_knows_all_rules() -> None:
    assert schema_text() == TEXT, "run `python -m tests.settings.pages`"
    about_comments = [function.__dict__["composecheck_rule"][0] for function in RULES]
    assert set(about_comments) < set(rule_names())


def test_everything_in_the_schema_is_described() -> None:
    def described(schema: dict[str, Any]) -> None:
        for name, inner in schema.get("properties", {}).items():
            assert inner["description"].endswith("."), name
            described(inner)
            described(inner.get("items", {}))
            extra = inner.get("additionalProperties")
            described(extra if isinstance(extra, dict) else {})

    described(WHOLE)
    for definition in ("category", "rule", "glob", "path"):
        assert WHOLE["$defs"][definition]["description"].endswith(".")


def test_examples_in_the_schema_are_right() -> None:
    for name, schema in PROPERTIES.items():
        for example in schema.get("examples", []):
            assert VALIDATOR.is_valid({name: example})


def test_what_others_call_a_setting_leads_to_one_of_ours() -> None:
    names = {key.name for key in KEYS}
    assert set(WRONG_NAMES.values()) <= names
    assert not set(WRONG_NAMES) & names


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_the_example_of_each_setting_is_right(tmp_path: Path, key: Any) -> None:
    assert list(tomllib.loads(key.example)) == [key.name]
    assert is_read(tmp_path, key.example)
    assert VALIDATOR.is_valid(tomllib.loads(key.example))
    assert key.meaning.endswith(".")


def test_everything_at_once_is_valid() -> None:
    assert VALIDATOR.is_valid(tomllib.loads(EVERYTHING))


def test_the_page_is_what_the_code_says() -> None:
    assert page_text() == PAGE.read_text(encoding="utf-8"), "run `python -m tests.settings.pages`"


def test_the_toml_in_the_page_is_read(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == len(KEYS) + 3
    for block in blocks:
        is_shared = block.startswith("# pyproject.toml")
        path = tmp_path / ("pyproject.toml" if is_shared else "composecheck.toml")
        path.write_text(block, encoding="utf-8")
        assert read_settings(path) is not None


def test_the_mistakes_in_the_page_are_told_so(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "composecheck.toml"
    path.write_text('selct = ["compose"]\ntarget-compose = 2.20\nignore = ["key-obsolet"]\n')
    with pytest.raises(InvalidSettings) as caught:
        read_settings(path, "composecheck.toml")
    assert f"{caught.value}\n" == shown
