"""Candidates on SQLite: lists of the full-text index, read from their newest end.

FTS5 gives the rows of a query in order of their numbers, which is nearly that of publication: articles are numbered as
they come. How nearly is known of each block of a thousand numbers. Blocks that follow each other in time make one
*stream*, read lazily from its newest end; of several streams the one that may hold the newest article is read on, until
none can hold anything newer than what has been found. After a bulk build, and while articles come day by day, all is
one stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, CursorResult

from storage.query.plan import Entry, Plan, Window, required
from storage.search.grams import Grams
from storage.store.indexing.sqlite import BLOCK_NUMBERS, label_token

FIRST_ROWS, MOST_ROWS = 64, 128
"""Rows read of a stream at a time: few at first, since a page needs few, and never so many that a third of them is read
in vain where 300 are counted."""
MANY_STREAMS = 40
"""With more streams a question of few answers is asked at once."""
FEW_ANSWERS = 4_000
"""Answers that are sorted as fast as forty streams are opened."""

_COLUMNS = "e.moment, e.article_id, e.number, e.digest, e.labels"
_ENTRIES = (
    f"SELECT {_COLUMNS} FROM search_index CROSS JOIN search_entry AS e"  # noqa: S608
    " ON e.number = search_index.rowid WHERE search_index MATCH ?"
)
_WINDOW = "(e.moment, e.article_id) > (?, ?) AND (e.moment, e.article_id) < (?, ?) AND e.number < ?"
_EVERYTHING = (
    f"SELECT {_COLUMNS} FROM search_entry AS e WHERE {_WINDOW}"  # noqa: S608
    " ORDER BY e.moment DESC, e.article_id DESC"
)


def newest_first(connection: Connection, asked: Plan) -> Iterator[Entry]:
    """The candidates, the newest first."""
    match = match_of(asked)
    if match is None:
        return _all(connection, asked)
    runs = _runs(_blocks(connection, asked.window))
    if len(runs) > MANY_STREAMS:
        few = list(islice(_any_order(connection, match, asked.window), FEW_ANSWERS + 1))
        if len(few) <= FEW_ANSWERS:
            return iter(sorted(few, reverse=True))
    return _merged([_Stream(connection, match, run, asked.window.arrived) for run in runs], asked.window)


def in_any_order(connection: Connection, asked: Plan) -> Iterator[Entry]:
    """The candidates, those that came last first: their texts are those that other questions have looked through."""
    match = match_of(asked)
    return _all(connection, asked) if match is None else _any_order(connection, match, asked.window)


def number(connection: Connection, asked: Plan, most: int) -> int:
    """How many candidates there are, counted up to `most`."""
    match = match_of(asked)
    if match is None:
        return sum(1 for _ in islice(_all(connection, asked), most))
    query = f"SELECT count(*) FROM ({_ENTRIES} AND {_WINDOW} LIMIT ?)"  # noqa: S608
    return connection.exec_driver_sql(query, (match, *_bounds(asked.window), most)).scalar() or 0


def match_of(asked: Plan) -> str | None:
    """What to ask of FTS5; None where nothing must be there.

    Without grams that must be there FTS5 can rule out nothing, so `without` then counts for nothing.
    """
    grams, choices = required(asked.groups)
    parts = [_quoted(gram) for gram in grams]
    parts += [_any(_every(one) for one in group) for group in choices]
    parts += [_any(_quoted(label_token(label)) for label in group) for group in asked.labels]
    if not parts:
        return None
    without = [*map(_quoted, asked.without), *(_quoted(label_token(label)) for label in asked.without_labels)]
    positive = " AND ".join(parts)
    return f"({positive}) NOT {_any(without)}" if without else positive


def _every(grams: Grams) -> str:
    return f"({' AND '.join(map(_quoted, grams.all))})"


def _any(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _all(connection: Connection, asked: Plan) -> Iterator[Entry]:
    """Every article, without those that carry a label they must not carry."""
    unwanted = set(map(str, asked.without_labels))
    result = connection.exec_driver_sql(_EVERYTHING, _bounds(asked.window))
    with closing(result):
        for entry in map(Entry._make, result):
            if not unwanted or unwanted.isdisjoint(entry.labels.split()):
                yield entry


def _any_order(connection: Connection, match: str, window: Window) -> Iterator[Entry]:
    query = f"{_ENTRIES} AND {_WINDOW} ORDER BY search_index.rowid DESC"
    with closing(connection.exec_driver_sql(query, (match, *_bounds(window)))) as result:
        while rows := result.fetchmany(MOST_ROWS):
            yield from map(Entry._make, rows)


def _bounds(window: Window) -> tuple[int | str, ...]:
    """What stands for the marks of `_WINDOW`."""
    return (*window.after, *window.before, window.arrived)


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Blocks that follow each other both by number and in time."""

    first: int
    """Number of the first block."""
    newest: Sequence[int]
    """Of each block, by number, the moment of its newest article."""
    rising: bool
    """Whether higher numbers are newer."""

    @property
    def numbers(self) -> range:
        """Of its articles."""
        return range(self.first * BLOCK_NUMBERS, (self.first + len(self.newest)) * BLOCK_NUMBERS)


