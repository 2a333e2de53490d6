"""Several workers do one crawl together, each in a process of its own: what `xha crawl --workers` stands on.

A worker is `crawler.run.crawl`, as it is where there is one. They know of each other by the database alone
(`storage/store/crews.py`), so that workers on other hosts are of the same kind; here they are only started, watched,
told to stop, and what they say is added up.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType

from crawler import run
from crawler.keeper import this_second
from crawler.report import RunReport, check_reachable
from crawler.run import Progress, SpiderRun
from storage.config import Config
from storage.errors import ArchiveError, SiteUnreachable
from storage.parentage import end_with_parent
from storage.records import Outcome
from storage.store import crews, outcomes
from storage.store.database import Database


@dataclass
class _Worker:
    """A process and what it has said so far."""

    process: SpawnProcess
    ear: Connection
    progress: dict[str, Progress] = field(default_factory=dict)
    """By spider."""
    reports: dict[str, RunReport] = field(default_factory=dict)
    error: ArchiveError | None = None
    left_at: str | None = None
    """The first spider whose end it did not report; None: it did all."""

    def hear(self) -> bool:
        """Take in one message; False when there will be no more."""
        try:
            said = self.ear.recv()
        except (EOFError, OSError):  # it ended, in the middle of a word perhaps
            self.process.join()
            return False
        if isinstance(said, Progress):
            self.progress[said.spider] = said
        elif isinstance(said, RunReport):
            self.reports[said.spider] = said
            self.progress[said.spider] = Progress(spider=said.spider, counts=said.counts, under_way=0, waiting=0)
        else:
            self.error = said
        return True


def crawl(
    config: Config,
    requests: Sequence[SpiderRun],
    *,
    workers: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_end: Callable[[RunReport], None] | None = None,
) -> list[RunReport]:
    """Run spiders one after another, with so many workers; one works in this process.

    SIGINT and SIGTERM end all of them in order. One that dies or fails does not end the others, which do its work; a
    note says so. When this process dies, they end in order.

    Returns:
        One report a spider: counts are sums.

    Raises:
        ArchiveError: as `run.crawl`, where it concerns all workers.
    """
    if workers == 1:
        return run.crawl(config, requests, on_progress=on_progress, on_end=on_end)
    asked_at = this_second()
    with _started(config, requests, workers, asked_at) as crew:
        stopped = _listen(crew, on_progress or (lambda _: None))
    names = [str(wanted.spider) for wanted in requests]
    _look_for_the_lost(config, crew, names, asked_at)
    merged = [report for name in names if (report := _merged(name, crew, stopped=stopped))]
    for report in merged:
        if on_end:
            on_end(report)
    _check(crew, done=len(merged) == len(names), failed=any(report.error for report in merged), stopped=stopped)
    return merged


@contextmanager
def _started(
    config: Config, requests: Sequence[SpiderRun], workers: int, asked_at: datetime
) -> Iterator[list[_Worker]]:
    """The workers. A Ctrl-C in the terminal does not reach them past us."""
    context = get_context("spawn")  # a reactor cannot be forked, nor can a database connection
    crew = []
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # until each has a session of its own
    try:
        for _ in range(workers):
            ear, mouth = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(config, requests, asked_at, mouth))
            process.start()
            mouth.close()
            crew.append(_Worker(process, ear))
        signal.signal(signal.SIGINT, before)
        yield crew
    finally:
        signal.signal(signal.SIGINT, before)
        for worker in crew:
            worker.process.terminate()
            worker.process.join()
            worker.ear.close()


def _work(config: Config, requests: Sequence[SpiderRun], asked_at: datetime, mouth: Connection) -> None:
    """One worker, in its own process."""
    os.setsid()
    end_with_parent()
    try:
        run.crawl(config, requests, on_progress=mouth.send, on_end=mouth.send, asked_at=asked_at)
    except ArchiveError as error:
        mouth.send(error)


def _listen(crew: Sequence[_Worker], on_progress: Callable[[Progress], None]) -> bool:
    """Take in what the workers say until all have ended; whether they were told to."""
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()
        for worker in crew:
            worker.process.terminate()  # told twice, a worker ends at once

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        ears = {worker.ear: worker for worker in crew}
        while ears:
            for ear in wait(list(ears)):
                assert isinstance(ear, Connection)
                if not ears[ear].hear():
                    del ears[ear]
            if now := _progress(crew):
                on_progress(now)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return told.is_set()


def _progress(crew: Sequence[_Worker]) -> Progress | None:
    """How far all of them are with the spider that is under way."""
    said = [list(worker.progress.values())[-1] for worker in crew if worker.progress]
    if not said:
        return None
    spider = max(said, key=lambda one: one.under_way).spider
    shares = [worker.progress[spider] for worker in crew if spider in worker.progress]
    return Progress(
        spider=spider,
        counts=_summed(shares),
        under_way=sum(share.under_way for share in shares),
        waiting=max(share.waiting for share in shares),
    )


def _summed(shares: Sequence[Progress | RunReport]) -> dict[Outcome, int]:
    total = sum((Counter(share.counts) for share in shares), Counter[Outcome]())
    return {outcome: total[outcome] for outcome in Outcome if outcome in total}


def _look_for_the_lost(config: Config, crew: Sequence[_Worker], names: Sequence[str], asked_at: datetime) -> None:
    """Complete what workers have said that did not come to their end, by what their runs' rows say."""
    for worker in crew:
        worker.left_at = next((name for name in names if name not in worker.reports), None)
        if worker.left_at is None or worker.error:
            continue
        assert worker.process.pid is not None, "it was started"
        with Database.open(config.database_url) as database, database.read() as session:
            row = crews.of_process(session, worker.process.pid, worker.left_at, since=asked_at)
            if row:
                counts = outcomes.counts(session, row.id)
                worker.reports[worker.left_at] = RunReport(
                    run_id=row.id, spider=row.spider, state="interrupted", counts=counts, notes=tuple(row.notes)
                )


