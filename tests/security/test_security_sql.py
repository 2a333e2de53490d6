"""Values reach SQL through parameters only: no text from outside ever becomes part of a statement."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from source_code import modules

SQL = re.compile(
    r"\b(SELECT\s.*\bFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(?:\w+\s+)*(?:TABLE|VIEW|INDEX)"
    r"|DROP\s+(?:TABLE|VIEW|INDEX)|ALTER\s+TABLE|PRAGMA\s|SET\s+LOCAL|TRUNCATE\s|WHERE\s|ORDER\s+BY|IN\s*\(\0)",
    re.DOTALL,
)
"""Statements and the parts that statements are put together from, in capitals as this project writes them."""
REASONED = {
    ("storage/query/candidates/postgres.py", "where"): "made of constants and %s by `_all`",
    ("storage/query/candidates/postgres.py", "hits"): "the same",
    ("storage/query/candidates/postgres.py", "unwanted"): "the same",
    ("storage/query/candidates/postgres.py", "text"): "made of these by `Condition.kept`, or of a constant",
    ("storage/query/candidates/postgres.py", "kept"): "made of these by `Condition.kept`",
    ("storage/query/candidates/sqlite.py", "direction"): "ASC or DESC, chosen one line above",
    ("storage/query/bykeys.py", "select"): "an argument that is a literal at each call",
    ("storage/query/tabular.py", "', '.join((f'\"{name}\" TEXT' for name in CSV_COLUMNS))"): "constant column names",
    ("storage/query/tabular.py", "', '.join('?' * len(CSV_COLUMNS))"): "question marks",
    ("storage/store/indexing/triggers.py", "insert"): "an argument that is a literal at each call",
    ("storage/store/indexing/triggers.py", "conflict"): "an argument that is a literal at each call",
    ("storage/store/indexing/triggers.py", "one"): "of `TRIGGERS`, which are literals",
    ("web/reading.py", "ceil(left * 1000)"): "a number, rounded here",
    ("bench/reparse.py", "columns"): "names of the schema's own columns",
    ("bench/reparse.py", "table"): "names of the schema's own tables",
}
"""(file, what is woven into a statement) → why no text from outside can be in it. A new one needs a reviewer."""


def constant(node: ast.expr) -> bool:
    """Whether a value stands in the source: a literal, an UPPER_CASE name, or a choice between such."""
    if isinstance(node, ast.IfExp):
        return constant(node.body) and constant(node.orelse)
    if isinstance(node, ast.Attribute):
        return node.attr.isupper()
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def is_sql(node: ast.AST) -> bool:
    """Whether a node is a literal text that looks like SQL."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL.search(node.value))


def woven(tree: ast.AST) -> Iterator[ast.expr]:
    """Every value that is put into a text that looks like SQL, by f-string, `+`, `%`, `format` or `join`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
            if SQL.search(text):
                yield from (part.value for part in node.values if isinstance(part, ast.FormattedValue))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
            yield from (node.right for _ in "x" if is_sql(node.left))
            yield from (node.left for _ in "x" if is_sql(node.right))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_sql(node.func.value):
            yield from (*node.args, *(word.value for word in node.keywords))


def unreasoned(path: str, tree: ast.AST) -> list[str]:
    """What is woven into SQL and is neither constant nor reasoned."""
    found = (ast.unparse(value) for value in woven(tree) if not constant(value))
    return [value for value in found if (path, value) not in REASONED]


def test_no_value_is_woven_into_sql() -> None:
    """Else a title with a quotation mark in it could end a statement and begin another one."""
    assert {path: found for path, tree in modules().items() if (found := unreasoned(path, tree))} == {}


def test_every_reason_is_still_needed() -> None:
    """Else a reason would stand for a line that nobody has looked at."""
    there = {(path, ast.unparse(value)) for path, tree in modules().items() for value in woven(tree)}
    assert REASONED.keys() <= there


@pytest.mark.parametrize(
    "line",
    [
        "execute(text(f\"SELECT id FROM article WHERE title = '{title}'\"))",
        'execute("DELETE FROM article WHERE id = " + wanted)',
        'execute("SELECT id FROM article WHERE id = %s" % wanted)',
        'execute("SELECT id FROM {}".format(table))',
        'query = f"ORDER BY {column}"',
        'query = f"{columns} IN ({values})"',
    ],
)
def test_each_way_to_weave_is_seen(line: str) -> None:
    """Else this test would pass whatever the code did."""
    assert unreasoned("x.py", ast.parse(line))
