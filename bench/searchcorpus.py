"""An archive of any size for measuring: invented sentences, and words planted at known frequencies.

Sentences are drawn from a fixed pool, as a newspaper's phrases are; their characters follow Zipf's law. Into them words
are planted: of 1, 2, 4 and 6 characters, in one of 10,000 articles up to one of 2. A *hard phrase* is three characters
whose two pairs are frequent and which stand together in one article of 10,000. What a crawl writes beside articles is
there as well (`bench/crawled.py`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, islice
from typing import Any

from bench.crawled import SITE, begin_of, life, run_finder, write, write_issues, write_runs
from storage.dedupe.canonical import article_id
from storage.records import Precision
from storage.store.database import Database

CHARACTERS = 800
FREQUENCIES = (0.0001, 0.001, 0.01, 0.1, 0.5)
LENGTHS = (1, 2, 4, 6)
WORDS_OF_A_CLASS = 3
PAIR_FREQUENCY, PHRASE_FREQUENCY = 0.1, 0.0001
"""Of the two pairs of a hard phrase, and of the phrase."""

_POOL, _LETTERS, _RARE = 30_000, 3_000, 600
_FIRST_LETTER = 0x4E00
_ROWS = 5_000

Class = tuple[int, float]
"""(characters, share of articles)."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What is planted."""

    words: Mapping[Class, Sequence[str]]
    hard: Sequence[str]
    """Phrases of three characters."""
    absent: Sequence[str]
    """Words that stand nowhere; the first two of one and two characters."""


def vocabulary() -> Vocabulary:
    """The same in every run."""
    chance = random.Random(7)  # noqa: S311
    common = [chr(_FIRST_LETTER + place) for place in range(200, _LETTERS)]
    rare = iter(range(_FIRST_LETTER + _LETTERS, _FIRST_LETTER + _LETTERS + _RARE))
    words: dict[Class, list[str]] = {}
    for length in LENGTHS:
        for frequency in FREQUENCIES:
            several = [
                chr(next(rare)) if length == 1 else "".join(chance.sample(common, length))
                for _ in range(WORDS_OF_A_CLASS)
            ]
            words[length, frequency] = several
    hard = ["".join(chance.sample(common, 3)) for _ in range(WORDS_OF_A_CLASS)]
    absent = [chr(next(rare)), chr(next(rare)) + chr(next(rare)), "".join(chance.sample(common, 5))]
    return Vocabulary(words=words, hard=hard, absent=absent)


def fill(database: Database, number: int) -> Iterator[int]:
    """Write an archive of so many articles, some thousand a transaction, without the index; how many so far.

    Each is newer than the one before, by a day's disorder.
    """
    writing = database.engine.execution_options(xha_write=True)
    with writing.begin() as connection:
        write_runs(connection, number)
    all_rows, run_of = rows(0, number), run_finder(number)
    done = 0
    while some := list(islice(all_rows, _ROWS)):
        with writing.begin() as connection:
            write(connection, some, run_of)
        done += len(some)
        yield done
    with writing.begin() as connection:
        write_issues(connection)


def rows(first: int, number: int) -> Iterator[dict[str, Any]]:
    """Columns of articles `first` to `first + number`."""
    chance = random.Random(first + 11)  # noqa: S311
    pool = _sentences()
    planted = vocabulary()
    for place in range(first, first + number):
        body = _body(chance, pool, planted)
        title = chance.choice(pool)[:18]
        at = begin_of(place) + timedelta(minutes=chance.randrange(1_440))
        yield _row(place, title, body, at, chance)


def _sentences() -> list[str]:
    chance = random.Random(3)  # noqa: S311
    letters = [chr(_FIRST_LETTER + place) for place in range(_LETTERS)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(_LETTERS)))
    chance.shuffle(letters)
    return [
        "".join(chance.choices(letters, cum_weights=weights, k=chance.randint(6, 26))) + chance.choice("，，。")
        for _ in range(_POOL)
    ]


def _body(chance: random.Random, pool: Sequence[str], planted: Vocabulary) -> str:
    parts = chance.choices(pool, k=CHARACTERS // 17)
    for (_, frequency), words in planted.words.items():
        parts += [word for word in words if chance.random() < frequency]
    for phrase in planted.hard:
        if chance.random() < PAIR_FREQUENCY:
            parts.append(phrase[:2])
        if chance.random() < PAIR_FREQUENCY:
            parts.append(phrase[1:])
        if chance.random() < PHRASE_FREQUENCY:
            parts.append(phrase)
    chance.shuffle(parts)
    return "，".join(parts)


def _row(place: int, title: str, body: str, at: datetime, chance: random.Random) -> dict[str, Any]:
    url = f"http://bench.example/{place}"
    return {
        "id": article_id(url),
        "site": SITE,
        "canonical_url": url,
        "url": url,
        "title": title,
        "published_at": at,
        "published_precision": Precision.SECOND,
        "source": f"来源{min(int(chance.expovariate(0.1)), 200)}",
        "editor": f"编辑{chance.randrange(60)}",
        "authors": [f"记者{chance.randrange(400)}"],
        "column": f"栏目{chance.randrange(20)}",
        "body": body,
        "body_html": f"<p>{body}</p>",
        "family": "generic",
        "problems": [],
        "fingerprint": url,
        "text_fingerprint": url,
        **life(place, at),
    }
