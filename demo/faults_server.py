"""A server that may break every rule of HTTP: what answers a request writes its bytes to the connection itself."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

HEAD_MAX_BYTES = 65_536
"""More than any client's request line and headers."""
METHODS = (b"GET ", b"HEAD ", b"POST ")
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER that makes a closed connection a reset one."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request, and the connection it came by."""

    path: str
    """With its query."""
    base: str
    """Address of the server, without a slash at the end."""
    times: int
    """How often this path was asked for, this time included."""
    writer: asyncio.StreamWriter = field(repr=False)

    async def send(self, data: bytes) -> None:
        """Bytes as they are. Raises OSError: the client is gone."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(
        self, body: str | bytes = b"", *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """An answer as it should be; `headers` replace those it has anyway."""
        data = body.encode() if isinstance(body, str) else body
        heads = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data)), "Connection": "close"}
        lines = [f"{name}: {value}" for name, value in {**heads, **(headers or {})}.items()]
        await self.send("\r\n".join([f"HTTP/1.1 {status} Status", *lines, "", ""]).encode("latin-1") + data)

    def reset(self) -> None:
        """Break the connection off."""
        wire: socket.socket = self.writer.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.writer.transport.abort()


Play = Callable[[Exchange], Awaitable[None]]
"""What answers a request; the connection is closed behind it."""


class FaultServer:
    """`with FaultServer({"/": play}) as server: server.url`; a path without a play is answered with 404.

    Safe to be read from the thread that opened it; plays run in a thread of the server's own.
    """

    def __init__(self, plays: Mapping[str, Play], *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Bind to a loopback address. Raises OSError: the port is taken.

        Args:
            plays: Path without its query → what answers it; a path that ends in a slash answers for all below it.
                May be changed while it is served.
            port: 0: a free one.
        """
        self.plays = dict(plays)
        self.requests: list[str] = []
        """Paths with their queries, in the order they were asked for."""
        self.heads: list[str] = []
        """The head of each of these requests."""
        self._socket = socket.create_server((host, port))
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{host}:{port}"

    async def _serve(self) -> None:
        self._address = self.url
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(self._connected(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(connected, sock=self._socket, limit=HEAD_MAX_BYTES)
        await self._end.wait()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Whoever asked may break off, or have said nothing that HTTP is: neither is the server's end.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            try:
                await self._answer(reader, writer)
            finally:
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begin = await reader.readexactly(max(map(len, METHODS)))
        if not begin.startswith(METHODS):  # TLS, say
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return
        head = (begin + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        self.requests.append(path)
        self.heads.append(head)
        exchange = Exchange(path=path, base=self._address, times=self.requests.count(path), writer=writer)
        plain = path.partition("?")[0]
        play = self.plays.get(plain) or self.plays.get(plain.rpartition("/")[0] + "/")
        await (play(exchange) if play else exchange.answer("no such page", status=404))
