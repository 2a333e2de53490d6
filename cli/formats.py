"""Reports (lists of plain mappings) as JSON or CSV on standard output."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from cli.screen import plain


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def print_json(value: object) -> None:
    """Indented JSON, Chinese as it is."""
    out = plain()
    json.dump(value, out, ensure_ascii=False, indent=2)
    out.write("\n")


def print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """A header and a line for each row, for spreadsheets; lists and mappings as JSON, what is not known empty."""
    from storage.query.spreadsheet import write_rows

    write_rows(plain(), columns, ([_cell(row[name]) for name in columns] for row in rows))


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value