def _blocks(connection: Connection, window: Window) -> Sequence[tuple[int, int]]:
    """The blocks that may hold articles of the window, by number: (number, moment of the newest).

    A thousand of a million articles, for every search: as the driver gives them, which takes a fifth of the time.
    """
    driver: Any = connection.connection.driver_connection
    query = "SELECT block, newest FROM search_index_block WHERE newest >= ? AND oldest <= ? ORDER BY block"
    found: list[tuple[int, int]] = driver.execute(query, (window.after[0], window.before[0])).fetchall()
    return found


def _runs(blocks: Sequence[tuple[int, int]]) -> list[_Run]:
    """As few runs as going once through the blocks makes."""
    runs: list[_Run] = []
    newest: list[int] = []
    direction, due, height = 0, -1, 0
    for block, moment in blocks:
        step = (moment > height) - (moment < height)
        if block == due and step * direction >= 0:
            direction = direction or step
            newest.append(moment)
        else:
            if newest:
                runs.append(_Run(first=due - len(newest), newest=newest, rising=direction >= 0))
            newest, direction = [moment], 0
        due, height = block + 1, moment
    if newest:
        runs.append(_Run(first=due - len(newest), newest=newest, rising=direction >= 0))
    return runs


class _Stream:
    """The candidates of one run, from its newest block on."""

    def __init__(self, connection: Connection, match: str, run: _Run, arrived: int) -> None:
        self._connection = connection
        self._match = match
        self._run = run
        self._arrived = arrived
        self._rows = FIRST_ROWS
        self._result: CursorResult[int, str, int, str, str] | None = None
        self.bound: int | None = run.newest[-1 if run.rising else 0]
        """No candidate to come is newer; None: none is to come."""

    def pull(self) -> list[Entry]:
        """Some more candidates, in no order."""
        if self._result is None:
            self._result = self._opened()
        found = [*map(Entry._make, self._result.fetchmany(self._rows))]
        if len(found) < self._rows:
            self.bound = None
            self.close()
        else:
            self.bound = self._run.newest[found[-1].number // BLOCK_NUMBERS - self._run.first]
        self._rows = min(2 * self._rows, MOST_ROWS)
        return found

    def close(self) -> None:
        """Read no more."""
        if self._result is not None:
            self._result.close()

    def _opened(self) -> CursorResult[int, str, int, str, str]:
        numbers = self._run.numbers
        direction = "DESC" if self._run.rising else "ASC"
        query = f"{_ENTRIES} AND search_index.rowid BETWEEN ? AND ? ORDER BY search_index.rowid {direction}"
        highest = min(numbers.stop, self._arrived) - 1
        return self._connection.exec_driver_sql(query, (self._match, numbers.start, highest))


def _merged(streams: list[_Stream], window: Window) -> Iterator[Entry]:
    """Candidates of all streams in order."""
    pending: list[Entry] = []
    try:
        while True:
            open_ones = [one for one in streams if one.bound is not None and one.bound >= window.after[0]]
            ahead = max(open_ones, key=lambda one: one.bound or 0, default=None)
            while pending and (ahead is None or ahead.bound is None or pending[-1].moment > ahead.bound):
                yield pending.pop()
            if ahead is None:
                return
            pending.extend(filter(window.has, ahead.pull()))
            pending.sort()
    finally:
        for one in streams:
            one.close()
