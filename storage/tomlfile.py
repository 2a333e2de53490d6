"""A TOML file checked against a pydantic model, with errors that name the file, the line and what was expected."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from storage.errors import ConfigError

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
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = [
            f"{path}:{line_of(text, problem['loc'])}: {_dotted(problem['loc'])}: {_sentence(problem)}"
            for problem in error.errors()
        ]
        raise ConfigError("\n".join(lines)) from error


def line_of(text: str, location: tuple[int | str, ...]) -> int:
    """The 1-based line where the value at `location` (pydantic's `loc`) stands, or its nearest parent that is there.

    >>> line_of('a = 1\\n[[channel]]\\nname = "x"\\n[[channel]]\\nname = "y"\\n', ("channel", 1, "name"))
    5
    """
    seen: dict[tuple[int | str, ...], int] = {}
    counts: dict[tuple[int | str, ...], int] = {}
    table: tuple[int | str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
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
    for length in range(len(location), 0, -1):
        if line_number := seen.get(location[:length]):
            return line_number
    return 1


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted)]


def _dotted(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") or "file"


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)
    if problem["type"] == "extra_forbidden":
        return "unknown key; see docs/configuration.md for the keys there are"
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{message} (found {problem['input']!r})" if problem["type"] != "missing" else "is required and missing"
