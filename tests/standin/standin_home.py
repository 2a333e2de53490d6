"""A home directory for crawls through the proxy: the shipped profile, in processes of their own."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standin_truth import Truth

from crawler.sites.profile import SITES

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = (SITES / "xihaian.toml").read_text("utf-8")
HASTE = "delay_seconds = 1.2\n"
"""The shipped pace: right for a live site, a waste of time on loopback."""


class Home:
    """A directory with `xha.toml` and an archive; crawls go through a proxy.

    Args:
        proxy: Its address.
        paced: True: the shipped profile itself, by its name. False: a copy of it without the delay and nothing else.
    """

    def __init__(self, path: Path, proxy: str, *, paced: bool = False) -> None:
        self.path, self.proxy = path, proxy
        path.mkdir(parents=True, exist_ok=True)
        assert SHIPPED.count(HASTE) == 1, "the shipped profile must name its delay in one line"
        (path / "site.toml").write_text(SHIPPED.replace(HASTE, "delay_seconds = 0\n"), "utf-8")
        site = "xihaian" if paced else "site.toml"
        (path / "xha.toml").write_text(f'site = "{site}"\nretries = 1\npage_timeout = "10s"\n', "utf-8")

        self.more: dict[str, str] = {}
        """Variables beside those of `environment`."""
        self.requests_at_once = 1  # of two addresses of one text, the first that is met names the article

    @property
    def environment(self) -> Mapping[str, str]:
        """Of the crawls: nothing from outside, the proxy for both schemes."""
        plain = {key: value for key, value in os.environ.items() if "proxy" not in key.lower() and key[:4] != "XHA_"}
        return plain | {
            "XHA_HOME": str(self.path),
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
            "PYTHONPATH": str(ROOT),
            "http_proxy": self.proxy,
            "https_proxy": self.proxy,
            **self.more,
        }

    def start(self, spider: str, **arguments: str) -> subprocess.Popen[str]:
        """`scrapy crawl`, running."""
        given = [part for key, value in arguments.items() for part in ("-a", f"{key}={value}")]
        told = ("RETRY_WAIT_SECONDS=0.05", "LOG_LEVEL=WARNING", f"CONCURRENT_REQUESTS={self.requests_at_once}")
        quick = [part for setting in told for part in ("-s", setting)]
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", spider, *quick, *given],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def crawl(self, spider: str, **arguments: str) -> Ended:
        """Run a spider to its end."""
        return ended(self.start(spider, **arguments))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Plain SQL on the archive's database."""
        database = sqlite3.connect(f"file:{self.path / 'data/archive.db'}?mode=ro", uri=True)
        try:
            return database.execute(query, values).fetchall()
        finally:
            database.close()

    def stored(self) -> dict[str, Truth]:
        """Every article of the archive as a truth table has it, by canonical URL."""
        return {row[0]: _truth(row) for row in self.rows(_ARTICLES)}

    def counts(self) -> dict[str, int]:
        """Outcome → number, of the last run."""
        query = "SELECT outcome, count(*) FROM outcome WHERE run_id = (SELECT max(id) FROM run) GROUP BY outcome"
        return dict(self.rows(query))

    def notes(self) -> list[str]:
        """What the last run says a person should know."""
        [(notes,)] = self.rows("SELECT notes FROM run ORDER BY id DESC LIMIT 1")
        return list(json.loads(notes))

    def rejected(self) -> list[tuple[str, str]]:
        """Address and reason of what could not be read."""
        return self.rows("SELECT canonical_url, reason FROM rejected WHERE resolved_at IS NULL")


class Ended:
    """How a crawl ended."""

    def __init__(self, code: int, errors: str) -> None:
        self.code, self.errors = code, errors


def ended(process: subprocess.Popen[str], seconds: float = 120) -> Ended:
    """Wait for a crawl."""
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Ended(process.returncode, errors)


_ARTICLES = """
SELECT canonical_url, title, published_at, published_precision, source, editor, authors, body, kicker, subtitle,
       edition_day, edition_label, edition_page_name
FROM article"""


def _truth(row: tuple[Any, ...]) -> Truth:
    url, title, at, precision, source, editor, authors, body, kicker, subtitle, day, label, page_name = row
    return Truth(
        url=url,
        title=title,
        published=_local(at, precision),
        source=source,
        editor=editor,
        authors=tuple(json.loads(authors)),
        body=tuple(body.split("\n")),
        kicker=kicker,
        subtitle=subtitle,
        day=day,
        label=label,
        page_name=page_name,
    )


def _local(at: str | None, precision: str | None) -> str | None:
    """UTC of the database → what the page shows."""
    from datetime import UTC, datetime

    from storage.records import Moment, Precision

    if at is None or precision is None:
        return None
    moment = datetime.fromisoformat(re.sub(r"Z$", "", at)).replace(tzinfo=UTC)
    return Moment(at=moment, precision=Precision(precision)).iso()
