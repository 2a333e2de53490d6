"""E-paper days as the timetable's runs leave them: found, owed, at rest; nobody is asked about them without need."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from standin_home import Home
from standin_proxy import Answer, Proxy, World
from standin_small import CONTENT, EPAPER, add_issue
from standin_texts import story

from storage.records import SITE_ZONE


def states(home: Home) -> dict[str, str]:
    """Day → state."""
    return dict(home.rows("SELECT day, state FROM issue"))


def test_a_run_of_the_timetable_takes_the_newest_issue_and_today_s(tmp_path: Path) -> None:
    """Without a day the entry page leads to the newest issue; what is complete is not asked about again."""
    today = datetime.now(SITE_ZONE).date()
    newest = today - timedelta(days=3)
    world = World()
    world.add(f"{CONTENT}/PaperIndex.htm", f"<meta http-equiv=refresh content='0;url={newest:%Y%m%d}/IssueIndex.htm'>")
    add_issue(world, newest, 11, 12)
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        assert home.crawl("epaper").code == 0
        assert len(home.stored()) == 2
        assert states(home) == {str(newest): "complete", str(today): "awaited"}
        add_issue(world, today, 13)
        world.requests.clear()
        assert home.crawl("epaper").code == 0
        assert len(home.stored()) == 3
        assert states(home) == {str(newest): "complete", str(today): "complete"}
        assert world.asked("Articel") == [f"{CONTENT}/{today:%Y%m%d}/Articel01013NR.htm"]


def test_a_day_that_could_not_be_asked_about_rests_between_its_tries(tmp_path: Path) -> None:
    """A Saturday of 2019 with one host gone stays owed; later runs leave it to the ledger's ever longer waits."""
    world = World()
    world.add(f"{CONTENT}/PaperIndex.htm", Answer("", 404))
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        assert home.crawl("epaper", since="2019-07-27", until="2019-07-27").code == 0
        assert states(home) == {"2019-07-27": "owed"}
        assert world.asked("/shtml/jnsx/20190727/")
        world.requests.clear()
        assert home.crawl("epaper").code == 0
        assert world.asked("20190727") == []
        assert states(home)["2019-07-27"] == "owed"
        # A person who names the day has it looked for again, whatever the ledger says.
        home.crawl("epaper", since="2019-07-27", until="2019-07-27")
        assert world.asked("/shtml/jnsx/20190727/")


def test_an_index_that_failed_owes_nothing_once_another_was_found(tmp_path: Path) -> None:
    """The day's first address answers 403, as folders without an index do; the issue stands at the second."""
    day = date(2019, 7, 26)
    folder = f"http://{EPAPER}/shtml/jnsx/{day:%Y%m%d}"
    tale = story(20)
    world = World()
    world.add(f"{folder}/index.shtml", Answer("forbidden", 403))
    page = f"<div class=pageNav><a href=v01.shtml>第01版：要闻</a></div><a href=70001.shtml>{tale.title}</a>"
    world.add(f"{folder}/v01.shtml", page)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in tale.paragraphs)
    world.add(f"{folder}/70001.shtml", f"<div id=content><h1>{tale.title}</h1><div id=content_div>{text}</div></div>")
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        home.crawl("epaper", since=str(day), until=str(day))
    assert len(home.stored()) == 1
    assert states(home) == {str(day): "complete"}
