"""The effective project: all files together, as Compose sees them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.language.traced import trace
from composecheck.project.call import settle
from composecheck.project.documents import load_files
from composecheck.project.ledger import Ledger
from composecheck.project.loading import Loading, Standpoint
from composecheck.project.names import NAME_VARIABLE, find_name
from composecheck.project.normal import normalize
from composecheck.project.problem import Fault, Problem
from composecheck.project.profiles import is_active
from composecheck.project.reading import child, entries_of
from composecheck.project.service_files import full_environment, full_labels
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Set
    from pathlib import Path

    from composecheck.language.traced import Traced
    from composecheck.project.call import Call, Setting
    from composecheck.project.files import ComposeFile, ReadFile
    from composecheck.project.loading import Stage
    from composecheck.project.problem import Unset
    from composecheck.yaml.nodes import Node, Scalar


class Project(Struct, frozen=True, eq=False):
    """What a call of Compose sees.

    `root` is the tree of all files together: aliases and merge keys followed, variables replaced,
    everything in its long form, paths absolute, defaults filled in. It is None where no file could
    be read. Its nodes are like those of a file, and each points to the characters that set it; in
    which file, `node.source` says. A text that is unknown in part has `traced.HOLE` in it.

    `stages` are the trees whose shape Compose judges, in its order. `files` are all Compose files
    that were read, those named first, then what they include and extend; `read_files` says which
    other files were looked for, and why.
    """

    call: Call
    name: str | None
    """The project's name; None if it is unknown here, empty if Compose refuses it."""
    folder: Path
    root: Mapping | None
    stages: tuple[Stage, ...]
    environment: Table[str, str]
    profiles: tuple[str, ...]
    files: tuple[ComposeFile, ...]
    read_files: tuple[ReadFile, ...]
    problems: tuple[Problem, ...]
    unset: tuple[Unset, ...]
    texts: Table[Scalar, Traced]
    """The text of each value that Compose has changed: variables replaced, a number made of it, a
    path made absolute, cut out of a short form. See `text`."""
    written: Table[Node, Scalar]
    """The short form of what is in its long form now."""
    implied: Set[Node]
    """Values that are written nowhere: Compose adds them."""
    replaced: Table[Node, Node]
    """What a value has taken the place of, by way of another file or document."""
    partial_services: frozenset[str]
    """Services that extend something unknown, so that they may have more than they show."""
    environments: Table[str, Mapping]
    """All variables of the services that have an `env_file`, with those in it."""
    labels: Table[str, Mapping]
    """All labels of the services that have a `label_file`, with those in it."""
    is_open: bool
    """Whether a part of the project is unknown, so that it may define anything."""
    included: tuple[Mapping, ...] = ()
    """The tree of each included project, as Compose judges it before it takes it over."""
    is_included: bool = False
    """Whether this is an included project by itself; see `parts`."""

    @property
    def parts(self) -> tuple[Project, ...]:
        """The project, and each included one by itself, with all else as it is here."""
        if not self.included:
            return (self,)
        included = (replace(self, root=tree, is_included=True) for tree in self.included)
        return (self, *included)

    def text(self, scalar: Scalar) -> Traced:
        """Return the text of `scalar` as it is written, with variables replaced.

        Each character knows its place; unlike `scalar.text`, a path is not yet absolute in it.
        """
        text = self.texts.get(scalar)
        return trace(scalar) if text is None else text

    def section(self, name: str) -> dict[str, Node]:
        """Return what is defined under a top-level key such as `services`, by its name."""
        section = child(self.root, name)
        return {key: entry.value for key, entry in entries_of(section).items()} if section else {}

    def is_active(self, service: Node) -> bool | None:
        """Tell whether no profile keeps `service` off; None if that is unknown."""
        return is_active(service, self.profiles)


def load_project(call: Call) -> Project:
    """Read all files of a project and put them together. What is wrong is in `Project.problems`."""
    return put_together(call, settle(call))


def put_together(call: Call, setting: Setting) -> Project:
    """Put the files of `setting`, which is that of `call`, together with what they name."""
    environment = dict(setting.environment)
    variables = environment
    if call.keep_variables:
        # Compose then knows none, but for what it takes the home folder from; only what is included
        # has those of its own env files (measured).
        variables = {key: environment[key] for key in ("HOME",) if key in environment}
    ledger = Ledger(variables, call.is_here, call.keep_variables, problems=list(setting.problems))
    name = find_name(call, setting, ledger)
    if name is not None:
        environment[NAME_VARIABLE] = variables[NAME_VARIABLE] = name
    loading = Loading(call, ledger, files=list(setting.files))
    root = load_files(setting.files, Standpoint(setting.folder, setting.folder), loading)
    environments: dict[str, Mapping] = {}
    labels: dict[str, Mapping] = {}
    if (root is None or not root.entries) and _is_readable(setting, ledger):
        source = setting.files[0].document.source
        ledger.problems.append(Problem(Fault.EMPTY, source, Span(0, 0)))
    if root is not None:
        root = normalize(root, name, ledger)
        # Of jobs, Compose reads no such files.
        for key, entry in entries_of(child(root, "services")).items():
            service = entry.value
            is_off = is_active(service, setting.profiles) is False
            if is_off or call.keep_variables or not isinstance(service, Mapping):
                continue
            if (environment_here := full_environment(service, loading)) is not None:
                environments[key] = environment_here
            if (labels_here := full_labels(service, loading)) is not None:
                labels[key] = labels_here
    return Project(
        call=call,
        name=name,
        folder=setting.folder,
        root=root,
        stages=tuple(loading.stages),
        environment=MappingProxyType(environment),
        profiles=setting.profiles,
        files=tuple(loading.files),
        read_files=tuple(loading.read_files),
        problems=tuple(ledger.problems),
        unset=tuple(use for use in ledger.unset if use.variable.name != NAME_VARIABLE),
        texts=MappingProxyType(ledger.texts),
        written=MappingProxyType(ledger.written),
        implied=ledger.implied,
        replaced=MappingProxyType(ledger.replaced),
        partial_services=frozenset(loading.partial_services),
        environments=MappingProxyType(environments),
        labels=MappingProxyType(labels),
        is_open=bool(loading.unknown_includes) or setting.has_remote_files,
        included=tuple(loading.included),
    )


def _is_readable(setting: Setting, ledger: Ledger) -> bool:
    """Tell whether all files could be read, so that what is not there is not there."""
    documents = [file.document for file in setting.files]
    return (
        bool(documents)
        and not ledger.problems
        and all(document.is_complete and not document.findings for document in documents)
    )
