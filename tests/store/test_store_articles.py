"""Judging and storing, over both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from store_samples import BODY, DAY, EDITED, LATER, MINUTE, NOW, address, article, capture, count_of, keep, read

from storage.dedupe.canonical import article_id as id_of
from storage.dedupe.fingerprint import text_fingerprint
from storage.dedupe.judge import judge
from storage.records import Edition, How, Image, Moment, Outcome, Reason, Rejection
from storage.store import articles, images, rejected, sightings
from storage.store.database import Database
from storage.store.readings import article_of
from storage.store.tables import ArticleRow, ArticleState, VersionRow


def test_a_new_article_is_stored_whole(database: Database) -> None:
    """Else a field that was read is lost on the way to its row."""
    whole = article(
        subtitle="副题",
        kicker="引题",
        column="要闻",
        edition=Edition(paper="qsw", day=DAY, label="04-05", page_name="专题"),
        images=(Image(url="http://x/1.jpg", caption="一"), Image(url="http://x/2.jpg", order=1)),
    )
    with database.begin() as session:
        verdict, article_id, version_id = read(session, whole)
        assert (verdict.outcome, verdict.reason) == (Outcome.NEW, "first seen")
    with database.read() as session:
        row = articles.by_id(session, article_id)
        (version,) = articles.versions(session, article_id)
        assert row is not None
        assert article_of(version) == whole
        shared = {column.name for column in VersionRow.__table__.c if column.name in ArticleRow.__table__.c}
        assert {name: getattr(row, name) for name in shared - {"id"}} == {
            name: getattr(version, name) for name in shared - {"id"}
        }
        assert (row.id, row.canonical_url, row.site, row.version_id) == (id_of(address()), address(), "qsw", version_id)
        assert (row.first_seen_at, row.last_seen_at, row.last_changed_at) == (NOW, NOW, NOW)
        assert (row.state, row.gone_at, version.number) == (ArticleState.LIVE, None, 1)
        assert [(image.order, image.url, image.caption) for image in images.of_article(session, row.id)] == [
            (0, "http://x/1.jpg", "一"),
            (1, "http://x/2.jpg", None),
        ]


@pytest.mark.parametrize("precision", ["second", "minute", "day", None])
def test_a_time_of_publication_comes_back_as_exact_as_it_was(database: Database, precision: str | None) -> None:
    """Else a day alone would turn into a midnight."""
    given = {"second": Moment(at=NOW), "minute": Moment(at=NOW, precision="minute"), "day": Moment.of_day(DAY)}
    moment = given.get(precision or "")
    with database.begin() as session:
        _, article_id, _ = read(session, article(published=moment))
        (version,) = articles.versions(session, article_id)
        session.refresh(version)
        assert article_of(version).published == moment


def test_the_same_text_again_moves_last_seen_alone(database: Database) -> None:
    """Else every check would look like an edit."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        verdict, again, version_id = read(session, article(body=BODY + "\u200b \n"), at=LATER)
        assert (verdict.outcome, again, version_id) == (Outcome.SAME, article_id, None)
        row = articles.by_id(session, article_id)
        assert row is not None
        assert (row.first_seen_at, row.last_seen_at, row.last_changed_at) == (NOW, LATER, NOW)
        assert count_of(session, VersionRow) == 1


def test_an_edit_makes_a_version_and_keeps_the_old_one(database: Database) -> None:
    """Else what was corrected would be lost."""
    with database.begin() as session:
        _, article_id, first = read(session, article())
        verdict, _, second = read(session, article(body=EDITED, editor="郑四"), at=LATER)
        assert (verdict.outcome, verdict.reason) == (Outcome.CHANGED, "editor, body differ")
        row = articles.by_id(session, article_id)
        assert row is not None
        assert (row.body, row.editor, row.version_id) == (EDITED, "郑四", second)
        assert (row.first_seen_at, row.last_changed_at) == (NOW, LATER)
        states = articles.versions(session, article_id)
        assert [(one.id, one.number, one.body, one.seen_at) for one in states] == [
            (first, 1, BODY, NOW),
            (second, 2, EDITED, LATER),
        ]


def test_an_edit_back_is_a_third_version(database: Database) -> None:
    """Else the history would hide that an edit was withdrawn."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        read(session, article(body=EDITED), at=LATER)
        verdict, _, _ = read(session, article(), at=LATER + MINUTE)
        assert verdict.outcome is Outcome.CHANGED
        assert [one.number for one in articles.versions(session, article_id)] == [1, 2, 3]


def test_an_edit_to_the_text_of_another_article_stays_an_edit(database: Database) -> None:
    """Else an article would vanish into another one."""
    with database.begin() as session:
        read(session, article(1), 1)
        _, second, _ = read(session, article(2, body=EDITED), 2)
        verdict, changed, _ = read(session, article(2), 2, at=LATER)
        assert (verdict.outcome, changed) == (Outcome.CHANGED, second)


def test_gone_and_back(database: Database) -> None:
    """Else a removed article would look alive, or one that came back removed."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        row = articles.by_id(session, article_id)
        assert row is not None
        assert articles.gone(session, address(), LATER) == article_id
        assert articles.gone(session, address(), LATER + MINUTE) == article_id
        assert (row.state, row.gone_at, row.last_seen_at) == (ArticleState.GONE, LATER, NOW)
        read(session, article())
        assert row.state is ArticleState.GONE, "an old capture stored again does not bring it back"
        read(session, article(), at=LATER + 2 * MINUTE)
        assert (row.state, row.gone_at) == (ArticleState.LIVE, None)
        articles.gone(session, address(), LATER)
        assert row.state is ArticleState.LIVE, "a 404 older than the last sight of it says nothing"


