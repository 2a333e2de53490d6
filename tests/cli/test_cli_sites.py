"""`xha sites` and `xha sites check`: what they list and fetch, what they say, how they end, what they leave alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from cli_samples import PATHS, Crawled, command, environment_of, rows_of, xha
from crawl_samples import Answer, Home, SmallSite, article, listing, profile
from paper_samples import CONTENT, crawl, paper_profile, pc, shtml
from rich.cells import cell_len

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "demo"))  # for homes of a replica

from demo_samples import home_of

from demo.replica import Replica
from demo.server import ReplicaServer
from storage.records import SITE_ZONE

FITTING = """
[selectors.generic]
title = ["h1"]
body = ["#content"]
"""
BROKEN = """
[selectors.generic]
title = ["h1"]
editor = ["#zeren"]
"""


@pytest.fixture
def small() -> Iterator[SmallSite]:
    """A site of its own, so that its requests are this test's."""
    with SmallSite() as site:
        site.pages = {
            "/list.html": listing(*PATHS[:8], onward="/list2.html"),
            "/list2.html": listing(*PATHS[8:16]),
            **{path: article(path) for path in PATHS},
        }
        yield site


def check(home: Home, *arguments: str):
    """The command as a process of its own."""
    return xha(home, "sites", "check", *arguments, columns=80)


def test_channels_of_all_profiles_are_listed(ask):
    """The site in force first, then those that come with the project; seen live or not."""
    rows = json.loads(ask("sites", "--json").stdout)
    assert next((row["site"], row["channel"], row["in_force"]) for row in rows) == ("small", "news", True)
    shipped = {row["channel"]: row for row in rows if row["site"] == "xihaian"}
    assert {"www", "qdxhab/shtml", "qdxhab/pc", "qdxhab/h5"} <= set(shipped)
    assert not any(row["seen_live"] for row in shipped.values())  # nobody of this project has seen it
    shown = ask("sites", columns=80).stdout
    assert "small  小站  (in force)" in shown
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_a_profile_that_fits(small: SmallSite, tmp_path: Path):
    """Found on every page, the same as by the general rules: exit code 0."""
    home = Home(tmp_path / "home", profile(small.url, FITTING))
    done = check(home)
    assert done.returncode == 0, done.stderr
    assert "title  h1        3 of 3    agree 3" in done.stdout
    assert "The profile fits what came." in done.stdout
    assert "seen_live = true may be written for: news" in done.stderr


def test_a_selector_that_matches_nothing_ends_the_check_with_1(small: SmallSite, tmp_path: Path):
    """So that a timetable or a mail can tell somebody."""
    done = check(Home(tmp_path / "home", profile(small.url, BROKEN)))
    assert done.returncode == 1
    assert "selectors.generic: editor '#zeren' matches nothing on 3 pages" in done.stderr
    assert "editor  #zeren    0 of 3    rules only 3" in done.stdout


def test_only_a_few_pages_are_fetched(small: SmallSite, tmp_path: Path):
    """robots.txt, the list, and as many articles as asked for; no second page of the list."""
    home = Home(tmp_path / "home", profile(small.url, FITTING))
    assert check(home, "--articles", "2").returncode == 0
    assert sorted(small.requests) == sorted(["/robots.txt", "/list.html", *PATHS[:2]])


def test_nothing_is_kept(crawled: Crawled):
    """Misread pages of a profile that no longer fits must not come among the archive's."""
    before = rows_of(crawled.home)
    files = {path: path.stat().st_size for path in (crawled.home.path / "data/warc").iterdir()}
    assert check(crawled.home).returncode == 0
    assert rows_of(crawled.home) == before
    assert {path: path.stat().st_size for path in (crawled.home.path / "data/warc").iterdir()} == files


def test_robots_txt_is_obeyed(small: SmallSite, tmp_path: Path):
    """Politeness is not optional, for a check neither."""
    small.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /a/", headers={"Content-Type": "text/plain"})
    done = check(Home(tmp_path / "home", profile(small.url, FITTING)))
    assert small.asked() == ["/list.html"]
    assert "forbidden by robots.txt" in done.stdout


def test_the_archive_can_be_checked_without_a_network(crawled: Crawled, ask):
    """While a profile is being written, the same pages again and again."""
    asked = len(crawled.site.requests)
    done = ask("sites", "check", "--archive", "--json")
    assert done.exit_code == 0, done.stderr
    assert len(crawled.site.requests) == asked
    (channel,) = json.loads(done.stdout)["channels"]
    assert channel["name"] == "news"
    assert channel["links"][0]["selectors"][0]["found"] == 2
    assert channel["articles"] == 3


