"""Several workers walk e-paper days: who leads settles them, and who leads on does so too."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path

from crawl_checks import check
from crawl_samples import Home, SmallSite
from paper_samples import FRIDAY, days, paper_profile, pc
from worker_samples import Looker, ended, start, until

ARTICLES = 20


def test_days_are_settled_though_their_leader_dies(tmp_path: Path) -> None:
    """Else a day would be called complete with articles missing, or be owed for ever, after a worker's death."""
    with SmallSite() as site:
        site.pages |= pc(FRIDAY, ARTICLES // 2)
        home = Home(tmp_path, paper_profile(site.url).replace("delay_seconds = 0", "delay_seconds = 0.1"))
        looker = Looker(f"sqlite:///{home.path / 'data/archive.db'}")
        killed: list[int] = []

        def kill(number: int) -> None:
            if number == 1:
                until(lambda: len(looker.running()) == 2)
            elif "Articel" in site.requests[-1] and not killed:
                killed.append(looker.running()[0])
                os.kill(killed[0], signal.SIGKILL)

        site.on_request = kill
        span = ("--since", FRIDAY.isoformat(), "--until", (FRIDAY + timedelta(days=2)).isoformat())
        code, _, said = ended(start(home, "crawl", "epaper", *span, "--workers", "2"))
        assert (code, said.count("\n")) == (0, 1), said
    assert looker.rows("SELECT state, led_by FROM run ORDER BY state") == [("finished", None), ("interrupted", None)]
    assert list(days(home).values()) == ["complete", "none", "none"]
    assert looker.rows("SELECT count(*), count(DISTINCT id) FROM article") == [(ARTICLES, ARTICLES)]
    assert looker.rows("SELECT count(*) FROM version") == [(ARTICLES,)]
    check(home)
