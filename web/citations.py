"""Ready citations: GB/T 7714—2015, which Chinese papers want, and BibTeX."""

from __future__ import annotations

import re

from storage.query.details import Details
from storage.records import SITE_ZONE

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def gbt7714(found: Details) -> str:
    """A reference as GB/T 7714—2015 forms it: [N] for an article in print (8.6), [EB/OL] for a web page (8.8)."""
    article, edition = found.article, found.article["edition"]
    authors = _authors(article["authors"])
    seen = f"[{found.last_seen_at.astimezone(SITE_ZONE):%Y-%m-%d}]"
    if edition:
        place = f"({edition['label']})" if edition["label"] else ""
        paper = article["source"] or "青岛西海岸报"
        return f"{authors}{article['title']}[N/OL]. {paper}, {edition['date']}{place}{seen}. {article['url']}."
    day = f"({article['published_at'][:10]})" if article["published_at"] else ""
    source = f"{article['source']}, " if article["source"] else ""
    return f"{authors}{article['title']}[EB/OL]. {source}{day}{seen}. {article['url']}."


def bibtex(found: Details) -> str:
    """An entry for BibTeX or BibLaTeX; names that would be read as Western ones are kept whole by braces."""
    article, edition = found.article, found.article["edition"]
    fields = {
        "author": " and ".join(f"{{{_plain(name)}}}" for name in article["authors"]),
        "title": f"{{{_plain(article['title'])}}}",
        "journal" if edition else "organization": _plain(article["source"] or ""),
        "pages": _plain((edition["label"] if edition else None) or ""),
        "date": (edition["date"] if edition else (article["published_at"] or "")[:10]),
        "url": article["url"],
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
