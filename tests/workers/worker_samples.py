"""Crawls by several workers: the command, who of them works, and what was stored, whatever the database."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from crawl_checks import SURROGATES, TIMES
from crawl_samples import ROOT, Home, SmallSite, article, listing
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.store.tables import ArticleRow, Base, ImageRow, RejectedRow, SightingRow, VersionRow

XHA = Path(sys.executable).parent / "xha"
PATIENCE_SECONDS = 120
PATHS = [f"/a/{number}.html" for number in range(101, 131)]
FURTHER = "/a/130_2.html"
"""The second page of the last of them."""


def fill(site: SmallSite) -> None:
    """Two list pages, articles, one of them on two pages."""
    site.pages = {path: article(path) for path in PATHS}
    site.pages["/list.html"] = listing(*PATHS[:20], onward="/list2.html")
    site.pages["/list2.html"] = listing(*PATHS[20:])
    site.pages[PATHS[-1]] = article(PATHS[-1], foot=f'<div><a href="{FURTHER}">下一页</a></div>')
    second = ("第二页上说，镇里还把旧渠边的荒地平整出来，种上了果树，来年春天就能开花，村里人都说这件事办得好。",)
    site.pages[FURTHER] = article(PATHS[-1], body=second)


def start(
    home: Home,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] = (str(XHA),),
) -> subprocess.Popen[str]:
    """`xha …`, under way, in a process group of its own as in a terminal."""
    return subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        env=home.environment | {"COLUMNS": "200", "XHA_PAGE_TIMEOUT": "120s"} | dict(environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, standard output and error of a command that comes to its end."""
    with process:
        out, said = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, out, said


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def sharing(looker: Looker, workers: int) -> Callable[[int], None]:
    """What a site does at its requests: at the first, let all workers come; from the third on, hold all until two
    workers have pages in their hands. One that is held alone would let a quick worker take all the others."""
    owners = "SELECT DISTINCT leased_by FROM ledger WHERE state = 'leased'"
    shared = threading.Event()

    def wait(number: int) -> None:
        if number == 1:
            until(lambda: len(looker.running()) == workers)
        elif number >= 3 and not shared.is_set():
            until(lambda: shared.is_set() or len(looker.rows(owners)) > 1)
            shared.set()

    return wait


class Looker:
    """Looks into a database of either kind, which need not be there yet."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        address = address.set(drivername="postgresql+psycopg") if address.drivername != "sqlite" else address
        self.engine: Engine = create_engine(address, poolclass=NullPool)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Plain SQL; nothing where the tables are not made yet."""
        with suppress(DBAPIError), self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
        return []

    def running(self) -> list[int]:
        """Process numbers of runs that are under way, the leader's first."""
        return [
            row[0] for row in self.rows("SELECT pid FROM run WHERE state = 'running' ORDER BY led_by IS NOT NULL, id")
        ]

    def stored(self) -> dict[str, list[str]]:
        """What was stored, without what differs from crawl to crawl: row numbers and times of fetching."""
        return {
            table.__tablename__: self._rows(table)
            for table in (ArticleRow, VersionRow, SightingRow, ImageRow, RejectedRow)
        }

    def _rows(self, table: type[Base]) -> list[str]:
        left_out = (set(SURROGATES) | set(TIMES)) - ({"id"} if table is ArticleRow else set())
        columns = [column for column in table.__table__.columns if column.key not in left_out]
        with self.engine.connect() as connection:
            found = connection.execute(select(*columns)).mappings().all()
        return sorted(json.dumps(dict(row), default=str, sort_keys=True, ensure_ascii=False) for row in found)
