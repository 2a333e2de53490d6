"""The tables of docs/reliability.md speak of tests and bounds that are there."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
from test_fault_bounds import LARGE
from test_fault_pages import ENDS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/reliability.md").read_text("utf-8")
SECTION = re.findall(r"(?m)^## A hostile, failing site\n((?:.*\n(?!## ))*)", TEXT)[0]
FAULTS, _, LIMITS = SECTION.partition("### Bounds")
ROWS = re.findall(r"(?m)^\| (?!-|fault )(.+) \|$", FAULTS)
[MACHINE] = re.findall(r"(?m)^## A failing machine\n((?:.*\n(?!## ))*)", TEXT)
MACHINE_ROWS = re.findall(r"(?m)^\| (?!-|fault )(.+) \|$", MACHINE)
BOUNDS = re.findall(r"(?m)^\| [^|]+ \| ([\d,.]+) \| `([\w.]+)` \|", LIMITS)


def names_in(path: Path) -> set[str]:
    """Names of the tests in a file."""
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


EVERY = set().union(*map(names_in, (ROOT / "tests").rglob("test_*.py")))


def test_every_fault_names_its_test():
    """A promise without a test, or with one that is gone, is only a promise."""
    rows = ROWS + MACHINE_ROWS
    named = [re.findall(r"`(test_\w+)", row) for row in rows]
    assert len(ROWS) > 40
    assert len(MACHINE_ROWS) > 10
    assert [row for row, tests in zip(rows, named, strict=True) if not tests] == []
    assert {name for tests in named for name in tests} - EVERY == set()


def test_every_faulty_page_is_in_the_table():
    """A fault that is tried and not told of is one nobody can look up."""
    told = set(re.findall(r"\[([\w-]+)\]`", FAULTS))
    assert {*ENDS, *LARGE} - told == set()


@pytest.mark.parametrize(("said", "place"), BOUNDS)
def test_bounds_are_those_of_the_code(said, place):
    """A bound in the documentation that the code does not have misleads whoever runs into it."""
    module, _, name = place.rpartition(".")
    assert f"{getattr(importlib.import_module(module), name):,}" == said


def test_bounds_are_told():
    """A table whose rows the test above no longer finds would hold anything."""
    assert len(BOUNDS) > 10
