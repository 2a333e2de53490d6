"""`records.Context` as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from storage.records import Context, Kind


def dump_context(context: Context) -> dict[str, Any]:
    """The fields that are not empty; days as `YYYY-MM-DD`.

    >>> dump_context(Context(kind=Kind.ARTICLE, site="s", listed_day=date(2024, 7, 26)))["listed_day"]
    '2024-07-26'
    """
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(context).items()
        if value is not None
    }


def load_context(values: Mapping[str, Any]) -> Context:
    """The context that `dump_context` wrote.

    >>> load_context(dump_context(Context(kind=Kind.ARTICLE, site="s", label="01"))).label
    '01'
    """
    fields = dict(values)
    for name in ("issue_date", "listed_day"):
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    return Context(**{**fields, "kind": Kind(fields["kind"])})
