"""What is no article is never stored as one, and what is short, odd or about errors still is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from near_pages import ARTICLES
from other_pages import BY_REASON

from crawler.parse.decode import page_from_bytes, page_from_text
from crawler.parse.reader import read
from storage.records import Article, Reason, Rejection

LABELLED = Path(__file__).resolve().parents[3] / "shared" / "extraction" / "pages"
URL = "https://news.example/content/88.html"


@pytest.mark.parametrize(("reason", "name"), [(reason, name) for reason, pages in BY_REASON.items() for name in pages])
def test_rejected(reason: Reason, name: str) -> None:
    """A page of another kind is rejected for the right reason, with a sentence for a person."""
    html = BY_REASON[reason][name]
    reading = read(page_from_text(html, URL))
    assert isinstance(reading, Rejection), reading
    assert reading.reason is reason
    assert len(reading.detail) > 10
    assert reading.detail[0].isupper()
    assert reading.detail.endswith((".", "!"))


@pytest.mark.parametrize("name", ARTICLES)
def test_accepted(name: str) -> None:
    """An article is not lost for being short, beside lists, under scripts, or about errors and challenges."""
    reading = read(page_from_text(ARTICLES[name], URL))
    assert isinstance(reading, Article), reading
    assert len(reading.body) > 15


def test_other_media_types() -> None:
    """What the server calls a picture is never read as an article, whatever it holds."""
    page = replace(page_from_text(ARTICLES["very short notice"], URL), content_type="image/jpeg")
    reading = read(page)
    assert isinstance(reading, Rejection)
    assert reading.reason is Reason.NOT_HTML
    assert "image/jpeg" in reading.detail


@pytest.mark.skipif(not LABELLED.is_dir(), reason="The labelled pages do not lie beside this checkout.")
def test_real_articles() -> None:
    """Each of the labelled real pages is an article."""
    pages = {path.stem: page_from_bytes(path.read_bytes(), URL) for path in sorted(LABELLED.glob("*.html"))}
    rejected = {name: reading for name, page in pages.items() if isinstance(reading := read(page), Rejection)}
    assert len(pages) > 30
    assert rejected == {}
