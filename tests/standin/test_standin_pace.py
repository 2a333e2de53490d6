"""The shipped profile itself, its pace included, on a website, a list interface and an e-paper at once."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from crawl_checks import check_pace
from standin_home import Home, ended
from standin_proxy import Proxy, World
from standin_small import add_issue, small_list, small_www

from crawler.sites.profile import load_profile

DAY = date(2024, 7, 26)


def test_the_shipped_profile_stores_all_and_keeps_its_pace(tmp_path: Path) -> None:
    """Nothing but the profile's name is configured: everything is stored, and no two requests come too close."""
    paper = World()
    add_issue(paper, DAY, 21, 22, 23)
    sites = {
        "www": (small_www(), "columns", {"channel": "www"}),
        "list": (small_list(), "columns", {"channel": "dzrb-list"}),
        "paper": (paper, "epaper", {"since": str(DAY), "until": str(DAY)}),
    }
    delay = load_profile("xihaian").delay_seconds
    assert delay >= 1
    with ExitStack() as stack:
        running = {}
        for name, (world, spider, arguments) in sites.items():
            proxy = stack.enter_context(Proxy(world, tmp_path))
            home = Home(tmp_path / name, proxy.url, paced=True)
            running[name] = home, home.start(spider, **arguments)
        for name, (home, process) in running.items():
            done = ended(process)
            assert done.code == 0, done.errors
            assert len(home.stored()) == 3, name
    for world, _, _ in sites.values():
        check_pace(world.times, delay)
