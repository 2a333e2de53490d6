"""How fast the web pages answer while many readers ask at once.

    python -m bench.web [--database sqlite:////path/to/archive.db] [--rate 50] [--seconds 60]
    python -m bench.web --articles 1000000 --kept DIRECTORY   # archives as `python -m bench.search --kept` leaves them

The archive is a generated one (`bench/searchcorpus.py`). The server runs in a process of its own, as `xha serve` starts
it. Requests are sent at a steady rate, whether or not the ones before have been answered, as readers send them; the
time of each counts from when it should have been sent. Addresses are drawn from the archive (`bench/addresses.py`), and
no address of a kind is asked for again before all of them were. An answer must have status 200 and say what its kind
says: a search its hits. A static file is asked for in the same run: what it takes is the floor, the server's and ours.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import httpx
from yarl import URL

from bench.addresses import CSV, FLOOR, Kind, kinds
from bench.goals import PAGE_MS, Goal, percentile, verdict
from bench.search import directory, made
from storage.store.database import Database

ARTICLES = 100_000
SEED = 5
STARTING_SECONDS, LONGEST_SECONDS = 120, 60
MOST_CONNECTIONS = 100
"""As many as readers who wait together, no more: each costs the one who asks as much as the server."""
IDLE_SECONDS = 5
"""A connection is not used again after that: the server closes it after ten."""
WARM = 3
"""Of each kind, asked before the clock runs: a server that has just begun knows none of its statements."""
TURNS = 8
"""Rounds of that for each of several processes: which of them answers is chance, and one that has not counted its
figures yet would do so for ten seconds while the clock runs."""
NAMED = 10
"""Wrong answers that are told one by one."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of one request."""

    kind: str
    path: str
    milliseconds: float
    """From when it should have been sent."""
    wrong: str
    """Why it is none; empty where it is one."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What became of all of them."""

    answers: Sequence[Answer]
    sent_a_second: float
    answered_a_second: float


async def ask(url: str, asked: Sequence[tuple[Kind, str]], *, rate: float) -> Measured:
    """Send requests one after the other at a steady rate, and time their answers."""
    connector = aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=IDLE_SECONDS)
    limit = aiohttp.ClientTimeout(LONGEST_SECONDS)
    answers: list[Answer] = []
    async with aiohttp.ClientSession(url, connector=connector, timeout=limit) as client:

        async def one(kind: Kind, path: str, due: float) -> None:
            try:
                async with client.get(URL(path, encoded=True)) as answer:
                    wrong = _wrong(answer.status, await answer.text(errors="replace"), kind)
            except (aiohttp.ClientError, TimeoutError) as error:
                wrong = f"{type(error).__name__}: {error}"
            taken = (time.perf_counter() - due) * 1_000
            answers.append(Answer(kind=kind.name, path=path, milliseconds=taken, wrong=wrong))

        async with asyncio.TaskGroup() as group:
            began = time.perf_counter()
            for number, (kind, path) in enumerate(asked):
                due = began + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(one(kind, path, due))
            sending = time.perf_counter() - began + 1 / rate  # the last one has its turn, too
    took = max(sending, time.perf_counter() - began)
    return Measured(answers=answers, sent_a_second=len(asked) / sending, answered_a_second=len(answers) / took)


def _wrong(status: int, text: str, kind: Kind) -> str:
    if status != 200:
        told = " ".join(re.sub(r"(?s)<head>.*</head>|<[^>]*>", " ", text).split())
        return f"status {status}: {told[:200]}"
    return "" if kind.proof in text else f"no {kind.proof!r} in it"


def chosen(known: Sequence[Kind], number: int, chance: random.Random) -> Iterator[tuple[Kind, str]]:
    """So many requests, kinds by their shares, of a kind each address in turn."""
    turns = {kind.name: _in_turn(kind.addresses, chance) for kind in known}
    for kind in chance.choices(known, [kind.share for kind in known], k=number):
        yield kind, next(turns[kind.name])


def _in_turn(addresses: Sequence[str], chance: random.Random) -> Iterator[str]:
    while True:
        yield from chance.sample(addresses, len(addresses))


