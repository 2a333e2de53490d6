"""A day of the e-paper that is not whole yet is owed until it is, and then left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from crawl_checks import check
from crawl_samples import Answer, Home, SmallSite
from paper_samples import CONTENT, FRIDAY, crawl, days, expected, paper_profile, pc, refresh, standing

from storage.localtime import present
from storage.records import SITE_ZONE

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
