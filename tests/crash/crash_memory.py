"""How much memory a long crawl takes: `python tests/crash/crash_memory.py --pages 20000`, or `make soak-memory`.

One crawl in one process, of a replica that has grown; its resident memory (VmRSS) over the pages it has asked for.
Fails where it ever holds more than 400 MB, or more at the end than after the first 2,000 pages, an allocator's noise
aside.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "crawl"), str(HERE)]  # as a script it is found by nobody else

from crawl_samples import Home  # noqa: E402

from demo.replica import Replica  # noqa: E402
from demo.server import ReplicaServer  # noqa: E402

PEAK_MB = 400
SETTLED_PAGES = 2_000
"""From here on memory may not grow: caches are full, every module is loaded."""
NOISE_MB = 20
"""What an allocator keeps more or less of from one moment to the next."""
LOOK_SECONDS = 1.0
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where the archive lies: its disk is not what is measured."""
LIST_PAGES_SHARE = 1 / 9
"""A list page for every eight articles."""
PROFILE = """
name = "memory"
title = "澜港新闻网"
timezone = "Asia/Shanghai"
hosts = ["127.0.0.1"]
delay_seconds = 0

[[channel]]
name = "zhenjie"
title = "镇街"
start = ["{url}/zhenjie/"]
links = ["ul.news-list a"]
max_pages = 100000

[[channel]]
name = "city"
title = "城事"
start = ["{url}/city/list_1.html"]
links = ["#newslist li.item a"]
max_pages = 100000
"""


@dataclass(frozen=True)
class Look:
    """One look at the process."""

    pages: int
    rss_mb: float


def main() -> int:
    """The command; 1 where memory is not bounded."""
    parser = argparse.ArgumentParser(description="Measure the memory of a long crawl.")
    parser.add_argument("--pages", type=int, default=20_000, help="at least so many (default: %(default)s)")
    parser.add_argument("--save", type=Path, help="write every look to this CSV file")
    given = parser.parse_args()
    began = time.monotonic()
    looks = list(crawled(given.pages))
    if given.save:
        given.save.write_text("pages,rss_mb\n" + "".join(f"{one.pages},{one.rss_mb:.1f}\n" for one in looks), "utf-8")
    print(drawn(looks))
    found = figures(looks) | {"seconds": round(time.monotonic() - began)}
    print(json.dumps(found, indent=2))
    whole = looks[-1].pages >= given.pages * 0.98
    return 0 if whole and found["peak MB"] <= PEAK_MB and found["growth MB"] <= NOISE_MB else 1


def crawled(pages: int) -> Iterator[Look]:
    """Crawl a replica with so many pages in these columns, and look at the process once a second."""
    replica = Replica.build()
    # Two of the three columns that grow by turns are crawled: the lists of the third are a platform's.
    replica.grow(int(pages * (1 - LIST_PAGES_SHARE) * 3 / 2))
    with (
        tempfile.TemporaryDirectory(prefix="xha-memory-", dir=IN_MEMORY) as directory,
        ReplicaServer(replica) as server,
    ):
        home = Home(Path(directory), PROFILE.replace("{url}", server.url))
        log = (Path(directory) / "crawl.log").open("wb")
        with (
            log,
            subprocess.Popen(
                home.command("columns", "LOG_LEVEL=ERROR"),
                cwd=HERE.parents[1],
                env=home.environment,
                stdout=log,
                stderr=log,
            ) as crawl,
        ):
            while crawl.poll() is None:
                if rss := resident_mb(crawl.pid):
                    yield Look(len(server.requests), rss)
                time.sleep(LOOK_SECONDS)
        assert crawl.returncode == 0, (Path(directory) / "crawl.log").read_text()
        [(stored,)] = home.rows("SELECT count(*) FROM capture")
        print(f"{stored} captures, {home.rows('SELECT count(*) FROM article')[0][0]} articles", file=sys.stderr)


def resident_mb(pid: int) -> float:
    """VmRSS of a process in MB; 0 where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def figures(looks: Sequence[Look]) -> dict[str, float]:
    """Pages, the most ever held, and how much more is held at the end than after the first 2,000 pages."""
    early = [one.rss_mb for one in looks if SETTLED_PAGES <= one.pages <= SETTLED_PAGES * 1.25] or [looks[-1].rss_mb]
    late = [one.rss_mb for one in looks if one.pages >= looks[-1].pages * 0.9]
    return {
        "pages": looks[-1].pages,
        "peak MB": round(max(one.rss_mb for one in looks), 1),
        f"MB after {SETTLED_PAGES} pages": round(max(early), 1),
        "MB at the end": round(max(late), 1),
        "growth MB": round(max(late) - max(early), 1),
    }


def drawn(looks: Sequence[Look], rows: int = 20) -> str:
    """Memory over pages, as a table of bars."""
    most, last = max(one.rss_mb for one in looks), looks[-1].pages
    lines = []
    for row in range(1, rows + 1):
        until = last * row / rows
        look = max((one for one in looks if one.pages <= until), key=lambda one: one.pages, default=looks[0])
        lines.append(f"{look.pages:7} pages {look.rss_mb:6.1f} MB {'█' * round(50 * look.rss_mb / most)}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
