"""Reports (lists of plain mappings) as JSON or CSV on standard output."""

from __future__ import annotations

import csv
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
    """A header and a line for each row; lists and mappings as JSON, what is not known empty."""
    writer = csv.writer(plain(), lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = (row[name] for name in columns)
        writer.writerow([_json(value) if isinstance(value, dict | list) else value for value in values])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""
