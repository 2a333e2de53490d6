"""The same address gets the same answer as long as the archive is the same: given again, never out of date."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from crawl_samples import Home
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.types import Message, Receive, Scope, Send
from web_site import Served, changeable

from storage.errors import StoreError
from storage.store.changes import Changes
from storage.store.database import Database
from web import again
from web.again import Again

MINUTE = 61.0
TRIES = 5


class Small:
    """An application that says how often it was asked, behind `Again`; asked without a server."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = 200
        self.headers: list[tuple[bytes, bytes]] = []
        self.length = 0
        self.now = 0.0
        self.mark: str | None = "1"
        self.parts = 1
        self.meanwhile: Callable[[], None] = lambda: None
        self.again = Again(self._answer, clock=lambda: self.now)
        self.changes = SimpleNamespace(mark=lambda: self.mark)
        self._app = SimpleNamespace(state=SimpleNamespace(changes=self.changes))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        self.meanwhile()
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        for _ in range(self.parts - 1):
            await send({"type": "http.response.body", "body": b"0", "more_body": True})
        await send({"type": "http.response.body", "body": str(self.asked).encode().rjust(self.length)})

    def ask(self, path: str = "/", query: str = "", server: str = "127.0.0.1", **headers: str) -> int:
        """Which number of answers it got."""
        start, *bodies = asyncio.run(self.answer(path, query, server, **headers))
        assert (start["status"], len(bodies)) == (self.status, self.parts)
        assert len(start["headers"]) == 1 + len(self.headers)
        return int(b"".join(one["body"] for one in bodies))

    async def answer(self, path: str, query: str, server: str = "127.0.0.1", **headers: str) -> list[Message]:
        """What is sent."""
        sent: list[Message] = []

        async def receive() -> Message:
            raise AssertionError("nothing is sent with a request")

        async def send(message: Message) -> None:
            sent.append(message)
            message.get("headers", []).append((b"x-own", b"1"))  # as the outer middleware does

        scope = {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": (server, 8764),
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "app": self._app,
        }
        await self.again(scope, receive, send)
        return sent


@pytest.fixture
def small() -> Small:
    """The small application."""
    return Small()


def test_an_answer_is_given_again(small: Small) -> None:
    """Else a page that many read is made anew for each of them."""
    assert [small.ask(), small.ask(), small.ask("/a"), small.ask()] == [1, 1, 2, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"query": "q=1"},
        {"host": "archive.example"},
        {"cookie": "lang=en"},
        {"path": "/search"},
        {"server": "192.0.2.7"},
    ],
)
def test_another_question_has_another_answer(small: Small, other: dict[str, str]) -> None:
    """A reader must get the page, the language and the addresses that he asked for."""
    assert [small.ask(), small.ask(**other), small.ask(), small.ask(**other)] == [1, 2, 1, 2]


def test_an_answer_ends_with_the_archive_it_is_of(small: Small) -> None:
    """Else a reader would be told of an archive that was."""
    assert [small.ask(), small.ask()] == [1, 1]
    small.mark = "2"
    assert [small.ask(), small.ask()] == [2, 2]


def test_what_is_committed_while_an_answer_is_made_ends_it(small: Small) -> None:
    """It may have been read before or after: nobody knows."""
    small.meanwhile = lambda: setattr(small, "mark", "2")
    assert [small.ask(), small.ask(), small.ask()] == [1, 2, 2]


def test_where_nothing_is_known_of_the_archive_nothing_is_given_again(small: Small) -> None:
    """Else one answer would stand for every archive that cannot be asked."""
    small.mark = None
    assert [small.ask(), small.ask()] == [1, 2]


