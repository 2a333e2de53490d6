"""Feed and sitemaps; both name whole addresses."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from demo.story import Entry
from storage.records import SITE_ZONE


def rss(title: str, entries: Sequence[Entry], base: str) -> str:
    """RSS 2.0."""
    items = "\n".join(
        f"<item><title>{escape(entry.story.title)}</title><link>{base}{escape(entry.listed)}</link>"
        f"<pubDate>{format_datetime(entry.story.published.at.astimezone(SITE_ZONE))}</pubDate></item>"
        for entry in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{title}</title>'
        f"<link>{base}/</link><description>{title}</description>\n{items}\n</channel></rss>\n"
    )


def sitemap_index(paths: Sequence[str], base: str) -> str:
    """Sitemaps of a sitemap."""
    maps = "\n".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in paths)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{maps}\n</sitemapindex>\n"
    )


def sitemap(entries: Sequence[Entry], base: str) -> str:
    """Articles with their days."""
    urls = "\n".join(
        f"<url><loc>{base}{escape(entry.path)}</loc><lastmod>{entry.story.published.day.isoformat()}</lastmod></url>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{urls}\n</urlset>\n"
    )
