"""Workers on two hosts, each with an archive directory of its own, on one database."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl_samples import Home, SmallSite, profile
from worker_samples import PATHS, XHA, Looker, ended, fill, sharing, start, until

FAR = "far-away"
ELSEWHERE = ("unshare", "--uts", "sh", "-c", f'hostname {FAR} && exec "$@"', "sh")
"""Runs a command on a host of another name."""


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """A site of thirty articles."""
    with SmallSite() as one:
        fill(one)
        yield one


def test_worker_on_another_host_needs_the_database_alone(tmp_path: Path, site: SmallSite) -> None:
    """Else hosts could not share a crawl without sharing a disk, or one would spoil what lies with the other."""
    if subprocess.run([*ELSEWHERE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user may not give a process a host name of its own (unshare --uts)")
    home = Home(tmp_path / "home", profile(site.url, delay=0.15))
    looker = Looker(f"sqlite:///{home.path / 'data/archive.db'}")
    far = {"XHA_ARCHIVE": str(tmp_path / "far")}
    site.on_request = sharing(looker, 2)
    near = start(home, "crawl", "columns")
    until(looker.running)
    helper = start(home, "crawl", "columns", environment=far, command=(*ELSEWHERE, str(XHA)))
    told = [ended(process) for process in (near, helper)]
    assert [code for code, _, _ in told] == [0, 0], told
    assert looker.rows("SELECT id, led_by, host = 'far-away', state FROM run ORDER BY id") == [
        (1, None, 0, "finished"),
        (2, 1, 1, "finished"),
    ]
    assert looker.rows("SELECT count(*) FROM version") == [(len(PATHS),)]
    assert all(len(site.asked(path)) == 1 for path in PATHS[:-1])
    assert [path.name for path in (tmp_path / "far").glob("*.warc.gz") if FAR not in path.name] == []
    there = "FROM outcome o JOIN capture c ON c.id = o.capture_id WHERE o.run_id = 2"
    [(article, capture)] = looker.rows(f"SELECT article_id, c.id {there} AND outcome = 'new' ORDER BY c.id LIMIT 1")
    code, _, said = ended(start(home, "show", article, "--raw"))
    assert (code, said.count("\n")) == (4, 1)
    assert f"no such WARC file here; a worker on {FAR} wrote it: read it there" in said
    [(lie,)] = looker.rows(f"SELECT count(*) FROM capture WHERE warc_file LIKE '%-{FAR}-%'")
    code, out, said = ended(start(home, "verify"))
    assert (code, out) == (0, ""), out
    assert f"{lie} captures lie on host {FAR}, not checked here: run `xha verify` there.\n" in said
    home.write(f"DELETE FROM outcome WHERE capture_id = {capture}")  # as if that worker had died before it judged it
    home.write("UPDATE run SET counts = json_set(counts, '$.new', counts ->> '$.new' - 1) WHERE id = 2")
    assert ended(start(home, "crawl", "columns"))[0] == 0
    assert looker.rows(f"SELECT 1 FROM outcome WHERE capture_id = {capture}") == []
    for path in (tmp_path / "far").iterdir():
        shutil.copy(path, home.path / "data/warc")
    assert ended(start(home, "crawl", "columns"))[0] == 0
    assert looker.rows(f"SELECT outcome, run_id FROM outcome WHERE capture_id = {capture}") == [("same", 2)]
    assert ended(start(home, "show", article, "--raw"))[0] == 0
    code, out, said = ended(start(home, "verify"))
    assert (code, out) == (0, ""), out
