"""The e-paper is walked day by day, in each of its generations, and a day's issue is that day's and no other's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from crawl_checks import check
from crawl_samples import Answer, Home, SmallSite
from paper_samples import FRIDAY, PAGES, h5, headline, paper_profile, pc, refresh, shtml

from storage.localtime import present
from storage.records import SITE_ZONE

SATURDAY, SUNDAY, MONDAY = (FRIDAY + timedelta(days=number) for number in (1, 2, 3))
CONTENT = "/epaper/html/qdx/content"


def crawl(home: Home, first: date, last: date | None = None, **arguments: str) -> None:
    """Walk some days."""
    done = home.crawl("epaper", since=first.isoformat(), until=(last or first).isoformat(), **arguments)
    assert done.returncode == 0, done.stderr


def days(home: Home) -> dict[str, str]:
    """Day → state."""
    return dict(home.rows("SELECT day, state FROM issue ORDER BY day"))


def standing(home: Home) -> set[tuple[str, str, str, str]]:
    """Where each article stood: day, 版次, 版名, headline."""
    return set(home.rows("SELECT edition_day, edition_label, edition_page_name, title FROM article"))


def expected(day: date, numbers: dict[str, list[int]] | None = None) -> set[tuple[str, str, str, str]]:
    """The same as the paper was made."""
    known = numbers or {label: [1, 2] for label in PAGES}
    return {
        (day.isoformat(), label, PAGES[label], headline(day, label, number))
        for label, found in known.items()
        for number in found
    }


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
        assert home.rows("SELECT count(*) FROM article WHERE edition_day <> ?", FRIDAY.isoformat()) == [(0,)]
        assert site.asked("Articel") == []
        check(home, site)
        crawl(home, FRIDAY)
        assert standing(home) == expected(FRIDAY)
        assert days(home)[FRIDAY.isoformat()] == "complete"
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
        ({"paper": "qdy"}, "no paper 'qdy' in site 'small'; there are: qdx"),
    ],
)
def test_wrong_arguments_are_refused(tmp_path, arguments, sentence):
    """A day that is none, days in the wrong order and a misspelt paper are one sentence each, and no request."""
    with SmallSite() as site:
        home = Home(tmp_path, paper_profile(site.url))
        done = home.crawl("epaper", "LOG_LEVEL=ERROR", **arguments)
        assert site.requests == []
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1] == f"Error: {sentence}"
