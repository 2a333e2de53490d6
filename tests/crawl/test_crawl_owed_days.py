"""A day of the e-paper that is not whole yet is owed until it is, and then left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from crawl_checks import check
from crawl_samples import Answer, Home, SmallSite
from paper_samples import CONTENT, FRIDAY, crawl, days, expected, paper_profile, pc, refresh, shtml, standing

from crawler.patience import TRY_AGAIN_AFTER
from storage.localtime import present
from storage.records import SITE_ZONE

TODAY = present().astimezone(SITE_ZONE).date()
SATURDAY, SUNDAY, MONDAY = (FRIDAY + timedelta(days=number) for number in (1, 2, 3))


def test_day_that_could_not_be_asked_is_owed(tmp_path):
    """A day whose index fails, or one of whose articles fails, stays owed and a later run completes it."""
    with SmallSite(pc(FRIDAY) | pc(MONDAY)) as site:
        index, first = f"{CONTENT}/{FRIDAY:%Y%m%d}/IssueIndex.htm", f"{CONTENT}/{MONDAY:%Y%m%d}/Articel01001NR.htm"
        kept = dict(site.pages)
        for path in (index, first):
            site.pages[path] = Answer("error", 500)
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY, MONDAY)
        assert days(home) == {
            day.isoformat(): state
            for day, state in ((FRIDAY, "owed"), (SATURDAY, "none"), (SUNDAY, "none"), (MONDAY, "owed"))
        }
        check(home, site)
        site.pages = kept
        due(home)
        crawl(home, FRIDAY, MONDAY)
        assert set(days(home).values()) == {"complete", "none"}
        assert standing(home) == expected(FRIDAY) | expected(MONDAY)
        check(home, site)


def due(home: Home) -> None:
    """Let the time pass after which failed addresses are tried again."""
    home.write("UPDATE ledger SET next_check_at = '2020-01-01 00:00:00.000000' WHERE state = 'failed'")


def test_today_is_awaited(tmp_path):
    """Today's issue that is not there yet is awaited, and found by the run after it has come."""
    today = present().astimezone(SITE_ZONE).date()
    with SmallSite() as site:
        home = Home(tmp_path, paper_profile(site.url))
        assert home.crawl("epaper").returncode == 0
        assert days(home) == {today.isoformat(): "awaited"}
        # The issue is being uploaded: its index is there, the first page is not.
        site.pages = {
            path: Answer(answer.body, headers={"ETag": '"1"'})
            for path, answer in pc(today).items()
            if isinstance(answer, Answer)
        }
        home.crawl("epaper")
        assert days(home) == {today.isoformat(): "awaited"}
        site.pages = pc(today) | site.pages
        home.crawl("epaper")
        assert days(home) == {today.isoformat(): "complete"}
        assert standing(home) == expected(today)
        check(home, site)


def test_issue_that_is_not_whole_yet_is_owed(tmp_path):
    """What today's pages name and is not there yet is looked for again; what is still missing tomorrow is gone."""
    today = present().astimezone(SITE_ZONE).date()
    with SmallSite(pc(today)) as site:
        kept = dict(site.pages)
        late = [path for path in kept if path.endswith(("Page02BC.htm", "Articel01002NR.htm"))]
        for path in late:
            del site.pages[path]
        home = Home(tmp_path, paper_profile(site.url))
        home.crawl("epaper")
        assert standing(home) == expected(today, {"01": [1]})
        assert days(home) == {today.isoformat(): "owed"}
        assert home.counts()["failed"] == 2
        check(home, site)
        site.pages = kept
        due(home)
        home.crawl("epaper")
        assert standing(home) == expected(today)
        assert days(home) == {today.isoformat(): "complete"}
        check(home, site)


def test_page_of_an_earlier_day_that_is_missing_is_asked_for_again(tmp_path):
    """One 404 for a page of an issue must not lose what stands on it for good; nor is it asked for without end."""
    with SmallSite(pc(FRIDAY)) as site:
        late = f"{CONTENT}/{FRIDAY:%Y%m%d}/Page02BC.htm"
        kept = site.pages.pop(late)
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY)
        assert (home.counts()["gone"], days(home)) == (1, {FRIDAY.isoformat(): "owed"})
        assert standing(home) == expected(FRIDAY, {"01": [1, 2]})
        crawl(home, FRIDAY)
        assert len(site.asked(late)) == 1
        site.pages[late] = kept
        due(home)
        crawl(home, FRIDAY)
        assert (standing(home), days(home)) == (expected(FRIDAY), {FRIDAY.isoformat(): "complete"})
        check(home, site)


