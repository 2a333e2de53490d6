"""What every answer says to the browser: run nothing, load nothing from elsewhere, do not guess."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
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
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
    "Vary": "Cookie",
}
"""Unless the answer says otherwise. `no-cache`: kept, but asked about each time, which an ETag answers shortly."""


class Guard:
    """Middleware: our headers on every answer, and an ETag on those that are whole at once (RFC 9110, 8.8.3)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None

        async def guarded(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                start = message
                return
            if start is not None:
                start = await _begin(start, message, asked, send)
                if start is None:
                    return
                start = None
            await send(message)

        await self.app(scope, receive, guarded)


async def _begin(start: Message, body: Message, asked: str, send: Send) -> Message | None:
    """Send the head of an answer; None where that was all of it, because the asker has the rest already."""
    headers = MutableHeaders(scope=start)
    if start["status"] == 200 and not body.get("more_body") and "etag" not in headers:
        headers["ETag"] = f'"{hashlib.sha256(body.get("body", b"")).hexdigest()[:32]}"'
    if start["status"] == 200 and headers.get("etag") in [tag.strip().removeprefix("W/") for tag in asked.split(",")]:
        del headers["content-length"]
        await send({**start, "status": 304})
        await send({"type": "http.response.body", "body": b""})
        return None
    await send(start)
    return start