def test_a_site_that_does_not_answer_is_named(tmp_path: Path):
    """Silence says nothing of the profile: another exit code than a fault."""
    done = check(Home(tmp_path / "home", profile("http://127.0.0.1:9", FITTING)))
    assert done.returncode == 6
    assert "127.0.0.1:9" in done.stderr
    assert "nothing was noted for a later try" in done.stderr


@pytest.mark.parametrize("arguments", [("--channel", "nowhere"), ("--channel", "nowhere", "--archive")])
def test_an_unknown_channel_is_named(crawled: Crawled, arguments: tuple[str, ...]):
    """With those there are."""
    done = check(crawled.home, *arguments)
    assert done.returncode == 2
    assert "no channel or paper 'nowhere' in site 'small'; there are: news" in done.stderr


def test_the_newest_issue_is_looked_for_where_no_entry_page_leads_to_it(tmp_path: Path):
    """A paper rests on some days: the days before are asked for, one address at a time, and not many."""
    day = (datetime.now(SITE_ZONE) - timedelta(days=2)).date()
    with SmallSite(pc(day)) as site:
        done = check(Home(tmp_path / "home", paper_profile(site.url)), "--channel", "qdx/pc")
        asked = site.asked("/epaper/html/")
    assert done.returncode == 0, done.stderr
    assert asked[0] == f"{CONTENT}/PaperIndex.htm"
    assert f"{CONTENT}/{day:%Y%m%d}/IssueIndex.htm" in asked
    assert len(asked) <= 12
    assert "3 of 3 article pages read" in done.stdout


def test_of_a_generation_that_has_ended_the_archive_knows_the_newest_issue(tmp_path: Path):
    """Its last day is a limit, not an issue; nobody would find the issue of months before by asking day for day."""
    day = date(2020, 1, 2)
    with SmallSite(shtml(day, range(101, 105))) as site:
        home = Home(tmp_path / "home", paper_profile(site.url))
        assert check(home, "--channel", "qdx/shtml").returncode == 1
        crawl(home, day)
        done = check(home, "--channel", "qdx/shtml")
    assert done.returncode == 0, done.stderr
    assert "/shtml/qdx/20200102/index.shtml: 2 articles" in done.stdout
    assert "3 of 3 article pages read" in done.stdout


def test_a_generation_without_any_issue_is_a_fault(tmp_path: Path):
    """Nothing of it is there any more: whoever keeps it in the profile should know."""
    with SmallSite() as site:
        done = check(Home(tmp_path / "home", paper_profile(site.url)), "--channel", "qdx/h5")
        asked = site.asked("/epaper/h5/")
    assert done.returncode == 1
    assert "e-paper qdx/h5: no page of it came" in done.stderr
    assert len(asked) == len(set(asked)) == 7  # the last week's days, each once


def test_ctrl_c_ends_a_check_in_a_line(small: SmallSite, tmp_path: Path):
    """Half a sample says nothing of a profile."""
    home = Home(tmp_path / "home", profile(small.url, FITTING, delay=3))
    process = subprocess.Popen(
        command("sites", "check"), env=environment_of(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not small.asked() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out, said) == (130, "", "Interrupted.\n")


@pytest.mark.slow
def test_the_replica_is_checked_channel_by_channel(tmp_path: Path):
    """Lists, feeds, interfaces, three e-paper generations: each answers, and the one rebuilt list is found out."""
    with ReplicaServer(Replica.build(None)) as server:
        done = check(home_of(tmp_path / "home", server), "--json")
    assert done.returncode == 1
    found = {one["name"]: one for one in json.loads(done.stdout)["channels"]}
    assert set(found) == {
        *("www", "yaowen", "zhenjie", "city", "app", "sitemap", "feed", "county"),
        *("lgb/shtml", "lgb/pc", "lgb/h5"),
    }
    for name, one in found.items():
        if one["left_out"]:  # no Chromium here
            assert name == "county"
            continue
        assert sum(page["articles"] for page in one["lists"]) > 0, name
        assert one["articles"] >= 2, name
        assert not one["unread"], name
        (fields, *_) = one["fields"].values()
        assert {"title", "published", "body"} <= {field["name"] for field in fields}, name
    faults = [line for line in done.stderr.splitlines() if "matches nothing" in line]
    assert faults == [
        "channel city: links '#newslist li.item a' matches nothing on 1 page; 8 links were found by shape instead"
    ]
