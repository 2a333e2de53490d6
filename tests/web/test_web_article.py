"""An article's page and its diff: what its evidence is, and what an edit changed."""

from __future__ import annotations

import httpx
from web_pages import read, text
from web_site import EDITED, HOSTILE, SPREAD, Served


def test_every_raw_page_is_led_to(client: httpx.Client, served: Served) -> None:
    """Else a reader could check a third of an article that is spread over three pages."""
    article = served.id_of(SPREAD[0])
    pages = client.get(f"/api/articles/{article}").json()["versions"][0]["pages"]
    assert [one["url"].removeprefix(pages[0]["url"][: -len(SPREAD[0])]) for one in pages] == list(SPREAD)
    shown = read(client, f"/article/{article}")
    links = [(link.text, link.get("href")) for link in shown.cssselect(".origin a[aria-label]")]
    assert links == [(str(number), f"/capture/{one['id']}") for number, one in enumerate(pages, start=1)]
    assert [code.text for code in shown.cssselect(".known .facts dd > code")][:-1] == [one["digest"] for one in pages]
    assert not read(client, f"/article/{served.id_of(EDITED)}").cssselect(".origin a[aria-label]")


def test_what_did_not_change_is_folded(client: httpx.Client, served: Served) -> None:
    """Else a reader of a long article would look for one changed figure among thirty paragraphs, each drawn twice."""
    page = read(client, f"/article/{served.id_of(EDITED)}/diff?before=1&after=2")
    (folded,) = page.cssselect(".sides details:not([open])")
    assert text(folded.cssselect("summary")[0]) == "… 1 段未变 …"
    (paragraph,) = folded.cssselect("p")
    assert text(page).count(text(paragraph)) == 1
    (link,) = page.cssselect(".to-first a")
    (first,) = page.cssselect(link.get("href"))
    assert first.cssselect("del")
    assert first == page.cssselect(".sides tr:not(.same)")[1]  # behind the heads of the columns
    assert not read(client, f"/article/{served.id_of(EDITED)}/diff?before=2&after=2").cssselect(".to-first")


def test_a_drawn_capture_connects_to_nobody(client: httpx.Client, served: Served) -> None:
    """What `preconnect` does is no loading for any policy, and would tell a stranger who reads his page."""
    ((capture,),) = served.home.rows("SELECT capture_id FROM version WHERE article_id = ?", served.id_of(HOSTILE))
    drawn, source = client.get(f"/capture/{capture}/page"), client.get(f"/capture/{capture}/source")
    assert "preconnect" in source.text
    assert "<link" in source.text.lower()
    assert "<link" not in drawn.text.lower()
    assert drawn.headers["x-dns-prefetch-control"] == "off"
