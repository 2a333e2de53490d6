"""Every filter on its own: days at their edges, parts and whole names, columns, places in the printed paper."""

from __future__ import annotations

from datetime import date

import pytest
from query_samples import found, list_in, local, print_at, put
from store_samples import DAY, MINUTE, NOW, address

from storage.errors import BadQuery
from storage.query import search
from storage.query.candidates import postgres
from storage.query.editions import Place, read_edition
from storage.query.filters import Filters
from storage.records import Edition, Moment
from storage.search.question import Question
from storage.store import articles
from storage.store.database import Database

NEXT_DAY = date(2024, 7, 27)


def test_days_begin_and_end_at_midnight_in_the_sites_zone(database: Database) -> None:
    """Else what was published before eight in the morning would belong to the day before, as UTC has it."""
    with database.begin() as session:
        last = put(session, 1, published=local(2024, 7, 25, 23, 59, 59))
        first = put(session, 2, published=local(2024, 7, 26))
        alone = put(session, 3, published=Moment.of_day(DAY), at=NOW.replace(hour=2))
        end = put(session, 4, published=local(2024, 7, 26, 23, 59, 59))
        next_one = put(session, 5, published=local(2024, 7, 27))
        put(session, 6, published=None)
    assert found(database, since="2024-07-26", until="2024-07-26") == [end, alone, first]
    assert found(database, since="2024-07-26") == [next_one, end, alone, first]
    assert found(database, until="2024-07-26") == [end, alone, first, last]
    assert len(found(database)) == 6


def test_a_day_alone_is_found_from_that_day_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight in the site's zone is another day, and on the first of a month another month, where times are UTC."""
    monkeypatch.setattr(postgres, "NEWEST_ROWS", 5)
    with database.begin() as session:
        first = {put(session, number, published=Moment.of_day(date(2024, 7, 1))) for number in range(3)}
        later = {put(session, number, published=local(2024, 7, 9, 12, number)) for number in range(3, 12)}
    assert set(found(database, "栈道", since="2024-07-01")) == first | later
    assert set(found(database, "栈道", since="2024-07-01", until="2024-07-01")) == first


def test_what_is_gone_counts_neither_for_live_nor_against_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number above a list is that of the list, also where all is asked for and the newest are gone."""
    monkeypatch.setattr(search, "COUNTED", 10)
    with database.begin() as session:
        for number in range(20):
            put(session, number, published=local(2024, 7, 9, 12, number))
        for number in range(11, 20):
            articles.gone(session, address(number), NOW + MINUTE)
    live = Filters.read(state="live")
    with database.read() as session:
        assert str(search.count(session, None, live)) == str(search.newest(session, Question(), live).count) == "10+"


@pytest.mark.parametrize(
    "day", ["2024-07-26", "2024-7-26", "20240726", "２０２４-07-26", "2024/07/26", "2024年7月26日"]
)
def test_a_day_is_read_as_people_write_it(day: str) -> None:
    """Else who writes a day as the paper does would be sent away."""
    assert Filters.read(since=day, until=day) == Filters(since=DAY, until=DAY)


@pytest.mark.parametrize("day", ["2024-07", "2024-02-30", "26.07.2024", "gestern", "2024-07-26 10:00", "0000-01-01"])
def test_what_is_no_day_is_refused(day: str) -> None:
    """Else a slip of the pen would silently find everything, or nothing."""
    with pytest.raises(BadQuery, match=f"--until: {day!r} is not a day"):
        Filters.read(until=day)


def test_days_the_wrong_way_round_are_refused() -> None:
    """Else nothing would be found, and nobody told why."""
    with pytest.raises(BadQuery, match="--since 2024-07-27 lies after --until 2024-07-26"):
        Filters.read(since="2024-07-27", until="2024-07-26")


@pytest.mark.parametrize(("since", "until"), [("0001-01-01", ""), ("", "9999-12-31")])
def test_the_ends_of_the_calendar_are_no_bounds(database: Database, since: str, until: str) -> None:
    """Else a clock in another zone could not express them, and the search would break off."""
    with database.begin() as session:
        one = put(session, 1)
    assert found(database, since=since, until=until) == [one]


def test_a_part_of_the_source_is_enough(database: Database) -> None:
    """Else who asks for the paper would miss what its group's platform shows of it."""
    with database.begin() as session:
        paper = put(session, 1, source="青石湾报", published=local(2024, 7, 26, 9))
        group = put(session, 2, source="大众·青石湾报ＡＰＰ", published=local(2024, 7, 26, 8))
        put(session, 3, source="石湾早报")
        put(session, 4, source=None)
    assert found(database, source="青石湾报") == [paper, group]
    assert found(database, source=" 青石湾报app ") == [group]
    assert len(found(database, source="  ")) == 4


def test_an_editor_is_a_whole_name_among_those_named(database: Database) -> None:
    """Else 王伟 would answer for what 王伟民 did, or the second of two names for nothing."""
    fields = {
        "one": "王伟",
        "other": "王伟民",
        "many": "王伟、林一",
        "listed": "林一，王伟 周二",
        "spaced": "王 伟",
        "code": "ｑｓｗ-01",
        "none": None,
    }
    with database.begin() as session:
        ids = {put(session, name, editor=value): name for name, value in fields.items()}

    def named(editor: str) -> set[str]:
        return {ids[str(one)] for one in found(database, editor=editor)}

    assert named("王伟") == named("王 伟") == {"one", "many", "listed", "spaced"}
    assert named("林一") == {"many", "listed"}
    assert named("周二") == {"listed"}
    assert named("王伟、林一") == {"many"}
    assert named("伟民") == set()
    assert named("QSW-01") == {"code"}


