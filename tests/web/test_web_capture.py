"""Captures of every kind: which are drawn, which are read as text, which are only taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from crawl_samples import Home
from paper_samples import paper_profile
from web_pages import read, text
from web_site import serving

from storage.archive.writer import Archive
from storage.records import Capture, Context, Kind
from storage.store import captures
from storage.store.database import Database
from web.headers import CAPTURE_POLICY

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MARKUP = b"<!doctype html><h1>\xe4\xba\x91\xe6\xa0\x96\xe9\x95\x87</h1>"
XHTML = b'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>\xe4\xba\x91</h1></body></html>'
RSS = b"<?xml version='1.0'?><rss><channel><title>&lt;h1&gt;x&lt;/h1&gt;</title></channel></rss>"
JSON = b'{"content": "<h1>\xe4\xba\x91</h1>"}'
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PAGE, TEXT, FILE = "text/html; charset=utf-8", "text/plain; charset=utf-8", None
KINDS = [
    ("text/html; charset=utf-8", MARKUP, PAGE),
    ("Text/HTML", JSON, PAGE),
    ("application/xhtml+xml", XHTML, PAGE),
    ("application/json", JSON, TEXT),
    ("application/ld+json; charset=utf-8", JSON, TEXT),
    ("application/rss+xml", RSS, TEXT),
    ("text/xml", RSS, TEXT),
    ("text/plain", MARKUP, TEXT),
    ("application/javascript", b"document.title = 'x'", TEXT),
    ("image/png", PICTURE, FILE),
    ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", FILE),
    ("application/pdf", MARKUP, FILE),
    ("application/octet-stream", MARKUP, FILE),
    ("nonsense", MARKUP, FILE),
    (None, MARKUP, PAGE),
    (None, JSON, TEXT),
    (None, RSS, TEXT),
    (None, PICTURE, FILE),
    (None, b"%PDF-1.7\n", FILE),
]
"""Content-Type, body, as what the frame gets it; row numbers from 1."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Asks a server whose archive holds one capture of each kind."""
    home = Home(tmp_path_factory.mktemp("kinds"), paper_profile("http://127.0.0.1:9"))
    with (
        Database.open(f"sqlite:///{home.path / 'data/archive.db'}") as database,
        Archive(home.path / "data/warc").open_writer() as writer,
        database.begin() as session,
    ):
        for number, (kind, body, _) in enumerate(KINDS):
            url = f"http://127.0.0.1:9/{number}"
            headers = (("Content-Type", kind),) if kind else ()
            found = Capture(
                url=url,
                fetched_at=NOW,
                status=200,
                headers=headers,
                body=body,
                context=Context(kind=Kind.RESOURCE, site="small"),
            )
            captures.add(session, writer.write(found), url)
    with serving(home) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as made:
        yield made


@pytest.mark.parametrize("number", range(1, len(KINDS) + 1), ids=lambda number: str(KINDS[number - 1][0]))
def test_only_pages_are_drawn(asked: httpx.Client, number: int) -> None:
    """Markup in a JSON answer or a feed is not what the site showed: drawn, the archive would testify to a forgery."""
    _, body, expected = KINDS[number - 1]
    shown = read(asked, f"/capture/{number}")
    answer = asked.get(f"/capture/{number}/page")
    assert bool(shown.cssselect("iframe")) == (expected is not FILE)
    assert bool(shown.cssselect("a[href$='/source']")) == (expected == PAGE)
    assert shown.cssselect("a[href$='/record']")
    if expected is FILE:
        assert (answer.status_code, asked.get(f"/capture/{number}/source").status_code) == (404, 404)
        assert "只能随 WARC 记录下载" in text(shown)
        return
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)
    assert answer.headers["content-security-policy"] == CAPTURE_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content == body
    assert shown.cssselect("iframe")[0].get("sandbox") == ""


def test_whatever_it_is_can_be_taken_away(asked: httpx.Client) -> None:
    """The record is the evidence; it is to be had of what cannot be shown, too."""
    number = 1 + next(number for number, one in enumerate(KINDS) if one[0] == "image/png")
    answer = asked.get(f"/capture/{number}/record")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/warc")
