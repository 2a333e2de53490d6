"""One article for a person: its fields, how each was read, its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cli.chinese import Chinese
from cli.screen import cell, clean, moment, table, whole

if TYPE_CHECKING:
    from storage.query.shape import ArticleShape, EditionShape

How = Mapping[str, Mapping[str, Any]]
"""Field of the JSON shape → {rule, place, confidence}."""


def print_article(console: Console, article: ArticleShape, how: How, *, kicker: str | None = None) -> None:
    """Headline, fields and text."""
    if kicker:
        console.print(Chinese(Text(clean(kicker), style="dim")))
    console.print(Chinese(Text(clean(article["title"]), style="bold")))
    print_fields(
        console,
        {
            "title": "read by",
            "subtitle": article["subtitle"],
            "published_at": moment(article["published_at"]),
            "source": article["source"],
            "editor": article["editor"],
            "authors": "、".join(article["authors"]),
            "column": article["column"],
            "edition": place_of(article["edition"]),
            "url": article["url"],
        },
        how,
    )
    console.print()
    for paragraph in article["body"].splitlines():
        console.print(Padding(Chinese(Text(clean(paragraph))), (0, 0, 0, 2)))
    if "body" in how:
        console.print(Padding(Text(f"(text read by {how_of(how['body'])})", style="dim"), (0, 0, 0, 2)))


def print_fields(console: Console, fields: Mapping[str, str | None], how: How | None = None) -> None:
    """Names and values, and how each was read."""
    rows = table("", "", "", fixed=("",))
    rows.show_header = False
    rows.columns[1].no_wrap = rows.columns[2].no_wrap = False
    for name, value in fields.items():
        read = how_of(how[name]) if how and name in how else ""
        rows.add_row(Text(name, style="dim"), cell(value), Chinese(Text(clean(read), style="dim")))
    console.print(rows)


def how_of(how: Mapping[str, Any]) -> str:
    """`label 来源, 98 %`: what found a field, where, and how sure that is."""
    where = " ".join(filter(None, (str(how["rule"]), str(how["place"]))))
    return f"{where}, {how['confidence']:.0%}"


def place_of(edition: EditionShape | None) -> str:
    """`2024-07-26 01版 要闻`."""
    if edition is None:
        return ""
    label = f"{edition['label']}版" if edition["label"] else None
    return " ".join(filter(None, (edition["date"], label, edition["page_name"])))


def heading(console: Console, text: str) -> None:
    """A heading with room above it."""
    console.print()
    console.print(whole(text), style="bold")