def test_an_author_is_a_whole_name(database: Database) -> None:
    """Else a search for one reporter would bring another one's articles."""
    with database.begin() as session:
        both = put(session, 1, authors=("王伟", "约翰·汉斯"))
        put(session, 2, authors=("王伟民",))
        put(session, 3, authors=(), editor="王伟")
    assert found(database, author="王 伟") == [both]
    assert found(database, author="约翰·汉斯") == [both]
    assert found(database, author="汉斯") == []


def test_a_column_is_the_pages_own_else_that_of_the_lists_it_stands_in(database: Database) -> None:
    """Else pages that do not name their column would be in none; a page that does is in that one alone."""
    with database.begin() as session:
        own = put(session, 1, column="区内要闻", published=local(2024, 7, 26, 9))
        listed = put(session, 2, published=local(2024, 7, 26, 8))
        put(session, 3, column=None)
        list_in(session, 1, "culture", "文化")
        list_in(session, 2, "front", None)
        list_in(session, 2, "news", "要闻")
        list_in(session, 2, "culture", "文化")
    assert found(database, column="要闻") == [own, listed]
    assert found(database, column="文化") == [listed]
    assert found(database, column="文") == [listed]


EDITIONS = (
    ("2024-07-26", ["first", "merged", "special", "web", "again"]),
    ("2024年7月26日", ["first", "merged", "special", "web", "again"]),
    ("20240727", ["next", "again"]),
    ("01", ["first", "next", "web", "again"]),
    ("1版", ["first", "next", "web", "again"]),
    ("第０１版", ["first", "next", "web", "again"]),
    ("04", ["merged"]),
    ("05版", ["merged"]),
    ("04-05", ["merged"]),
    ("04—05版", ["merged"]),
    ("05-06", []),
    ("=04", []),
    ("=4-5版", ["merged"]),
    ("=01", ["first", "next", "web", "again"]),
    ("12", []),
    ("t12", ["special"]),
    ("T11-T14", []),
    ("要闻", ["first", "next", "web"]),
    ("闻", ["first", "next", "web"]),
    ("2024-07-27 01版 要闻", ["next"]),
    ("要闻 2024-07-26", ["first", "web"]),
    ("2024-07-26 04 要闻", []),
    ("2024-07-28", []),
)
"""What is asked for → which articles stood there."""


def test_an_edition_is_a_day_a_page_a_name_or_several_of_them(database: Database) -> None:
    """Else a page of the paper could not be put together again, with merged pages and reprints, as it was printed."""

    def printed(label: str | None, name: str | None, day: date = DAY) -> Edition:
        return Edition(paper="qsw", day=day, label=label, page_name=name)

    with database.begin() as session:
        ids = {
            "first": put(session, 1, edition=printed("01", "要闻")),
            "merged": put(session, 2, edition=printed("04-05", "专题 夏日")),
            "special": put(session, 3, edition=printed("T12", "ＡＢ特刊")),
            "next": put(session, 4, edition=printed("01", "要闻", NEXT_DAY)),
            "web": put(session, 5),  # read from the website, and on a print page too
            "again": put(session, 6, edition=printed("01", None)),  # printed on two days
            "off": put(session, 7),
        }
        print_at(session, 5, DAY, "01", "要闻")
        print_at(session, 6, NEXT_DAY, "03", "民生")
        list_in(session, 7, "news", "要闻")
    for edition, names in EDITIONS:
        assert set(found(database, edition=edition)) == {ids[name] for name in names}, edition


def test_an_article_printed_twice_stands_on_both_pages(database: Database) -> None:
    """Else a day's issue would lack what an earlier one had already."""
    with database.begin() as session:
        one = put(session, 1, edition=Edition(paper="qsw", day=DAY, label="01"))
        print_at(session, 1, NEXT_DAY, "03", "民生")
    assert found(database, edition="2024-07-26 01") == found(database, edition="2024-07-27 03 民生") == [one]
    assert found(database, edition="2024-07-26 03") == []


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        ("2024-07-26 2024-07-27", "names two places"),
        ("01 02", "names two places"),
        ("2024-13-01", "is not a day"),
        ("2024-07", "is not a day"),
        ("20240732", "is not a day"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(edition: str, said: str) -> None:
    """Else nothing would be found, and nobody told why."""
    with pytest.raises(BadQuery, match=f"--edition: .*{said}"):
        read_edition(edition)


@pytest.mark.parametrize("name", ["2024两会", "100周年", "04-05专题", "A", "特刊"])
def test_page_names_with_numbers_are_names(name: str) -> None:
    """Else a special issue could not be asked for by its name."""
    assert read_edition(name).matches(Place(day=DAY, label="01", page_name=f"{name}特刊"))
    assert not read_edition(name).matches(Place(day=DAY, label="01", page_name="要闻"))
