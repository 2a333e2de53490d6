"""Ready citations: GB/T 7714—2015, which Chinese papers want, and BibTeX."""

from __future__ import annotations

import re

from storage.query.details import Details
from storage.records import SITE_ZONE

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""Braces as words: BibTeX counts those behind a backslash, too."""
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def gbt7714(found: Details, paper: str | None) -> str:
    """A reference as GB/T 7714—2015 forms it.

    What was read from print is an article of a newspaper that is also online ([N/OL], 8.4.2 and 8.8), anything else a
    page ([EB/OL], 8.8).

    Args:
        paper: Title of the newspaper it was read from; None where it was not, or the profile does not know it.
    """
    article, edition = found.article, found.article["edition"]
    authors = _authors(article["authors"])
    seen = f"[{found.last_seen_at.astimezone(SITE_ZONE):%Y-%m-%d}]"
    if found.paper and edition:
        place = f"({edition['label']})" if edition["label"] else ""
        printed = f"{paper or found.paper}, {edition['date']}{place}"
        return f"{authors}{article['title']}[N/OL]. {printed}{seen}. {article['url']}."
    day = f"({article['published_at'][:10]})" if article["published_at"] else ""
    return f"{authors}{article['title']}[EB/OL]. {article['source'] or ''}{day}{seen}. {article['url']}."


def bibtex(found: Details, paper: str | None) -> str:
    """An entry for BibTeX, which knows years alone, and for BibLaTeX, which takes the date.

    Names that would be read as Western ones are kept whole by braces.

    Args:
        paper: As for `gbt7714`.
    """
    article, edition = found.article, found.article["edition"] if found.paper else None
    day = edition["date"] if edition else (article["published_at"] or "")[:10]
    outlet = (paper or found.paper) if edition else article["source"]
    fields = {
        "author": " and ".join(f"{{{_plain(name)}}}" for name in article["authors"]),
        "title": f"{{{_plain(article['title'])}}}",
        "journal" if edition else "organization": _plain(outlet or ""),
        "pages": _plain((edition["label"] if edition else None) or ""),
        "date": day,
        "year": day[:4],
        "url": "".join(_IN_ADDRESS.get(character, character) for character in article["url"]),
        "urldate": f"{found.last_seen_at.astimezone(SITE_ZONE):%Y-%m-%d}",
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{'article' if edition else 'online'}{{{article['id']},", *lines, "}"))


def _authors(names: list[str]) -> str:
    """Up to three names, then 等 (GB/T 7714—2015, 8.1.2)."""
    if not names:
        return ""
    return ", ".join([*names[:3], *(["等"] if len(names) > 3 else [])]) + ". "


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda found: _BIBTEX.get(found[0], "\\" + found[0]), text)
