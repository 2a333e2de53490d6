"""Decoding: any bytes under any headers become a page, bounded, of characters that can be stored."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st
from property_samples import any_text, tries

from crawler.parse.decode import decode
from crawler.parse.feeds import is_xml_list, read_feed
from crawler.parse.inflate import MAX_BYTES, inflate
from crawler.parse.jsonread import looks_like_json, read_json
from crawler.parse.reader import examine
from crawler.parse.refresh import refresh_target
from storage.records import Capture, Context, Kind, Reason, Rejection

CODINGS = st.lists(st.sampled_from(["gzip", "x-gzip", "deflate", "br", "zstd", "identity", "", "GZIP "]), max_size=5)
TYPES = st.builds(
    "{}; charset={}".format,
    st.sampled_from(["text/html", "text/plain", "application/json", "image/png", "", "港口"]),
    st.sampled_from(
        ["gb2312", "utf-8", "utf-16", "hz", "utf-7", "idna", "rot13", "base64", "unknown", "'", '"', "x" * 99]
    ),
)
HEADERS = st.lists(
    st.tuples(st.just("Content-Type"), TYPES)
    | st.tuples(st.just("content-encoding"), CODINGS.map(", ".join) | any_text(10))
    | st.tuples(any_text(8), any_text(8)),
    max_size=4,
).map(tuple)
TEXT = "<title>港口扩建</title><p>港口扩建工程今日开工，记者 高禾</p>"


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Bytes, packed or not, whole or cut off."""
    data = draw(st.binary(max_size=200) | st.sampled_from([TEXT.encode(codec) for codec in ("utf-8", "gbk", "utf-16")]))
    for pack in draw(st.lists(st.sampled_from([gzip.compress, zlib.compress]), max_size=2)):
        data = pack(data)
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@tries(2)
@given(bodies(), HEADERS, st.integers(-1, 1000), any_text())
@example(b"+AOk-", (("Content-Type", "text/html; charset=utf-7"),), 200, "")
def test_anything_off_the_wire_becomes_a_page(
    body: bytes, headers: tuple[tuple[str, str], ...], status: int, url: str
) -> None:
    """Else a server's header could end the run; and half a character could not be stored."""
    context = Context(kind=Kind.ARTICLE, site="xihaian")
    capture = Capture(
        url=url, fetched_at=datetime(2024, 8, 1, tzinfo=UTC), status=status, headers=headers, body=body, context=context
    )
    page = decode(capture)
    assert page == decode(capture)
    page.text.encode("utf-8")
    result = examine(page).result
    assert not (isinstance(result, Rejection) and result.reason is Reason.UNREADABLE), result
    is_xml_list(page.text)
    read_feed(page)
    refresh_target(page)
    looks_like_json(page.text)
    read_json(page.text)


BOMB = gzip.compress(bytes(6 * MAX_BYTES), 1)


@tries(2)
@given(bodies(), CODINGS.map(", ".join) | any_text(20))
@example(BOMB, "gzip")
@example(gzip.compress(BOMB), "gzip, gzip")
def test_unpacking_ends_and_stays_small(data: bytes, codings: str) -> None:
    """Else a header or a bomb could fill the memory: it is not enough to cut off what has been unpacked already."""
    tracemalloc.start()
    try:
        size = len(inflate(data, codings))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size <= MAX_BYTES
    assert most < 4 * MAX_BYTES
