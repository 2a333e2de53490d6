"""The tables of docs/reliability.md that name tests."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = (Path(__file__).resolve().parents[2] / "docs/reliability.md").read_text("utf-8")


def rows_by_section() -> dict[str, list[str]]:
    """Rows of every table whose last column says `test`."""
    found: dict[str, list[str]] = {}
    for title, text in re.findall(r"(?m)^## (.+)\n((?:(?!## ).*\n)*)", TEXT):
        for table in re.findall(r"(?m)^\| .+ \| test \|\n\|[ |-]+\|\n((?:\|.*\n)+)", text):
            found.setdefault(title, []).extend(table.splitlines())
    return found
