"""One plain sentence for each problem on the way from files to a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.assignments import InvalidAssignment
from composecheck.language.variables import InvalidVariable, MissingVariable
from composecheck.project.problem import Fault

if TYPE_CHECKING:
    from composecheck.project.problem import Problem

_SENTENCES = {
    Fault.NO_FILES: 'There is no Compose file here, nor in a folder above; name one with "-f".',
    Fault.FILE_ABSENT: 'There is no file "{name}".',
    Fault.FILE_UNREADABLE: 'The file "{name}" cannot be read: {reason}.',
    Fault.SETTING_INVALID: 'The variable "{name}" is neither "true" nor "false".',
    Fault.ENV_FILE_ABSENT: 'There is no file "{name}" to read variables or labels from.',
    Fault.ENV_FILE_UNREADABLE: 'The file "{name}" cannot be read: {reason}.',
    Fault.ENV_FILE_FORMAT: 'Compose knows no "format" with the name "{name}"; write "raw", or leave'
    " it out.",
    Fault.NOT_MAPPING: "Here must be keys and values, not {kind}.",
    Fault.EMPTY: "There is nothing in this project.",
    Fault.NAME_INVALID: '"{name}" cannot be the name of a project: it may have lower-case letters,'
    ' digits, "-" and "_", and begins with a letter or digit.',
    Fault.NAME_EMPTY: 'The project has no name that Compose can use; give it one with "-p".',
    Fault.NO_EXTENDED_NAME: '"extends" does not name a "service".',
    Fault.EXTENDED_UNDEFINED: 'There is no service "{name}" to extend.',
    Fault.NO_SERVICES_TO_EXTEND: 'There are no "services" in "{name}" to extend.',
    Fault.EXTENDS_CYCLE: "These services extend each other in a circle: {circle}.",
    Fault.INCLUDE_NOT_LIST: '"include" must be a list, not {kind}.',
    Fault.INCLUDE_INVALID: 'An item of "include" is a path, or keys and values with a "path".',
    Fault.INCLUDE_CYCLE: 'The file "{name}" includes itself, by way of others or directly.',
    Fault.REMOTE: '"{name}" would have to be fetched, which composecheck never does; what is in it'
    " is unknown, and so is what the project adds up to.",
    Fault.CANNOT_OVERRIDE: "Here is {kind}, and what it is laid over ({other}) is {other_kind}:"
    " Compose cannot put them together.",
    Fault.NOT_TEXT: "Here must be text, not {kind}.",
    Fault.NO_TARGET: '"target" is missing here.',
    Fault.SHORT_SYNTAX: 'Compose cannot read "{text}" as {language}.',
    Fault.EXTERNAL_NAMES_DIFFER: '"name" and "external" say different names.',
    Fault.TOO_MUCH: "Composecheck cannot read it: {name}.",
}

_KINDS = {
    "mapping": "keys and values",
    "list": "a list",
    "text": "text",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing at all",
}

_CASTS = {"integer": "a whole number", "boolean": '"true" or "false"'}

_LANGUAGES = {
    "port": "a port",
    "volume": "a volume",
    "device": "a device",
    "ssh": 'an item of "ssh"',
    "additional_contexts": 'an item of "additional_contexts"',
}


def in_words(problem: Problem) -> str:
    """Return a sentence that says what is wrong, without the place."""
    match problem.payload:
        case InvalidVariable(text=text):
            return f'Compose cannot read "{text}" as a variable.'
        case MissingVariable(variable=variable, message=message):
            said = message.shape if message.is_known else ""
            start = f'The variable "{variable.name}" must be set'
            return f'{start} ("{said}").' if said else f"{start}, and it has no value."
        case InvalidAssignment(text=text):
            return f'Compose cannot read "{text}" in a file of variables.'
    if problem.fault is Fault.CAST:
        wanted = _CASTS.get(problem.name, "a number")
        return (
            f'Compose needs {wanted} here, and cannot read "{_characters(problem)}" as part of it.'
        )
    reason = problem.payload.strerror if isinstance(problem.payload, OSError) else None
    other = problem.related[0] if problem.related else None
    return _SENTENCES[problem.fault].format(
        name=problem.name,
        reason=reason or "its name cannot be used",
        kind=_KINDS.get(problem.name, problem.name),
        circle=" → ".join([*(place.name for place in problem.related), problem.name]),
        text=_characters(problem),
        language=_LANGUAGES.get(problem.name, f'"{problem.name}"'),
        other=f"{other.source.name}:{other.source.position(other.span.start).line}"
        if other
        else "",
        other_kind=_KINDS.get(other.name, other.name) if other else "",
    )


def _characters(problem: Problem) -> str:
    if problem.source is None or problem.span is None:
        return problem.name
    text = problem.source.slice(problem.span)
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if is_quoted else text
