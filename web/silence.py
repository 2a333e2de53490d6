"""Connections on which nobody asks anything, or takes what was asked for, are closed: each takes one of the descriptors
that readers need."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SILENT_SECONDS = 10.0
"""So long a connection may be open without a whole request, at its beginning and after each answer. A browser that
opens one to be quick, and asks nothing, opens another when it has to."""
STALLED_SECONDS = 120.0
"""So long somebody may take nothing of what is ready. The system takes more from the server only when a third of the
4 MB it keeps has gone, which a line of 10 KB a second needs two minutes for."""


class Impatient(H11Protocol):
    """uvicorn's protocol, which by itself waits for ever for a first request, for the end of one that has begun, and
    for who takes no answer."""

    _giving_up: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        for waiting in (self._giving_up, self._stalled):
            if waiting:
                waiting.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next one."""
        super().on_response_complete()
        self._wait()

    def pause_writing(self) -> None:
        """Wait for what is ready to be taken."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """It was taken."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()

    def _wait(self) -> None:
        if self._giving_up:
            self._giving_up.cancel()
        self._giving_up = self.loop.call_later(SILENT_SECONDS, self._give_up)

    def _watch(self) -> None:
        if self._stalled:
            self._stalled.cancel()
        self._stalled = self.loop.call_later(STALLED_SECONDS, self.transport.abort)

    def _give_up(self) -> None:
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete:
            self.transport.close()  # once the rest of the answer before has been taken
            self._watch()
