"""The index on PostgreSQL: one row an article with its grams as numbers, under a GIN index.

Labels are negative numbers, and so is the month of publication: a search looks through the months backward instead of
sorting all it could find. The list of waiting entries that GIN keeps by default is off: it makes one insert in
thousands wait for seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from storage.search.numbers import gram_number
from storage.store.indexing.documents import UNKNOWN_MOMENT
from storage.store.indexing.sqlite import Posting

_FIRST_MONTH = -(2**31)
"""The month of no known time; every other one lies above, far below any label."""
_MONTHS_OF_A_YEAR = 12
_GIN = "ix_search_index_grams"
_ADD = "INSERT INTO search_index (number, moment, article_id, grams) VALUES (%s, %s, %s, %s::int4[])"


class PostgresIndex:
    """Writes; within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, postings: Iterable[Posting]) -> None:
        """Take in entries."""
        rows = [(one.number, one.moment, one.article_id, _array(_numbers(one))) for one in postings]
        if rows:
            self._connection.exec_driver_sql(_ADD, rows)

    def label(self, number: int, *, more: Iterable[int], less: Iterable[int]) -> None:
        """Change an entry's labels."""
        self._exchange(number, more=list(map(label_number, more)), less=list(map(label_number, less)))

    def moved(self, number: int, moment: int) -> None:
        """Give an entry another time."""
        [old] = self._connection.exec_driver_sql("SELECT moment FROM search_index WHERE number = %s", (number,)).one()
        self._exchange(number, more=[month_number(moment)], less=[month_number(old)])
        self._connection.exec_driver_sql("UPDATE search_index SET moment = %s WHERE number = %s", (moment, number))

    def forget(self, number: int) -> None:
        """Take an entry out."""
        self._connection.exec_driver_sql("DELETE FROM search_index WHERE number = %s", (number,))

    def clear(self) -> None:
        """Empty the index."""
        self._connection.exec_driver_sql("TRUNCATE search_index")

    def tend(self, *, before: int, now: int) -> None:
        """Nothing: vacuuming is the server's."""

    def relabelled(self) -> None:
        """Nothing, likewise."""

    @property
    def whole(self) -> bool:
        """Whether nothing is missing that `bulk` took away."""
        return self._connection.exec_driver_sql(f"SELECT to_regclass('{_GIN}')").scalar() is not None

    def bulk(self, on: bool) -> None:
        """Do without the GIN index for many entries, and make it again: row by row takes ten times as long."""
        if on:
            self._connection.exec_driver_sql(f"DROP INDEX IF EXISTS {_GIN}")
        else:
            self._connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
            self._connection.exec_driver_sql(
                f"CREATE INDEX IF NOT EXISTS {_GIN} ON search_index USING gin (grams) WITH (fastupdate = off)"
            )

    def deepen(self) -> None:
        """Nothing: GIN has no levels."""

    def part(self) -> None:
        """Nothing, likewise."""

    def _exchange(self, number: int, *, more: list[int], less: list[int]) -> None:
        """Numbers of an entry against others."""
        self._connection.exec_driver_sql(
            "UPDATE search_index SET grams = (SELECT array_agg(DISTINCT one) FROM unnest(grams || %s::int4[]) AS one"
            " WHERE one <> ALL (%s::int4[]) OR one = ANY (%s::int4[])) WHERE number = %s",
            (more, less, more, number),
        )


def _numbers(posting: Posting) -> set[int]:
    """Grams, labels and month of an entry."""
    grams, labels = map(gram_number, posting.grams.split()), map(label_number, posting.labels)
    return {*grams, *labels, month_number(posting.moment)}


def _array(numbers: Iterable[int]) -> str:
    """As PostgreSQL reads it: the driver would look at each of a thousand numbers."""
    return f"{{{','.join(map(str, sorted(numbers)))}}}"


def label_number(label: int) -> int:
    """A label among the numbers of grams."""
    return -label


def month_number(moment: int) -> int:
    """The month of a time of publication, in UTC, among the numbers of grams.

    >>> month_number(0) + 1 == month_number(32 * 86_400_000_000)
    True
    """
    if moment == UNKNOWN_MOMENT:
        return _FIRST_MONTH
    day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)
    return _FIRST_MONTH + day.year * _MONTHS_OF_A_YEAR + day.month
