"""What a server may do to one request: break off, stand still, lie about length, charset and coding, never end."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
from collections.abc import Awaitable, Callable, Iterable

from demo.faults_server import Exchange, Play

HTML = "Content-Type: text/html; charset=utf-8\r\n"
BLOCK = b"<p>" + "澜港的海风吹过十里长堤。".encode() + b"</p>\n"
PIECE = BLOCK * 1_500
"""Some 60 KB of paragraphs without end."""
HUGE_BYTES = 500_000_000
BOMB_MEMBER = gzip.compress(b"<p>" * 3_400_000, 9)
"""10 MB of paragraphs in 10 KB."""
BOMB_MEMBERS = 1_000
"""Of them: 10 GB."""


def status(code: int, **headers: str) -> Play:
    """An answer of a status; header names with `_` for `-`."""
    heads = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.answer(f"status {code}", status=code, headers=heads)


def redirect(target: str) -> Play:
    """302 to an address; `{base}` in it is the server's, `{port}` its port, `{next}` a number that grows."""
    return lambda exchange: exchange.answer(status=302, headers={"Location": filled(target, exchange)})


def filled(template: str, exchange: Exchange) -> str:
    """An address with the server's own put in, and the number of its query plus one."""
    number = exchange.path.rpartition("=")[2]
    following = str(int(number) + 1 if number.isdigit() else 1)
    port = exchange.base.rpartition(":")[2]
    return template.replace("{base}", exchange.base).replace("{port}", port).replace("{next}", following)


def page(body: str | bytes, **headers: str) -> Play:
    """A page as it should come; header names with `_` for `-`."""
    heads = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.answer(body, headers=heads)


def at_first(first: Play, later: Play, times: int = 1) -> Play:
    """One play for the first requests, another from then on."""
    return lambda exchange: (first if exchange.times <= times else later)(exchange)


async def reset(exchange: Exchange) -> None:
    """The connection is broken off before a byte was sent."""
    exchange.reset()


async def closed(_exchange: Exchange) -> None:
    """The connection is closed before a byte was sent."""


async def silent(_exchange: Exchange) -> None:
    """Nothing is ever sent."""
    await asyncio.Event().wait()


def stalled(body: str) -> Play:
    """Half of a body, then nothing."""

    async def play(exchange: Exchange) -> None:
        data = body.encode()
        await exchange.send(_head(len(data)) + data[: len(data) // 2])
        await asyncio.Event().wait()

    return play


def dripping(body: str) -> Play:
    """A body of one byte a second."""

    async def play(exchange: Exchange) -> None:
        data = body.encode()
        await exchange.send(_head(len(data)))
        for place in range(len(data)):
            await exchange.send(data[place : place + 1])
            await asyncio.sleep(1)

    return play


def raw(data: bytes) -> Play:
    """Bytes as they are, whatever they mean."""
    return lambda exchange: exchange.send(data)


def short(body: str, share: float = 0.5) -> Play:
    """A body shorter than its Content-Length."""
    data = body.encode()
    return raw(_head(len(data)) + data[: int(len(data) * share)])


def chunked(body: str, *, ending: bytes) -> Play:
    """Half of a body in a chunk, then an ending that is none."""
    half = body.encode()[: len(body.encode()) // 2]
    head = f"HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode()
    return raw(head + b"%x\r\n%s\r\n" % (len(half), half) + ending)


def zipped(body: str, *, spoil: Callable[[bytes], bytes]) -> Play:
    """A gzip body that something happened to; its Content-Length is true."""
    return page(spoil(gzip.compress(body.encode())), Content_Encoding="gzip")


def half(data: bytes) -> bytes:
    """The first half."""
    return data[: len(data) // 2]


def scrambled(data: bytes) -> bytes:
    """The second half replaced by noise."""
    return half(data) + random.Random(7).randbytes(len(data) - len(data) // 2)  # noqa: S311 - the same every time


async def bomb(exchange: Exchange) -> None:
    """10 GB of paragraphs in a gzip stream of 10 MB."""
    head = f"HTTP/1.1 200 OK\r\n{HTML}Content-Encoding: gzip\r\n".encode()
    await exchange.send(head + f"Content-Length: {len(BOMB_MEMBER) * BOMB_MEMBERS}\r\n\r\n".encode())
    await _pour(exchange, (BOMB_MEMBER for _ in range(BOMB_MEMBERS)))


async def huge(exchange: Exchange) -> None:
    """A page of 500 MB."""
    await exchange.send(_head(HUGE_BYTES))
    await _pour(exchange, (PIECE for _ in range(HUGE_BYTES // len(PIECE))))


async def endless(exchange: Exchange) -> None:
    """A page in chunks that never ends."""
    await exchange.send(f"HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\n\r\n".encode())
    chunk = b"%x\r\n%s\r\n" % (len(PIECE), PIECE)
    while True:
        await exchange.send(chunk)


async def endless_head(exchange: Exchange) -> None:
    """Header lines that never end."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-More: " + b"x" * 60_000 + b"\r\n")


def _head(length: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\n{HTML}Content-Length: {length}\r\nConnection: close\r\n\r\n".encode()


async def _pour(exchange: Exchange, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        await exchange.send(piece)


def numbered(make: Callable[[int], str]) -> Play:
    """A page made of the number in its path or query, 1 where there is none; filled like the address of `redirect`."""

    def play(exchange: Exchange) -> Awaitable[None]:
        number = re.search(r"\d+", exchange.path)
        return exchange.answer(filled(make(int(number[0]) if number else 1), exchange))

    return play
