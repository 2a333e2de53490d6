"""Exports for other programs hold what the archive holds."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from storage.query.export import write_markdown
from storage.query.shape import ArticleShape
from storage.query.tabular import write_parquet, write_sqlite


def shape(number: int, **changes: object) -> ArticleShape:
    """An article as it is exported."""
    plain: dict[str, object] = {
        "id": f"id{number:08d}", "url": f"http://qsw.example/{number}", "urls": [f"http://qsw.example/{number}"],
        "title": f"青石湾第{number}号新闻", "subtitle": None, "kicker": None,
        "published_at": "2024-07-26T09:05:00+08:00", "source": "青石湾报", "editor": None,
        "authors": ["周二", "吴三"], "column": "要闻", "edition": None, "body": "第一段。\n第二段。",
        "first_seen_at": "2024-07-26T09:10:00+08:00", "last_changed_at": None,
    }  # fmt: skip
    return {**plain, **changes}  # type: ignore[typeddict-item,return-value]  # the keys are those of the shape


def test_sqlite_file_answers_sql(tmp_path: Path) -> None:
    """A researcher opens the file with any SQLite tool and finds the columns of the CSV."""
    assert write_sqlite(iter([shape(1), shape(2, source=None)]), tmp_path / "a.db") == 2
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        rows = connection.execute("SELECT id, title, source, authors FROM article ORDER BY id").fetchall()
    assert rows == [
        ("id00000001", "青石湾第1号新闻", "青石湾报", "周二、吴三"),
        ("id00000002", "青石湾第2号新闻", None, "周二、吴三"),
    ]


def test_sqlite_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The sentence must say which file."""
    with pytest.raises(OSError, match="unable to open") as raised:
        write_sqlite([shape(1)], tmp_path / "missing" / "a.db")
    assert raised.value.filename == str(tmp_path / "missing" / "a.db")


def test_parquet_has_types(tmp_path: Path) -> None:
    """A data frame gets lists, days and times, and a day alone is told apart from midnight by `published_at`."""
    edition = {"date": "2024-07-27", "label": "04-05", "page_name": "专题"}
    articles = [shape(1), shape(2, published_at="2024-07-27", edition=edition), shape(3, published_at=None)]
    assert write_parquet(iter(articles), tmp_path / "a.parquet") == 3
    found = parquet.read_table(tmp_path / "a.parquet")
    assert found.column("authors").to_pylist()[0] == ["周二", "吴三"]
    assert [moment and moment.isoformat() for moment in found.column("published").to_pylist()] == [
        "2024-07-26T09:05:00+08:00",
        "2024-07-27T00:00:00+08:00",
        None,
    ]
    assert found.column("published_at").to_pylist()[1] == "2024-07-27"
    assert found.column("edition_date").to_pylist() == [None, date(2024, 7, 27), None]
    assert found.column("edition_label").to_pylist()[1] == "04-05"
    assert found.column("first_seen_at").to_pylist()[0].isoformat() == "2024-07-26T09:10:00+08:00"
    assert found.column("last_changed_at").null_count == 3
    assert (
        str(found.schema.field("last_changed_at").type) == "timestamp[ms, tz=Asia/Shanghai]"
    )  # Parquet knows no seconds


def test_markdown_shows_marks_as_they_are() -> None:
    """A star or a bracket of the text must not become emphasis or a link, a line must not become a list."""
    out = io.StringIO()
    assert write_markdown([shape(1, title="*热搜*[图]", body="1. 通水\n- 通车")], out) == 1
    text = out.getvalue()
    assert text.startswith("# \\*热搜\\*\\[图\\]\n\n")
    assert "\n\n\\1. 通水\n\n\\- 通车\n\n<http://qsw.example/1>" in text
    assert "来源: 青石湾报" in text
