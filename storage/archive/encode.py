"""Capture → three WARC records: request, metadata, response, in this order, each a gzip member of its own.

The response comes last and is the commit point: where it is whole, what belongs to it is whole before it. A page that
a browser drew was asked for by nobody and answered by nobody: it is two records, metadata and conversion.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from storage.archive.httphead import Headers, decode_headers, request_head, response_head
from storage.contexts import context_fields
from storage.records import Capture

WARC_VERSION = "WARC/1.1"
LEAD_FIELD = "X-Archive-Lead"
"""On a response: how many compressed bytes before it its request and metadata records take."""
CONVERSION = "conversion"
METADATA_TYPE = "application/json"
METADATA_VERSION = 1

_REQUEST_TYPE = "application/http; msgtype=request"
_RESPONSE_TYPE = "application/http; msgtype=response"
_URL_SAFE = "".join(map(chr, range(0x21, 0x7F)))  # everything printable in ASCII but the blank; % too: nothing twice
RENDERED = "urn:rendered:"
"""Before the address of a page as a browser drew it, in WARC-Target-URI and index: nobody who replays the archive may
take it for what the server sent."""
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, 5.6.2
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization"})
"""Request headers that are never archived: they open doors and say nothing about the page."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The bytes of one capture, ready to be appended."""

    data: bytes = field(repr=False)
    response_offset: int
    """Where in `data` the response's member starts; it ends where `data` ends."""


def digest_of(data: bytes) -> str:
    """`sha256:<hex>`; the same words in rows, index lines and WARC headers."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def ascii_url(url: str) -> str:
    """The URL in printable ASCII without blanks; never raises. Equal to `url` for every URL that can be requested."""
    return quote(url, safe=_URL_SAFE, errors="surrogatepass")


def target_uri(capture: Capture) -> str:
    """The address under which a capture stands in the archive."""
    return (RENDERED if capture.rendered else "") + ascii_url(capture.url)


def warc_date(capture: Capture) -> str:
    """WARC-Date of a capture whose time is aware UTC in whole seconds."""
    return f"{capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}"


def new_record_id() -> str:
    """`<urn:uuid:…>`."""
    return str(StatusAndHeadersParser.make_warc_id())


def member(kind: str, headers: list[tuple[str, str]], content_type: str, block: bytes) -> bytes:
    """One record as one gzip member. `headers` hold all but type, block digest, content type and length."""
    fields = [("WARC-Type", kind), *headers, ("WARC-Block-Digest", digest_of(block)), ("Content-Type", content_type)]
    out = io.BytesIO()
    # The block is handed over whole and without parsed HTTP headers: warcio would rewrite what is not ASCII in them.
    record = ArcWarcRecord(
        "warc",
        kind,
        StatusAndHeaders("", fields, protocol=WARC_VERSION),
        io.BytesIO(block),
        None,
        content_type,
        len(block),
    )
    WARCWriter(out, gzip=True, warc_version=WARC_VERSION).write_record(record)
    return out.getvalue()


def warcinfo(name: str, date: str, fields: dict[str, str]) -> bytes:
    """The first record of a file: who wrote it, with what."""
    lines = "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in fields.items() if value.strip())
    headers = [("WARC-Record-ID", new_record_id()), ("WARC-Filename", name), ("WARC-Date", date)]
    return member("warcinfo", headers, "application/warc-fields", lines.encode("utf-8", "replace"))


def group(capture: Capture) -> Group:
    """The records of a capture."""
    return _conversion(capture) if capture.rendered else _exchange(capture)


def _conversion(capture: Capture) -> Group:
    """The two records of a page that a browser drew (WARC 1.1, 6.7)."""
    record_id = new_record_id()
    content_type = capture.header("Content-Type") or "text/html"
    about = json.dumps(_about(capture) | {"status": capture.status, "headers": capture.headers}, indent=1).encode()
    lead = member(
        "metadata",
        [*_common(capture, new_record_id()), _concurrent(record_id), ("WARC-Payload-Digest", digest_of(about))],
        METADATA_TYPE,
        about,
    )
    fields = [*_common(capture, record_id), ("WARC-Payload-Digest", digest_of(capture.body))]
    drawn = member(CONVERSION, [*fields, (LEAD_FIELD, str(len(lead)))], content_type, capture.body)
    return Group(data=lead + drawn, response_offset=len(lead))


def _exchange(capture: Capture) -> Group:
    """The three records of a request and its response."""
    response_id = new_record_id()
    head = response_head(capture.status, capture.headers, len(capture.body))
    asked = _request_block(capture)
    about = _metadata_block(capture, head, asked)
    lead = member(
        "request",
        [*_common(capture, new_record_id()), _concurrent(response_id), ("WARC-Payload-Digest", digest_of(b""))],
        _REQUEST_TYPE,
        asked,
    ) + member(
        "metadata",
        [*_common(capture, new_record_id()), _concurrent(response_id), ("WARC-Payload-Digest", digest_of(about))],
        METADATA_TYPE,
        about,
    )
    fields = [*_common(capture, response_id), ("WARC-Payload-Digest", digest_of(capture.body))]
    fields += [("WARC-Truncated", capture.truncated)] if capture.truncated else []
    fields += [(LEAD_FIELD, str(len(lead)))]
    response = member("response", fields, _RESPONSE_TYPE, head + capture.body)
    return Group(data=lead + response, response_offset=len(lead))


def archivable(headers: Headers) -> Headers:
    """Request headers without those that must not be archived."""
    return tuple(header for header in headers if header[0].strip().lower() not in SECRET_HEADERS)


def _common(capture: Capture, record_id: str) -> list[tuple[str, str]]:
    return [
        ("WARC-Record-ID", record_id),
        ("WARC-Target-URI", target_uri(capture)),
        ("WARC-Date", warc_date(capture)),
    ]


def _concurrent(response_id: str) -> tuple[str, str]:
    return "WARC-Concurrent-To", response_id


def _request_block(capture: Capture) -> bytes:
    url = ascii_url(capture.url)
    target = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*", "", url).partition("#")[0]
    method = capture.method if _TOKEN.fullmatch(capture.method) else "GET"
    return request_head(method, target if target.startswith("/") else "/" + target, capture.request_headers)


def _about(capture: Capture) -> dict[str, Any]:
    return {
        "version": METADATA_VERSION,
        "url": capture.url,
        "method": capture.method,
        "context": context_fields(capture.context),
    }


def _metadata_block(capture: Capture, head: bytes, asked: bytes) -> bytes:
    """What the other two records cannot say: the context, and exactly what they say only nearly."""
    about = _about(capture)
    if decode_headers(head.removesuffix(b"\r\n\r\n")) != capture.headers:
        about["headers"] = capture.headers
    if decode_headers(asked.removesuffix(b"\r\n\r\n")) != capture.request_headers:
        about["request_headers"] = capture.request_headers
    return json.dumps(about, indent=1).encode("ascii")
