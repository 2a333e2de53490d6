"""`xha verify --repair` and the checks that the timetable makes: what they mend, what they name, what they keep."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from crash_compare import contents, difference, warc_files
from crash_nursery import Ended, Nursery
from crash_site import first_crawl, job, new_home
from crawl_samples import ROOT, Home

from demo.replica import Replica
from demo.server import ReplicaServer


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Where processes come from."""
    with Nursery() as found:
        yield found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Home:
    """A crawled archive of several files, which each test leaves whole."""
    with ReplicaServer(Replica.build()) as server:
        found = new_home(tmp_path_factory.mktemp("repair"), server.url)
        assert nursery.run(job(found, first_crawl())).code == 0
        return found


def verify(nursery: Nursery, home: Home, *options: str) -> Ended:
    """`xha verify`."""
    return nursery.run(job(home, ("verify", *options)))


def test_a_record_without_its_row_gets_it_and_is_judged(home: Home, nursery: Nursery) -> None:
    """A database that could not be written for a moment must not cost an article whose record is in a finished file."""
    before = contents(home)
    [article] = home.rows("SELECT id FROM article ORDER BY first_seen_at, id LIMIT 1")
    [capture] = home.rows("SELECT capture_id FROM version WHERE article_id = ?", *article)
    home.write("PRAGMA foreign_keys = OFF")
    for statement in (
        f"DELETE FROM outcome WHERE capture_id = {capture[0]}",
        f"DELETE FROM sighting WHERE article_id = '{article[0]}' AND kind = 'url'",
        f"UPDATE sighting SET article_id = NULL WHERE article_id = '{article[0]}'",
        f"DELETE FROM image WHERE article_id = '{article[0]}'",
        f"DELETE FROM version WHERE article_id = '{article[0]}'",
        f"DELETE FROM article WHERE id = '{article[0]}'",
        f"DELETE FROM capture WHERE id = {capture[0]}",
        "UPDATE run SET counts = json_set(counts, '$.new', json_extract(counts, '$.new') - 1) WHERE id = 1",
    ):
        home.write(statement)
    named = verify(nursery, home)
    assert named.code == 4
    assert "has no row; `xha verify --repair` adds it" in named.said
    mended = verify(nursery, home, "--repair")
    assert (mended.code, "1 missing row added, 1 capture judged" in mended.said) == (0, True), mended.said
    gap = difference(contents(home), before)
    assert (gap.lost, gap.twice) == ([], [])


def test_an_index_is_made_again(home: Home, nursery: Nursery) -> None:
    """What can be made from the records alone must not need a backup."""
    index = warc_files(home)[0].with_name(warc_files(home)[0].name.replace(".warc.gz", ".cdxj"))
    checksum = warc_files(home)[1].with_name(f"{warc_files(home)[1].name}.sha256")
    held = index.read_bytes(), checksum.read_bytes()
    index.unlink()
    checksum.unlink()
    said = verify(nursery, home).said
    assert "its index is not there; `xha verify --repair` makes it again" in said
    assert "its checksum file is not there; `xha verify --repair` makes it again" in said
    mended = verify(nursery, home, "--repair")
    assert mended.code == 0
    assert f"{index.name}: made again\n" in mended.said
    assert f"{checksum.name}: made again\n" in mended.said
    assert "Mended: 1 index made again, 1 checksum file made again (run " in mended.said
    assert (index.read_bytes(), checksum.read_bytes()) == held


def test_damage_is_named_and_left(home: Home, nursery: Nursery) -> None:
    """Bytes that changed are named with file, place and what to do, and never cut away by a repair."""
    path = warc_files(home)[1]
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])  # in its first record
    try:
        found = verify(nursery, home, "--repair")
        assert found.code == 4
        assert f"{path.name} at byte 0: the gzip member is damaged" in found.said
        assert "restore it, with its index and checksum, from a copy" in found.said
        assert len(path.read_bytes()) == len(whole)
    finally:
        path.write_bytes(whole)
    assert verify(nursery, home).code == 0


def test_shares_come_round_to_all_of_the_archive(home: Home, nursery: Nursery) -> None:
    """Each check goes on where the last one ended, and its result can be looked up."""
    assert [verify(nursery, home, "--share", "0.25").code for _ in range(4)] == [0] * 4
    rows = home.rows("SELECT part, files, wrong FROM fixity WHERE parts = 4 ORDER BY id")
    assert [row[0] for row in rows] == [0, 1, 2, 3]
    assert sum(row[1] for row in rows) == len(warc_files(home))
    assert verify(nursery, home, "--share", "0.25").said.startswith("part 1 of 4: ")
    shown = verify(nursery, home, "--last").said
    assert [f"{part} of 4" in shown for part in range(1, 5)] == [True] * 4
    assert shown.count("none") == 4


def test_the_timetable_checks_a_share(home: Home) -> None:
    """A check that nobody starts is not made: the job runs it, keeps its result, and ends with its exit code."""
    command = [sys.executable, "scheduler.py", "--once", "verify"]
    done = subprocess.run(command, cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    query = "SELECT p.job, p.exit_code, f.wrong FROM fixity f JOIN planned p ON p.id = f.planned_id"
    assert home.rows(query) == [("verify", 0, 0)]
