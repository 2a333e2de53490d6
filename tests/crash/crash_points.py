"""Named moments of writing at which a process can be made to die. Only processes of the crash harness have them.

Production code knows nothing of this: functions are wrapped here, after the fork, in the process that is to die.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy.engine.default
from sqlalchemy import Connection, Engine, event

import cli.export
import crawler.keeper
import storage.archive.files
import storage.archive.rebuild
import storage.archive.seal
import storage.archive.writer
import storage.store.migrate
from storage.store import engines

CRAWLING = ("ledger", "commit", "transaction", "record", "flushed", "index", "checksum", "renamed", "draft")
"""Points that a crawl passes."""
RECOVERING_FIRST = ("kept", "cut", "row")
"""Points that only recovery passes: the cut bytes kept, the file cut, a missing row added."""
RECOVERING = (*RECOVERING_FIRST, "commit", "index", "checksum", "renamed", "draft")
"""Points that a repair passes: these, and finishing the file."""
MIGRATING = ("migration", "commit")
EXPORTING = ("article", "named")
WRITES = ("INSERT", "UPDATE", "DELETE")
SCHEMA = ("CREATE", "ALTER", "DROP", *WRITES)


class Points:
    """Counts how often each point is passed, and dies at one of them."""

    def __init__(self, name: str = "", number: int = 0, share: float = 0.0) -> None:
        """Die when `name` is passed for the `number`-th time; of what was being written then, a `share` is written."""
        self._armed = (name, number)
        self._share = share
        self.passed = Counter[str]()
        self._ledger = False  # whether the transaction that is open wrote to the ledger
        self._writes = False

    def install(self) -> None:
        """Wrap everything. For the whole life of this process."""
        self._wrap_database()
        self._wrap_files()
        after(crawler.keeper.Keeper, "add_row", lambda: self.at("row"))
        after(storage.archive.writer.Writer, "write", lambda: self.at("flushed"))
        for module in (storage.archive.seal, storage.archive.rebuild):
            after(module, "write_index", lambda: self.at("index"))
            after(module, "write_checksum", lambda: self.at("checksum"))
        before(storage.archive.seal, "sync_directory", lambda: self.at("renamed"))
        self._wrap_export()

    def at(self, name: str) -> None:
        """A point is passed."""
        if self._due(name):
            die()

    def _due(self, name: str) -> bool:
        self.passed[name] += 1
        return self._armed == (name, self.passed[name])

    def _wrap_database(self) -> None:
        migrating: list[bool] = []

        def executed(_c: Connection, _cursor: Any, statement: str, *_: object) -> None:
            word = statement.split(None, 1)[0].upper()
            if migrating and word in SCHEMA:
                self.at("migration")
            elif word in WRITES:
                self._ledger |= "ledger" in statement
                self.at("transaction")

        def commits(connection: Connection) -> None:
            self._writes = engines.WRITES in connection.get_execution_options()
            if self._writes:
                self.at("commit")

        def committed() -> None:
            if self._writes and self._ledger:
                self.at("ledger")
            self._ledger = False

        event.listen(Engine, "after_cursor_execute", executed)
        event.listen(Engine, "commit", commits)
        after(sqlalchemy.engine.default.DefaultDialect, "do_commit", committed)
        before(storage.store.migrate.command, "upgrade", lambda: migrating.append(True))
        after(storage.store.migrate.command, "upgrade", migrating.clear)

    def _wrap_files(self) -> None:
        whole = storage.archive.files.write_all

        def write_all(fd: int, data: bytes) -> None:
            if self._due("record"):
                whole(fd, data[: int(len(data) * self._share)])
                die()
            whole(fd, data)

        storage.archive.files.write_all = write_all
        before(os, "ftruncate", lambda: self.at("kept"))
        after(os, "ftruncate", lambda: self.at("cut"))
        replace = Path.replace

        def replaced(path: Path, target: Path) -> Path:
            if path.suffix == ".draft" and self._due("draft"):
                os.truncate(path, int(path.stat().st_size * self._share))
                die()
            if path.suffix == ".part":
                self.at("named")
            return replace(path, target)

        Path.replace = replaced  # type: ignore[method-assign]

    def _wrap_export(self) -> None:
        counted = cli.export.counted

        def articles(*given: Any) -> Any:
            for article in counted(*given):
                yield article
                self.at("article")

        cli.export.counted = articles


def die() -> NoReturn:
    """As the kernel ends a process: nothing is flushed, closed or undone."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def before(owner: Any, name: str, then: Callable[[], object]) -> None:
    """Have `then` called before each call of a function."""
    real = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        then()
        return real(*given, **named)

    setattr(owner, name, wrapped)


def after(owner: Any, name: str, then: Callable[[], object]) -> None:
    """Have `then` called after each call of a function that came to its end."""
    real = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        then()
        return found

    setattr(owner, name, wrapped)
