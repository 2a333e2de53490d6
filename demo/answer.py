"""One answer of the replica, and what may go wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status, headers and body, and how a server should spoil them."""

    body: bytes = field(default=b"", repr=False)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None
    """Content-Length where it is not the body's: the body is cut short."""
    delay_seconds: float = 0.0
    """Waited before anything is sent."""
    stall_seconds: float = 0.0
    """Waited between the headers and the end; the body is never sent."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How answers go wrong: made by `refuse`, `stall`, `cut`, `slow`."""

    status: int | None = None
    retry_after: str | None = None
    """Seconds, or an HTTP date."""
    stall_seconds: float = 0.0
    delay_seconds: float = 0.0
    keep: float = 1.0
    """Share of the body that is sent of what Content-Length promises."""

    def spoil(self, answer: Answer) -> Answer:
        """The answer as it goes out."""
        if self.status is not None:
            told = {"Retry-After": self.retry_after} if self.retry_after is not None else {}
            return Answer(status=self.status, body=b"busy", headers={"Content-Type": "text/plain"} | told)
        spoilt = replace(answer, delay_seconds=self.delay_seconds, stall_seconds=self.stall_seconds)
        if self.keep < 1 and answer.body:
            spoilt = replace(spoilt, promised=len(answer.body), body=answer.body[: int(len(answer.body) * self.keep)])
        return spoilt


def refuse(status: int = 503, retry_after: float | str | None = None) -> Fault:
    """429 or 503, with Retry-After in seconds or as an HTTP date."""
    return Fault(status=status, retry_after=None if retry_after is None else str(retry_after))


def stall(seconds: float) -> Fault:
    """Headers, then nothing."""
    return Fault(stall_seconds=seconds)


def cut(keep: float = 0.5) -> Fault:
    """A body shorter than its Content-Length."""
    return Fault(keep=keep)


def slow(seconds: float) -> Fault:
    """The whole answer, late."""
    return Fault(delay_seconds=seconds)


def document(text: str, *, charset: str = "utf-8", content_type: str = HTML) -> Answer:
    """A page."""
    return Answer(body=text.encode(charset), headers={"Content-Type": content_type})


def redirect(target: str, status: int = 301) -> Answer:
    """A page that moved."""
    body = f'<html><body>moved to <a href="{target}">{target}</a></body></html>'
    return replace(document(body), status=status, headers={"Content-Type": HTML, "Location": target})


def missing() -> Answer:
    """What the site says of an address it does not have."""
    return replace(
        document("<html><head><title>404</title></head><body><h1>您访问的页面不存在</h1></body></html>"), status=404
    )


def conditional(answer: Answer, changed: datetime, asked: Mapping[str, str]) -> Answer:
    """The answer with its validators, or 304 where what was asked shows that it is known (RFC 9110, section 13.2.2).

    Args:
        changed: When the page last changed; aware.
        asked: Request headers, names in lower case.
    """
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
    validators = {"ETag": tag, "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}
    if tags := asked.get("if-none-match"):
        known = tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    else:
        known = _not_since(changed, asked.get("if-modified-since"))
    if known:
        return Answer(status=304, headers=validators)
    return replace(answer, headers={**answer.headers, **validators})


def _not_since(changed: datetime, since: str | None) -> bool:
    try:
        return since is not None and changed <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False  # an unreadable or zoneless date is no condition