def test_nobody_waits_long_to_learn_whether_the_archive_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a database is away each who asks it waits for a minute: they would have all threads, static files none."""
    monkeypatch.setattr(again, "MARK_SECONDS", 0.1)
    small = Small()
    let_go, marked = threading.Event(), []

    def away() -> None:
        marked.append(1)
        assert let_go.wait(60)

    async def crowd() -> None:
        readers = [asyncio.create_task(small.answer("/", f"nr={number}")) for number in range(again.MARKING + 4)]
        try:
            for _, one in zip(range(4), asyncio.as_completed(readers, timeout=30), strict=False):
                await one
        finally:
            let_go.set()
            await asyncio.gather(*readers)

    small.changes.mark = away
    asyncio.run(crowd())
    assert len(marked) == again.MARKING


def test_an_answer_is_not_given_for_long(small: Small) -> None:
    """Else `today` would be yesterday."""
    assert small.ask() == 1
    small.now = again.HELD_SECONDS - 1
    assert small.ask() == 1
    small.now = MINUTE
    assert small.ask() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"status": 404},
        {"status": 503},
        {"headers": [(b"set-cookie", b"lang=en")]},
        {"length": again.MOST_BYTES_OF_ONE + 1},
        {"parts": 2},
    ],
)
def test_other_answers_are_made_each_time(small: Small, changed: dict[str, Any]) -> None:
    """What failed may go well the next time, a cookie is for who asked, and a giant would push out all others."""
    for name, value in changed.items():
        setattr(small, name, value)
    assert [small.ask(), small.ask()] == [1, 2]


@pytest.mark.parametrize("path", ["/healthz", "/static/style.css", "/capture/1/page"])
def test_what_is_to_be_told_as_it_is_now_is(small: Small, path: str) -> None:
    """Else whoever watches the server would watch its memory, and evidence would not be read from its file."""
    assert [small.ask(path), small.ask(path)] == [1, 2]


def test_answers_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else addresses that somebody invents would fill the memory of a server."""
    monkeypatch.setattr(again, "MOST_BYTES", 3 * (again.OVERHEAD_BYTES + 10))
    small = Small()
    for number in range(4):
        small.ask(query=f"x={number}")
    assert [small.ask(query="x=3"), small.ask(query="x=0")] == [4, 5]


@pytest.fixture
def asked_of(served: Served, tmp_path: Path) -> Iterator[tuple[Home, httpx.Client, Callable[[], int]]]:
    """An archive that a test may change, who asks its server, and how many statements were run since the last time."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    def since() -> int:
        number = sum("article" in one for one in statements)
        statements.clear()
        return number

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with changeable(served, tmp_path / "home") as (home, made):
            yield home, made, since
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_pages_are_given_again_until_somebody_writes(
    asked_of: tuple[Home, httpx.Client, Callable[[], int]],
) -> None:
    """Across the whole server: whichever process wrote, its readers see it."""
    home, asked, read = asked_of
    for path in ("/", "/search?q=渠", "/api/articles", "/feed.atom"):
        read()
        first = asked.get(path)
        assert read() > 0
        second = asked.get(path)
        assert read() == 0
        assert (second.content, second.headers["etag"]) == (first.content, first.headers["etag"])
        assert asked.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    with closing(sqlite3.connect(home.path / "data/archive.db")) as database, database:
        database.execute("UPDATE article SET title = '另一个标题' || title")
    assert "另一个标题" in asked.get("/").text
    assert "另一个标题" in asked.get("/feed.atom").text


def test_a_commit_is_noticed(database: Database, database_url: str, open_database: Callable[[str], Database]) -> None:
    """On both databases, from this process and from another connection; and nothing is noticed where there was none."""
    changes = Changes(database)
    for writer in (database, open_database(database_url)):
        for _ in range(TRIES):  # PostgreSQL looks after its tables in transactions of its own
            before = changes.mark()
            with database.read() as session:
                session.execute(text("SELECT count(*) FROM article"))
            if changes.mark() == before:
                break
        assert changes.mark() == before
        with writer.begin() as session:
            session.execute(text("UPDATE search_state SET next_number = next_number + 1"))
        assert changes.mark() != before
    changes.close()


@pytest.mark.parametrize("error", [PoolTimeout(), StoreError("away"), sqlite3.OperationalError("database is locked")])
def test_a_mark_never_fails(postgres_url: str, open_database: Callable[[str], Database], error: Exception) -> None:
    """It stands outside of what turns errors into pages: a database that is away would be a bug of ours."""
    database = open_database(postgres_url)

    def away() -> Any:
        raise error

    database.read = away  # type: ignore[method-assign]
    assert Changes(database).mark() is None


def test_where_changes_cannot_be_told_nothing_is_the_same() -> None:
    """A database in memory has one connection, which does not notice what it writes itself."""
    with Database.open("sqlite:///:memory:") as database:
        changes = Changes(database)
        assert changes.mark() is None
        changes.close()
