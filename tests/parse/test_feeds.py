"""RSS, Atom and sitemaps."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_pages import days, page_of, urls

from crawler.parse import feeds
from crawler.parse.decode import page_from_bytes
from crawler.parse.feeds import is_xml_list, read_feed
from crawler.parse.listing import read_listing
from crawler.sites.profile import Channel, SiteProfile
from storage.records import Context, Kind, Listing

HOST = "https://www.bridge.example/"
SITE = SiteProfile(name="bridge", title="石桥网", hosts=("bridge.example",))

RSS = """<?xml version="1.0" encoding="gb2312"?>
<rss version="2.0"><channel><title>石桥网</title><link>https://www.bridge.example/</link>
<item><title><![CDATA[石桥镇的渔船&nbsp;<b>出海</b>]]></title><link>
  /a/51231.html </link><pubDate>Thu, 25 Jul 2024 20:30:00 GMT</pubDate></item>
<item><title>灯塔村办夜校</title><guid isPermaLink="true">https://www.bridge.example/a/51232.html</guid>
<pubDate>2024-07-25 08:00:00</pubDate></item>
<item><title>没有地址</title><guid>tag:1</guid></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.bridge.example/news/"><title>石桥网</title>
<link rel="self" href="feed.xml"/><link rel="next" href="https://www.bridge.example/feed?page=2"/>
<entry><title type="html">石桥镇的渔船出海</title><link rel="enclosure" href="1.mp3"/><link href="51231.html"/>
<updated>2024-07-25T20:30:00Z</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>石桥网</title></channel>
<item><title>石桥镇的渔船出海</title><link>https://www.bridge.example/a/1.html</link><dc:date>2024-07-26</dc:date></item></rdf:RDF>"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://www.bridge.example/a/51231.html</loc><lastmod>2024-07-27</lastmod>
<news:news><news:publication_date>2024-07-26T09:00:00+08:00</news:publication_date><news:title>渔船出海</news:title></news:news></url>
<url><loc>https://www.bridge.example/a/51232.html?x=1&amp;y=2</loc></url>
<url><loc>https://www.bridge.example/about.html</loc></url><url><loc></loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.bridge.example/map-1.xml.gz</loc><lastmod>2024-07-26</lastmod></sitemap>
<sitemap><loc>/map-2.xml</loc></sitemap></sitemapindex>"""


def read(text: str) -> Listing:
    """What a document of this site leads to."""
    return read_feed(page_of(text, HOST + "feed.xml"))


def test_prefix_that_is_not_declared_costs_nothing() -> None:
    """Else a feed with `dc:date` and no declaration of `dc` would end the reading of its page."""
    (link,) = read("<rss><item><link>/a/1.html</link><dc:date>2024-07-26</dc:date></item></rss>").links
    assert (link.url, link.day) == (HOST + "a/1.html", date(2024, 7, 26))


def test_rss_items_are_links_with_their_day() -> None:
    """Titles in CDATA, links on lines of their own, guid for link, days in the site's zone."""
    assert [(link.url, link.text, link.day) for link in read(RSS).links] == [
        (HOST + "a/51231.html", "石桥镇的渔船 出海", date(2024, 7, 26)),
        (HOST + "a/51232.html", "灯塔村办夜校", date(2024, 7, 25)),
    ]


def test_atom_entries_lead_to_the_article_and_to_the_next_page() -> None:
    """Relative links from xml:base, enclosures left out."""
    found = read(ATOM)
    assert [(link.url, link.day) for link in found.links] == [(HOST + "news/51231.html", date(2024, 7, 26))]
    assert found.next_url == HOST + "feed?page=2"


def test_rdf_items_are_items() -> None:
    """RSS 1.0 keeps its items beside the channel."""
    assert days(read(RDF)) == {"石桥镇的渔船出海": date(2024, 7, 26)}


def test_a_sitemap_lists_addresses() -> None:
    """News sitemaps name title and day; an empty loc is none."""
    found = read(SITEMAP)
    assert urls(found) == [HOST + "a/51231.html", HOST + "a/51232.html?x=1&y=2", HOST + "about.html"]
    assert (found.links[0].text, found.links[0].day) == ("渔船出海", date(2024, 7, 26))


def test_a_sitemap_index_leads_to_sitemaps() -> None:
    """Its sitemaps are lists to be fetched, not articles."""
    found = read(INDEX)
    assert [(link.url, link.kind) for link in found.sections] == [
        (HOST + "map-1.xml.gz", Kind.LISTING),
        (HOST + "map-2.xml", Kind.LISTING),
    ]
    assert found.links == ()


def test_a_channel_takes_of_a_packed_sitemap_what_it_calls_articles() -> None:
    """`.xml.gz` as it lies on the server, filtered by the channel's article shape."""
    channel = Channel(name="map", title="全站", kind="sitemap", start=(HOST + "map-1.xml.gz",), article=r"/a/\d+\.html")
    packed = gzip.compress(SITEMAP.encode())
    page = page_from_bytes(packed, HOST + "map-1.xml.gz", Context(kind=Kind.LISTING, site="bridge", channel="map"))
    assert [link.url for link in read_listing(page, channel, SITE).links] == [
        HOST + "a/51231.html",
        HOST + "a/51232.html?x=1&y=2",
    ]


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    """A bare ampersand or a cut end costs what stands behind it, not what stands before."""
    text = SITEMAP.replace("</urlset>", "<url><loc>https://www.bridge.example/a?b&c</loc>").replace("&amp;", "&")
    assert urls(read(text))[0] == HOST + "a/51231.html"


def test_entities_of_a_hostile_feed_are_not_expanded() -> None:
    """Neither files nor a billion laughs."""
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 9))
    text = f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{laughs}<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    text += "<rss><channel><item><title>&l8;&f;</title><link>https://www.bridge.example/1</link></item></channel></rss>"
    assert not any("ha" in link.text for link in read(text).links)
    small = text.replace("&l8;&f;", "&l1;石桥")
    assert [link.text for link in read(small).links] == ["&l1;石桥"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RSS, True),
        (ATOM, True),
        (INDEX, True),
        ("\ufeff" + SITEMAP, True),
        ("<!DOCTYPE html><html><feed></feed></html>", False),
        ("<html><body>rss</body></html>", False),
        ("{}", False),
    ],
)
def test_feeds_are_known_by_their_root(text: str, expected: bool) -> None:
    """What a document is, whatever its server calls it."""
    assert is_xml_list(text) is expected


@given(st.text(alphabet="<>/?![]&;rsfeditmloculn=\"' ", max_size=150))
def test_any_document_can_be_read(text: str) -> None:
    """Never raises."""
    assert read("<rss>" + text).next_url is None


def test_feed_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed of millions of entries, or of elements that are none, costs no more than the longest sitemap may."""
    monkeypatch.setattr(feeds, "MOST_LINKS", 100)
    monkeypatch.setattr(feeds, "MAX_TAGS", 800)
    entries = "".join(f"<url><loc>{HOST}a/{number}.html</loc></url>" for number in range(1_000))
    assert len(read(f"<urlset>{entries}</urlset>").links) == 100
    assert read(f"<urlset>{'<x/>' * 800}{entries}</urlset>").links == ()
    maps = entries.replace("url>", "sitemap>")
    assert len(read(f"<sitemapindex>{maps}</sitemapindex>").sections) == 100
