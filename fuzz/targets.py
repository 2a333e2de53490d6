"""What must hold whatever the bytes are: one function for each kind of thing that is read; it raises where it does not.

The first byte of a page chooses the address and the headers it was sent with, so that every family gets its share.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from crawler.parse.anchors import absolute, host_of, key_of
from crawler.parse.clean import sanitize
from crawler.parse.decode import decode
from crawler.parse.document import Document
from crawler.parse.epaper import read_issue
from crawler.parse.feeds import read_feed
from crawler.parse.frames import framed_indexes
from crawler.parse.linkshape import shape_of
from crawler.parse.listing import read_listing
from crawler.parse.pagination import next_page
from crawler.parse.reader import examine
from crawler.parse.refresh import refresh_target
from crawler.sites.profile import Channel, Generation, SiteProfile, load_profile
from storage.archive.cdxj import surt
from storage.archive.check import check_file
from storage.archive.encode import ascii_url, digest_of
from storage.archive.groups import captures
from storage.archive.names import WarcFile
from storage.archive.reader import iterate, read_capture
from storage.archive.recover import recover
from storage.dedupe.canonical import canonical_url
from storage.dedupe.fingerprint import fingerprint, text_fingerprint
from storage.errors import WarcError
from storage.records import Capture, Context, Kind, Locator, Reason, Rejection

FETCHED = datetime(2024, 8, 1, tzinfo=UTC)
DAY = date(2024, 7, 26)
ADDRESSES = (
    "http://news.example/2024-07/26/content_88.htm",
    "http://dzrb.dzng.com/articleContent/5_77.html",
    "http://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?articleId=77&colID=5",
    "http://epaper.xihaiannews.com/shtml/jnsx/20190517/7001.shtml",
    "http://epaper.xihaiannews.com/PC/xihaian/20240726/Articel01002NR.htm",
    "http://epaper.xihaiannews.com/h5/xihaian/20240726/ArticelA01002NR.htm",
)
"""One of every family; the first belongs to none."""
HEADERS = (
    (),
    (("Content-Type", "text/html; charset=gb2312"),),
    (("Content-Type", "application/json"),),
    (("Content-Encoding", "gzip"),),
    (("Content-Encoding", "deflate, br"),),
)
BETWEEN = b"\x1e"
"""Between two records of the target `records`."""
DIGEST, PAYLOAD, LENGTH = b"{digest}", b"{payload}", b"{length}"
"""What in a record's head is filled in, for no mutation hits upon a right digest."""
_NAME = "xha.warc.gz"


@cache
def profile() -> SiteProfile:
    """The profile the archive is shipped with."""
    return load_profile("xihaian")


def capture_of(data: bytes) -> Capture:
    """What the bytes are as a response."""
    chosen = data[0] if data else 0
    return Capture(
        url=ADDRESSES[chosen % len(ADDRESSES)],
        fetched_at=FETCHED,
        status=200,
        headers=HEADERS[chosen // len(ADDRESSES) % len(HEADERS)],
        body=data[1:],
        context=Context(kind=Kind.ARTICLE, site="xihaian"),
    )


def page(data: bytes) -> None:
    """A page is read or rejected, twice the same, no field breaks, and what is stored of it is clean."""
    decoded = decode(capture_of(data))
    first, second = examine(decoded, profile()).result, examine(decoded, profile()).result
    assert first == second, "read twice, two results"
    if isinstance(first, Rejection):
        assert first.reason is not Reason.UNREADABLE, first.detail
        return
    assert first.problems == (), first.problems
    assert sanitize(first.body_html) == first.body_html, "stored HTML is not clean"
    fingerprint(first)
    text_fingerprint(first)


def listing(data: bytes) -> None:
    """A list page gives links of the site only, twice the same, whichever channel or paper it belongs to."""
    decoded = decode(capture_of(data))
    chosen = data[1] if len(data) > 1 else 0
    channel = channels()[chosen % len(channels())]
    found = read_listing(decoded, channel, profile())
    assert found == read_listing(decoded, channel, profile()), "read twice, two results"
    for link in (*found.links, *found.sections):
        assert re.match(r"https?://", link.url), link
        assert profile().owns(host_of(link.url)), link
    read_issue(decoded, generations()[chosen % len(generations())], DAY)
    framed_indexes(decoded, DAY)
    refresh_target(decoded)
    next_page(Document(decoded))


@cache
def channels() -> tuple[Channel, ...]:
    """Every way of reading a list that the profile knows."""
    return profile().channel


@cache
def generations() -> tuple[Generation, ...]:
    """Every e-paper that the profile knows."""
    return tuple(generation for paper in profile().paper for generation in paper.generation)


def feed(data: bytes) -> None:
    """A feed or sitemap gives web addresses only, twice the same."""
    decoded = decode(capture_of(b"\0" + data))
    found = read_feed(decoded)
    assert found == read_feed(decoded), "read twice, two results"
    for link in (*found.links, *found.sections):
        assert re.match(r"https?://", link.url), link


def address(data: bytes) -> None:
    """An address gets a name that is its own name, and nothing that looks at addresses raises."""
    url = data.decode("utf-8", "surrogateescape")
    for rules in ((), profile().canonical):
        name = canonical_url(url, rules)
        assert canonical_url(name, rules) == name, (url, name)
    assert ascii_url(url).isascii()
    surt(url)
    host_of(url)
    key_of(url)
    shape_of(url)
    absolute(ADDRESSES[0], url)


def warc(data: bytes) -> None:
    """Any bytes called `*.warc.gz` are captures and named damage, and never an error but `WarcError`."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        directory = Path(folder)
        file = directory / _NAME
        file.write_bytes(data)
        whole = [found for found in captures(file, _NAME) if isinstance(found, Capture)]
        check_file(WarcFile(name=_NAME, path=file, unfinished=False), {})
        assert [one.digest for one in iterate(directory, on_damage=lambda _: None)] == [one.digest for one in whole]
        for one in whole:
            assert one.locator
            assert read_capture(directory, one.locator) == one, "read by its place, another capture"
        with suppress(WarcError):
            read_capture(directory, Locator(file=_NAME, offset=len(data) // 2, length=len(data) // 2))
        file.rename(directory / f"{_NAME}.open")
        added: list[Capture] = []
        recover(directory, add=added.append)
        assert added == whole, "recovering lost a capture or made one"


def records(data: bytes) -> None:
    """The same of whole records, their lengths and digests filled in: what stands in them may be anything."""
    warc(b"".join(_packed(record) for record in data.split(BETWEEN)))


def _packed(record: bytes) -> bytes:
    import gzip

    head, _, block = record.partition(b"\r\n\r\n")
    payload = block.partition(b"\r\n\r\n")[2] or block
    head = head.replace(LENGTH, b"%d" % len(block))
    head = head.replace(DIGEST, digest_of(block).encode()).replace(PAYLOAD, digest_of(payload).encode())
    return gzip.compress(head + b"\r\n\r\n" + block + b"\r\n\r\n", 1, mtime=0)


@cache
def _memory() -> Path | None:
    """A directory in memory where there is one: thousands of files a minute are nothing for a disk."""
    memory = Path("/dev/shm")  # noqa: S108  # a fresh directory of its own inside it
    return memory if memory.is_dir() else None


def name_of(data: bytes) -> str:
    """Name of an input: the same bytes, the same name."""
    return hashlib.sha256(data).hexdigest()[:16]


TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {"page": page, "listing": listing, "feed": feed, "address": address, "records": records, "warc": warc}
)
