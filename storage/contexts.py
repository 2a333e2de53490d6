"""The context of a URL or a capture as JSON values, whatever fields it has.

Field by field from the record's own type hints, so that a field added to `Context` is kept from that day on;
what was kept before read back with its default.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from storage.records import Context, Kind

_READERS: dict[type, Callable[[Any], object]] = {Kind: Kind, date: date.fromisoformat}
"""How a field's type is made from its JSON value; all other types are JSON's own."""


def context_fields(context: Context) -> dict[str, object]:
    """JSON values by field name; what is None is left out."""
    values = ((field.name, getattr(context, field.name)) for field in dataclasses.fields(context))
    return {name: _plain(value) for name, value in values if value is not None}


def read_context(fields: Mapping[str, object]) -> Context:
    """The context again. Names that this version does not know are passed over.

    Raises:
        ValueError: a value is not of its field's type, or a field without default is missing.
    """
    types = _types()
    try:
        return Context(**{name: _typed(name, fields[name], kind) for name, kind in types.items() if name in fields})
    except TypeError as error:
        raise ValueError(str(error)) from error


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Kind) else value


def _typed(name: str, value: object, kind: type) -> Any:
    made = _READERS[kind](value) if kind in _READERS else value
    if type(made) is not kind:
        raise ValueError(f"{name!r} should be {kind.__name__}, not {value!r}")
    return made


@cache
def _types() -> dict[str, type]:
    """Field name → its type, `| None` taken off."""
    hints = get_type_hints(Context)
    return {field.name: _without_none(hints[field.name]) for field in dataclasses.fields(Context)}


def _without_none(hint: Any) -> type:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)] if get_origin(hint) is UnionType else [hint]
    if len(kinds) != 1 or not isinstance(kinds[0], type):
        raise TypeError(f"a context field of type {hint} cannot be kept; teach storage/contexts.py")
    return kinds[0]
