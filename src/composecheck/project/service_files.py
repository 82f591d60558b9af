"""What `env_file` and `label_file` bring into a service.

(Facts: compose-go, `types/project.go`, measured.)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from composecheck.language.env_files import decode_env_file, read_env_file
from composecheck.language.key_values import read_key_values
from composecheck.language.raw_env_files import read_raw_env_file
from composecheck.language.traced import HOLE
from composecheck.project.environment import refusals_in
from composecheck.project.files import ReadFile, display_name
from composecheck.project.making import entry, mapping_at, plain_at, text_at, traced_at
from composecheck.project.problem import Fault
from composecheck.project.reading import child, text_of, value_of
from composecheck.yaml.nodes import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from composecheck.language.assignments import EnvFile
    from composecheck.language.traced import Traced
    from composecheck.project.loading import Loading
    from composecheck.yaml.nodes import Node

RAW_FORMAT = "raw"
FORMATS = ("", ".env", RAW_FORMAT)


def full_environment(service: Mapping, loading: Loading) -> Mapping | None:
    """Return all variables of `service`: what its env files set, and `environment` over that.

    None if there are no env files. What cannot be read is noted as a problem.
    """
    files = child(service, "env_file")
    if not isinstance(files, Sequence):
        return None
    own = _own(child(service, "environment"), loading)
    given = {key: value.text for key, value in own.items() if value is not None and value.is_known}
    variables = {**given, **loading.ledger.environment}
    values: dict[str, Traced] = {}
    for item in files.items:
        path = child(item, "path")
        if not isinstance(path, Scalar) or HOLE in path.text:
            continue
        form = text_of(child(item, "format")) or ""
        is_required = value_of(child(item, "required")) is not False
        if form not in FORMATS and (is_required or not _is_absent(path, loading)):
            node = child(item, "format") or item
            loading.ledger.refuse(Fault.ENV_FILE_FORMAT, node, (), name=form)
            continue
        earlier = {key: value.text if value.is_known else None for key, value in values.items()}
        content = _read(
            path, variables, earlier, loading, is_raw=form == RAW_FORMAT, is_required=is_required
        )
        if content is not None:
            values.update(content.values)
    return _joined(values, child(service, "environment"), own, service, loading)


def full_labels(service: Mapping, loading: Loading) -> Mapping | None:
    """Return all labels of `service`: what its label files set, and `labels` over that.

    None if there are no label files. What cannot be read is noted as a problem.
    """
    files = child(service, "label_file")
    if not isinstance(files, Sequence):
        return None
    values: dict[str, Traced] = {}
    for path in files.items:
        if not isinstance(path, Scalar) or HOLE in path.text:
            continue
        known = {key: value.text for key, value in values.items() if value.is_known}
        content = _read(path, known, {}, loading, is_raw=False, is_required=True)
        if content is not None:
            values.update(content.values)
    own = _own(child(service, "labels"), loading)
    return _joined(values, child(service, "labels"), own, service, loading)


def _own(node: Node | None, loading: Loading) -> dict[str, Traced | None]:
    if node is None:
        return {}
    pairs = read_key_values(node, loading.ledger.text)
    return {pair.key.shape: pair.value for pair in pairs}


def _is_absent(path: Scalar, loading: Loading) -> bool:
    """Tell whether the file is not there, if the question is what Compose does here.

    It looks at the format of a file only once it has found it.
    """
    if not loading.call.is_here:
        return False
    try:
        loading.call.read(Path(path.text))
    except FileNotFoundError:
        return True
    except OSError:
        pass
    return False


def _read(
    path: Scalar,
    variables: dict[str, str],
    earlier: dict[str, str | None],
    loading: Loading,
    *,
    is_raw: bool,
    is_required: bool,
) -> EnvFile | None:
    ledger, call = loading.ledger, loading.call
    where = Path(path.text)
    loading.read_files.append(ReadFile(where, path))
    try:
        data = call.read(where)
    except OSError as error:
        is_absent = isinstance(error, FileNotFoundError)
        if is_required or not is_absent:
            fault = Fault.ENV_FILE_ABSENT if is_absent else Fault.ENV_FILE_UNREADABLE
            ledger.refuse(fault, path, (), name=ledger.text(path).shape, payload=error)
        return None
    source = decode_env_file(data, display_name(where, call.working_folder))
    if is_raw:
        content = read_raw_env_file(source, variables, unset_is_blank=call.is_here)
    else:
        content = read_env_file(source, variables, unset_is_blank=call.is_here, earlier=earlier)
    for problem in refusals_in(content):
        ledger.note(problem)
    return content


def _joined(
    values: dict[str, Traced],
    own_node: Node | None,
    own: dict[str, Traced | None],
    service: Mapping,
    loading: Loading,
) -> Mapping:
    """Return the values of files and our own over them, as keys and values."""
    entries: dict[str, Entry] = {}
    for key, value in values.items():
        entries[key] = _entry(key, value, loading)
    place = own_node or service
    for key, mine in own.items():
        nothing = entry(key, plain_at(place, ""))
        entries[key] = nothing if mine is None else _entry(key, mine, loading)
    return mapping_at(place, entries.values())


def _entry(key: str, value: Traced, loading: Loading) -> Entry:
    scalar = traced_at(value)
    loading.ledger.texts[scalar] = value
    return Entry(text_at(scalar, key), scalar, scalar.start)
