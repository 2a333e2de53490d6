"""Citations as GB/T 7714 and BibTeX want them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from history_samples import printed, put
from store_samples import DAY

from storage.query.details import Details, details
from storage.records import Edition
from storage.store import articles
from storage.store.database import Database
from web.citations import bibtex, gbt7714

SEEN = datetime(2024, 7, 30, 1, 0, tzinfo=UTC)


def cited(database: Database, *, in_print: bool = False, **changes: object) -> Details:
    """An article with everything known of it."""
    with database.begin() as session:
        edition = Edition(paper="qsw", day=DAY, label="04-05")
        row = articles.by_id(session, printed(session, 1, edition) if in_print else put(session, 1))
        assert row is not None
        found = details(session, row)
    shape = {**found.article, **changes}
    return replace(found, article=shape, last_seen_at=SEEN)  # type: ignore[arg-type]  # the keys are those of the shape


def test_a_page_of_the_website(database: Database) -> None:
    """[EB/OL]: who, what, where from, when, when it was looked at, where."""
    found = cited(database, authors=["周二", "吴三", "郑四", "王五"], published_at="2024-07-26T09:02:03+08:00")
    assert gbt7714(found, None) == (
        "周二, 吴三, 郑四, 等. 青石湾第1号新闻[EB/OL]. 青石湾报(2024-07-26)[2024-07-30]. http://qsw.example/1."
    )
    assert bibtex(found, None).startswith("@online{")


def test_an_article_in_print(database: Database) -> None:
    """[N/OL]: the paper it stood in, whoever wrote it for the paper; never a paper that nobody named."""
    found = cited(database, in_print=True, source="新华社", authors=[])
    assert gbt7714(found, "青石湾报") == (
        "青石湾报第1条[N/OL]. 青石湾报, 2024-07-26(04-05)[2024-07-30]. http://qsw.example/1."
    )
    assert "journal = {青石湾报}" in bibtex(found, "青石湾报")
    assert "qsw, 2024-07-26(04-05)" in gbt7714(found, None)


@pytest.mark.parametrize("title", ["港口{扩建", "50%_折&扣", "a\\b~c^d$e#f}"])
def test_marks_do_not_break_a_bibliography(database: Database, title: str) -> None:
    """One brace too many in a headline makes every entry behind it unreadable."""
    entry = bibtex(cited(database, title=title), None)
    assert entry.count("{") == entry.count("}")
    assert "\\{" not in entry
