"""Where fuzzing begins: the golden pages, our own WARC records, and a few addresses and feeds."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from fuzz.targets import ADDRESSES, BETWEEN, DIGEST, HEADERS, LENGTH, PAYLOAD, name_of
from storage.archive.encode import group, warcinfo
from storage.records import Capture, Context, Kind

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
MENDED = ROOT / "fuzz" / "mended"
"""Inputs that once broke a promise, by target."""
_FAMILIES = {"generic": 0, "dzrb": 1, "shtml": 3, "paperindex": 4}

FEEDS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><item><title>夜校开班</title><link>http://a.example/1.html</link>"
    "<pubDate>Fri, 26 Jul 2024 09:30:00 +0800</pubDate></item></channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.example/'><link rel='next' href='?page=2'/><entry>"
    "<title>夜校</title><link href='2.html'/><updated>2024-07-26T01:30:00Z</updated></entry></feed>",
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://a.example/3.html</loc>"
    "<lastmod>2024-07-26</lastmod></url></urlset>",
    "<sitemapindex><sitemap><loc>http://a.example/map.xml</loc></sitemap></sitemapindex>",
    "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><item><title>&b;</title><guid>http://a.example/4"
    "</guid></item></rss>",
)
LISTS = (
    "<ul class='list'><li><a href='http://news.xihaiannews.com/2024-07/26/content_1.htm'>港口扩建工程今日开工</a>"
    "<span>2024-07-26</span></li></ul><a href='index_2.html'>下一页</a>",
    '{"list": [{"fileId": 77, "title": "港口扩建工程今日开工", "publishtime": "2024-07-26 09:30"}], "success": true}',
    "<a href='Articel01002NR.htm'>港口</a><a href='Page02BC.htm'>第02版：要闻</a><a href='IssueIndex.htm'>上一期</a>",
    "<meta http-equiv=refresh content='0;url=20240726/PaperIndex.htm'><frameset><frame src='a.htm'></frameset>",
    "<script>var data=[{title:'港口扩建工程今日开工',url:'/2024/0726/1.html'}];</script>",
)
URLS = (
    *ADDRESSES,
    "HTTP://User:pw@WWW.Example.com:80/a/../b;jsessionid=1?b=2&a=1&utm_source=x#!/n",
    "//[::1]:99/%e6%96%b0?%zz#/x",
    "javascript:alert(1)",
    "http://新闻.example/新/a b?q=港口&from=timeline",
)


def seeds(target: str) -> Iterator[bytes]:
    """What a target begins with, mended findings included."""
    yield from _SEEDS[target]()
    for path in sorted((MENDED / target).glob("*")):
        yield path.read_bytes()


def write(target: str, directory: Path) -> int:
    """Write them into a directory, as the fuzzer wants them. Returns how many."""
    directory.mkdir(parents=True, exist_ok=True)
    number = 0
    for data in seeds(target):
        (directory / name_of(data)).write_bytes(data)
        number += 1
    return number


def _pages() -> Iterator[bytes]:
    for path in sorted(GOLDEN.rglob("page.*")):
        family = _FAMILIES.get(path.relative_to(GOLDEN).parts[0], 0)
        text = path.read_text("utf-8")
        yield bytes([family]) + text.encode()
        if family == 0:
            yield bytes([len(ADDRESSES)]) + text.encode("gb18030")
        if path.suffix == ".json":
            yield bytes([2 + 2 * len(ADDRESSES)]) + text.encode()


def _lists() -> Iterator[bytes]:
    for text in (*LISTS, *FEEDS):
        for chosen in range(0, len(ADDRESSES), 2):
            yield bytes([chosen]) + text.encode()
    yield from _pages()


def _feeds() -> Iterator[bytes]:
    return (text.encode() for text in FEEDS)


def _addresses() -> Iterator[bytes]:
    return (url.encode() for url in URLS)


def _captures() -> Iterator[Capture]:
    context = Context(kind=Kind.ARTICLE, site="xihaian", issue_date=date(2024, 7, 26), label="04-05", link_text="港口")
    for number, (url, headers) in enumerate(zip(ADDRESSES, HEADERS, strict=False)):
        yield Capture(
            url=url,
            fetched_at=datetime(2024, 8, 1, 0, 0, number, tzinfo=UTC),
            status=200 if number else 404,
            headers=(*headers, ("Set-Cookie", "a=1; 港")),
            body=b"<p>port" * number,
            context=context,
            request_headers=(("Host", "news.example"),),
            truncated="length" if number == 1 else None,
            rendered=number == 2,
        )


def _members() -> Iterator[bytes]:
    yield warcinfo("xha.warc.gz", "2024-08-01T00:00:00Z", {"software": "xha"})
    for capture in _captures():
        yield group(capture).data


def _warcs() -> Iterator[bytes]:
    whole = b"".join(_members())
    yield whole
    yield whole[: len(whole) // 2]
    yield from _members()


def _records() -> Iterator[bytes]:
    for data in _members():
        plain = []
        while data:
            inflate = zlib.decompressobj(31)
            plain.append(_blank(inflate.decompress(data)))
            data = inflate.unused_data
        yield BETWEEN.join(plain)


def _blank(record: bytes) -> bytes:
    """A record with what must be filled in left open."""
    head, _, rest = record.partition(b"\r\n\r\n")
    lines = []
    for line in head.split(b"\r\n"):
        name = line.partition(b":")[0].lower()
        known = {b"content-length": LENGTH, b"warc-block-digest": DIGEST, b"warc-payload-digest": PAYLOAD}.get(name)
        lines.append(line if known is None else line.partition(b":")[0] + b": " + known)
    return b"\r\n".join(lines) + b"\r\n\r\n" + rest.removesuffix(b"\r\n\r\n")


_SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "page": _pages,
    "listing": _lists,
    "feed": _feeds,
    "address": _addresses,
    "records": _records,
    "warc": _warcs,
}
