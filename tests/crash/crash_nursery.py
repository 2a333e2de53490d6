"""A process that has loaded everything once and forks for each piece of work, so that a crawl starts in no time.

    python crash_nursery.py      one job a line on standard input, one answer a line on standard output

It loads no reactor, opens no database and starts no thread before the fork: a child is as good as a new process.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 600.0
"""A job takes two seconds, on a busy machine a minute; one that takes this long hangs."""
CANNOT = 70
"""Exit code of work that raised what it should not: EX_SOFTWARE of sysexits.h."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work in one process."""

    home: str
    """Directory with `xha.toml`."""
    command: tuple[str, ...]
    """`crawl` and pairs of spider and arguments as JSON, or what follows `xha`."""
    point: str = ""
    """Point at which it dies, see `crash_points`; empty: at none."""
    number: int = 0
    share: float = 0.0
    after_seconds: float | None = None
    """It is killed from outside so long after its start; None: it is not."""
    environment: Mapping[str, str] = field(default_factory=dict)
    requests: int = 1
    """A crawl has so many under way at once."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How it ended."""

    code: int
    """Exit code; negative: the signal."""
    seconds: float
    said: str
    """What it wrote to its standard output and error."""
    passed: Mapping[str, int]
    """How often it passed each point, where it came to its end."""

    @property
    def killed(self) -> bool:
        """Whether it was killed as it was to be."""
        return self.code == -signal.SIGKILL


class Nursery:
    """`with Nursery() as nursery: nursery.run(job)`."""

    def __enter__(self) -> Self:
        plain = {key: value for key, value in os.environ.items() if "proxy" not in key.lower() and key[:4] != "XHA_"}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=ROOT,
            env=plain | {"PYTHONPATH": str(ROOT), "TZ": "UTC", "SCRAPY_SETTINGS_MODULE": "crawler.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=60)

    def run(self, job: Job) -> Ended:
        """Do it and wait for its end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(job)) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def main() -> None:
    """Fork for each line until there is none."""
    load()
    for line in sys.stdin:
        print(json.dumps(asdict(served(json.loads(line)))), flush=True)


def load() -> None:
    """Load what the work needs, and nothing that a fork would share."""
    import crash_points  # noqa: F401
    import scrapy.core.downloader.handlers.http11  # noqa: F401

    import cli.main  # noqa: F401
    import crawler.extension
    import crawler.middlewares
    import crawler.pipelines
    import crawler.reparse
    import crawler.run
    import crawler.spiders.article
    import crawler.spiders.columns
    import crawler.spiders.epaper  # noqa: F401

    assert "twisted.internet.reactor" not in sys.modules, "a reactor must not be shared by two processes"


def served(job: Mapping[str, Any]) -> Ended:
    """Fork, watch, kill where that is wanted."""
    output, tally = Path(job["home"]) / "output.txt", Path(job["home"]) / "passed.json"
    tally.unlink(missing_ok=True)
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        child(job, output, tally)
    watch = os.pidfd_open(pid)
    try:
        ready = select.poll()
        ready.register(watch, select.POLLIN)
        wanted = job["after_seconds"]
        if not ready.poll(1000 * (LONGEST_SECONDS if wanted is None else wanted)):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(watch)
    return Ended(
        code=os.waitstatus_to_exitcode(status),
        seconds=time.monotonic() - began,
        said=output.read_text("utf-8", "replace") if output.exists() else "",
        passed=json.loads(tally.read_text()) if tally.exists() else {},
    )


def child(job: Mapping[str, Any], output: Path, tally: Path) -> None:
    """Do the work in this process and end it."""
    code = CANNOT
    try:
        out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        for fd, target in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (out, 2)):
            os.dup2(fd, target)
        os.environ.update({"XHA_HOME": job["home"], **job["environment"]})
        from crash_points import Points

        points = Points(job["point"], job["number"], job["share"])
        points.install()
        code = work(job["command"], job["requests"])
        tally.write_text(json.dumps(points.passed))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def work(command: list[str], requests: int) -> int:
    """What the command names; its exit code."""
    if command[0] == "crawl":
        return crawl(command[1:], requests)
    sys.argv = ["xha", *command]
    from cli.main import main

    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def crawl(pairs: list[str], requests: int) -> int:
    """Spiders one after another, each with so many requests under way at once."""
    import crawler.settings
    from crawler.run import SpiderRun
    from crawler.run import crawl as run
    from storage.config import load_config

    crawler.settings.CONCURRENT_REQUESTS = requests
    crawler.settings.RETRY_WAIT_SECONDS = 0.05
    spiders = [
        SpiderRun(spider=name, arguments=json.loads(given)) for name, given in zip(*[iter(pairs)] * 2, strict=True)
    ]
    reports = run(load_config(), spiders)
    return 0 if [report.state for report in reports] == ["finished"] * len(spiders) else 1


if __name__ == "__main__":
    main()
