"""The same answer again: an address asked for once more gets what it got before, as long as the archive is the same."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.store.changes import Changes
from web.language import language_of
from web.turns import Turns

MOST_BYTES = 32 << 20
"""Of all answers that are held, and of what remembers them."""
MOST_BYTES_OF_ONE = 1 << 20
"""A larger one is sent, and made anew the next time."""
OVERHEAD_BYTES = 2_000
"""Of what is held beside the body: the head with its dozen fields, and Python's own part."""
HELD_SECONDS = 60.0
"""How old one may be: pages also say what day it is, and whether the last crawl is long ago."""
MARKING = 2
"""Requests that ask at the same time whether the archive is the same. While the database is away each would keep a
thread for a minute; those that come then are answered, or refused, as if nothing were held."""
MARK_SECONDS = 1.0
"""How long one waits to ask that."""
MOST_MARKING = 400
"""How many wait at the same time: as many as for pages (`reading.MOST_WAITING`)."""
NOT_HELD = ("/healthz", "/static/", "/capture/")
"""Beginnings of paths that are asked each time: what is to be told as it is now, and what does not lie in the
database."""


@dataclass(frozen=True, kw_only=True)
class _Held:
    """An answer, and how long it may be given."""

    mark: str
    """Of the archive it was made from."""
    until: float
    """By the clock, in seconds."""
    start: Message
    body: Message


class Again:
    """Middleware that gives an answer again, if it was a whole one with status 200.

    Args:
        clock: What tells seconds.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self.clock = clock
        self._held: LRUCache[bytes, _Held] = LRUCache(MOST_BYTES, getsizeof=_size)
        self._marking = Turns(MARKING, longest_seconds=MARK_SECONDS, most_waiting=MOST_MARKING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NOT_HELD):
            await self.app(scope, receive, send)
            return
        key = _key(scope)
        mark = await self._mark(scope["app"].state.changes)
        if mark is None:
            await self.app(scope, receive, send)
            return
        held = self._held.get(key)
        if held is None or held.mark != mark or held.until <= self.clock():
            await self.app(scope, receive, self._holding(key, mark, send))
            return
        await send({**held.start, "headers": list(held.start["headers"])})  # others add theirs
        await send(held.body)

    async def _mark(self, changes: Changes) -> str | None:
        """Of the archive as it is now; None where it cannot be told soon."""
        try:
            async with self._marking.turn():
                return await run_in_threadpool(changes.mark)
        except PoolTimeout:
            return None

    def _holding(self, key: bytes, mark: str, send: Send) -> Send:
        """Send on, and hold what is sent if it may be given again.

        Args:
            mark: Of the archive before anything of the answer was read.
        """
        start: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = {**message, "headers": list(message["headers"])}
            elif start is not None:
                if _may_be_held(start, message):
                    until = self.clock() + HELD_SECONDS
                    self._held[key] = _Held(mark=mark, until=until, start=start, body=message)
                start = None  # the parts of an answer that is sent in several are none
            await send(message)

        return sending


def _key(scope: Scope) -> bytes:
    """Of all that an answer depends on but for the archive: feeds name the host they were asked for at. A digest, since
    strangers choose how long an address is."""
    here = scope["scheme"], scope.get("server"), Headers(scope=scope).getlist("host")
    asked = here, scope["path"], scope["query_string"], language_of(Request(scope))
    return hashlib.sha256(repr(asked).encode()).digest()


def _may_be_held(start: Message, body: Message) -> bool:
    whole = body["type"] == "http.response.body" and not body.get("more_body")
    small = len(body.get("body", b"")) <= MOST_BYTES_OF_ONE
    return whole and small and start["status"] == 200 and "set-cookie" not in Headers(raw=start["headers"])


def _size(held: _Held) -> int:
    return len(held.body.get("body", b"")) + OVERHEAD_BYTES
