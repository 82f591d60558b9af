"""Variables in text: `$NAME`, `${NAME}`, `${NAME:-default}` and their kin.

`read_variables` finds them, `interpolate` puts values in their place, as Compose does it; or
leaves unknown what is decided elsewhere. (Facts: compose-go, `template/template.go`, and Docker
Compose v5.6.1 itself, which the tests ask.)

Compose's reading in short. `$$` is one `$`. A `$` before anything but a letter, `_`, `{` or `$` is
an ordinary character. In braces stands a name, then nothing or an operator and its argument, which
goes on to the brace that closes this one, on the same line; the argument may hold variables, and is
looked at only where it is used. Anything else in braces makes Compose refuse the file.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.language.traced import Operator, Traced, Unknown, join, known, unknown

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from composecheck.source import Source, Span

MOST_NESTED = 32
"""How many variables may stand within each other before we stop looking into them."""


class Fault(Enum):
    """Why Compose cannot read what stands at a `${`."""

    EMPTY = "empty"
    """`${}`: there is no name."""
    UNCLOSED = "unclosed"
    """`${NAME`: the closing brace is missing."""
    SPACES = "spaces"
    """`${ NAME }`: right but for the blanks."""
    NAME = "name"
    """`${1}`, `${A.B}`, `${${A}}`: a name is letters, digits and `_`, and begins with no digit."""
    OPERATOR = "operator"
    """`${A:=x}`, `${A/x/y}`, `${#A}`: a shell knows it, Compose does not."""
    LINE_BREAK = "line break"
    """`${A:-x` with its closing brace on a later line."""


class InvalidVariable(Struct, frozen=True):
    """Text that Compose takes for a variable and cannot read: it refuses the file.

    `span` and `text` are the characters at fault, from the `$` to the closing brace, or as far as
    the author can have meant. `name` is the name that was meant, or empty if none can be seen.
    """

    span: Span
    text: str
    fault: Fault
    name: str


class Variable(Struct, frozen=True):
    """A use of a variable.

    `span` is all of it, from the `$`; `name_span` the name alone. `argument` is what stands behind
    the operator. It is None where there is no operator, and where variables are nested deeper than
    MOST_NESTED: what it says is then unknown.
    """

    name: str
    operator: Operator | None
    argument: Template | None
    span: Span
    name_span: Span


class Template(Struct, frozen=True):
    """A text with its variables: `pieces` in order; in known pieces `$$` is one character."""

    text: Traced
    pieces: tuple[Traced | Variable | InvalidVariable, ...]

    @property
    def invalid(self) -> tuple[InvalidVariable, ...]:
        """What makes Compose refuse the text in every environment.

        Mistakes within an argument are not among them: Compose looks at it only where it is used.
        """
        return tuple(piece for piece in self.pieces if isinstance(piece, InvalidVariable))

    def variables(self) -> Iterator[Variable]:
        """Yield each use of a variable, also within arguments, in the order of the text."""
        for piece in self.pieces:
            if isinstance(piece, Variable):
                yield piece
                if piece.argument is not None:
                    yield from piece.argument.variables()


class MissingVariable(Struct, frozen=True):
    """A variable that the text requires (`${NAME:?message}`) and that is not set, or is empty.

    `message` is what the author says about it; it may be empty.
    """

    variable: Variable
    message: Traced


Refusal = InvalidVariable | MissingVariable


class Interpolation(Struct, frozen=True):
    """What became of a template.

    `value` is the text; where Compose would have refused, it has an unknown part. `unset` are the
    uses for which Compose would put nothing, because the variable is not set here and the text does
    not say what then. `refused` is why Compose refuses the text, in the given environment (and
    where unset variables are left unknown, in every one that has those variables);
    `may_be_refused` why it would in some environment.
    """

    value: Traced
    unset: tuple[Variable, ...] = ()
    refused: tuple[Refusal, ...] = ()
    may_be_refused: tuple[Refusal, ...] = ()


# Go matches names without regard to case, and to Go the long s and the Kelvin sign are letters s
# and k in another case (measured: Compose takes both for letters of a name).
_NAME = "[A-Za-z_\u017f\u212a][A-Za-z0-9_\u017f\u212a]*"
_DOLLAR = expression(
    rf"\$(?:(?P<escaped>\$)|(?P<bare>{_NAME})|\{{(?:(?P<name>{_NAME})(?:\}}|(?P<operator>:?[-+?])))?)"
)
_RIGHT = expression(rf"{_NAME}(?:\Z|:?[-+?])")
_MEANT = expression(rf"[#!\s]*({_NAME})?")
_SPACE = expression(r"\s")
_BRACES = expression("[{}]")


def read_variables(text: Traced) -> Template:
    """Find the variables in `text`, all of which must be known: it is as it stands in the file.

    Raises NotKnown otherwise.
    """
    return _read(text, nested=0)


def _read(text: Traced, nested: int) -> Template:
    characters = text.text
    pieces: list[Traced | Variable | InvalidVariable] = []
    position = 0
    line_end = last_brace = -1
    while match := _DOLLAR.search(characters, position):
        start = match.start()
        if start > line_end:
            line_end = characters.find("\n", start)
            line_end = len(characters) if line_end < 0 else line_end
            last_brace = characters.rfind("}", start, line_end)
        if position < start:
            pieces.append(text[position:start])
        piece: Traced | Variable | InvalidVariable
        if match["escaped"]:
            end = match.end()
            piece = known(text.source, "$", text[start:end].span)
        elif match["bare"]:
            end = match.end()
            piece = Variable(
                match["bare"], None, None, text[start:end].span, text[start + 1 : end].span
            )
        elif match["name"] and (not match["operator"] or last_brace >= match.end()):
            piece, end = _read_braced(text, match, last_brace, nested)
        else:
            piece, end = _read_invalid(text, start, line_end)
        pieces.append(piece)
        position = end
    if position < len(characters):
        pieces.append(text[position:])
    return Template(text, tuple(pieces))


def _read_braced(
    text: Traced, match: re.Match[str], last_brace: int, nested: int
) -> tuple[Variable, int]:
    """Read a `${NAME…}`; return it, and the index behind it."""
    start = match.start()
    name_span = text[match.start("name") : match.end("name")].span
    if not match["operator"]:
        span = text[start : match.end()].span
        return Variable(match["name"], None, None, span, name_span), match.end()
    closing = _closing_brace(match.string, start, last_brace + 1, skipped=1)
    if closing is None:
        # Where braces do not balance, the last one on the line closes it.
        closing = last_brace
    argument = None
    if nested < MOST_NESTED:
        argument = _read(text[match.end() : closing], nested + 1)
    span = text[start : closing + 1].span
    operator = Operator(match["operator"])
    return Variable(match["name"], operator, argument, span, name_span), closing + 1


def _closing_brace(characters: str, start: int, end: int, *, skipped: int) -> int | None:
    """Return the index of the brace that closes the first one, or None if none does.

    Behind an opening brace so many characters are `skipped`. Compose skips one without looking, so
    that to it `{}` only opens.
    """
    depth = 0
    position = start
    while match := _BRACES.search(characters, position, end):
        position = match.end()
        if match[0] == "{":
            depth += 1
            position += skipped
            continue
        depth -= 1
        if depth == 0:
            return match.start()
    return None


_SHELL_OPERATORS = tuple(":=/#%^,@[*")
_FARTHEST = 1000  # characters: where the closing brace of something unreadable is looked for


def _read_invalid(text: Traced, start: int, line_end: int) -> tuple[InvalidVariable, int]:
    """Say what is wrong with the `${` at index `start`; return it, and the index behind it."""
    characters = text.text
    farthest = min(start + _FARTHEST, len(characters))
    line_end = min(line_end, farthest)
    closing = _closing_brace(characters, start, line_end, skipped=0)
    if closing is not None:
        end = closing + 1
        fault = _fault(characters[start + 2 : closing])
    else:
        closing = _closing_brace(characters, start, farthest, skipped=0)
        if closing is not None and _RIGHT.match(characters, start + 2, line_end):
            end = closing + 1
            fault = Fault.LINE_BREAK
        else:
            word_end = _SPACE.search(characters, start + 2, line_end)
            end = word_end.start() if word_end else line_end
            fault = Fault.UNCLOSED
    wrong = text[start:end]
    meant = _MEANT.match(characters, start + 2, end)
    return InvalidVariable(wrong.span, wrong.text, fault, (meant and meant[1]) or ""), end


def _fault(inside: str) -> Fault:
    """Say why Compose does not take `inside` between braces."""
    if not inside.strip():
        return Fault.EMPTY
    if inside != inside.strip() and _RIGHT.match(inside.strip()):
        return Fault.SPACES
    name = _MEANT.match(inside)
    behind_name = inside[name.end() :] if name and name[1] else ""
    if inside.startswith(("#", "!")) or behind_name.startswith(_SHELL_OPERATORS):
        return Fault.OPERATOR
    return Fault.NAME


def interpolate(
    template: Template, environment: Mapping[str, str], *, unset_is_blank: bool
) -> Interpolation:
    """Put the values of `environment` in the place of the variables.

    A variable that is not in `environment` is blank, as for Compose, if `unset_is_blank`.
    Otherwise it is taken to be set elsewhere: the value has an unknown part for it, and a default
    is kept there as what it may be.
    """
    source = template.text.source
    parts: list[Traced] = []
    unset: list[Variable] = []
    refused: list[Refusal] = []
    may_be_refused: list[Refusal] = []
    for piece in template.pieces:
        match piece:
            case Traced():
                parts.append(piece)
            case InvalidVariable():
                parts.append(unknown(source, Unknown("", piece.span)))
                refused.append(piece)
            case Variable():
                replaced = _replace(piece, source, environment, unset_is_blank=unset_is_blank)
                parts.append(replaced.value)
                unset.extend(replaced.unset)
                refused.extend(replaced.refused)
                may_be_refused.extend(replaced.may_be_refused)
    value = join(source, parts, template.text.span.start)
    return Interpolation(value, tuple(unset), tuple(refused), tuple(may_be_refused))


def _replace(
    variable: Variable, source: Source, environment: Mapping[str, str], *, unset_is_blank: bool
) -> Interpolation:
    operator = variable.operator
    is_set = variable.name in environment
    value = known(source, environment.get(variable.name, ""), variable.span)
    if operator is None:
        if is_set:
            return Interpolation(value)
        if not unset_is_blank:
            value = unknown(source, Unknown(variable.name, variable.span))
        return Interpolation(value, unset=(variable,))
    if not is_set and not unset_is_blank:
        argument = _argument(variable, source, environment, unset_is_blank=False)
        part = Unknown(variable.name, variable.span, operator, argument.value)
        refused = argument.refused + argument.may_be_refused
        if operator.is_required:
            refused = (MissingVariable(variable, argument.value), *refused)
        return Interpolation(
            unknown(source, part),
            unset=argument.unset if operator.is_default else (),
            may_be_refused=refused,
        )
    has_value = is_set and not (operator.concerns_empty and value.equals(""))
    if has_value is not operator.is_instead:
        return Interpolation(value)
    argument = _argument(variable, source, environment, unset_is_blank=unset_is_blank)
    if not operator.is_required:
        return argument
    return Interpolation(
        unknown(source, Unknown(variable.name, variable.span)),
        argument.unset,
        (MissingVariable(variable, argument.value), *argument.refused),
        argument.may_be_refused,
    )


def _argument(
    variable: Variable, source: Source, environment: Mapping[str, str], *, unset_is_blank: bool
) -> Interpolation:
    """Return what stands behind the operator of `variable`, with its own variables replaced."""
    if variable.argument is None:
        return Interpolation(unknown(source, Unknown("", variable.span)))
    return interpolate(variable.argument, environment, unset_is_blank=unset_is_blank)
