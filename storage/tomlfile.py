"""A TOML file checked against a pydantic model, with errors that name the file, the line and what was expected."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from storage.errors import ConfigError
from storage.secrets import hidden

Model = TypeVar("Model", bound=BaseModel)

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)((?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")


def load_toml(path: Path, model: type[Model]) -> Model:
    """Read `path` and check it against `model`.

    Raises:
        ConfigError: the file is missing, is not UTF-8, is not TOML, or does not fit the model. The message has one
            line per problem: `file:line: key: what is wrong`.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = bytes(error.object[: error.start]).count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8 (byte {error.start} of the file); save it as UTF-8") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_not_toml(path, text, str(error))) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = [
            f"{path}:{line_of(text, problem['loc'], problem['input'])}: {_dotted(problem['loc'])}: {_sentence(problem)}"
            for problem in error.errors()
        ]
        raise ConfigError("\n".join(lines)) from error


def _not_toml(path: Path, text: str, message: str) -> str:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = place[1] if place and place[1] else len(text.splitlines())
    return f"{path}:{line}: is not valid TOML: {message[: place.start()] if place else message}"


def line_of(text: str, location: tuple[int | str, ...], value: object = None) -> int:
    """The 1-based line where the value at `location` (pydantic's `loc`) stands, or its nearest parent that is there.

    Args:
        text: The whole file.
        location: Keys and list indexes, outermost first.
        value: What stands there. Helps to find one item of a list that goes over several lines.

    >>> line_of('a = 1\\n[[channel]]\\nname = "x"\\n[[channel]]\\nname = "y"\\n', ("channel", 1, "name"))
    5
    """
    lines = text.splitlines()
    seen = _places(lines)
    for length in range(len(location), 0, -1):
        if number := seen.get(location[:length]):
            inside = length < len(location) and isinstance(value, str)
            return _line_holding(lines, number, str(value)) if inside else number
    return 1


def _line_holding(lines: list[str], number: int, value: str) -> int:
    """The line at which `value` stands inside the list that begins on line `number`; `number` where it is not found."""
    for later in range(number, len(lines) + 1):
        line = lines[later - 1]
        if value and value in line:
            return later
        if later > number and (_HEADER.match(line) or _KEY.match(line)):
            break
    return number


def _places(lines: list[str]) -> dict[tuple[int | str, ...], int]:
    """Where each table and key begins."""
    seen: dict[tuple[int | str, ...], int] = {}
    counts: dict[tuple[int | str, ...], int] = {}
    table: tuple[int | str, ...] = ()
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.match(line):
            table = ()
            parts = _parts(header[2])
            for index, part in enumerate(parts):
                table = (*table, part)
                last = index == len(parts) - 1
                if header[1] == "[[" and last:
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table = (*table, counts[table])
            seen.setdefault(table, number)
        elif key := _KEY.match(line):
            seen.setdefault((*table, *_parts(key[1] + key[2])), number)
    return seen


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted)]


def _dotted(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") or "file"


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)
    if problem["type"] == "extra_forbidden":
        return "unknown key; see docs/configuration.md for the keys there are"
    if problem["type"] == "missing":
        return "is required and missing"
    message = str(problem["msg"]).removeprefix("Value error, ")
    found = problem["input"]
    return message if isinstance(found, dict | list | tuple | BaseModel) else f"{message} (found {hidden(repr(found))})"
