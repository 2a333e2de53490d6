"""A small site and paper, crawled twice: with an edit, a removal, a hostile page; and the server over its archive."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from crawl_samples import Home, SmallSite, article, listing
from paper_samples import paper_profile, pc

from storage.config import load_config
from storage.store import timetable
from storage.store.database import Database
from storage.store.tables import PlannedOutcome
from web.app import create_app
from web.server import settings

PATHS = [f"/a/{number}.html" for number in range(100, 126)]
EDITED, REMOVED, HOSTILE = "/a/100.html", "/a/101.html", "/a/666.html"
SPREAD = ("/a/125.html", "/a/125_2.html", "/a/125_3.html")
"""One article on three pages."""
DAY = date(2024, 7, 26)
DUE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
"""When the timetable planned the second look at the site."""
NEW_BODY = (
    "本报讯 记者从云栖镇获悉，这条渠全长五公里，沿岸十二个村的农田因此受益。",
    "镇水利站站长介绍，清淤前渠底淤泥厚近一米，汛期排水不畅，村民多次反映。今年开春后，施工队分段作业，日夜赶工。",
    "渠道已恢复通水，苗木也已栽种完毕。",
)
"""The middle paragraph is as it was."""
ATTACK = (
    "<script>window.ran = 1; fetch('/ran')</script><img src=x onerror=\"window.ran = 2\">"
    "<svg onload='window.ran = 3'></svg><a href='javascript:window.ran=4'>点我</a>"
    "<LINK rel=preconnect href=https://evil.example><link\nrel='dns-prefetch' href=//evil.example>"
    "<style>body{display:none}</style><iframe srcdoc='<script>parent.ran=5</script>'></iframe>"
)
CHANNEL = '\n[[channel]]\nname = "news"\ntitle = "要闻"\nstart = ["{url}/list.html"]\nlinks = [".list a"]\n'


@dataclass(frozen=True)
class Served:
    """The archive, and where it is served."""

    home: Home
    url: str

    def id_of(self, path: str) -> str:
        """The article read from a path of the site."""
        ((found,),) = self.home.rows("SELECT id FROM article WHERE url LIKE ?", f"%{path}")
        return str(found)


def hostile() -> str:
    """An article that tries to run script in whatever shows it."""
    return article(HOSTILE).replace("<div id=content>", f"<div id=content>{ATTACK}")


def spread(path: str, onward: str) -> str:
    """A page of the article that has several; `onward`: the address behind 下一页."""
    foot = f'<div class=page><a href="{onward}">下一页</a></div>' if onward else ""
    own = f"这是{path}上的一段：渠水沿着旧河道流到下游，沿岸的人都来看，有人带了凳子，一坐就是一下午。"
    return article(SPREAD[0], body=(own,), foot=foot)


def crawl_twice(path: Path) -> Home:
    """A home whose archive holds articles of the website and a paper's day, one edited and one removed meanwhile."""
    with SmallSite() as site:
        profile = paper_profile(site.url) + CHANNEL.format(url=site.url)
        home = Home(path, profile)
        pages = {path: article(path) for path in PATHS}
        pages |= {path: spread(path, onward) for path, onward in zip(SPREAD, [*SPREAD[1:], ""], strict=True)}
        site.pages = {"/list.html": listing(*PATHS, HOSTILE), **pages, HOSTILE: hostile(), **pc(DAY)}
        for spider, arguments in (("columns", {}), ("epaper", {"since": str(DAY), "until": "2024-07-27"})):
            done = home.crawl(spider, **arguments)
            assert done.returncode == 0, done.stderr
        site.pages[EDITED] = article(EDITED, body=NEW_BODY)
        del site.pages[REMOVED]
        with Database.open(f"sqlite:///{home.path / 'data/archive.db'}") as database, database.begin() as session:
            planned = timetable.start(session, "look", DUE, PlannedOutcome.RAN, now=DUE)
            timetable.end(session, planned, exit_code=0, now=DUE)
        named = {"XHA_PLANNED_ID": str(planned)}
        done = home.crawl("article", urls=f"{site.url}{EDITED} {site.url}{REMOVED}", environment=named)
        assert done.returncode == 0, done.stderr
    return home


@contextmanager
def serving(home: Home, *names: str) -> Iterator[str]:
    """The real server on loopback, in a thread of its own; its address without a slash at the end.

    Args:
        names: Under which it is reached, too.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("XHA_")]:
            patch.delenv(name)
        config = load_config(home.path / "xha.toml")
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(settings(create_app(config, names)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


@contextmanager
def changeable(served: Served, path: Path) -> Iterator[tuple[Home, httpx.Client]]:
    """A copy of the archive that a test may change, and who asks its server."""
    home = copy(served.home)
    home.path = path
    shutil.copytree(served.home.path, path)
    with serving(home) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as made:
        yield home, made
