"""A part of the replica, small enough to be crawled in a second, and a home directory for its archive."""

from __future__ import annotations

import json
from pathlib import Path

from crash_nursery import Job
from crawl_samples import Home

from demo.replica import Replica

DAY = "2024-07-16"
"""A day of the e-paper."""
COPY = "/articleContent/17_120024.html"
"""On the website, and in the paper of that day as well: what is met first is the article, the other one its copy."""
WARC_MAX_BYTES = 50_000
"""Small, so that a crawl finishes several files."""
PROFILE = """
name = "crash"
title = "澜港新闻网"
timezone = "Asia/Shanghai"
hosts = ["127.0.0.1"]
delay_seconds = 0

[[shape]]
match = '/epaper/html/'
family = "paperindex"

[[channel]] # A feed: eight articles.
name = "feed"
title = "言论"
kind = "feed"
start = ["{url}/rss.xml"]

[[channel]] # Three list pages, articles that moved, links found by shape.
name = "city"
title = "城事"
start = ["{url}/city/list_1.html"]
links = ["#newslist li.item a"]

[[paper]]
name = "lgb"
title = "澜港报"

  [[paper.generation]]
  name = "pc"
  family = "paperindex"
  since = 2020-01-01
  latest = ["{url}/epaper/html/lgb/content/PaperIndex.htm"]
  issue = ["{url}/epaper/html/lgb/content/{yyyymmdd}/IssueIndex.htm"]
  page = '(?i)^Page(?P<label>[A-Z]{0,2}\\d{1,3})[A-Z]{0,2}\\.html?$'
  article = '(?i)^Artic(?:el|le)(?P<label>[A-Z]{0,2}\\d{1,4})\\d{3}[A-Z]{0,2}\\.html?$'
"""


def new_home(path: Path, url: str) -> Home:
    """A directory without an archive yet, for the site at an address."""
    return Home(path, PROFILE.replace("{url}", url), more=f"warc_max_bytes = {WARC_MAX_BYTES}\n")


def first_crawl() -> tuple[str, ...]:
    """Website and e-paper, as they are found."""
    return ("crawl", "columns", "{}", "epaper", json.dumps({"since": DAY, "until": DAY}))


def changes(replica: Replica) -> list[str]:
    """Three new articles, two edits, one article gone. Paths of those somebody should ask for again, one unchanged."""
    columns = [entry.path for entry in replica.entries() if entry.path.startswith("/content/")]
    replica.grow(3)
    replica.edit(columns[1])
    replica.edit(columns[6])
    replica.delete(columns[3])
    return [columns[1], columns[6], columns[3], columns[8]]


def second_crawl(url: str, paths: list[str]) -> tuple[str, ...]:
    """The lists anew, then the articles of which somebody wants to know whether they changed."""
    return ("crawl", "columns", "{}", "article", json.dumps({"urls": " ".join(url + path for path in paths)}))


def job(home: Home, command: tuple[str, ...], **more: object) -> Job:
    """A piece of work in a home."""
    return Job(home=str(home.path), command=command, **more)  # type: ignore[arg-type]
