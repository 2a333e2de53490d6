"""Counts of the archive equal those made by hand."""

from __future__ import annotations

from datetime import date

from history_samples import at, put

from storage.query.stats import By, counts, last_twelve_months, over_months
from storage.records import Moment, Precision
from storage.store.database import Database

LATE = at(2024, 7, 26, 23, 30)
EARLY = at(2024, 7, 27, 0, 10)
DAY_ALONE = Moment(at=at(2024, 8, 1).at, precision=Precision.DAY)


def _fill(database: Database) -> None:
    with database.begin() as session:
        put(session, 1, published=LATE, source="青石湾报", authors=("周二", "吴三"), column="要闻")
        put(session, 2, published=EARLY, source="青石湾报", authors=("周二",), column=None)
        put(session, 3, published=DAY_ALONE, source=None, authors=(), column="要闻")
        put(session, 4, published=None, source="新安日报", authors=(), column="要闻")


def _counted(database: Database, by: By, **more: object) -> list[tuple[str, int]]:
    with database.read() as session:
        return [(one.key, one.number) for one in counts(session, by, **more)]  # type: ignore[arg-type]  # of one test


def test_days_are_those_of_the_site(database: Database) -> None:
    """An article of half past eleven at night belongs to that day, not to UTC's."""
    _fill(database)
    assert _counted(database, By.DAY) == [("2024-07-26", 1), ("2024-07-27", 1), ("2024-08-01", 1)]
    assert _counted(database, By.MONTH) == [("2024-07", 2), ("2024-08", 1)]
    assert _counted(database, By.HOUR) == [("00", 1), ("23", 1)]


def test_names_come_from_the_most_to_the_least(database: Database) -> None:
    """The top of a list of bylines must be who wrote the most; who is not named counts under an empty name."""
    _fill(database)
    assert _counted(database, By.SOURCE) == [("青石湾报", 2), ("", 1), ("新安日报", 1)]
    assert _counted(database, By.AUTHOR) == [("周二", 2), ("吴三", 1)]
    assert _counted(database, By.COLUMN, limit=1) == [("要闻", 3)]


def test_bounds_are_whole_days(database: Database) -> None:
    """`until` names the last day counted, up to its last second."""
    _fill(database)
    assert _counted(database, By.SOURCE, since=date(2024, 7, 26), until=date(2024, 7, 26)) == [("青石湾报", 1)]
    assert _counted(database, By.AUTHOR, since=date(2024, 7, 27)) == [("周二", 1)]
    with database.read() as session:
        assert last_twelve_months(session, date(2025, 7, 26)) == {date(2024, 7, 27): 1, date(2024, 8, 1): 1}


def test_names_over_months(database: Database) -> None:
    """A column that began in August must not be drawn as if it had always been there."""
    _fill(database)
    with database.read() as session:
        found = over_months(session, By.SOURCE)
        columns = over_months(session, By.COLUMN)
    assert {name: [(one.key, one.number) for one in some] for name, some in found.items()} == {
        "青石湾报": [("2024-07", 2)],
        "新安日报": [],
    }
    assert [(one.key, one.number) for one in columns["要闻"]] == [("2024-07", 1), ("2024-08", 1)]
