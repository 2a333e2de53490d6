"""How fast an archive is read again with one process and with several, and how much memory that takes.

    python -m bench.reparse [--pages 10000] [--workers 1 2] [--kept DIRECTORY]

The archive is written first: articles of the replica (`demo/`), each page filled up with menus, link lists and scripts
to the size of real ones. Each number of workers then reads it into an empty SQLite database, in a process of its own;
the rows must be the same. On a busy machine the processor times say more than the clock: on as many free cores as
workers a re-parse takes as long as its storing process, or its share of all processor time, whichever is more. How many
times as fast that makes it is said beside what the clock says.

`--kept`: where archive and databases stay; without it nothing stays.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from demo.place import SITE
from demo.profile import profile_toml
from demo.replica import Replica
from storage.archive.writer import Archive
from storage.records import Capture, Context, Kind

PAGE_BYTES = 44_000
"""Of a real news page, on average over 69 Chinese ones."""
ADDRESS = "http://127.0.0.1:8000"
ARTICLE_BYTES = 2_000
"""Of the replica's own pages."""
LINKS = 200
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
POLL_SECONDS = 0.05
ROWS = {
    "capture": "id, url, canonical_url, fetched_at, status, digest, warc_file, offset, length, kind",
    "article": "id, url, title, published_at, source, editor, body, body_html, how, first_seen_at, last_changed_at",
    "version": "*",
    "sighting": "*",
    "outcome": "id, capture_id, outcome, reason, url, article_id, version_id",
    "ledger": "*",
}
"""What must be the same whoever reads. When a capture was judged, and by which run, differs."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One reparse."""

    workers: int
    seconds: float
    own_seconds: float
    """Processor time of the process that judges and stores (and reads, with one worker)."""
    all_seconds: float
    """Processor time of all its processes."""
    peak_bytes: int
    """Of all its processes together, what they share counted once for each (RSS)."""
    rows: str
    """Digest of what it stored."""

    @property
    def least_seconds(self) -> float:
        """How long it takes where nothing else runs and as many cores as workers are free."""
        return max(self.own_seconds, self.all_seconds / self.workers)


def write_archive(directory: Path, pages: int) -> None:
    """Articles of the replica as a crawl would have archived them, one a second."""
    replica = Replica.build()
    filler = _filler(PAGE_BYTES - ARTICLE_BYTES)
    with Archive(directory).open_writer() as writer:
        for number, path in enumerate(replica.grow(pages)):
            answer = replica.answer(path)
            body = answer.body.replace(b"</body>", filler + b"</body>")
            writer.write(
                Capture(
                    url=f"{ADDRESS}{path}",
                    fetched_at=FIRST + timedelta(seconds=number),
                    status=200,
                    headers=(("Content-Type", "text/html; charset=utf-8"),),
                    body=body,
                    context=Context(kind=Kind.ARTICLE, site=SITE),
                )
            )


def _filler(size: int) -> bytes:
    """Menus, lists of links and scripts, as many as real pages have around the article: 200 lines, the rest unseen."""
    links = [f'<li><a href="/col/{n}.htmlx">栏目{n}</a></li>' for n in range(LINKS)]
    script = "\n".join(f"var slot{n} = {{id: {n}, size: [300, 250], lazy: true}};" for n in range(size // 30))
    lists = "\n".join(f"<ul class='side'>{''.join(links[at : at + 12])}</ul>" for at in range(0, len(links), 12))
    menu = f"<div class='menu'>{lists}</div>\n"
    return f"{menu}<script>{script[: size - len(menu.encode())]}</script>".encode()


def make_home(directory: Path, pages: int) -> None:
    """A configuration, the replica's profile and the archive; what is there already is used again."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "site.toml").write_text(profile_toml(ADDRESS), "utf-8")
    (directory / "xha.toml").write_text('site = "site.toml"\n', "utf-8")
    if not (directory / "data" / "warc").exists():
        write_archive(directory / "data" / "warc", pages)


def measure(directory: Path, workers: int) -> Measured:
    """Read the archive again into an empty database."""
    database = directory / f"again-{workers}.db"
    for part in directory.glob(database.name + "*"):
        part.unlink()
    settings = {"XHA_HOME": str(directory), "XHA_DATABASE": f"sqlite:///{database}"}
    started = time.monotonic()
    command = [str(Path(sys.executable).with_name("xha")), "reparse", "--workers", str(workers)]
    process = subprocess.Popen(command, env=os.environ | settings)  # noqa: S603 (the command is ours)
    peak = _Peak(process.pid)
    peak.start()
    _, status, used = os.wait4(process.pid, 0)  # with the workers, which it has waited for
    seconds = time.monotonic() - started
    peak.join()
    if status:
        raise SystemExit(f"xha reparse --workers {workers} failed")
    return Measured(
        workers=workers,
        seconds=seconds,
        own_seconds=peak.own_seconds,
        all_seconds=used.ru_utime + used.ru_stime,
        peak_bytes=peak.bytes,
        rows=digest_of(database),
    )


class _Peak(threading.Thread):
    """Watches a process, and the memory of it with its children, as Linux tells it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.bytes = 0
        self.own_seconds = 0.0

    def run(self) -> None:
        while now := sum(_resident(pid) for pid in (self.pid, *_children(self.pid))):
            self.bytes = max(self.bytes, now)
            self.own_seconds = max(self.own_seconds, _processor_seconds(self.pid))
            time.sleep(POLL_SECONDS)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):  # it has ended
        return 0


def _processor_seconds(pid: int) -> float:
    """Without its children (proc(5): utime and stime)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def digest_of(database: Path) -> str:
    """Of all rows that must be the same whoever reads."""
    digest = hashlib.sha256()
    connection = sqlite3.connect(database)
    for table, columns in ROWS.items():
        for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2"):  # noqa: S608 (names are ours)
            digest.update(repr(row).encode())
    connection.close()
    return digest.hexdigest()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kept", type=Path, help="directory where archive and databases stay")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        directory = given.kept or Path(passing)
        make_home(directory, given.pages)
        found = [measure(directory, workers) for workers in given.workers]
    for one in found:
        print(
            f"{one.workers} workers: {one.seconds:.1f} s, {given.pages / one.seconds:.0f} pages/s; "
            f"times as fast as the first: {found[0].seconds / one.seconds:.2f} by the clock, "
            f"{found[0].least_seconds / one.least_seconds:.2f} by processor time ({one.own_seconds:.1f} s of the "
            f"storing process, {one.all_seconds:.1f} s of all); peak {one.peak_bytes / 1e6:.0f} MB"
        )
    print("The rows are the same." if len({one.rows for one in found}) == 1 else "THE ROWS DIFFER.")


if __name__ == "__main__":
    main()
