"""The e-paper is walked day by day, in each of its generations, and a day's issue is that day's and no other's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from crawl_checks import check
from crawl_samples import Answer, Home, SmallSite
from paper_samples import (
    CONTENT,
    FRIDAY,
    crawl,
    days,
    expected,
    h5,
    paper_profile,
    pc,
    refresh,
    shtml,
    standing,
)

from storage.localtime import present
from storage.records import SITE_ZONE

SATURDAY, SUNDAY, MONDAY = (FRIDAY + timedelta(days=number) for number in (1, 2, 3))


def test_a_week_with_its_end(tmp_path):
    """Days with an issue are complete with 版次 and 版名 of every article; days without are recorded, no error."""
    with SmallSite(pc(FRIDAY) | pc(MONDAY)) as site:
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY, MONDAY)
        check(home, site)
        assert standing(home) == expected(FRIDAY) | expected(MONDAY)
        states = {FRIDAY: "complete", SATURDAY: "none", SUNDAY: "none", MONDAY: "complete"}
        assert days(home) == {day.isoformat(): state for day, state in states.items()}
        assert "failed" not in home.counts()
        assert home.rows("SELECT pages, articles FROM issue WHERE state = 'complete'") == [(2, 4)] * 2
        site.requests.clear()
        crawl(home, FRIDAY, MONDAY)
        assert site.requests == []
        check(home)


def test_full_walks_complete_days_again(tmp_path):
    """With `full=1` complete days are walked again and a later correction of the index is found."""
    with SmallSite(pc(FRIDAY, 1)) as site:
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY)
        site.pages = dict(pc(FRIDAY))
        crawl(home, FRIDAY, full="1")
        assert standing(home) == expected(FRIDAY)
        check(home, site)


def test_chain_of_refreshes(tmp_path):
    """PaperIndex → IssueIndex → first page: each step is a capture counted as redirect, and the issue is found."""
    today = present().astimezone(SITE_ZONE).date()
    with SmallSite(pc(today)) as site:
        site.pages[f"{CONTENT}/PaperIndex.htm"] = refresh(f"{today:%Y%m%d}/IssueIndex.htm")
        home = Home(tmp_path, paper_profile(site.url))
        assert home.crawl("epaper").returncode == 0
        counts = home.counts()
        assert (counts["redirect"], counts["index"], counts["new"]) == (2, 2, 4)
        assert days(home) == {today.isoformat(): "complete"}
        assert standing(home) == expected(today)
        check(home, site)


def test_whole_issue_page_is_no_article(tmp_path):
    """An h5 page carries every article of the issue: it is read for its links and never stored as one."""
    with SmallSite(h5(FRIDAY)) as site:
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY)
        check(home, site)
    assert standing(home) == expected(FRIDAY)
    assert home.rows("SELECT DISTINCT kind FROM capture WHERE url LIKE '%/Page%' AND status = 200") == [("edition",)]


def test_whole_issue_page_given_by_hand_is_rejected(tmp_path):
    """An h5 page that somebody asks for as an article waits in `rejected` with that reason."""
    with SmallSite(h5(FRIDAY)) as site:
        home = Home(tmp_path, paper_profile(site.url))
        home.crawl("article", urls=f"{site.url}/epaper/h5/qdx/content/{FRIDAY:%Y%m%d}/Page01SC.htm")
    assert home.rows("SELECT reason FROM rejected") == [("whole-issue",)]


def test_four_addresses_of_one_article(tmp_path):
    """The shtml generation under two hosts: one article each, whichever host lists it, and fetched once."""
    day = date(2019, 7, 25)
    with SmallSite(shtml(day, [75448, 75449, 75450, 75451])) as site:
        other = f"http://localhost:{site.port}/shtml/qdx/20190725"
        listed = site.pages["/shtml/qdx/20190725/v02.shtml"]
        assert isinstance(listed, str)
        site.pages["/shtml/qdx/20190725/v02.shtml"] = listed.replace('href="754', f'href="{other}/754')
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, day)
        assert standing(home) == expected(day, {"01": [75448, 75449], "02": [75450, 75451]})
        assert len(site.asked("/754")) == 4
        assert {row[0].rpartition("/")[0] for row in home.rows("SELECT canonical_url FROM article")} == {
            f"{site.url}/shtml/qdx/20190725"
        }
        check(home, site)
        home.crawl("article", urls=f"{other}/75448.shtml")
        assert home.counts() == {"robots": 1, "same": 1}
        check(home)


def test_article_on_two_pages_is_one(tmp_path):
    """An article linked on two print pages is one article, seen on both."""
    with SmallSite(pc(FRIDAY)) as site:
        second = f"{CONTENT}/{FRIDAY:%Y%m%d}/Page02BC.htm"
        site.pages[second] = str(site.pages[second]).replace(
            "</ul></body>", '<a href="Articel01001NR.htm">渠</a></ul></body>'
        )
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY)
        assert standing(home) == expected(FRIDAY)
        assert len(site.asked("Articel01001")) == 1
        check(home, site)


def redirect(target: str) -> Answer:
    """A redirect by HTTP."""
    return Answer(status=302, headers={"Location": target})


@pytest.mark.parametrize("how", [redirect, refresh])
@pytest.mark.parametrize("target", ["../{friday}/IssueIndex.htm", "../{friday}/Page01BC.htm", "../PaperIndex.htm"])
def test_index_that_leads_to_another_day(tmp_path, how, target):
    """Where a missing day's index leads to another day's issue, nothing of that is stored under the missing day."""
    friday = f"{FRIDAY:%Y%m%d}"
    with SmallSite(pc(FRIDAY)) as site:
        site.pages[f"{CONTENT}/PaperIndex.htm"] = refresh(f"{friday}/IssueIndex.htm")
        site.pages[f"{CONTENT}/{SATURDAY:%Y%m%d}/IssueIndex.htm"] = how(target.format(friday=friday))
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, SATURDAY)
        assert days(home) == {SATURDAY.isoformat(): "none"}
        assert home.rows("SELECT count(*) FROM sighting") == [(0,)]
        assert site.asked("Articel") == []
        check(home, site)


def test_index_that_shows_another_day(tmp_path):
    """A server that answers each day's index with the newest issue, without any redirect, gives that day no issue."""
    with SmallSite(pc(FRIDAY)) as site:
        shown = str(site.pages[f"{CONTENT}/{FRIDAY:%Y%m%d}/Page01BC.htm"])
        shown = shown.replace('href="', f'href="{CONTENT}/{FRIDAY:%Y%m%d}/')
        site.pages[f"{CONTENT}/{SATURDAY:%Y%m%d}/IssueIndex.htm"] = shown
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, SATURDAY)
        assert days(home) == {SATURDAY.isoformat(): "none"}
        assert home.rows("SELECT count(*) FROM article") == [(0,)]
        check(home, site)


def test_refresh_into_nothing_is_not_the_issue(tmp_path):
    """An index whose first page is missing leads nowhere: the day's other addresses are tried."""
    with SmallSite(pc(FRIDAY)) as site:
        base = f"{CONTENT}/{FRIDAY:%Y%m%d}"
        site.pages[f"{base}/PageArticleIndexLB.htm"] = site.pages.pop(f"{base}/Page01BC.htm")
        home = Home(tmp_path, paper_profile(site.url))
        crawl(home, FRIDAY)
        assert standing(home) == expected(FRIDAY)
        assert days(home) == {FRIDAY.isoformat(): "complete"}
        check(home, site)
