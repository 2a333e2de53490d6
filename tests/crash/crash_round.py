"""One round: an archive that is killed again and again, then finished, and compared with one that nobody disturbed.

    migration ► crawl ► (the site changes) ► crawl ► export ► reparse into an empty database

Before, between and after, processes die at moments that a seed chooses; after a death sometimes a repair comes first,
and may die too.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crash_compare import (
    Contents,
    contents,
    difference,
    exported,
    final_faults,
    unfinished,
    warc_files,
    wrong_after_kill,
)
from crash_nursery import Ended, Nursery
from crash_points import CRAWLING, EXPORTING, MIGRATING, RECOVERING, RECOVERING_FIRST
from crash_site import COPY, changes, first_crawl, job, new_home, second_crawl
from crawl_samples import Home

from demo.replica import Replica
from demo.server import ReplicaServer
from storage.store.migrate import newest_revision

RANDOM_SHARE = 0.35
"""Of the kills that come from outside, at no named point."""
REPAIR_SHARE = 0.3
"""Of the kills after which somebody repairs before anybody crawls."""
REQUESTS_AT_ONCE = (1, 4)
"""Of the crawls of an even seed, and of an odd one: the steps of one page follow each other, or those of four mix."""
MOST_TRIES = 4
"""Crawls for each kill; one that has nothing left to do passes few points."""


@dataclass(frozen=True, kw_only=True)
class Undisturbed:
    """What a crawl that nobody kills stores, and how often it passes each point."""

    first: Contents
    """After the crawl of the site as it was."""
    last: Contents
    """After the crawl of the site as it became."""
    read_again: Contents
    """What the archive alone gives, read into an empty database."""
    exported: list[str]
    passed: Mapping[str, Mapping[str, int]]
    """Piece of work → point → times."""
    seconds: Mapping[str, float]


@dataclass
class Result:
    """What became of one round."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    """Where it was killed → how often."""
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Anything else that does not hold."""
    files: int = 0
    """WARC files checked at the end, by `gunzip -t` and by `xha verify`."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not (self.lost or self.twice or self.faults)


class Crashes:
    """A server, a nursery and a measure; makes any number of rounds."""

    def __init__(self, directory: Path, server: ReplicaServer, nursery: Nursery) -> None:
        self.directory = directory
        self.server = server
        self.nursery = nursery
        self._measured: dict[int, Undisturbed] = {}

    def undisturbed(self, requests: int) -> Undisturbed:
        """The measure of a crawl with so many requests at once; taken when it is first asked for."""
        if requests not in self._measured:
            self._measured[requests] = self._measure(requests)
        return self._measured[requests]

    def round(self, seed: int, kills: int) -> Result:
        """One archive with about so many kills. Its directory stays where something does not hold."""
        requests = REQUESTS_AT_ONCE[seed % 2]
        wanted = self.undisturbed(requests)
        home = self._home(f"round-{seed}", requests)
        dying = _Round(self, home, seed, requests, wanted)
        dying.run(kills)
        if dying.result.ok:
            shutil.rmtree(home.path)
        return dying.result

    def _home(self, name: str, requests: int) -> Home:
        path = self.directory / name
        shutil.rmtree(path, ignore_errors=True)
        self.server.replica = Replica.build()
        if requests > 1:
            self.server.replica.delete(COPY)  # which of two copies comes first would be chance
        return new_home(path, self.server.url)

    def _measure(self, requests: int) -> Undisturbed:
        home, in_order = self._home("undisturbed", requests), requests == 1
        crawled = self._done(home, first_crawl(), requests)
        first = contents(home, in_order=in_order)
        changed = changes(self.server.replica)
        self._done(home, second_crawl(self.server.url, changed), requests)
        given = self._done(home, ("export", "--output", str(home.path / "all.jsonl")))
        reread = self._done(home, ("reparse",), environment=again(home))
        assert final_faults(home) == []
        found = Undisturbed(
            first=first,
            last=contents(home, in_order=in_order),
            read_again=contents(beside(home), whole=False, in_order=in_order),
            exported=exported(home.path / "all.jsonl", in_order=in_order),
            passed={"crawl": crawled.passed, "export": given.passed, "reparse": reread.passed},
            seconds={"crawl": crawled.seconds, "export": given.seconds, "reparse": reread.seconds},
        )
        shutil.rmtree(home.path)
        return found

    def _done(
        self, home: Home, command: tuple[str, ...], requests: int = 1, environment: Mapping[str, str] | None = None
    ) -> Ended:
        ended = self.nursery.run(job(home, command, requests=requests, environment=environment or {}))
        assert ended.code == 0, f"{command[0]} ended with {ended.code}: {ended.said}"
        return ended


class _Round:
    """One round on its way."""

    def __init__(self, crashes: Crashes, home: Home, seed: int, requests: int, wanted: Undisturbed) -> None:
        self.home, self.nursery, self.server = home, crashes.nursery, crashes.server
        self.requests, self.in_order, self.wanted = requests, requests == 1, wanted
        self.dice = random.Random(seed)
        self.result = Result(seed=seed)

    def run(self, kills: int) -> None:
        """All of it. What cannot go on is a fault and ends the round."""
        try:
            self._migrate()
            self._crawl(first_crawl(), kills * 5 // 10)
            self._compare(contents(self.home, in_order=self.in_order), self.wanted.first)
            changed = changes(self.server.replica)
            self._crawl(second_crawl(self.server.url, changed), kills * 2 // 10)
            self._compare(contents(self.home, in_order=self.in_order), self.wanted.last)
            self._export()
            self._read_again()
        except _Stuck as stuck:
            self.result.faults.append(str(stuck))
            return
        self.result.faults += final_faults(self.home)
        self.result.files = len(warc_files(self.home))

    def _migrate(self) -> None:
        """Die while the schema is made; whatever is there afterwards is a whole schema or none."""
        self._kill(("db", "upgrade"), "migration", self.dice.choice(MIGRATING), self.dice.randint(1, 30))
        tables = self.home.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        revision = self.home.rows("SELECT version_num FROM alembic_version") if tables else []
        if tables and revision != [(newest_revision(),)]:
            self.result.faults.append(f"a migration that died left {len(tables)} tables behind, at revision {revision}")

    def _crawl(self, command: tuple[str, ...], kills: int) -> None:
        """Die so many times, then come to the end. A crawl that ends before its moment came is tried anew."""
        for _ in range(kills * MOST_TRIES):
            if kills and self._die_crawling(command):
                kills -= 1
                self.result.faults += wrong_after_kill(self.home)
                if self.dice.random() < REPAIR_SHARE:
                    self._repair()
        self._finish(command)

    def _die_crawling(self, command: tuple[str, ...]) -> bool:
        # What the last death left is put in order first, and that may be died in too.
        points = CRAWLING + (RECOVERING_FIRST if unfinished(self.home) else ())
        name = "outside" if self.dice.random() < RANDOM_SHARE else self.dice.choice(points)
        often = self.wanted.passed["crawl"].get(name, 1)
        # Early ones more often: a crawl that goes on has less before it than the measured one.
        return self._kill(command, "crawl", name, 1 + int(often * self.dice.random() ** 2 * 0.6))

    def _repair(self) -> None:
        """Repair, dying at first; then no record is without its row, and nothing is unfinished."""
        self._kill(("verify", "--repair"), "repair", self.dice.choice(RECOVERING), self.dice.randint(1, 3))
        self.result.faults += wrong_after_kill(self.home)
        said = self._finish(("verify", "--repair"))
        self.result.faults += [f"after a repair {name} is left: {said}" for name in unfinished(self.home)]

    def _export(self) -> None:
        """Die while a file is written: under its name stands nothing, or what stood there."""
        target = self.home.path / "all.jsonl"
        command = ("export", "--output", str(target))
        for before in (None, "what stood there\n"):
            if before:
                target.write_text(before)
            else:
                target.unlink(missing_ok=True)
            name = self.dice.choice(EXPORTING)
            number = 1 if name == "named" else self.dice.randint(1, len(self.wanted.exported))
            if self._kill(command, "export", name, number):
                stands = target.read_text() if target.exists() else None
                if stands != before:
                    self.result.faults.append("half an export stands under its name")
        self._finish(command)
        if exported(target, in_order=self.in_order) != self.wanted.exported:
            self.result.faults.append("an export does not hold what an undisturbed one does")

    def _read_again(self) -> None:
        """Die while the archive is read into an empty database; then it gives what the undisturbed one gives."""
        name = self.dice.choice(("outside", "commit", "transaction"))
        often = self.wanted.passed["reparse"].get(name, 1)
        self._kill(("reparse",), "reparse", name, self.dice.randint(1, often), again(self.home))
        self._finish(("reparse",), again(self.home))
        self._compare(contents(beside(self.home), whole=False, in_order=self.in_order), self.wanted.read_again)

    def _kill(
        self, command: tuple[str, ...], work: str, point: str, number: int, environment: Mapping[str, str] | None = None
    ) -> bool:
        """Have a process die; False where it came to its end before."""
        more: dict[str, Any] = {"environment": environment or {}, "requests": self.requests}
        if point == "outside":
            more["after_seconds"] = self.dice.random() * self.wanted.seconds[work]
        else:
            more |= {"point": point, "number": number, "share": self.dice.random()}
        ended = self.nursery.run(job(self.home, command, **more))
        if ended.killed:
            self.result.kills[f"{work}: {point}"] += 1
        elif ended.code:
            raise _Stuck(f"{command[0]} ended with {ended.code} by itself: {ended.said}")
        return ended.killed

    def _finish(self, command: tuple[str, ...], environment: Mapping[str, str] | None = None) -> str:
        ended = self.nursery.run(job(self.home, command, environment=environment or {}, requests=self.requests))
        if ended.code:
            raise _Stuck(f"{command[0]} ended with {ended.code}: {ended.said}")
        return ended.said

    def _compare(self, found: Contents, wanted: Contents) -> None:
        gap = difference(found, wanted)
        self.result.lost += gap.lost
        self.result.twice += gap.twice


class _Stuck(Exception):
    """A process that nobody killed did not come to its end."""


def again(home: Home) -> dict[str, str]:
    """The environment in which an archive is read into an empty database."""
    return {"XHA_DATABASE": f"sqlite:///{home.path / 'again' / 'data' / 'archive.db'}"}


def beside(home: Home) -> Home:
    """That database as a home of its own, for those that ask it."""
    return _Beside(home.path / "again")


class _Beside(Home):
    def __init__(self, path: Path) -> None:
        self.path = path
