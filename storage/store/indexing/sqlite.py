"""The index on SQLite: FTS5 over grams, without positions and without the texts.

A row's text is its grams and, as `＠7`, its labels. FTS5 keeps a list of row numbers for each token and nothing else,
so a label can be added to a row by inserting the row once more with that token alone, and taken away by deleting that
token alone; the hundreds of grams stay untouched.

Numbers rise in the order in which articles come, nearly that of publication. Each thousand of them is a block whose
newest and oldest time of publication are kept, so that a search knows where the newest articles are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

BLOCK_NUMBERS = 1024
"""Numbers of a block. Of the block in which a page of hits ends all hits are sorted; a million articles have 977."""
MERGE_EVERY = 32
"""Articles between two looks for something to merge: so many small segments a search has to read at most, and one
article in so many waits for a merge."""
MERGE_PAGES = 128
"""Pages (4 KB) written at such a look; more make a longer pause, fewer leave more segments to search."""
COMPACT_PAGES = 4_000
"""The same after many articles were taken in: 16 MB in one transaction."""
BULK_BYTES = 64 << 20
"""Of postings gathered in memory while many articles are taken in; FTS5's own bound is 1 MB."""
SINGLE_BYTES = 1 << 20
FAR_LEVEL = 12
"""FTS5 merges the segments of a level into one of the next. A bulk's one segment has to lie far above those that come
later one by one: on level 1 it is merged with the first three that reach it, 128 pages at a time for years, and
meanwhile the small ones become too many. By level 12 there are tens of millions of articles."""
STUFFING = 4_000
"""Tokens that fill more pages than one article does: a segment is moved down to one that is as large."""
LABEL_MARK = "＠"
"""Before a label's number. A mark is a gram by itself, so no gram begins with it and goes on."""

_ADD = "INSERT INTO search_index (rowid, grams) VALUES (?, ?)"
_DROP = "INSERT INTO search_index (search_index, rowid, grams) VALUES ('delete', ?, ?)"
_WIDEN = (
    "INSERT INTO search_index_block (block, newest, oldest) VALUES (?1, ?2, ?3) ON CONFLICT (block) DO UPDATE"
    " SET newest = max(newest, excluded.newest), oldest = min(oldest, excluded.oldest)"
)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """What is written for one new entry."""

    number: int
    moment: int
    article_id: str
    grams: str
    """Separated by blanks."""
    labels: Sequence[int]


class SqliteIndex:
    """Writes; within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, postings: Iterable[Posting]) -> None:
        """Take in entries, in order of their numbers."""
        moments: dict[int, list[int]] = {}
        for one in postings:
            self._run(_ADD, one.number, " ".join((one.grams, *map(label_token, one.labels))))
            moments.setdefault(one.number // BLOCK_NUMBERS, []).append(one.moment)
        for block, some in moments.items():
            self._run(_WIDEN, block, max(some), min(some))

    def label(self, number: int, *, more: Iterable[int], less: Iterable[int]) -> None:
        """Change an entry's labels."""
        for statement, labels in ((_DROP, less), (_ADD, more)):
            if text := " ".join(map(label_token, labels)):
                self._run(statement, number, text)

    def moved(self, number: int, moment: int) -> None:
        """Note the time of an entry in its block, which is never narrowed."""
        self._run(_WIDEN, number // BLOCK_NUMBERS, moment, moment)

    def forget(self, number: int) -> None:
        """Nothing: deleting needs the text that was, which nobody knows any more; no entry leads to the number."""

    def clear(self) -> None:
        """Empty the index."""
        self._command("delete-all")
        self._run("DELETE FROM search_index_block")

    def tend(self, *, before: int, now: int) -> None:
        """Merge a little, if since number `before` enough articles have come for it."""
        if now // MERGE_EVERY != before // MERGE_EVERY:
            self._command("merge", MERGE_PAGES)

    def relabelled(self) -> None:
        """Merge a little after labels have changed, which no number counts: FTS5 holds 2,000 segments and no more, and
        says of the next one that the disk is full."""
        self._command("merge", MERGE_PAGES)

    @property
    def whole(self) -> bool:
        """Whether no bulk was begun whose segments have not been merged yet."""
        kept = self._connection.exec_driver_sql("SELECT v FROM search_index_config WHERE k = 'hashsize'").scalar()
        return kept is None or int(kept) == SINGLE_BYTES

    def bulk(self, on: bool) -> None:
        """Prepare for many entries in one transaction, or for one."""
        self._command("hashsize", BULK_BYTES if on else SINGLE_BYTES)

    def deepen(self) -> None:
        """Give an empty index its levels up to `FAR_LEVEL`.

        By what FTS5 does anyway: what lies on two levels is merged into one segment above all levels there are. What is
        in these segments are tokens that nothing looks for, under numbers that are no entry's.
        """
        self._add_segment(" ".join(f"{LABEL_MARK}0x{place}" for place in range(STUFFING)))
        for _ in range(FAR_LEVEL // 2):
            self.part()
            self._command("merge", -MERGE_PAGES)

    def part(self) -> None:
        """Let there be two levels, so that `compact` merges into one segment above all, not on the next level."""
        self._add_segment(label_token(0))

    def _add_segment(self, text: str) -> None:
        self._run(_ADD, -1, text)
        self._connection.exec_driver_sql("SAVEPOINT segment")  # before which FTS5 writes out what it has gathered
        self._connection.exec_driver_sql("RELEASE segment")

    def compact(self, *, first: bool) -> bool:
        """Merge some of all there is towards one segment; whether there is more to do."""
        before = self._changes()
        self._command("merge", -COMPACT_PAGES if first else COMPACT_PAGES)
        return self._changes() - before > 1  # so the documentation of `merge` tells the end

    def _command(self, name: str, value: int | None = None) -> None:
        if value is None:
            self._run("INSERT INTO search_index (search_index) VALUES (?)", name)
        else:
            self._run("INSERT INTO search_index (search_index, rank) VALUES (?, ?)", name, value)

    def _changes(self) -> int:
        driver: Any = self._connection.connection.dbapi_connection
        return int(driver.total_changes)

    def _run(self, statement: str, *values: object) -> None:
        self._connection.exec_driver_sql(statement, values)


def label_token(number: int) -> str:
    """The token of a label."""
    return f"{LABEL_MARK}{number}"
