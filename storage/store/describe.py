"""Write the tables' part of docs/schema.md from the models: `python -m storage.store.describe`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Table, UniqueConstraint

from storage.store.tables import Base
from storage.store.types import Json, UtcDateTime, Word

DOCUMENT = Path(__file__).parents[2] / "docs" / "schema.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def tables_as_markdown() -> str:
    """One heading, sentence and table of columns for each table, in alphabetical order."""
    sentences = {mapper.local_table: mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    tables = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    return "\n\n".join(_table(table, sentences[table]) for table in tables)


def renewed(document: str) -> str:
    """The document with its tables' part as the models have it now."""
    head, rest = document.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n\n{tables_as_markdown()}\n\n{END}{tail}"


def _table(table: Table, sentence: str) -> str:
    lines = [f"### {table.name}", "", sentence.strip(), "", "| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{column.name}` | {_type(column)} | {_meaning(column)} |" for column in table.columns]
    unique = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    names = sorted(", ".join(f"`{column.name}`" for column in constraint.columns) for constraint in unique)
    if names:
        lines += ["", f"Unique: {'; '.join(names)}."]
    return "\n".join(lines)


def _type(column: Column[object]) -> str:
    kinds = {UtcDateTime: "time", Json: "JSON", Word: "word"}
    name = next((name for kind, name in kinds.items() if isinstance(column.type, kind)), None)
    return name or {"BIGINT": "integer", "DATE": "day"}.get(str(column.type), "text")


def _meaning(column: Column[object]) -> str:
    keys = [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    return " ".join([column.doc or "", *keys]) + (
        " May be NULL." if column.nullable and "NULL" not in (column.doc or "") else ""
    )


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8")), "utf-8")
