"""How often lists are asked: once in a run, whatever leads to them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from standin_home import Home
from standin_proxy import Proxy, World
from standin_small import WWW, page_of
from standin_texts import story

SECTIONS = [f"{one}{two}新闻" for one in "东西南北中" for two in "山海河湖岛"]
"""More than a run has under way at a time."""


def test_a_section_is_asked_once_a_run(tmp_path: Path) -> None:
    """The menu, 更多 with the index file's name, each other section and the last run all lead to it."""
    world, rows = World(), ""
    menu = "".join(f"<a href='/s{place}/'>{name}</a>" for place, name in enumerate(SECTIONS))
    more = "".join(f"<p>{name}<a href='/s{place}/index.html'>更多</a>" for place, name in enumerate(SECTIONS))
    for number in (851, 852):
        world.add(f"http://{WWW}/a/{number}.html", page_of(number))
        rows += f"<li><a href='/a/{number}.html'>{story(number).title}</a>"
    world.add(f"http://{WWW}/", f"<div class=nav>{menu}</div><ul>{rows}</ul>{more}")
    for place in range(len(SECTIONS)):
        world.add(f"http://{WWW}/s{place}/", f"<div class=nav>{menu}</div><ul>{rows}</ul>")
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        for _ in range(2):
            world.requests.clear()
            assert home.crawl("columns", channel="www").code == 0
            lists = Counter(url for url in world.asked() if "/a/" not in url)
            assert len(lists) == len(SECTIONS) + 1
            assert set(lists.values()) == {1}
    assert len(home.stored()) == 2