def test_page_that_stays_missing_is_given_up(tmp_path):
    """A day of which a page was never there would be owed for ever, and the page asked for in every run."""
    with SmallSite(pc(FRIDAY)) as site:
        late = f"{CONTENT}/{FRIDAY:%Y%m%d}/Page02BC.htm"
        del site.pages[late]
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY)
        for tries, state, day in ((len(TRY_AGAIN_AFTER) - 1, "failed", "owed"), (None, "gone", "complete")):
            due(home)
            home.write(f"UPDATE ledger SET tries = {tries or 'tries'} WHERE url LIKE '%{late}'")
            crawl(home, FRIDAY)
            assert home.rows("SELECT state FROM ledger WHERE url LIKE ?", f"%{late}") == [(state,)]
            assert days(home) == {FRIDAY.isoformat(): day}
        check(home, site)


def test_years_on_a_host_that_is_silent(tmp_path):
    """A backfill of years without a network ends after a few tries, and leaves no row for each address of each day."""
    with SmallSite(pc(FRIDAY)) as site:
        pass
    home = Home(tmp_path, paper_profile(site.url))
    done = home.crawl("epaper", "LOG_LEVEL=ERROR", since="2017-01-01", until="2024-07-26")
    assert done.returncode == 6
    assert done.stderr.startswith("Error: The site cannot be reached: no answer from 127.0.0.1:")
    assert len(done.stderr.splitlines()) == 1
    assert home.rows("SELECT count(*) FROM ledger")[0][0] < 100
    assert home.rows("SELECT count(*) FROM outcome")[0][0] < 100
    assert home.rows("SELECT notes FROM run") == [('["ended early: no host answered at all"]',)]
    assert set(days(home).values()) == {"owed"}
    home.write("DELETE FROM issue WHERE day < '2024-07-26'")
    with SmallSite(site.pages, port=site.port) as site:
        crawl(home, FRIDAY)
        assert days(home) == {FRIDAY.isoformat(): "complete"}
        check(home)


def test_day_is_found_though_one_of_its_hosts_is_silent(tmp_path):
    """Years whose first address stands on a host that is gone would pass for a site that cannot be reached."""
    day, last = date(2018, 3, 1), date(2018, 5, 1)
    with SmallSite() as gone:
        pass
    with SmallSite(shtml(last, [101, 102])) as site:
        text = paper_profile(site.url).replace(site.url + "/shtml", gone.url + "/shtml")
        home = Home(tmp_path, text)
        crawl(home, day, last)
        found = days(home)
        assert (found.pop(last.isoformat()), set(found.values())) == ("complete", {"owed"})
        assert home.rows("SELECT state FROM run") == [("finished",)]


def test_newest_issue_is_kept_and_left_alone(tmp_path):
    """The newest issue that the entry page leads to is complete once it was walked, and is not walked again."""
    today = present().astimezone(SITE_ZONE).date()
    newest = today - timedelta(days=3)
    with SmallSite(pc(newest)) as site:
        site.pages[f"{CONTENT}/PaperIndex.htm"] = refresh(f"{newest:%Y%m%d}/IssueIndex.htm")
        home = Home(tmp_path, paper_profile(site.url))
        home.crawl("epaper")
        assert days(home) == {newest.isoformat(): "complete", today.isoformat(): "awaited"}
        assert standing(home) == expected(newest)
        site.requests.clear()
        home.crawl("epaper")
        assert site.asked(f"/{newest:%Y%m%d}/") == []
        check(home)


def test_gap_is_made_up_for(tmp_path):
    """Days between the last run and today that no run looked at are walked by themselves."""
    today = present().astimezone(SITE_ZONE).date()
    missed = today - timedelta(days=2)
    with SmallSite(pc(missed)) as site:
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, missed - timedelta(days=1))
        home.crawl("epaper")
        states = days(home)
        assert states[missed.isoformat()] == "complete"
        assert states[(today - timedelta(days=1)).isoformat()] == "none"
        assert states[today.isoformat()] == "awaited"
        check(home, site)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"since": "2024-7-26"}, "since='2024-7-26' is not a day; write it as 2024-07-26"),
        ({"since": "2024-07-26", "until": "2024-07-01"}, "since 2024-07-26 lies after until 2024-07-01"),
        ({"since": "2999-01-01"}, f"since 2999-01-01 lies in the future; the newest issue is that of {TODAY}"),
        ({"paper": "qdy"}, "no paper 'qdy' in site 'small'; there are: qdx"),
    ],
)
def test_wrong_arguments_are_refused(tmp_path, arguments, sentence):
    """A day that is none or to come, days in the wrong order, a misspelt paper: one sentence, no request, no run."""
    with SmallSite() as site:
        home = Home(tmp_path, paper_profile(site.url))
        done = home.crawl("epaper", "LOG_LEVEL=ERROR", **arguments)
        assert site.requests == []
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1] == f"Error: {sentence}"
    assert not (tmp_path / "data").exists()
