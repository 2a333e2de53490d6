"""Articles as files: each format gives back what went in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_samples import ask, put
from store_samples import DAY

from storage.query.export import CSV_COLUMNS, WRITERS, write_csv, write_json, write_jsonl
from storage.query.shape import ArticleShape, EditionShape
from storage.query.spreadsheet import FORMULA, MARK
from storage.records import Edition
from storage.store.database import Database

# No carriage return, no NUL: whitespace inside a text was folded when it was read, NUL replaced when it was stored.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"))
maybe = st.none() | texts.filter(bool)
people = st.lists(texts.filter(bool).filter(lambda name: "、" not in name), max_size=3)
editions = st.none() | st.fixed_dictionaries({"date": st.just("2024-07-26"), "label": maybe, "page_name": maybe})
shapes = st.builds(
    ArticleShape,
    id=maybe,
    url=texts,
    urls=st.lists(st.sampled_from(["http://a/1", "https://b/二"]), max_size=2),
    title=texts,
    subtitle=maybe,
    kicker=maybe,
    published_at=maybe,
    source=maybe,
    editor=maybe,
    authors=people,
    column=maybe,
    edition=editions,
    body=texts,
    first_seen_at=maybe,
    last_changed_at=maybe,
)


def _written(write: Callable[[Iterable[ArticleShape], TextIO], int], articles: list[ArticleShape]) -> str:
    out = io.StringIO(newline="")
    assert write(iter(articles), out) == len(articles)
    return out.getvalue()


@given(st.lists(shapes, max_size=3))
def test_json_lines_give_back_what_went_in(articles: list[ArticleShape]) -> None:
    """Else a character in a headline would break a line in two, or another program read another article."""
    lines = _written(write_jsonl, articles).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == articles


@given(st.lists(shapes, max_size=3))
def test_one_array_gives_back_what_went_in(articles: list[ArticleShape]) -> None:
    """Else nothing found, or one article, would be something else than an array."""
    assert json.loads(_written(write_json, articles)) == articles


@given(st.lists(shapes, max_size=3))
def test_rows_give_back_what_went_in(articles: list[ArticleShape]) -> None:
    """Else a comma, a quotation mark or a paragraph would move a value into another column."""
    written = _written(write_csv, articles)
    assert written.startswith(MARK)
    header, *rows = csv.reader(io.StringIO(written.removeprefix(MARK), newline=""), strict=True)
    assert tuple(header) == CSV_COLUMNS
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    assert [_article(dict(zip(header, row, strict=True))) for row in rows] == articles


def _article(row: dict[str, str]) -> ArticleShape:
    """What a row says; what is empty is not known."""
    row = {
        name: cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(FORMULA) else cell
        for name, cell in row.items()
    }
    edition = EditionShape(
        date=row["edition_date"], label=row["edition_label"] or None, page_name=row["edition_page_name"] or None
    )
    return ArticleShape(
        id=row["id"] or None,
        url=row["url"],
        urls=row["urls"].split(),
        title=row["title"],
        subtitle=row["subtitle"] or None,
        kicker=row["kicker"] or None,
        published_at=row["published_at"] or None,
        source=row["source"] or None,
        editor=row["editor"] or None,
        authors=row["authors"].split("、") if row["authors"] else [],
        column=row["column"] or None,
        edition=edition if row["edition_date"] else None,
        body=row["body"],
        first_seen_at=row["first_seen_at"] or None,
        last_changed_at=row["last_changed_at"] or None,
    )


@pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
def test_a_file_holds_what_search_prints(database: Database, tmp_path: Path, name: str) -> None:
    """Else what is taken elsewhere would differ from what was seen here."""
    with database.begin() as session:
        put(
            session, 1, edition=Edition(paper="qsw", day=DAY, label="04-05", page_name="专题"), body="第一段\n“第二,段”"
        )
        put(session, 2, published=None, authors=(), editor=None)
    shown = ask(database)
    path = tmp_path / "articles"
    with path.open("w", encoding="utf-8", newline="") as out:
        assert WRITERS[name](shown, out) == 2
    with path.open(encoding="utf-8-sig" if name == "csv" else "utf-8", newline="") as file:
        if name == "csv":
            read = [_article(row) for row in csv.DictReader(file)]
        elif name == "json":
            read = json.load(file)
        else:
            read = [json.loads(line) for line in file]
    assert read == shown
