"""Values of a kind with which Compose can do nothing, in what never gets into the whole project.

It does not judge the shape of a file from which one service is taken. But it brings the whole file
into its long form and makes the paths in it absolute, and fails where a value is of a kind that it
can do neither with: in other services, in jobs, and in what services use. The latter it does with
each included project as well, whatever is laid over that. (Facts: compose-go, `transform/`,
`paths/` and `override/uncity.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.long_ports import read_port
from composecheck.project.patterns import Patterns, with_jobs
from composecheck.project.problem import Fault
from composecheck.project.reading import child, kind_of, text_of, value_of
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.scalars import Timestamp, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Path, PathKey
    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

    Check = Callable[[Node, PathKey], Iterator[tuple[Node, Path]]]


def refuse_in_extended(root: Mapping, ledger: Ledger) -> None:
    """Note each value in the tree `root` of an extended file that Compose can do nothing with."""
    _refuse(root, _IN_EXTENDED, ledger)


def refuse_in_included(root: Mapping, ledger: Ledger) -> None:
    """Note what is no path where Compose needs one in `root`, an included project."""
    _refuse(root, _IN_INCLUDED, ledger)


def _refuse(root: Mapping, checks: Patterns[Check], ledger: Ledger) -> None:
    for node, path in _refused(root, checks, ()):
        if not _is_known(node):
            continue
        if "ports" in path[-2:-1] and _kind(node) == "fraction":
            (wrong,) = _faults(node, ledger)
            ledger.refuse(Fault.SHORT_SYNTAX, node, path, name="port", payload=wrong)
        else:
            ledger.refuse(Fault.WRONG_KIND, node, path, name=kind_of(node))


def _faults(port: Node, ledger: Ledger) -> tuple[object, ...]:
    outcome = read_port(port, ledger.text)
    return outcome if isinstance(outcome, tuple) else ()


def _refused(node: Node, table: Patterns[Check] | None, path: Path) -> Iterator[tuple[Node, Path]]:
    if table is None:
        return
    if table.here is not None:
        found = [(part, (*path, *keys)) for part, keys in table.here(node, path[-1])]
        yield from found
        if found:
            return
    if isinstance(node, Mapping):
        for entry in node.entries:
            name = name_of(entry.key) or ""
            yield from _refused(entry.value, table.below(name), (*path, name))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _refused(item, table.below(index), (*path, index))


def _is_known(node: Node) -> bool:
    """Whether it is known what stands there: not for an alias of something that is not defined."""
    return not (
        isinstance(node, Scalar)
        and resolve(node) is None
        and node.source.text.startswith("*", node.start, node.end)
    )


def _kind(node: Node) -> str:
    """Return the kind of `node` as Go has it: as `kind_of`, but `integer`, `fraction`, `date`."""
    if isinstance(node, Scalar) and isinstance(resolve(node), Timestamp):
        return "date"
    kind = kind_of(node)
    if kind == "number":
        return "integer" if isinstance(value_of(node), int) else "fraction"
    return kind


def _one_of(*kinds: str) -> Check:
    def check(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
        if _kind(node) not in kinds:
            yield node, ()

    return check


_text_or_mapping = _one_of("text", "mapping")
_text_or_list = _one_of("text", "list")
_mapping_or_list = _one_of("mapping", "list")
_mapping_or_nothing = _one_of("mapping", "null")


def _items_of(*kinds: str) -> Check:
    """Return the check of what are `kinds` in a list; under a key it may be anything."""
    here = _one_of(*kinds)

    def check(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
        if isinstance(key, int):
            yield from here(node, key)

    return check


def _dependency(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    if _kind(node) != ("text" if isinstance(key, int) else "mapping"):
        yield node, ()


def _limit(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    # Of a text, Compose has made a number by then, or has failed at that; see `Fault.CAST`.
    if _kind(node) not in ("mapping", "integer", "text"):
        yield node, ()


def _extends(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    yield from _text_or_mapping(node, key)
    yield from _not_text_under("file", node)


def _not_text_under(key: str, node: Node) -> Iterator[tuple[Node, Path]]:
    value = child(node, key)
    if value is not None and _kind(value) != "text":
        yield value, (key,)


def _env_file(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    """Look at an env file; one that is neither a text nor keys and values counts for nothing."""
    if isinstance(node, Mapping):
        if child(node, "path") is None:
            yield node, ()
        yield from _not_text_under("path", node)


def _env_file_of_container(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    path = child(node, "path")
    for part, keys in _paths(path, "path") if path is not None else ():
        yield part, ("path", *keys)


def _paths(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    """Look at one path, or a list of paths, however deep."""
    if isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            for part, keys in _paths(item, index):
                yield part, (index, *keys)
    elif _kind(node) != "text":
        yield node, ()


def _grant(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    """Look at a secret or a config of a service."""
    yield from _text_or_mapping(node, key)
    if isinstance(key, int):
        yield from _not_text_under("target", node)


def _mount(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    yield from _text_or_mapping(node, key)
    if text_of(child(node, "type")) == "bind":
        if child(node, "source") is None:
            yield node, ()
        yield from _not_text_under("source", node)


def _volume(node: Node, key: PathKey) -> Iterator[tuple[Node, Path]]:
    yield from _mapping_or_nothing(node, key)
    options = child(node, "driver_opts")
    is_local = text_of(child(node, "driver")) == "local"
    if is_local and options is not None and not isinstance(options, Mapping):
        yield options, ("driver_opts",)


_CONTAINER: dict[str, Check] = {
    "configs.*": _text_or_mapping,
    "devices.*": _text_or_mapping,
    "env_file": _text_or_list,
    "env_file.*": _env_file_of_container,
    "gpus": _text_or_list,
    "label_file.*": _paths,
    "models.*": _items_of("text"),
    "networks.*": _items_of("text"),
    "secrets.*": _text_or_mapping,
    "ulimits.*": _limit,
    "volumes.*": _mount,
}
"""What holds in services, in jobs, and in what runs before the start of a service."""

_WORKLOAD: dict[str, Check] = {
    **_CONTAINER,
    "build": _text_or_mapping,
    "build.additional_contexts": _mapping_or_list,
    "build.additional_contexts.*": _one_of("text"),
    "build.context": _one_of("text"),
    "build.secrets.*": _text_or_mapping,
    "build.ssh": _mapping_or_list,
    "build.ssh.*": _items_of("text"),
    "build.ulimits.*": _one_of("mapping", "integer"),
    "depends_on": _mapping_or_list,
    "depends_on.*": _dependency,
    "extends": _extends,
    "ports": _one_of("list"),
    "ports.*": _one_of("text", "integer", "mapping"),
}
"""What holds in services and in jobs."""

_SERVICE: dict[str, Check] = {
    **_WORKLOAD,
    "configs.*": _grant,
    "develop.watch.*.path": _paths,
    "env_file.*": _env_file,
    "secrets.*": _grant,
}

_IN_EXTENDED: Patterns[Check] = Patterns(
    {
        **{f"services.*.{key}": check for key, check in _SERVICE.items()},
        **{f"services.*.pre_start.*.{key}": check for key, check in _CONTAINER.items()},
        **{f"jobs.*.{key}": check for key, check in _WORKLOAD.items()},
        "jobs.*.triggers.schedule.*": _text_or_mapping,
        "configs.*": _mapping_or_nothing,
        "include.*": _text_or_mapping,
        "networks.*": _mapping_or_nothing,
        "secrets.*": _mapping_or_nothing,
        "volumes.*": _volume,
    }
)

_IN_INCLUDED: Patterns[Check] = with_jobs(
    {
        "services.*.build.additional_contexts.*": _one_of("text"),
        "services.*.volumes.*": _mount,
    },
    with_hooks=True,
)
"""The shape of what is included has been judged, so that only this is left."""
