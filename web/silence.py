"""Connections on which nobody asks anything are closed: each takes one of the descriptors that readers need."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SILENT_SECONDS = 10.0
"""So long a connection may be open without a whole request, at its beginning and after each answer. A browser that
opens one to be quick, and asks nothing, opens another when it has to."""


class Impatient(H11Protocol):
    """uvicorn's protocol, which by itself waits for ever for a first request, and for the end of one that has begun."""

    _giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        if self._giving_up:
            self._giving_up.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next one."""
        super().on_response_complete()
        self._wait()

    def _wait(self) -> None:
        if self._giving_up:
            self._giving_up.cancel()
        self._giving_up = self.loop.call_later(SILENT_SECONDS, self._give_up)

    def _give_up(self) -> None:
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete:
            self.transport.close()
