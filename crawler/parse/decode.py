"""Capture → Page: content coding undone, bytes made text.

What a server or a page says of its charset is wrong often enough (UTF-8 bytes under a gb2312 label, and the reverse)
that the bytes are asked first: strict UTF-8 is no accident in a text of any length. Only then do the labels count, and
only where the text they give reads like Chinese.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from datetime import UTC, datetime

from crawler.parse.inflate import inflate, unpack
from storage.records import Capture, Context, Kind, Page

DECLARED_WITHIN_BYTES = 16_384
"""How far into a page a charset label is looked for. HTML asks for the first 1024; real pages put scripts before it."""
SAMPLE_BYTES = 262_144
"""How much of a page that is not UTF-8 is decoded on trial."""
STRAY_SHARE = 0.05
"""UTF-8 with up to this share of broken characters among those beyond ASCII is still UTF-8: cut emoji, a cut end."""
TOO_LONG = "longer than page_max_bytes"
"""Why a page was cut off, or not taken at all; part of a reason that is stored."""
PAIRED_SHARE = 0.8
"""Of the runs of bytes beyond ASCII in a double-byte text, those of even length: GBK's rarer signs end in ASCII."""

_BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_LABEL = re.compile(
    rb"""<meta[^>]{1,400}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_CODECS = {
    "utf-8": ("utf-8", "utf8", "unicode-1-1-utf-8"),
    "gb18030": ("gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "gb2312-80", "cp936", "windows-936", "hz-gb-2312"),
    "big5hkscs": ("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cn-big5", "cp950"),
    "utf-16-le": ("utf-16", "utf-16le", "unicode"),
    "utf-16-be": ("utf-16be",),
    "cp1252": ("iso-8859-1", "latin1", "latin-1", "windows-1252", "us-ascii", "ascii", "iso8859-1"),
    "shift_jis": ("shift_jis", "shift-jis", "sjis", "x-sjis"),
    "euc-jp": ("euc-jp",),
    "euc-kr": ("euc-kr", "ks_c_5601-1987"),
}
_CODEC_OF = {label: codec for codec, labels in _CODECS.items() for label in labels}
_FREQUENT = re.compile("[，。、的一是在了不和有人中大上年]")
"""Signs that any Chinese page is full of, in both scripts, and that a wrong decoding hardly ever hits."""
_CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def decode(capture: Capture) -> Page:
    """Undo a capture's content coding and decode its bytes. Never raises on what a server sent."""
    declared = capture.header("Content-Type") or ""
    body = inflate(capture.body, capture.header("Content-Encoding") or "")
    text, charset, how = to_text(body, _from_header(declared))
    return Page(
        url=capture.url,
        text=text,
        charset=charset,
        charset_how=how,
        content_type=declared.partition(";")[0].strip().lower() or "text/html",
        status=capture.status,
        fetched_at=capture.fetched_at,
        context=capture.context,
    )


def coding_fault(capture: Capture) -> str:
    """Why a body as sent does not hold the whole page though all of it came; empty where it does."""
    return unpack(capture.body, capture.header("Content-Encoding") or "")[1]


def not_whole(capture: Capture) -> str:
    """What a truncated capture is, in a few words, for the one who asks why it was not read."""
    cut_off = capture.truncated == "length"
    why = TOO_LONG if cut_off else coding_fault(capture) or capture.truncated
    return f"response not whole: {why}"


def page_from_bytes(
    data: bytes, url: str, context: Context | None = None, fetched_at: datetime | None = None, status: int = 200
) -> Page:
    """A page from a file on disk, its charset found as for a fetched one.

    Args:
        data: the file; gzip is recognised and undone.
        url: where the page came from, for resolving links.
        context: what is known about it; an article of no known site where None.
        fetched_at: aware; now where None.
        status: of the response it once was.
    """
    text, charset, how = to_text(inflate(data, ""), None)
    return _page(text, url, context, fetched_at, status, charset, how)


def page_from_text(
    text: str, url: str, context: Context | None = None, fetched_at: datetime | None = None, status: int = 200
) -> Page:
    """A page from a string: what a test or a browser has."""
    return _page(text, url, context, fetched_at, status, "utf-8", "given as text")


def _page(
    text: str, url: str, context: Context | None, fetched_at: datetime | None, status: int, charset: str, how: str
) -> Page:
    return Page(
        url=url,
        text=text,
        charset=charset,
        charset_how=how,
        content_type="text/html",
        status=status,
        fetched_at=fetched_at or datetime.now(UTC),
        context=context or Context(kind=Kind.ARTICLE, site="generic"),
    )


def to_text(data: bytes, header: str | None = None) -> tuple[str, str, str]:
    """Bytes as text, with the charset used and how it was found.

    Args:
        data: an HTML document.
        header: codec that the Content-Type header names, None where it names none.

    Returns:
        (text, charset, how); `how` is `bom`, `utf-8 strict`, `header`, `meta` or `fallback`.

    >>> to_text("<meta charset=gb2312>新区".encode())[1:]
    ('utf-8', 'utf-8 strict')
    >>> to_text("<meta charset=utf-8>新区的，。".encode("gbk"))
    ('<meta charset=utf-8>新区的，。', 'gb18030', 'fallback')
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), codec, "bom"
    found = [(header, "header"), (_from_meta(data), "meta")]
    labels = [(codec, how) for codec, how in found if codec is not None]
    strict = _strict_utf8(data)
    if strict is not None and not _by_accident(strict, data, labels):
        return strict, "utf-8", "utf-8 strict"
    codec, how = _best(data[:SAMPLE_BYTES], labels)
    return data.decode(codec, "replace"), codec, how


def _strict_utf8(data: bytes) -> str | None:
    """The text where it is UTF-8 through and through; a character cut off at the very end is forgiven."""
    try:
        return getincrementaldecoder("utf-8")("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _by_accident(text: str, data: bytes, labels: list[tuple[str, str]]) -> bool:
    """Whether bytes that could be UTF-8 are the few GBK or Big5 characters that their label says they are."""
    said = {codec for codec, _ in labels} & {"gb18030", "big5hkscs"}
    if not said or text.isascii() or _CJK.search(text):
        return False
    return any(_CJK.search(data[:SAMPLE_BYTES].decode(codec, "replace")) for codec in said)


def _best(sample: bytes, labels: list[tuple[str, str]]) -> tuple[str, str]:
    """Codec and how it was found, for bytes that are not strict UTF-8."""
    if _nearly_utf8(sample):
        how = next((how for codec, how in labels if codec == "utf-8"), "fallback")
        return "utf-8", how
    candidates = [*labels, ("gb18030", "fallback")]
    weighed = [(_reads_chinese(sample, codec), codec, how) for codec, how in candidates if codec != "utf-8"]
    top = max(weight for weight, _, _ in weighed)
    if top > 0:  # the first label that reads as well as any; a later one must be twice as good
        return next((codec, how) for weight, codec, how in weighed if weight * 2 > top)
    fitting = [(codec, how) for codec, how in candidates if "\ufffd" not in sample[:-4].decode(codec, "replace")]
    if _in_pairs(sample):  # too short for a frequent sign, a list of three headlines say, but no Western text
        fitting = [(codec, how) for codec, how in fitting if codec != "cp1252"] or fitting
    return fitting[0] if fitting else candidates[0]


def _in_pairs(sample: bytes) -> bool:
    """Whether the bytes beyond ASCII stand in runs of even length, as Chinese does; an accent stands alone."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", sample)]
    return sum(1 for length in runs if length % 2 == 0) > PAIRED_SHARE * len(runs)


def _nearly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= STRAY_SHARE * (sum(1 for char in text if char > "\x7f") or 1)


def _reads_chinese(sample: bytes, codec: str) -> int:
    text = sample.decode(codec, "replace")
    return len(_FREQUENT.findall(text)) - text.count("\ufffd")


def _from_header(content_type: str) -> str | None:
    match = _HEADER.search(content_type)
    return _CODEC_OF.get(match[1].lower()) if match else None


def _from_meta(data: bytes) -> str | None:
    for match in _LABEL.finditer(data[:DECLARED_WITHIN_BYTES]):
        label = (match[1] or match[2]).decode("ascii", "replace").lower()
        codec = _CODEC_OF.get(label)
        if codec is not None and not codec.startswith("utf-16"):  # a label in ASCII bytes cannot be true of UTF-16
            return codec
    return None