def warm(url: str, known: Sequence[Kind], processes: int) -> float:
    """Ask for some of each kind, and for all that is counted once for many readers; milliseconds of the longest.

    On a connection each, so that whichever process is free answers, and often enough that each of them has its turn.
    """
    longest = 0.0
    alone = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=url, trust_env=False, timeout=600, limits=alone) as client:
        paths = [*(path for kind in known for path in kind.addresses[:WARM]), *(f"/figures/{name}.csv" for name in CSV)]
        for path in paths * (1 if processes == 1 else TURNS * processes):
            started = time.perf_counter()
            client.get(path)
            longest = max(longest, (time.perf_counter() - started) * 1_000)
    return longest


def report(measured: Measured, known: Sequence[Kind]) -> None:
    """A line for each kind of page, and one for all; the rate; what was wrong; whether the goal was met."""
    by_kind = {kind.name: [one for one in measured.answers if one.kind == kind.name] for kind in known}
    rows = {name: some for name, some in by_kind.items() if some} | {"all": list(measured.answers)}
    p95 = {name: percentile([one.milliseconds for one in some], 95) for name, some in rows.items() if len(some) > 1}
    print("| page | answers | addresses | p50 ms | p95 ms | longest ms | p95 : floor |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in p95:
        times = [one.milliseconds for one in rows[name]]
        figures = f"{percentile(times, 50):.1f} | {p95[name]:.1f} | {max(times):.1f} | {p95[name] / p95[FLOOR]:.1f}"
        print(f"| {name} | {len(times)} | {len({one.path for one in rows[name]})} | {figures} |")
    wrong = [one for one in measured.answers if one.wrong]
    print(
        f"\nsent {measured.sent_a_second:.1f} a second, answered {measured.answered_a_second:.1f}; {len(wrong)} wrong"
    )
    for one in wrong[:NAMED]:
        print(f"  {one.path}: {one.wrong}")
    print(verdict(Goal(name=f"p95 of {name}, ms", measured=high, bound=PAGE_MS) for name, high in p95.items()))


@contextmanager
def server(database: str, processes: int) -> Iterator[str]:
    """Address of a server over an archive, as long as the block lasts.

    Raises:
        SystemExit: it does not start; says what it said.
    """
    with tempfile.TemporaryDirectory() as home:
        settings = {"XHA_HOME": home, "XHA_DATABASE": database}
        command = [str(Path(sys.executable).with_name("xha")), "serve", "--port", "0", "--processes", str(processes)]
        process = subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.PIPE, text=True)  # noqa: S603
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            if not (at := re.search(r"http://\S+?(?=/)", said)):
                raise SystemExit(said)
            deadline = time.monotonic() + STARTING_SECONDS
            while not _answers(at[0]):
                if time.monotonic() > deadline:
                    raise SystemExit(f"the server at {at[0]} does not answer")
                time.sleep(0.1)
            yield at[0]
        finally:
            process.terminate()
            process.communicate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def measure(database: str, *, rate: float, seconds: float, processes: int) -> bool:
    """Draw, serve, ask, print; whether every answer was one."""
    chance = random.Random(SEED)  # noqa: S311 (which page is next is no secret)
    with Database.open(database) as opened, opened.read() as session:
        known = kinds(session, chance)
    asked = list(chosen(known, round(rate * seconds), chance))
    with server(database, processes) as url:
        slowest = warm(url, known, processes)
        print(f"first of all: {slowest:,.0f} ms for the slowest page of a server that has just begun\n")
        measured = asyncio.run(ask(url, asked, rate=rate))
    report(measured, known)
    return not any(one.wrong for one in measured.answers)


def main() -> None:
    """Measure; exit code 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="address of a generated archive; without it one is made")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="of the archive that is made")
    parser.add_argument("--kept", type=Path, help="where it stays, and is found again")
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=2, help="that answer (%(default)s)")
    given = parser.parse_args()
    with directory(given.kept) as place:
        database = given.database or f"sqlite:///{place.resolve() / f'search-{given.articles}.db'}"
        if not given.database:
            made(database, given.articles)[0].close()
        whole = measure(database, rate=given.rate, seconds=given.seconds, processes=given.processes)
    sys.exit(not whole)


if __name__ == "__main__":
    main()
