"""Our model beside the one that Docker Compose prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def doubled(value: Any) -> Any:
    """Return `value` with each `$` doubled, as Compose prints it."""
    if isinstance(value, str):
        return value.replace("$", "$$")
    if isinstance(value, dict):
        return {doubled(key): doubled(part) for key, part in value.items()}
    return [doubled(part) for part in value] if isinstance(value, list) else value


def differences(ours: Any, theirs: Any, path: tuple[object, ...] = ()) -> Iterator[str]:
    """Yield in a line each where the two differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            if key not in ours or key not in theirs:
                yield f"{(*path, key)} is only in {'theirs' if key in theirs else 'ours'}"
            else:
                yield from differences(ours[key], theirs[key], (*path, key))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(mine, other, (*path, index))
    elif (type(ours) is not type(theirs) and not is_number(ours, theirs)) or ours != theirs:
        yield f"{path}: {ours!r}, and theirs {theirs!r}"


def is_number(*values: object) -> bool:
    """Tell whether all of them are numbers, of whichever type."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def absent(path: Path) -> bytes:
    """Read nothing: in this folder there is no other file."""
    raise FileNotFoundError(str(path))


def placed(value: Any, replacements: dict[str, str]) -> Any:
    """Return `value` with folders in its texts replaced by what the measurements call them."""
    if isinstance(value, str):
        for folder, name in replacements.items():
            value = value.replace(folder, name)
        return value
    if isinstance(value, dict):
        return {placed(k, replacements): placed(part, replacements) for k, part in value.items()}
    return [placed(part, replacements) for part in value] if isinstance(value, list) else value
