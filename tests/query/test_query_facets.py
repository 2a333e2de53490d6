"""Facets, and the filters by what became of an article."""

from __future__ import annotations

from datetime import date

import pytest
from query_samples import found, list_in, local, print_at, put
from store_samples import DAY, MINUTE, NOW, address

from storage.errors import BadQuery
from storage.query.facets import Facet, FacetKind, facets
from storage.query.filters import Filters
from storage.query.search import Count, count
from storage.query.stats import By, counts, over_months
from storage.search.question import Question
from storage.store import articles
from storage.store.database import Database


def test_answers_are_counted_by_what_they_have_in_common(database: Database) -> None:
    """Else who narrows a search down would be led to values that do not fit, or miss one."""
    with database.begin() as session:
        put(session, 1, source="青石湾报", editor="王伟、林一", authors=("周二",), published=local(2024, 7, 1))
        put(
            session, 2, source="青石湾报", editor="林一", authors=("周二", "吴三"), published=local(2024, 6, 30, 23, 59)
        )
        put(
            session,
            3,
            source="别报",
            editor=None,
            authors=(),
            published=None,
            title="无关",
            body="没有那个词的一段话。",
        )
        list_in(session, 1, "news", "要闻")
        for label, name in (("01", "要闻"), ("第1版", "头版"), ("04-05", "专题")):
            print_at(session, 1, DAY, label, name)
    with database.read() as session:
        told = facets(session, Question.of("栈道"))
        nothing = facets(session, Question.of("没有这个词"))
        narrow = facets(session, Question.of("栈道"), Filters.read(author="吴三"))
    assert told.of == Count(number=2, more=False)
    assert told.by_kind == {
        FacetKind.MONTH: [Facet(name="2024-07", number=1), Facet(name="2024-06", number=1)],
        FacetKind.SOURCE: [Facet(name="青石湾报", number=2)],
        FacetKind.COLUMN: [Facet(name="要闻", number=1)],
        FacetKind.CHANNEL: [Facet(name="news", number=1), Facet(name="qsw", number=1)],
        FacetKind.EDITION: [Facet(name="01", number=1), Facet(name="04-05", number=1)],
        FacetKind.EDITOR: [Facet(name="林一", number=2), Facet(name="王伟", number=1)],
        FacetKind.AUTHOR: [Facet(name="周二", number=2), Facet(name="吴三", number=1)],
        FacetKind.STATE: [Facet(name="live", number=2)],
    }
    assert (nothing.by_kind, nothing.of) == ({}, Count(number=0, more=False))
    assert narrow.by_kind[FacetKind.EDITOR] == [Facet(name="林一", number=1)]


def test_months_are_those_of_the_site(database: Database) -> None:
    """Else an article of a month's first morning would be counted in the one before, one without a time in 1970."""
    times = [local(2024, 7, 1), local(2024, 6, 30, 23, 59), local(2024, 6, 1), local(2022, 12, 31, 23), None]
    with database.begin() as session:
        for number, published in enumerate(times):
            put(session, number, published=published)
    with database.read() as session:
        told = facets(session)
        assert told.of == count(session) == Count(number=5, more=False)
    assert told.by_kind[FacetKind.MONTH] == [
        Facet(name="2024-07", number=1),
        Facet(name="2024-06", number=2),
        Facet(name="2022-12", number=1),
    ]


def test_what_became_of_an_article_can_be_asked_for(database: Database) -> None:
    """Else nobody would find what the site has taken away or changed."""
    with database.begin() as session:
        live, gone, edited = (put(session, number) for number in (1, 2, 3))
        put(session, 3, at=NOW + MINUTE, title="改过的标题")
        articles.gone(session, address(2), NOW + MINUTE)
        list_in(session, 1, "news", "要闻")
    assert found(database, "散步", state="gone") == found(database, state="gone") == [gone]
    assert found(database, state=" EDITED ") == [edited]
    assert set(found(database, state="live")) == {live, edited}
    assert set(found(database, "散步", state="live")) == {live, edited}
    assert found(database, channel="news") == [live]
    assert found(database, channel="new") == []
    with database.read() as session:
        assert facets(session).by_kind[FacetKind.STATE] == [
            Facet(name="live", number=2),
            Facet(name="edited", number=1),
            Facet(name="gone", number=1),
        ]
    with pytest.raises(BadQuery, match="--state: 'lost' is not one of live, gone, edited"):
        Filters.read(state="lost")


def test_figures_count_what_facets_count_and_filters_find(database: Database) -> None:
    """Else a bar would say 17 where its link finds 20: two numbers for one name, and nobody knows which is true."""
    with database.begin() as session:
        for number in range(4):
            put(session, number, column="要闻" if number < 2 else None, source="青石湾报", editor="林一、周二")
            list_in(session, number, "yaowen", "要聞" if number else "专题")
        list_in(session, 3, "zhuanti", "专题")
        put(session, 9, column=None, source="ＱＳＷ青石湾报", editor="林一", authors=(), published=local(2024, 6, 1))
    with database.read() as session:
        shown = facets(session).by_kind
        assert {one.name: one.number for one in shown[FacetKind.COLUMN]} == {"要闻": 4, "专题": 1}
        for kind in (FacetKind.COLUMN, FacetKind.SOURCE, FacetKind.EDITOR, FacetKind.AUTHOR):
            named = {one.key: one.number for one in counts(session, By(kind.value)) if one.key}
            assert named == {one.name: one.number for one in shown[kind]}, kind
            months = over_months(session, By(kind.value))
            for name, number in named.items():
                whole = f"={name}" if kind in (FacetKind.COLUMN, FacetKind.SOURCE) else name
                assert count(session, None, Filters.read(**{kind.value: whole})).number == number, name
                assert sum(one.number for one in months[name]) == number, name
        assert [one.number for one in counts(session, By.COLUMN) if not one.key] == [1]
        first = date(2024, 7, 1)
        assert [one.key for one in counts(session, By.SOURCE, since=first)] == ["青石湾报"]
