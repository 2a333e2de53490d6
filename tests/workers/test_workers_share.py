"""Several workers of one crawl: as much as one stores, no faster than one asks, whoever of them dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl_checks import check_pace
from crawl_samples import Home, SmallSite, profile
from worker_samples import FURTHER, PATHS, Looker, ended, fill, sharing, start, until

DELAY = 0.4


@pytest.fixture(scope="module")
def site() -> Iterator[SmallSite]:
    """A site of thirty articles."""
    with SmallSite() as one:
        fill(one)
        yield one


@pytest.fixture(scope="module")
def alone(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one worker stores."""
    home = Home(tmp_path_factory.mktemp("alone"), profile(site.url))
    code, _, said = ended(start(home, "crawl", "columns"))
    assert code == 0, said
    stored = Looker(f"sqlite:///{home.path / 'data/archive.db'}").stored()
    assert len(stored["article"]) == len(PATHS)
    return stored


@pytest.fixture
def home(site: SmallSite, alone: dict[str, list[str]], database_url: str, tmp_path: Path) -> Iterator[Home]:
    """A home whose database is an SQLite file or on PostgreSQL, and a site that nobody has asked yet."""
    assert alone, "the one worker is through"
    site.requests.clear()
    site.times.clear()
    address = database_url.replace("postgresql+psycopg", "postgresql")
    yield Home(tmp_path / "home", profile(site.url, delay=DELAY), more=f'database = "{address}"')
    site.on_request = lambda _: None


@pytest.fixture
def looker(database_url: str) -> Looker:
    """What the database says meanwhile."""
    return Looker(database_url)


def test_three_workers_store_what_one_stores_and_ask_no_faster(home, site, looker, alone):
    """Else workers would fetch pages twice, ask three times as fast, walk lists twice, or tell three tales."""
    site.on_request = sharing(looker, 3)
    code, out, said = ended(start(home, "crawl", "columns", "--workers", "3"))
    assert (code, said.count("\n")) == (0, 1), said
    assert looker.rows("SELECT id, led_by FROM run ORDER BY id") == [(1, None), (2, 1), (3, 1)]
    assert looker.stored() == alone
    assert sorted(site.asked()) == sorted([*PATHS, FURTHER, "/list.html", "/list2.html"])
    check_pace(site.times, DELAY)
    assert looker.rows("SELECT state, count(*) FROM run GROUP BY state") == [("finished", 3)]
    assert looker.rows("SELECT count(*) FROM ledger WHERE state = 'leased'") == [(0,)]
    helped = looker.rows("SELECT run_id FROM outcome WHERE outcome = 'new' GROUP BY run_id")
    assert len(helped) > 1, "each takes sixteen at a time"
    [row] = [line.split() for line in out.splitlines() if "columns" in line]
    assert row[:3] == ["1", "columns", "finished"]
    assert "new 30" in out
    assert "Run 1: done together with run 2, run 3" in out
    told = ended(start(home, "runs"))[1]
    assert told.count("helped run 1") == 2
    code, out, said = ended(start(home, "verify"))
    assert code == 0, out + said


def test_workers_that_are_killed_cost_nothing(home, site, looker, alone):
    """Else whoever loses a worker, the one that walks the lists even, loses what it held, or stores it twice."""
    killed: list[int] = []
    wait = sharing(looker, 3)

    def kill(number: int) -> None:
        wait(number)
        if number in (12, 24):
            killed.append(next(pid for pid in looker.running() if pid not in killed))
            os.kill(killed[-1], signal.SIGKILL)

    site.on_request = kill
    code, out, said = ended(start(home, "crawl", "columns", "--workers", "3"))
    assert (code, said.count("\n")) == (0, 1), said
    assert looker.rows("SELECT count(*) FROM run WHERE state = 'finished' AND led_by IS NULL") == [(1,)]
    assert looker.stored() == alone
    check_pace(site.times, DELAY)
    states = dict(looker.rows("SELECT pid, state FROM run"))
    assert {states.pop(pid) for pid in killed} == {"interrupted"}
    assert list(states.values()) == ["finished"]
    assert out.count("died, and the others did its work: Killed") == 2
    [counts] = [line for line in out.splitlines() if "columns" in line]
    assert "new 30, part 1" in counts
    assert looker.rows("SELECT count(*) FROM ledger WHERE state IN ('leased', 'pending')") == [(0,)]
    code, out, said = ended(start(home, "verify"))
    assert code == 0, out + said


def test_ctrl_c_ends_all_workers_in_order(home, site, looker):
    """Else a Ctrl-C would leave processes behind, or leases that nobody may take."""
    site.on_request = sharing(looker, 2)
    process = start(home, "crawl", "columns", "--workers", "2")
    until(lambda: looker.rows("SELECT 1 FROM article"))
    workers = looker.running()
    os.killpg(process.pid, signal.SIGINT)
    code, out, said = ended(process)
    assert code == 130
    assert said == "Interrupted: what was not fetched waits in the ledger, and the next crawl takes it first.\n"
    assert "interrupted" in out
    assert looker.rows("SELECT state FROM run") == [("interrupted",), ("interrupted",)]
    assert looker.rows("SELECT count(*) FROM ledger WHERE state = 'leased'") == [(0,)]
    assert not list((home.path / "data/warc").glob("*.open"))
    assert len(workers) == 2
    assert not any(map(lives, workers))


def test_workers_end_with_the_command_that_started_them(tmp_path, site):
    """Else whoever kills the command keeps its workers, without knowing."""
    home = Home(tmp_path / "home", profile(site.url, delay=DELAY))
    looker = Looker(f"sqlite:///{home.path / 'data/archive.db'}")
    site.on_request = lambda number: None
    process = start(home, "crawl", "columns", "--workers", "2")
    until(lambda: len(looker.running()) == 2 and looker.rows("SELECT 1 FROM article"))
    workers = looker.running()
    process.kill()
    until(lambda: not any(map(lives, workers)))
    ended(process)
    assert looker.rows("SELECT state FROM run") == [("interrupted",), ("interrupted",)]


def lives(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    threads = int(fields[16])
    return state not in ("Z", "X") or threads > 1
