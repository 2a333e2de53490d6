"""Texts from the network in CSV that a spreadsheet program will open."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes spreadsheet programs take a cell for a formula (OWASP, CSV Injection)."""


def safe_cell(value: object) -> object:
    """A value as a cell: a text that would be a formula gets an apostrophe before it, which programs show as text.

    >>> safe_cell("=1+1"), safe_cell("青石湾"), safe_cell(-3)
    ("'=1+1", '青石湾', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