def test_a_304_moves_last_seen(database: Database) -> None:
    """Else an article that is checked daily would look unseen for years."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(1), 1)
        read(session, article(2), 2)
        assert articles.unchanged(session, address(2), LATER) == article_id
        assert articles.unchanged(session, address("unknown"), LATER) is None
        row = articles.by_id(session, article_id)
        assert row is not None
        session.expire_all()
        assert row.last_seen_at == LATER
        assert {one.canonical_url: one.last_seen_at for one in sightings.of_article(session, article_id)} == {
            address(1): NOW,
            address(2): LATER,
        }


def test_an_image_that_stays_keeps_its_capture(database: Database) -> None:
    """Else every edit of the text would have all pictures fetched again."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        picture = keep(session, capture("1.jpg"), "1.jpg")
        images.of_article(session, article_id)[0].capture_id = picture.id
        session.flush()
        more = (Image(url="http://x/2.jpg"), replace(article().images[0], order=1))
        read(session, article(images=more), at=LATER)
        found = [(one.order, one.url, one.capture_id) for one in images.of_article(session, article_id)]
        assert found == [(0, "http://x/2.jpg", None), (1, "http://qsw.example/1.jpg", picture.id)]


def test_a_page_that_can_be_read_at_last_is_no_longer_rejected(database: Database) -> None:
    """Else the list of unreadable pages would only grow."""
    with database.begin() as session:
        kept = keep(session, capture())
        refusal = Rejection(url=kept.url, reason=Reason.NO_BODY)
        assert kept.id is not None
        rejected.add(session, refusal, canonical_url=address(), capture_id=kept.id, at=NOW)
        read(session, article(), at=LATER)
        assert list(rejected.waiting(session)) == []


def test_workers_that_store_the_same_text_at_once_store_one_article(database: Database) -> None:
    """Else the four addresses of one article, fetched by four workers, would be four articles."""
    outcomes: list[Outcome] = []

    def _work(number: int) -> None:
        with database.begin() as session:
            outcomes.append(read(session, article(number), number)[0].outcome)

    threads = [threading.Thread(target=_work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.DUPLICATE] * 5 + [Outcome.NEW]
    with database.read() as session:
        assert count_of(session, ArticleRow) == 1


def test_hostile_text_is_stored(database: Database) -> None:
    """Else a NUL in a headline ends the run on PostgreSQL, a lone surrogate on both."""
    hostile = article(title="a\x00b\ud800", authors=("\x00",), how={"title": How(rule="\x00\udfff")}, images=())
    with database.begin() as session:
        _, article_id, _ = read(session, hostile)
        verdict, _, _ = read(session, hostile, at=LATER)
        assert verdict.outcome is Outcome.SAME
    with database.read() as session:
        row = articles.by_id(session, article_id)
        assert row is not None
        assert (row.title, row.authors) == ("a\ufffdb\ufffd", ["\ufffd"])


def test_two_addresses_with_one_id_stay_two_articles(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else, once in 2**50 addresses, one article would overwrite another."""
    monkeypatch.setattr(articles, "id_of", lambda url: "x" * 9 + str(url.count("\n")))
    with database.begin() as session:
        _, first, _ = read(session, article(1), 1)
        _, second, _ = read(session, article(2, body=EDITED), 2)
    assert (first, second) == ("xxxxxxxxx0", "xxxxxxxxx1")


def test_looking_up(database: Database) -> None:
    """Else `show` would not find what is there, or find what was not asked for."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        assert [row.id for row in articles.by_prefix(session, article_id[:4].upper())] == [article_id]
        assert list(articles.by_prefix(session, "%")) == []
        assert articles.by_id(session, "nothing") is None
        assert articles.by_url(session, address("nothing")) is None


def test_a_capture_without_row_is_refused(database: Database) -> None:
    """Law 2: a row must not speak of a record that is not there."""
    verdict = judge(article(), address(), None, None)
    with database.begin() as session, pytest.raises(ValueError, match="capture row first"):
        articles.store(session, article(), verdict, capture())


def test_judging_without_writing_waits_for_nobody(database: Database) -> None:
    """Else `--dry-run` would hang behind a crawl."""
    with database.begin() as writer:
        read(writer, article())
        with database.read() as reader:
            assert articles.known(reader, address(), text_fingerprint(article())) == (None, None)


def test_the_view_speaks_chinese_time(database: Database) -> None:
    """Else who asks in SQL reads times eight hours off, or days as midnights."""
    edition = Edition(paper="qsw", day=DAY, label="04-05", page_name="专题")
    with database.begin() as session:
        read(session, article(1, edition=edition, column="要闻"), 1)
        read(
            session, article(2, title="另一", authors=(), published=Moment.of_day(DAY)), 2, at=NOW + timedelta(hours=15)
        )
    with database.read() as session:
        one, two = session.execute(text("SELECT * FROM articles ORDER BY first_seen_at")).mappings()
    wanted = (
        "published_at",
        "authors",
        "column_name",
        "edition",
        "edition_day",
        "first_seen_at",
        "gone_at",
        "versions",
    )
    assert [one[name] for name in wanted] == [
        "2024-07-26 09:02:03",
        "周二、吴三",
        "要闻",
        "2024-07-26 04-05版 专题",
        "2024-07-26",
        "2024-07-26 09:02:03",
        None,
        1,
    ]
    assert [two[name] for name in wanted] == ["2024-07-26", None, None, None, None, "2024-07-27 00:02:03", None, 1]
