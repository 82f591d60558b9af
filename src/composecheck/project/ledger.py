"""What is noted of nodes while a project is put together, beside the tree itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from composecheck.language.traced import trace
from composecheck.project.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composecheck.finding import Path
    from composecheck.language.traced import Traced
    from composecheck.project.problem import Place, Unset
    from composecheck.yaml.nodes import Node, Scalar


class Ledger(Struct):
    """Side tables that grow as the tree does. `environment` is what variables are read from."""

    environment: Mapping[str, str]
    unset_is_blank: bool
    keeps_variables: bool = False
    """Whether variables stay as they are written: then nothing short is refused."""
    texts: dict[Scalar, Traced] = field(default_factory=dict)
    """The text of each value that Compose has changed, with the characters it came from."""
    written: dict[Node, Scalar] = field(default_factory=dict)
    """The short form from which a long one was made."""
    implied: set[Node] = field(default_factory=set)
    """What Compose adds although it is written nowhere."""
    replaced: dict[Node, Node] = field(default_factory=dict)
    """What a later file or document has put in the place of what."""
    problems: list[Problem] = field(default_factory=list)
    unset: list[Unset] = field(default_factory=list)
    _known: set[tuple[object, ...]] = field(default_factory=set)

    def text(self, scalar: Scalar) -> Traced:
        """Return the text of `scalar` with the characters it came from."""
        text = self.texts.get(scalar)
        return trace(scalar) if text is None else text

    def become(self, old: Scalar, new: Scalar) -> Scalar:
        """Note that `new` is what Compose makes of `old`, and return it."""
        self.texts[new] = self.text(old)
        if old in self.replaced:
            self.replaced[new] = self.replaced[old]
        if old in self.implied:
            self.implied.add(new)
        return new

    def imply(self, scalar: Scalar) -> Scalar:
        """Note that `scalar` is written nowhere, and return it."""
        self.implied.add(scalar)
        return scalar

    def note(self, problem: Problem) -> None:
        """Note a problem, unless the same has been noted of the same place before.

        A value is looked at several times: for each alias that means it, and with each document
        that is laid over it.
        """
        key = (problem.fault, id(problem.source), problem.span, problem.may_be)
        if key not in self._known:
            self._known.add(key)
            self.problems.append(problem)

    def note_unset(self, use: Unset) -> None:
        """Note a use of a variable that is not set, once for each place."""
        key = (use.variable.name, id(use.source), use.variable.span)
        if key not in self._known:
            self._known.add(key)
            self.unset.append(use)

    def refuse(
        self,
        fault: Fault,
        node: Node,
        path: Path,
        *,
        name: str = "",
        choices: tuple[str, ...] = (),
        related: tuple[Place, ...] = (),
        payload: object = None,
    ) -> None:
        """Note a problem with `node`."""
        span = node.span
        self.note(Problem(fault, node.source, span, path, name, choices, related, payload))

    def refuse_short(
        self, language: str, scalar: Scalar, path: Path, payload: object = None
    ) -> None:
        """Note that `scalar` cannot be read as a text in a little language.

        It is no problem where variables stay as they are written: they may stand for anything.
        """
        if not self.keeps_variables:
            self.refuse(Fault.SHORT_SYNTAX, scalar, path, name=language, payload=payload)
