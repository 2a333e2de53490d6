"""Bytes made text: what the bytes are before what labels say, codings undone within bounds."""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse import inflate as inflating
from crawler.parse.decode import decode, page_from_bytes, to_text
from crawler.parse.inflate import inflate
from storage.records import Capture, Context, Kind

brotli = importlib.import_module("brotli")
zstd = importlib.import_module("compression.zstd" if importlib.util.find_spec("compression") else "backports.zstd")
TEXT = "<title>云栖镇早稻开镰，机收率超过九成</title><p>今年的早稻种了八千亩，镇里的人都说这是一个好年景。</p>"
TRADITIONAL = "<title>雲棲鎮早稻開鐮</title><p>今年的早稻種了八千畝，鎮裡的人都說這是一個好年景，不在話下。</p>"
RARE = "<p>㙍镇的𠮷先生和大家都在，这是一年中最好的时候。</p>"


def page(body: bytes, content_type: str = "text/html", coding: str = "") -> tuple[str, str, str]:
    """Text, charset and how it was found, of a response."""
    headers = (("Content-Type", content_type), *((("Content-Encoding", coding),) if coding else ()))
    capture = Capture(
        url="https://news.example/1.html",
        fetched_at=datetime(2024, 7, 26, tzinfo=UTC),
        status=200,
        headers=headers,
        body=body,
        context=Context(kind=Kind.ARTICLE, site="small"),
    )
    made = decode(capture)
    return made.text, made.charset, made.charset_how


