"""CSV as spreadsheet programs open it: the one way in which it is written here, in files, pipes and answers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

MARK = "\ufeff"
"""What a file begins with whose UTF-8 Excel shall not take for the encoding of the machine."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes spreadsheet programs take a cell for a formula (OWASP, CSV Injection)."""


def write_rows(out: TextIO, heading: Sequence[str], rows: Iterable[Iterable[object]]) -> int:
    """A heading and rows that a spreadsheet opens as they are meant; how many rows.

    They begin with `MARK` (read them as `utf-8-sig`), but on a terminal, and no text is a formula: see `safe_cell`.
    What is to be exact to the character is written as JSON lines.

    Args:
        out: A file opened with `newline=""`.
    """
    if not out.isatty():
        out.write(MARK)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    number = 0
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        number += 1
    return number


def safe_cell(value: object) -> object:
    """A value as a cell: a text that would be a formula gets an apostrophe before it, which programs show as text.

    So does one that begins with apostrophes before such a sign: whoever takes one away there has the text again.

    >>> safe_cell("=1+1"), safe_cell("'=1"), safe_cell("'96"), safe_cell("青石湾"), safe_cell(-3)
    ("'=1+1", "''=1", "'96", '青石湾', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(FORMULA) else value