def _merged(spider: str, crew: Sequence[_Worker], *, stopped: bool) -> RunReport | None:
    """One report of all runs of a spider; None where nobody came to its end."""
    reports = sorted((worker.reports[spider] for worker in crew if spider in worker.reports), key=lambda r: r.run_id)
    if not reports:
        return None
    states = {report.state for report in reports}
    order = ("interrupted", "finished", "failed") if stopped else ("finished", "interrupted", "failed")
    state = next(state for state in order if state in states)
    first, *more = reports
    told = [*(note for report in reports for note in report.notes)]
    if more:
        told.append(f"done together with {', '.join(f'run {report.run_id}' for report in more)}")
    if state == "finished":
        told += [_loss(f"run {one.run_id} failed", one.error) for one in reports if one.error]
        told += [_loss(*_how(worker)) for worker in crew if worker.left_at == spider]
    return replace(
        first,
        state=state,
        counts=_summed(reports),
        seconds=max(report.seconds for report in reports),
        error=next((report.error for report in reports if report.error), None) if state == "failed" else None,
        notes=tuple(dict.fromkeys(told)),
    )


def _loss(what: str, why: object) -> str:
    return f"{what}, and the others did its work: {why}"


def _how(worker: _Worker) -> tuple[str, str]:
    """How a worker ended that did not come to its end, and why."""
    code = worker.process.exitcode or 0
    if worker.error:
        return f"worker {worker.process.pid} failed", str(worker.error)
    why = signal.strsignal(-code) if code < 0 else f"exit code {code}"
    return f"worker {worker.process.pid} died", why or f"signal {-code}"


def _check(crew: Sequence[_Worker], *, done: bool, failed: bool, stopped: bool) -> None:
    """Nothing to do where the work was done.

    Raises:
        ArchiveError: what kept all workers from it.
    """
    errors = [worker.error for worker in crew if worker.error and not isinstance(worker.error, SiteUnreachable)]
    if errors and (failed or not done):
        raise errors[0]
    check_reachable([report for worker in crew for report in worker.reports.values()])
    if not done and not stopped:
        ends = "; ".join(": ".join(_how(worker)) for worker in crew if worker.left_at)
        raise ArchiveError(f"{ends}. Run again: the next crawl takes up what they left")
