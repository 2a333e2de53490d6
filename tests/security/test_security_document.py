"""SECURITY.md names tests that exist, and every test of security stands in it or serves one that does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda value: value)
def test_every_test_that_is_named_exists(file: str, name: str) -> None:
    """Else the document would promise what nothing holds."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_row_of_the_tables_names_a_test() -> None:
    """Else a threat would be answered by a sentence alone."""
    tables = DOCUMENT.partition("## A hostile page")[2]
    rows = [line for line in tables.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| what "))]
    rows += [line for line in tables.splitlines() if line.startswith("| what ") and not line.endswith("| test |")]
    assert len(rows) > 25
    assert [row for row in rows if "::test_" not in row] == []


def test_every_file_of_these_tests_is_named() -> None:
    """Else a threat that is tested would be missing from the document that people read."""
    own = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert own - {f"tests/security/{Path(__file__).name}"} <= {file for file, _ in NAMED}
