"""The server under readers who are slow, and over code that fails."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from web_site import EDITED, Served

from cli.serve import listening
from web.headers import POLICY, Guard
from web.kept import MOST_WAITING, Kept, NotYet
from web.pages import search
from web.reading import LONG_AT_WORK
from web.silence import Impatient

READERS = 30
QUESTIONS = 40
CROWD = 120
"""More than the server has threads and connections to the database together."""
SILENT = 300
LARGE = "/static/htmx.min.js"
"""50 KB."""
MANY = 240
"""Of these more than the system keeps for who takes nothing, on either side."""


def test_slow_readers_keep_nobody_out(served: Served) -> None:
    """Whoever asks much and takes nothing must not hold the connections to the database that others need."""
    host, port = served.url.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(READERS)]
    try:
        for reader, one in enumerate(slow):
            paths = (
                f"/api/articles?limit=100&nr={reader}.{number}" for number in range(QUESTIONS)
            )  # none a second time
            one.sendall("".join(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n" for path in paths).encode())
        time.sleep(1)
        assert httpx.get(f"{served.url}/healthz", trust_env=False, timeout=25).status_code == 200
    finally:
        for one in slow:
            one.close()


def test_many_readers_at_once_all_get_their_page(served: Served) -> None:
    """Else who waits for a connection keeps the threads from those who have one: all stand, and are turned away."""

    async def asked() -> list[int]:
        async with httpx.AsyncClient(base_url=served.url, trust_env=False, timeout=120) as client:
            paths = (f"/search?nr={number}" for number in range(CROWD))
            return [one.status_code for one in await asyncio.gather(*map(client.get, paths))]

    assert asyncio.run(asked()) == [200] * CROWD


def test_nobody_waits_behind_searches(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one question of ten seconds would keep an article, and who watches the server, waiting as long."""
    asked, answered, let_go = queue.Queue[None](), queue.Queue[None](), threading.Event()
    answers = search._answers

    def slowly(*given: Any) -> Any:
        asked.put(None)
        assert let_go.wait(60)
        return answers(*given)

    monkeypatch.setattr(search, "_answers", slowly)
    client = httpx.Client(base_url=served.url, trust_env=False, timeout=60)

    def ask(number: int) -> None:
        assert client.get(f"/search?q=渠&behind={number}").status_code == 200
        answered.put(None)

    searches = [threading.Thread(target=ask, args=(number,)) for number in range(LONG_AT_WORK + 1)]
    for one in searches:
        one.start()
    try:
        for _ in range(LONG_AT_WORK):
            asked.get(timeout=30)
        for path in ("/healthz", f"/article/{served.id_of(EDITED)}", "/runs"):
            assert client.get(path).status_code == 200
        assert (asked.qsize(), answered.qsize()) == (0, 0), "no more search at the same time"
    finally:
        let_go.set()
        for one in searches:
            one.join()
    assert answered.qsize() == LONG_AT_WORK + 1
    client.close()


def test_an_answer_is_sent_at_once() -> None:
    """Else its body waits behind its head, 40 ms for every page."""
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_our_own_failure_is_a_page_with_our_headers() -> None:
    """A bug must neither leave a bare line nor a page without the policy that protects its reader."""

    async def failing(*_: object) -> None:
        raise RuntimeError("a bug")

    def broken(request: Request, error: Exception) -> Response:
        return PlainTextResponse(f"{request.url.path}: {type(error).__name__}", status_code=500)

    async def asked() -> httpx.Response:
        application: Any = Guard(failing, broken)
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://archive.example") as client:
            return await client.get("/somewhere")

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.text) == (500, "/somewhere: RuntimeError")
    assert answer.headers["content-security-policy"] == POLICY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What answers that are kept take for the time; `now`, in seconds, is set."""
    ours = SimpleNamespace(now=0.0)
    monkeypatch.setattr("web.kept.time", SimpleNamespace(monotonic=lambda: ours.now))
    return ours


def test_kept_answers_are_renewed_behind_readers(clock: SimpleNamespace) -> None:
    """Readers do not wait for what is being computed anew, unless what is there is far too old."""
    kept, release = Kept(seconds=60), threading.Event()
    assert kept.get("n", lambda: 1) == 1
    clock.now = 61

    def slowly() -> int:
        release.wait(30)
        return 2

    assert kept.get("n", slowly) == 1
    clock.now = 121
    release.set()
    assert kept.get("n", slowly) == 2
    kept.close()


def test_a_failed_renewal_is_told_to_who_waits_for_it(clock: SimpleNamespace) -> None:
    """The old answer stands while it is young enough; after that the error must not be hidden behind it."""
    kept = Kept(seconds=60)

    def fail() -> int:
        raise ValueError("no figures")

    with pytest.raises(ValueError, match="no figures"):
        kept.get("n", fail)
    assert kept.get("n", lambda: 3) == 3
    clock.now = 121
    with pytest.raises(ValueError, match="no figures"):
        kept.get("n", fail)
    kept.close()


def test_who_did_not_wait_for_a_failure_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a page that loads again by itself would do so for ever, and have all counted each time."""
    monkeypatch.setattr("web.kept.LONGEST_WAIT_SECONDS", 0.05)
    kept, release, failed = Kept(seconds=60), threading.Event(), threading.Event()

    def fail() -> int:
        release.wait(30)
        failed.set()
        raise ValueError("no figures")

    with pytest.raises(NotYet):
        kept.get("n", fail)
    release.set()
    failed.wait(30)
    kept.close()
    with pytest.raises(ValueError, match="no figures"):
        kept.get("n", fail)


