"""HTTP heads as bytes: status or request line, header lines, empty line.

Strings stand for bytes one to one (ISO-8859-1), as they came off the wire. What a head cannot say exactly (a line
break inside a value, a name with a colon) is written as near as possible; whoever needs it exact compares
`decode_headers` of what was written with what was meant, and keeps the difference elsewhere.
"""

from __future__ import annotations

import re
from http import HTTPStatus

Headers = tuple[tuple[str, str], ...]

KEPT_PREFIX = "X-Archive-Orig-"
"""Before the name of a header that is no longer true of the archived bytes; the custom of web archives."""
_BREAKS = re.compile(r"[\r\n\0]")
_LATIN_1_MAX = "\xff"


def response_head(status: int, headers: Headers, body_length: int) -> bytes:
    """The head of a response whose body follows as `body_length` bytes, transfer coding off.

    `Transfer-Encoding`, and a `Content-Length` that is not `body_length`, get the prefix `X-Archive-Orig-`: readers
    would otherwise undo a coding that is not there, or wait for bytes that never came. The protocol version and the
    reason phrase are not kept on the way here; the usual ones are written.
    """
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = ""
    return _head(f"HTTP/1.1 {status} {reason}", tuple(_true_of(header, body_length) for header in headers))


def request_head(method: str, target: str, headers: Headers) -> bytes:
    """The head of a request."""
    return _head(f"{method} {target} HTTP/1.1", headers)


def split_head(block: bytes) -> tuple[bytes, bytes]:
    """A block's head without its empty line, and the body. A block without an empty line is all head."""
    head, _, body = block.partition(b"\r\n\r\n")
    return head, body


def decode_headers(head: bytes) -> Headers:
    """The headers of a head, prefixes taken off again.

    >>> decode_headers(b"HTTP/1.1 200 OK\\r\\nX-Archive-Orig-Transfer-Encoding: chunked")
    (('Transfer-Encoding', 'chunked'),)
    """
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if line)
    return tuple((name.removeprefix(KEPT_PREFIX), value.strip(" \t")) for name, _, value in pairs)


def stated_lengths(head: bytes) -> list[str]:
    """Every Content-Length that a head states of the bytes that follow it; not those with the prefix."""
    lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return [value.strip() for name, _, value in lines if name.strip().lower() == "content-length"]


def decode_status(head: bytes) -> int | None:
    """The status of a response head; None where its first line has none."""
    found = re.match(rb"HTTP/\d(?:\.\d)? (-?\d{1,9})(?: |\r|$)", head)
    return int(found[1]) if found else None


def _true_of(header: tuple[str, str], body_length: int) -> tuple[str, str]:
    name, value = header
    lowered = name.strip().lower()
    if lowered == "transfer-encoding" or (lowered == "content-length" and value.strip() != str(body_length)):
        return KEPT_PREFIX + name, value
    return header


def _head(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    text = "\r\n".join(_BREAKS.sub(" ", line) for line in lines) + "\r\n\r\n"
    # Text beyond ISO-8859-1 cannot have come off the wire byte by byte: somebody decoded it, most likely as UTF-8.
    return text.encode("latin-1" if max(text) <= _LATIN_1_MAX else "utf-8", "surrogatepass")
