"""Articles as files of a table: Parquet for data frames, SQLite for questions in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from storage.errors import ConfigError
from storage.query.export import CSV_COLUMNS, flat
from storage.query.shape import ArticleShape

ROWS_PER_GROUP = 2_000
"""Articles held in memory at a time: some five megabytes of text."""

_LISTS = ("urls", "authors")
_TIMES = ("first_seen_at", "last_changed_at")

_CREATE = f"""
CREATE TABLE article ({", ".join(f'"{name}" TEXT' for name in CSV_COLUMNS)}, PRIMARY KEY ("id"));
CREATE INDEX article_published_at ON article (published_at);
CREATE INDEX article_source ON article (source);
"""
_INSERT = f"INSERT INTO article VALUES ({', '.join('?' * len(CSV_COLUMNS))})"  # noqa: S608 (a row of marks)


def write_sqlite(articles: Iterable[ArticleShape], path: Path) -> int:
    """A new SQLite file with one table `article`, the columns of the CSV; how many rows.

    Raises:
        OSError: the file cannot be written.
    """
    number = 0
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript("PRAGMA journal_mode = OFF;" + _CREATE)
            for article in articles:
                row = flat(article)
                connection.execute(_INSERT, [row[name] for name in CSV_COLUMNS])
                number += 1
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(path)) from error
    return number


def write_parquet(articles: Iterable[ArticleShape], path: Path) -> int:
    """A new Parquet file; how many rows. Lists are lists, days are dates, times are timestamps in Asia/Shanghai.

    `published` is the timestamp; `published_at`, a text, says how exactly it is known (a day alone has no time there).

    Raises:
        ConfigError: the library for it is not installed; says how.
        OSError: the file cannot be written.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError as error:
        raise ConfigError("Parquet needs the package pyarrow: pip install 'xihaian-archive[parquet]'") from error
    kinds = dict.fromkeys(_LISTS, pa.list_(pa.string())) | {"edition_date": pa.date32()}
    kinds |= dict.fromkeys((*_TIMES, "published"), pa.timestamp("s", tz="Asia/Shanghai"))
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in (*CSV_COLUMNS, "published")])
    number = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(articles):
            writer.write_table(pa.Table.from_pylist([_record(article) for article in group], schema=schema))
            number += len(group)
    return number


def _record(article: ArticleShape) -> dict[str, Any]:
    row: dict[str, Any] = {**flat(article), "urls": article["urls"], "authors": article["authors"]}
    edition = article["edition"]
    row["edition_date"] = date.fromisoformat(edition["date"]) if edition else None
    return row | {name: _moment(row[name]) for name in _TIMES} | {"published": _moment(article["published_at"])}


def _moment(said: str | None) -> datetime | None:
    """A day alone is its first moment in the site's zone."""
    if said is None:
        return None
    return datetime.fromisoformat(said if "T" in said else f"{said}T00:00:00+08:00")


def _groups(articles: Iterable[ArticleShape]) -> Iterator[list[ArticleShape]]:
    source = iter(articles)
    while group := list(islice(source, ROWS_PER_GROUP)):
        yield group
