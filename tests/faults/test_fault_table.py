"""The tables of docs/reliability.md speak of tests and bounds that are there."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
from fault_tables import TEXT, rows_by_section
from test_fault_bounds import LARGE
from test_fault_pages import ASKED, ENDS

from demo import faults

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "WARC": 12,
    "A hostile, failing site": 40,
    "Several workers": 10,
    "A failing machine": 10,
    "What comes back": 8,
    "Input of all kinds": 8,
}
"""Sections whose tables name tests, with rows that each has at least."""
PARAMETERS = {
    "test_page": ENDS,
    "test_page_is_asked_for": ASKED,
    "test_large_page": LARGE,
    "test_slow_page": faults.slow_faults(),
}
"""Tests that are named with the fault that they try."""
LIMITS = TEXT.partition("### Bounds")[2]
BOUNDS = re.findall(r"(?m)^\| [^|]+ \| ([\d,.]+) \| `([\w.]+)` \|", LIMITS)


def names_in(path: Path) -> set[str]:
    """Names of the tests in a file."""
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


EVERY = set().union(*map(names_in, (ROOT / "tests").rglob("test_*.py")))


def test_every_table_is_read():
    """A section whose rows nobody finds any more may name what it likes."""
    rows = rows_by_section()
    assert rows.keys() == TABLES.keys()
    assert [title for title, least in TABLES.items() if len(rows[title]) < least] == []


@pytest.mark.parametrize("title", TABLES)
def test_every_fault_names_its_test(title):
    """A promise without a test is only a promise."""
    named = r"`(?:test_\w+(?:\[[\w-]+\])?|tests/[\w/]+\.py)`"
    assert [row for row in rows_by_section()[title] if not re.search(named, row.rpartition(" | ")[2])] == []


def test_every_test_that_is_named_is_there():
    """A test that is gone holds nothing, whichever table or sentence speaks of it."""
    assert set(re.findall(r"`((?:test_|Test)\w+)", TEXT)) - EVERY == set()
    assert [path for path in re.findall(r"`(tests/[\w/.]+)`", TEXT) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_fault_that_is_tried_is_told(name):
    """A fault that is tried and not told of is one nobody can look up; one that is told and not tried is a promise."""
    assert set(re.findall(rf"`{name}\[([\w-]+)\]`", TEXT)) == set(PARAMETERS[name])


def test_every_parameter_is_compared():
    """One of a test that nobody compares here may be gone."""
    assert set(re.findall(r"`(test_\w+)\[", TEXT)) == PARAMETERS.keys()


@pytest.mark.parametrize(("said", "place"), BOUNDS)
def test_bounds_are_those_of_the_code(said, place):
    """A bound in the documentation that the code does not have misleads whoever runs into it."""
    module, _, name = place.rpartition(".")
    assert f"{getattr(importlib.import_module(module), name):,}" == said


def test_bounds_are_told():
    """A table whose rows the test above no longer finds would hold anything."""
    assert len(BOUNDS) > 10