META = "<meta charset={}>"
# What is odd → (bytes, Content-Type, text, charset, how).
CHARSETS = {
    "nothing said, UTF-8": (TEXT.encode(), "text/html", TEXT, "utf-8", "utf-8 strict"),
    "UTF-8 under a gb2312 label": (
        (META.format("gb2312") + TEXT).encode(),
        "text/html; charset=gb2312",
        META.format("gb2312") + TEXT,
        "utf-8",
        "utf-8 strict",
    ),
    "GBK under a UTF-8 label": (
        (META.format("utf-8") + TEXT).encode("gbk"),
        "text/html; charset=utf-8",
        META.format("utf-8") + TEXT,
        "gb18030",
        "fallback",
    ),
    "GBK, said by the header": (TEXT.encode("gbk"), "text/html; charset=GBK", TEXT, "gb18030", "header"),
    "GBK, said by meta": (
        (META.format('"gb2312"') + TEXT).encode("gbk"),
        "text/html",
        META.format('"gb2312"') + TEXT,
        "gb18030",
        "meta",
    ),
    "GBK, said by nobody": (TEXT.encode("gbk"), "text/html", TEXT, "gb18030", "fallback"),
    "signs beyond GBK": (RARE.encode("gb18030"), "text/html; charset=gb2312", RARE, "gb18030", "header"),
    "Big5": (TRADITIONAL.encode("big5"), "text/html; charset=big5", TRADITIONAL, "big5hkscs", "header"),
    "Big5, said by meta late": (
        ("<!--" + "x" * 3000 + "-->" + META.format("big5") + TRADITIONAL).encode("big5"),
        "text/html",
        "<!--" + "x" * 3000 + "-->" + META.format("big5") + TRADITIONAL,
        "big5hkscs",
        "meta",
    ),
    "mark of UTF-8": (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=gbk", TEXT, "utf-8", "bom"),
    "mark of UTF-16": (b"\xff\xfe" + TEXT.encode("utf-16-le"), "text/html", TEXT, "utf-16-le", "bom"),
    "unknown label": (TEXT.encode(), "text/html; charset=klingon", TEXT, "utf-8", "utf-8 strict"),
    "quoted label": (TEXT.encode("gbk"), 'text/html; charset="gb2312"', TEXT, "gb18030", "header"),
    "label of XML": (
        ('<?xml version="1.0" encoding="GBK"?>' + TEXT).encode("gbk"),
        "text/html",
        '<?xml version="1.0" encoding="GBK"?>' + TEXT,
        "gb18030",
        "meta",
    ),
    "ASCII": (b"<p>rice</p>", "text/html; charset=gbk", "<p>rice</p>", "utf-8", "utf-8 strict"),
    "empty": (b"", "text/html", "", "utf-8", "utf-8 strict"),
}


@pytest.mark.parametrize("name", CHARSETS)
def test_charset(name: str) -> None:
    """The text is right whatever labels say, and the page remembers how its charset was found."""
    data, content_type, *expected = CHARSETS[name]
    assert list(page(data, content_type)) == expected


def test_cut_in_the_middle_of_a_character() -> None:
    """A page cut short inside a character is still UTF-8, and only that character is lost."""
    text, charset, _ = page(TEXT.encode()[:-14])
    assert charset == "utf-8"
    assert text.rstrip("\ufffd") == TEXT[: len(text.rstrip("\ufffd"))]


def test_broken_signs_in_utf8() -> None:
    """A few broken bytes (a cut emoji) do not make a page GBK; they cost themselves."""
    text, charset, _ = page((TEXT * 5).encode() + b"\xf0\x9f\x98" + TEXT.encode())
    assert charset == "utf-8"
    assert text.count("\ufffd") == 1


def test_stray_bytes_in_gbk() -> None:
    """A stray byte in a GBK page costs its neighbours, not the page."""
    data = (TEXT * 5).encode("gbk") + b"\xff" + TEXT.encode("gbk")
    text, charset, _ = page(data, "text/html; charset=gbk")
    assert charset == "gb18030"
    assert text.startswith(TEXT * 5)


CODED = {
    "gzip": (gzip.compress(TEXT.encode()), "gzip"),
    "x-gzip": (gzip.compress(TEXT.encode()), "x-gzip"),
    "gzip in two members": (gzip.compress(TEXT.encode()[:30]) + gzip.compress(TEXT.encode()[30:]), "gzip"),
    "deflate with its header": (zlib.compress(TEXT.encode()), "deflate"),
    "raw deflate": (zlib.compress(TEXT.encode())[2:-4], "deflate"),
    "br": (brotli.compress(TEXT.encode()), "br"),
    "zstd": (zstd.compress(TEXT.encode()), "zstd"),
    "upper case and blanks": (gzip.compress(TEXT.encode()), " GZIP "),
    "two codings": (gzip.compress(zlib.compress(TEXT.encode())), "deflate, gzip"),
    "packed without saying so": (gzip.compress(TEXT.encode()), ""),
    "not packed although said": (TEXT.encode(), "gzip"),
    "identity": (TEXT.encode(), "identity"),
    "unknown coding": (TEXT.encode(), "snappy"),
}


@pytest.mark.parametrize("name", CODED)
def test_coding(name: str) -> None:
    """Each content coding is undone, also where the header is missing or wrong."""
    data, coding = CODED[name]
    assert page(data, coding=coding)[0] == TEXT


@pytest.mark.parametrize("name", ["gzip", "deflate with its header", "br", "zstd"])
def test_broken_off(name: str) -> None:
    """A body that breaks off keeps what came."""
    text = "".join(f"<p>第{n}段，{hash((n, 7)) % 10**12}。</p>" for n in range(20_000)).encode()
    packed = {
        "gzip": gzip.compress,
        "deflate with its header": zlib.compress,
        "br": brotli.compress,
        "zstd": zstd.compress,
    }
    whole = packed[name](text)
    came = inflate(whole[: len(whole) // 2], CODED[name][1])
    assert len(came) > len(text) // 5
    assert text.startswith(came)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_bombs_are_bounded(monkeypatch: pytest.MonkeyPatch, coding: str) -> None:
    """A small body that unpacks to a huge one is cut at the bound, layer by layer."""
    monkeypatch.setattr(inflating, "MAX_BYTES", 100_000)
    bomb = b"0" * 5_000_000
    packed = {
        "gzip": gzip.compress(bomb),
        "deflate": zlib.compress(bomb),
        "br": brotli.compress(bomb),
        "zstd": zstd.compress(bomb),
        "gzip, gzip": gzip.compress(gzip.compress(bomb)),
    }
    assert len(inflate(packed[coding], coding)) == 100_000


def test_endless_codings() -> None:
    """A header that names more codings than servers apply is not obeyed without end."""
    data = gzip.compress(TEXT.encode())
    assert inflate(data, ",".join(["gzip"] * 10_000)) == TEXT.encode()


@given(st.binary(max_size=400), st.sampled_from(["", "gzip", "deflate", "br", "zstd", "gzip, br", "x"]))
def test_never_raises(data: bytes, coding: str) -> None:
    """Any bytes under any coding become some text, the same each time."""
    assert page(data, coding=coding) == page(data, coding=coding)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=30, max_size=80))
def test_round_trip(text: str) -> None:
    """UTF-8 comes back as it was whatever the characters; GBK under its label too."""
    assert to_text(text.encode())[0] == text
    assert to_text(f"{text}，的。".encode("gb18030"), "gb18030")[0] == f"{text}，的。"


def test_file_on_disk() -> None:
    """A saved page, packed or not, is decoded as a fetched one is."""
    saved = page_from_bytes(gzip.compress(TEXT.encode("gbk")), "https://news.example/1.html")
    assert (saved.text, saved.charset, saved.content_type) == (TEXT, "gb18030", "text/html")
