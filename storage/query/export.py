"""Articles as files for other programs and for readers: JSON lines, one JSON array, CSV, Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from storage.query.shape import ArticleShape
from storage.query.spreadsheet import write_rows

CSV_COLUMNS = (
    "id",
    "url",
    "urls",
    "title",
    "subtitle",
    "kicker",
    "published_at",
    "source",
    "editor",
    "authors",
    "column",
    "edition_date",
    "edition_label",
    "edition_page_name",
    "body",
    "first_seen_at",
    "last_changed_at",
)
"""The keys of the JSON shape in its order; `edition` in its three parts."""


def write_jsonl(articles: Iterable[ArticleShape], out: TextIO) -> int:
    """One JSON object a line; how many."""
    number = 0
    for article in articles:
        out.write(json.dumps(article, ensure_ascii=False) + "\n")
        number += 1
    return number


def write_json(articles: Iterable[ArticleShape], out: TextIO) -> int:
    """One array of the same objects, written as they come; how many."""
    number = 0
    for article in articles:
        out.write(("[\n" if number == 0 else ",\n") + json.dumps(article, ensure_ascii=False))
        number += 1
    out.write("\n]\n" if number else "[]\n")
    return number


def write_csv(articles: Iterable[ArticleShape], out: TextIO) -> int:
    """A header and one row for each article, for spreadsheets (see `write_rows`); how many.

    Several authors are joined with 、, several addresses with a blank; what is not known is empty. A body's paragraphs
    are lines inside its quotation marks. Open `out` with `newline=""`.
    """
    rows = map(flat, articles)
    return write_rows(out, CSV_COLUMNS, ([row[name] for name in CSV_COLUMNS] for row in rows))


def flat(article: ArticleShape) -> dict[str, str | None]:
    """An article as one row of `CSV_COLUMNS`."""
    edition = article["edition"]
    return {
        "id": article["id"],
        "url": article["url"],
        "urls": " ".join(article["urls"]),
        "title": article["title"],
        "subtitle": article["subtitle"],
        "kicker": article["kicker"],
        "published_at": article["published_at"],
        "source": article["source"],
        "editor": article["editor"],
        "authors": "、".join(article["authors"]),
        "column": article["column"],
        "edition_date": edition["date"] if edition else None,
        "edition_label": edition["label"] if edition else None,
        "edition_page_name": edition["page_name"] if edition else None,
        "body": article["body"],
        "first_seen_at": article["first_seen_at"],
        "last_changed_at": article["last_changed_at"],
    }


def write_markdown(articles: Iterable[ArticleShape], out: TextIO) -> int:
    """One document to read or to print: each article under its headline, with what is known of it; how many."""
    number = 0
    for article in articles:
        row = flat(article)
        facts = [f"{name}: {row[key]}" for name, key in _FACTS.items() if row[key]]
        above, below = ([_escaped(line)] if line else [] for line in (article["kicker"], article["subtitle"]))
        title = [*above, f"# {_escaped(article['title'])}", *below]
        paragraphs = [_escaped(paragraph) for paragraph in article["body"].split("\n")]
        out.write("\n\n".join([*title, "  \n".join(map(_escaped, facts)), *paragraphs, f"<{article['url']}>"]) + "\n\n")
        number += 1
    return number


_FACTS = {
    "发布": "published_at",
    "来源": "source",
    "作者": "authors",
    "责任编辑": "editor",
    "栏目": "column",
    "报纸": "edition_date",
    "版次": "edition_label",
}
"""What stands under a headline."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])|^([-+=]|\d+[.)])(?=[-+=\s]|$)", re.M)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is (CommonMark 0.31, 2.4)."""
    return _MARKS.sub(lambda found: "\\" + found[0], text)


WRITERS: Mapping[str, Callable[[Iterable[ArticleShape], TextIO], int]] = {
    "json": write_json,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "markdown": write_markdown,
}
"""Format → what writes it."""
