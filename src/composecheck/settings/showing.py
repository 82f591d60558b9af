"""Settings as text: what is in force, and where it comes from (`--show-settings`)."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.settings.keys import KEYS
from composecheck.settings.values import COMMAND_LINE, DEFAULT, OFF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from composecheck.finding import Severity
    from composecheck.settings.values import Group, PerFile, Setting, Settings, Severities

_BARE_KEY = expression(r"[A-Za-z0-9_-]+")
_COMMENTS_AT = 44  # the column of comments, if the lines leave room for them


def render_settings(settings: Settings, name: str | None = None) -> str:
    """Return the settings that hold (for the file `name`) as TOML, with the origin of each.

    Each line ends with a comment that says where the value comes from. As a `composecheck.toml`
    in the folder of the settings, the text says the same as the settings do, but for the options
    of the command line about rules: these come as comments where they do not replace what the
    file says.
    """
    owner = "" if name is None else f" for {_text(name)}"
    lines = [f"# The settings in force{owner}.", *_rules(settings)]
    lines += [
        _line("include", _texts(settings.include.value), settings.include),
        _line("exclude", _texts(settings.exclude.value), settings.exclude),
    ]
    target = settings.target_compose
    if target.value is None:
        lines.append(_comment("target-compose", "the newest that composecheck knows", target))
    else:
        version = ".".join(str(number) for number in target.value)
        lines.append(_line("target-compose", _text(version), target))
    lines.append(_env_files(settings))
    lines += [
        _line("profiles", _texts(settings.profiles.value), settings.profiles),
        _line("fail-on", _text(str(settings.fail_on.value)), settings.fail_on),
        _line("here", str(settings.here.value).lower(), settings.here),
    ]
    lines += _severities("severity", settings.severity.value, settings.severity)
    for special in settings.per_file.value:
        lines += _per_file(special, settings.per_file)
    for group in settings.groups.value:
        lines += _group(group, settings.groups, settings.folder)
    return "".join(f"{line}\n" for line in lines)


def _rules(settings: Settings) -> Iterator[str]:
    wish = settings.on_command_line
    if wish.select is not None:
        yield _written(f"select = {_texts(sorted(wish.select))}", str(COMMAND_LINE))
        yield _written(f"extend-select = {_texts(sorted(wish.extend_select))}", str(COMMAND_LINE))
        yield _written(f"ignore = {_texts(sorted(wish.ignore))}", str(COMMAND_LINE))
        return
    if settings.select.value is None:
        (default,) = (key.default for key in KEYS if key.name == "select")
        yield _comment("select", default.replace("`", ""), settings.select)
    else:
        yield _line("select", _texts(settings.select.value), settings.select)
    yield _line("extend-select", _texts(settings.extend_select.value), settings.extend_select)
    yield _line("ignore", _texts(settings.ignore.value), settings.ignore)
    for option, names in (("--extend-select", wish.extend_select), ("--ignore", wish.ignore)):
        if names:
            yield _written(f"# then {option} {','.join(sorted(names))}", str(COMMAND_LINE))


def _env_files(settings: Settings) -> str:
    if not settings.env_files.value:
        return _comment("env-files", "the .env of the project", settings.env_files)
    # As options they are seen from elsewhere; here all are seen from the folder of the settings.
    paths = _paths(settings.env_files.value, settings.folder)
    return _line("env-files", paths, settings.env_files)


def _severities(name: str, severities: Severities, setting: Setting[object]) -> Iterator[str]:
    if severities:
        yield ""
        yield _written(f"[{name}]", str(setting.origin))
        for rule, severity in severities.items():
            yield f"{_key(rule)} = {_severity(severity)}"


def _per_file(special: PerFile, setting: Setting[object]) -> Iterator[str]:
    yield ""
    yield _written(f"[per-file.{_key(special.glob)}]", str(setting.origin))
    if special.select is not None:
        yield f"select = {_texts(special.select)}"
    if special.extend_select:
        yield f"extend-select = {_texts(special.extend_select)}"
    if special.ignore:
        yield f"ignore = {_texts(special.ignore)}"
    for rule, severity in special.severity.items():
        yield f"severity.{_key(rule)} = {_severity(severity)}"


def _group(group: Group, setting: Setting[object], folder: Path) -> Iterator[str]:
    yield ""
    yield _written("[[group]]", str(setting.origin))
    yield f"files = {_paths(group.files, folder)}"
    if group.env_files:
        yield f"env-files = {_paths(group.env_files, folder)}"
    if group.profiles:
        yield f"profiles = {_texts(group.profiles)}"
    if group.project_directory is not None:
        yield f"project-directory = {_path(group.project_directory, folder)}"


def _line(name: str, value: str, setting: Setting[object]) -> str:
    return _written(f"{name} = {value}", str(setting.origin))


def _comment(name: str, value: str, setting: Setting[object]) -> str:
    return _written(f"# {name}: {value}", str(setting.origin or DEFAULT))


def _written(text: str, origin: str) -> str:
    return f"{text:{_COMMENTS_AT}}  # {origin}" if "# " not in text else f"{text} ({origin})"


def _severity(severity: Severity | None) -> str:
    return _text(OFF if severity is None else str(severity))


def _texts(texts: Iterable[str], form: Callable[[str], str] | None = None) -> str:
    return f"[{', '.join((form or _text)(text) for text in texts)}]"


def _paths(paths: Iterable[Path], folder: Path) -> str:
    return f"[{', '.join(_path(path, folder) for path in paths)}]"


def _path(path: Path, folder: Path) -> str:
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # on another drive of Windows
        return _text(path.as_posix())
    return _text(relative.replace(os.sep, "/"))


def _text(text: str) -> str:
    # The escapes of JSON are among those of TOML, but for pairs of surrogates: those are left out.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)
