"""One article for a person: its fields, how each was read, its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from cli.chinese import Chinese
from cli.screen import Screen, cell, clean, moment, table, whole

if TYPE_CHECKING:
    from storage.query.shape import ArticleShape, EditionShape

How = Mapping[str, Mapping[str, Any]]
"""Field of the JSON shape → {rule, place, confidence}."""


def print_article(console: Screen, article: ArticleShape, how: How) -> None:
    """Fields and text."""
    print_fields(
        console,
        {
            **({"kicker": article["kicker"]} if article["kicker"] else {}),
            "title": article["title"],
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
        console.put(Padding(Chinese(Text(clean(paragraph))), (0, 0, 0, 2)))
    if "body" in how:
        console.put(Padding(Text(f"(text read by {how_of(how['body'])})", style="dim"), (0, 0, 0, 2)))


def print_fields(console: Screen, fields: Mapping[str, str | None], how: How | None = None) -> None:
    """Names and values, and in brackets how each was read."""
    rows = table("name", "value", fixed=("name",))
    rows.show_header = False
    for name, value in fields.items():
        text = cell(value).text
        text.stylize("bold" if name == "title" else "")
        if how and name in how:
            text.append(clean(f"  ({how_of(how[name])})"), style="dim")
        rows.add_row(Text(name, style="dim"), Chinese(text))
    console.put(rows)


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


def heading(console: Screen, text: str) -> None:
    """A heading with room above it."""
    console.print()
    console.print(whole(text), style="bold")
