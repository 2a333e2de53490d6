"""What every answer says to the browser: run nothing, load nothing from elsewhere, do not guess."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Of our own pages (Content Security Policy Level 3): nothing inline, nothing from another host."""

CAPTURE_POLICY = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""Of a captured page: it is drawn with its own inline styles and can do nothing, not even follow its own refresh
(HTML Standard, sandboxed automatic features)."""

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
    "Vary": "Cookie",
}
"""Unless the answer says otherwise. `no-cache`: kept, but asked about each time, which an ETag answers shortly."""


log = logging.getLogger(__name__)


class Guard:
    """Outermost middleware: our headers on every answer, an ETag on those that are whole at once (RFC 9110, 8.8.3),
    HEAD wherever GET is, and a page where our own code failed.

    Args:
        broken: Makes the answer to a request that our own code failed on.
    """

    def __init__(self, app: ASGIApp, broken: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self.broken = broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match", "")
        head = scope["method"] == "HEAD"
        start: Message | None = None
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal start, begun
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                start = message
                return
            if start is not None:
                begun = True
                start = await _begin(start, message, asked, send)
                if start is None:
                    return
                start = None
            await send({**message, "body": b""} if head else message)

        asked_for = {**scope, "method": "GET"} if head else scope
        try:
            await self.app(asked_for, receive, guarded)
        except Exception as error:  # the edge: a bug of ours is logged, and its reader gets an answer
            log.exception("%r cannot be answered", scope["path"])  # which may hold what commands a terminal
            if begun:
                raise
            await self.broken(Request(asked_for), error)(asked_for, receive, guarded)


async def _begin(start: Message, body: Message, asked: str, send: Send) -> Message | None:
    """Send the head of an answer; None where that was all of it, because the asker has the rest already."""
    headers = MutableHeaders(scope=start)
    if start["status"] == 200 and not body.get("more_body") and "etag" not in headers:
        headers["ETag"] = f'"{hashlib.sha256(body.get("body", b"")).hexdigest()[:32]}"'
    had = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    if start["status"] == 200 and "etag" in headers and (headers["etag"] in had or had == ["*"]):  # RFC 9110, 13.1.2
        del headers["content-length"]
        await send({**start, "status": 304})
        await send({"type": "http.response.body", "body": b""})
        return None
    await send(start)
    return start
