"""Candidates on PostgreSQL: the newest rows looked at one by one, then the months backward through the GIN index.

A GIN index gives all rows that hold something, in no order. Where a word is frequent that is half the archive, so the
newest rows are looked at first; where it is rare, the index is asked for more and more months at once. The planner
would rather walk back through time for a rare word, reading everything: it is kept from it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, product
from math import prod
from typing import NamedTuple

from sqlalchemy import Connection

from storage.query.plan import Entry, Key, Plan, Window, required
from storage.search.numbers import gram_number
from storage.store.indexing.documents import UNKNOWN_MOMENT
from storage.store.indexing.postgres import label_number, month_number

NEWEST_ROWS = 100
"""Rows looked at one by one; enough for a page of a word that is in a fifth of the articles."""
FIRST_MONTHS, MOST_MONTHS = 2, 64
"""Months asked for at once: few at first, since a page needs few."""
ROWS = 2_000
"""Rows fetched at once. What the index finds is found anew for the next ones: then all of them are fetched."""
MOST_WAYS = 16
"""Combinations of words, one of each OR of a question, that are asked of the index one by one. Where there are more,
the words of the longest OR are, and of all others only their first grams."""

_FOUND = "SELECT found.moment, found.article_id, found.number, entry.digest, entry.labels"
_JOINED = (
    ") AS found JOIN search_entry AS entry ON entry.number = found.number"
    " ORDER BY found.moment DESC, found.article_id DESC"
)
"""Around what finds rows of `search_index`: their entries, the newest first."""
_WINDOW = "(moment, article_id) > (%s, %s) AND (moment, article_id) < (%s, %s) AND number < %s"
_ROWS = "SELECT moment, article_id, number FROM search_index"
_EVERY, _ANY, _NONE = "grams @> %s::int4[]", "grams && %s::int4[]", "NOT grams && %s::int4[]"

Part = tuple[str, tuple[object, ...]]
"""Of a query: its text, and what stands for the marks in it."""


class Condition(NamedTuple):
    """What a row must fulfil, apart from the window."""

    common: Sequence[Part]
    """Of these all."""
    choices: Sequence[Sequence[list[int]]]
    """Of each of these groups all numbers of one word at least."""
    none: list[int]
    """Of these numbers none."""

    @property
    def of_a_row(self) -> Part:
        """For rows that are looked at one by one."""
        none = [(_NONE, (self.none,))] if self.none else []
        return _all(*self.common, *map(_one_of, self.choices), *none)

    def kept(self, months: list[int], window: Window) -> Part:
        """The beginning of a query: the rows of some months and a window as `kept`, found by the index before all else.

        To look for numbers in a row is to read its array, which takes longer than all else. So an OR, which the planner
        would rather look for in rows, is the union of what its words find; and what holds a number it must not hold is
        found as well and taken away, by `EXCEPT`, since the planner, which takes both for a handful of rows, would go
        through the one for every row of the other.
        """
        common = [*self.common, (_ANY, (months,))]
        by_word = self.choices if prod(map(len, self.choices)) <= MOST_WAYS else [max(self.choices, key=len)]
        # These find more than they should. `Plan.exact` is false wherever there are choices: the texts are looked at.
        first = [_first_grams(group) for group in self.choices if group not in by_word]
        ways = [_all(*common, *first, *((_EVERY, (numbers,)) for numbers in way)) for way in product(*by_word)]
        hits = " UNION ".join(f"{_ROWS} WHERE {where}" for where, _ in ways)
        text = f"WITH hit AS MATERIALIZED ({hits}), kept AS (SELECT * FROM hit WHERE {_WINDOW}"  # noqa: S608
        values = (*chain.from_iterable(some for _, some in ways), *_bounds(window))
        if self.none:
            unwanted, more = _all(*common, *map(_first_grams, self.choices), (_ANY, (self.none,)))
            text, values = f"{text} EXCEPT {_ROWS} WHERE {unwanted}", (*values, *more)
        return f"{text})", values


def _one_of(group: Sequence[list[int]]) -> Part:
    return f"({' OR '.join([_EVERY] * len(group))})", tuple(group)


def _first_grams(group: Sequence[list[int]]) -> Part:
    """Whatever holds the beginning of one of its words."""
    return _ANY, ([numbers[0] for numbers in group],)


def _all(*parts: Part) -> Part:
    """All of these conditions in one."""
    return " AND ".join(text for text, _ in parts) or "true", tuple(chain.from_iterable(values for _, values in parts))


def newest_first(connection: Connection, asked: Plan) -> Iterator[Entry]:
    """The candidates, the newest first."""
    condition = _condition(asked)
    if asked.everything:
        yield from _walked(connection, condition, asked.window)
        return
    last = yield from _newest(connection, condition, asked.window)
    if last is None:
        return
    rest = replace(asked.window, before=last)
    for months in _months(connection, rest):
        yield from _of_months(connection, condition, months, rest)


def in_any_order(connection: Connection, asked: Plan) -> Iterator[Entry]:
    """The candidates."""
    return newest_first(connection, asked)


def number(connection: Connection, asked: Plan, most: int) -> int:
    """How many candidates there are; counted no further than month by month up to `most`."""
    condition = _condition(asked)
    if asked.everything:
        where, values = condition.of_a_row
        query = f"SELECT count(*) FROM (SELECT 1 FROM search_index WHERE {where} AND {_WINDOW} LIMIT %s) AS found"  # noqa: S608
        return connection.exec_driver_sql(query, (*values, *_bounds(asked.window), most)).scalar() or 0
    found = 0
    with _without_sequential_scans(connection):
        for months in _months(connection, asked.window):
            kept, values = condition.kept(months, asked.window)
            query = f"{kept} SELECT count(*) FROM kept"  # noqa: S608
            found += connection.exec_driver_sql(query, values).scalar() or 0
            if found >= most:
                break
    return found


def _bounds(window: Window) -> tuple[int | str, ...]:
    """What stands for the marks of `_WINDOW`."""
    return (*window.after, *window.before, window.arrived)


def _condition(asked: Plan) -> Condition:
    grams, groups = required(asked.groups)
    single = [group[0] for group in asked.labels if len(group) == 1]
    common: list[Part] = []
    choices: list[list[list[int]]] = []
    if every := [*map(gram_number, grams), *map(label_number, single)]:
        common.append((_EVERY, (every,)))
    for group in groups:
        numbers = [[*map(gram_number, one.all)] for one in group]
        if max(map(len, numbers)) == 1:
            common.append((_ANY, ([number for [number] in numbers],)))
        else:
            choices.append(numbers)
    for labels in asked.labels:
        if len(labels) > 1:
            common.append((_ANY, ([*map(label_number, labels)],)))
    none = [*map(gram_number, asked.without), *map(label_number, asked.without_labels)]
    return Condition(common, choices, none)


def _walked(connection: Connection, condition: Condition, window: Window) -> Iterator[Entry]:
    """All rows back through time, looked at one by one."""
    while window.before > window.after:
        found = _entries(connection, condition, window, ROWS)
        yield from found
        if len(found) < ROWS:
            return
        window = replace(window, before=found[-1].key)


def _newest(connection: Connection, condition: Condition, window: Window) -> Generator[Entry, None, Key | None]:
    """The answers among the newest rows; returns the key of the last row looked at, None where there are no more."""
    where, values = condition.of_a_row
    query = (
        f"{_FOUND}, found.is_one FROM (SELECT moment, article_id, number, {where} AS is_one FROM"  # noqa: S608
        f" (SELECT * FROM search_index WHERE {_WINDOW} ORDER BY moment DESC, article_id DESC LIMIT %s) AS newest"
        f"{_JOINED}"
    )
    rows = connection.exec_driver_sql(query, (*values, *_bounds(window), NEWEST_ROWS)).all()
    yield from (Entry(*entry) for *entry, is_one in rows if is_one)
    return (rows[-1][0], rows[-1][1]) if len(rows) == NEWEST_ROWS else None


def _months(connection: Connection, window: Window) -> Iterator[list[int]]:
    """Months of a window in groups that grow, backward; those without any time last."""
    first = max(UNKNOWN_MOMENT + 1, window.after[0])
    oldest, newest = connection.exec_driver_sql(
        "SELECT min(moment), max(moment) FROM search_index WHERE moment >= %s", (first,)
    ).one()
    unknown = month_number(UNKNOWN_MOMENT)
    if oldest is not None and window.before[0] >= oldest:
        month, last = month_number(min(window.before[0], newest)), month_number(oldest)
        size = FIRST_MONTHS
        while month >= last:
            yield list(range(month, max(month - size, last - 1), -1))
            month, size = month - size, min(2 * size, MOST_MONTHS)
    if window.after[0] < UNKNOWN_MOMENT:
        yield [unknown]


def _of_months(connection: Connection, condition: Condition, months: list[int], window: Window) -> Iterator[Entry]:
    """The answers of some months, found by the index."""
    most: int | None = ROWS
    while True:
        kept, values = condition.kept(months, window)
        rows = f"{kept} SELECT * FROM kept"  # noqa: S608 (as in `kept`)
        with _without_sequential_scans(connection):
            found = _ordered(connection, (rows, values), most)
        yield from found
        if len(found) != most:
            return
        window, most = replace(window, before=found[-1].key), None


def _entries(connection: Connection, condition: Condition, window: Window, most: int) -> list[Entry]:
    where, values = condition.of_a_row
    rows = f"{_ROWS} WHERE {where} AND {_WINDOW}"
    return _ordered(connection, (rows, (*values, *_bounds(window))), most)


def _ordered(connection: Connection, rows: Part, most: int | None) -> list[Entry]:
    """The newest entries of some rows, the newest first; all of them where `most` is None."""
    text, values = rows
    query = f"{_FOUND} FROM ({text} ORDER BY moment DESC, article_id DESC LIMIT %s{_JOINED}"
    return [*map(Entry._make, connection.exec_driver_sql(query, (*values, most)))]


@contextmanager
def _without_sequential_scans(connection: Connection) -> Iterator[None]:
    """The planner knows little of what an array holds, and would rather read everything.

    Where a statement fails nothing is set back: the transaction takes no other any more, and its end does.
    """
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    yield
    connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