def test_who_waits_for_what_is_computed_does_not_keep_all_threads() -> None:
    """Forty readers of figures that take a minute would keep everybody else from pages that are there at once."""
    kept, release = Kept(seconds=60), threading.Event()
    refused: list[BaseException] = []

    def ask() -> None:
        try:
            kept.get("n", lambda: release.wait(30))
        except NotYet as error:
            refused.append(error)

    readers = [threading.Thread(target=ask) for _ in range(MOST_WAITING + 3)]
    for one in readers:
        one.start()
    deadline = time.monotonic() + 20
    while len(refused) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    release.set()
    for one in readers:
        one.join()
    assert len(refused) == 3
    assert kept.get("n", lambda: None) is True
    kept.close()


def test_silent_connections_keep_nobody_out_and_are_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few hundred connections that ask nothing, or begin to, would hold the archive shut as long as they like."""
    monkeypatch.setattr("web.silence.SILENT_SECONDS", 1.0)
    host, port = served.url.removeprefix("http://").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(SILENT)]
    try:
        for one in silent[::2]:
            one.sendall(b"GET / HTTP/1.1\r\n")
        answer = httpx.get(f"{served.url}/healthz", trust_env=False, timeout=25)
        assert answer.status_code == 200
        for one in silent:
            one.settimeout(20)
            assert one.recv(1) == b""
    finally:
        for one in silent:
            one.close()


def test_who_takes_nothing_is_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """He would keep a connection and what was made for him as long as he likes; a thousand of him, all of them."""
    lost: queue.Queue[tuple[str, int] | None] = queue.Queue()
    end = Impatient.connection_lost

    def connection_lost(connection: Impatient, error: Exception | None) -> None:
        end(connection, error)
        lost.put(connection.client)

    monkeypatch.setattr("web.silence.STALLED_SECONDS", 1.0)
    monkeypatch.setattr(Impatient, "connection_lost", connection_lost)
    with reading_slowly(served) as slow:
        while lost.get(timeout=20) != slow.getsockname():
            pass  # another one, of a test before


@contextmanager
def reading_slowly(served: Served) -> Iterator[socket.socket]:
    """A connection on which much was asked for, and that takes little at a time."""
    host, port = served.url.removeprefix("http://").split(":")
    with socket.socket() as slow:
        slow.settimeout(20)
        slow.connect((host, int(port)))
        slow.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() * MANY)
        yield slow


def test_a_slow_reader_is_served(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody on a bad line could take a record of some megabytes."""
    monkeypatch.setattr("web.silence.STALLED_SECONDS", 1.0)
    taken, wanted = 0, MANY * len(httpx.get(served.url + LARGE, trust_env=False).content)
    with reading_slowly(served) as slow:
        while taken < wanted:
            part = slow.recv(65_536)
            assert part, f"cut off after {taken} of {wanted} bytes"
            taken += len(part)
            time.sleep(0.02)


def test_who_asks_again_in_time_is_not_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a browser would have to open a connection for every page."""
    monkeypatch.setattr("web.silence.SILENT_SECONDS", 1.0)
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=20)
    connection.connect()
    first = connection.sock
    for _ in range(4):
        connection.request("GET", "/static/icon.svg")
        assert connection.getresponse().read()
        time.sleep(0.6)
    assert connection.sock is first
    connection.close()
