"""Addresses that readers of a generated archive ask for, drawn from what is in it; each search has an answer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.searchcorpus import vocabulary
from storage.query.search import search
from storage.query.stats import By
from storage.records import SITE_ZONE
from storage.search.question import read_question
from storage.store.indexing.documents import LabelKind
from storage.store.tables import (
    ArticleRow,
    IssueRow,
    RunRow,
    SearchEntryRow,
    SearchLabelRow,
    SearchStateRow,
    VersionRow,
)

DRAWN = 1_500
"""Articles looked at."""
FLOOR = "a static file"
CSV = (*(by.value for by in By), "column-by-month", "source-by-month", "coverage")
_T = TypeVar("_T")
_LISTED, _EPOCH = 'href="/article/', datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Pages of one kind."""

    name: str
    share: int
    """How often it is asked for, in parts of the sum of all shares."""
    addresses: Sequence[str]
    proof: str = ""
    """What every whole answer says."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """An article, and what it can be found by."""

    id: str
    day: datetime
    words: Sequence[str]
    """Planted ones that stand in its text."""
    filters: Sequence[tuple[str, str]]
    """Parameter of an address, and a value the article passes."""


def kinds(session: Session, chance: random.Random) -> list[Kind]:
    """Every kind of page with its addresses; of a kind the archive has nothing of, none is asked for.

    Raises:
        SystemExit: the archive has no article, or a class of planted words no answer: it is another kind of archive.
    """
    articles = _drawn(session, chance)
    single, several = list(_single_words(session)), [_several(one, chance) for one in articles if len(one.words) > 1]
    filtered = [_filtered(one, chance) for one in articles if one.filters]
    edited = _some(session.scalars(select(VersionRow.article_id).where(VersionRow.number > 1)).all(), chance)
    runs = _some(session.scalars(select(RunRow.id).order_by(RunRow.id)).all(), chance)
    issues = session.execute(select(IssueRow.paper, IssueRow.day).where(IssueRow.articles > 0)).all()
    ids, diff = [one.id for one in articles], "diff?before=1&after=2"
    found = [
        Kind(name=FLOOR, share=4, addresses=["/static/style.css"]),
        Kind(name="/healthz", share=2, addresses=["/healthz"], proof='"ok"'),
        Kind(name="home", share=6, addresses=["/"], proof=_LISTED),
        Kind(name="article", share=22, addresses=[f"/article/{one}" for one in ids], proof="<article"),
        Kind(name="diff", share=5, addresses=[f"/article/{one}/{diff}" for one in edited], proof="<ins"),
        Kind(name="search: a word", share=8, addresses=_asked("/search", single), proof=_LISTED),
        Kind(name="search: several words", share=10, addresses=_asked("/search", several), proof=_LISTED),
        Kind(name="search: filtered", share=10, addresses=_asked("/search", filtered), proof=_LISTED),
        Kind(name="search: relevance", share=4, addresses=_asked("/search", several, RELEVANCE), proof=_LISTED),
        Kind(name="search: next page", share=4, addresses=_following(session, single, chance), proof=_LISTED),
        Kind(name="paper of a day", share=6, addresses=[f"/paper/{one.paper}/{one.day}" for one in issues]),
        Kind(name="run", share=4, addresses=[f"/runs/{one}" for one in runs], proof=_LISTED),
        Kind(name="runs", share=2, addresses=["/runs"]),
        Kind(name="figures", share=2, addresses=["/figures"], proof="<svg"),
        Kind(name="CSV", share=2, addresses=[f"/figures/{one}.csv" for one in CSV]),
        Kind(name="feed", share=3, addresses=_asked("/feed.atom", several), proof="<entry>"),
        Kind(name="API: search", share=4, addresses=_asked("/api/articles", filtered), proof='"articles":[{'),
        Kind(name="API: facets", share=2, addresses=_asked("/api/facets", several), proof='"number":'),
        Kind(name="API: article", share=3, addresses=[f"/api/articles/{one}" for one in ids], proof='"versions":[{'),
        Kind(name="API: diff", share=1, addresses=[f"/api/articles/{one}/{diff}" for one in edited], proof='"before"'),
        Kind(name="API: runs", share=1, addresses=["/api/runs", "/api/planned", *(f"/api/runs/{one}" for one in runs)]),
        Kind(name="API: stats", share=1, addresses=[f"/api/stats/{by.value}" for by in By], proof='"number":'),
    ]
    return [one for one in found if one.addresses]


RELEVANCE = {"sort": "relevance"}


def _drawn(session: Session, chance: random.Random) -> list[Drawn]:
    last = session.scalars(select(SearchStateRow.next_number)).one() - 1
    if not last:
        raise SystemExit("the archive has no articles: make one with `python -m bench.web --kept DIRECTORY`")
    numbers = chance.sample(range(1, last + 1), min(DRAWN, last))
    query = select(SearchEntryRow.article_id, SearchEntryRow.moment, SearchEntryRow.labels)
    query = query.add_columns(ArticleRow.title, ArticleRow.body)
    query = query.join(ArticleRow, ArticleRow.id == SearchEntryRow.article_id)
    rows = session.execute(query.where(SearchEntryRow.number.in_(numbers))).all()
    filters = _filters(session, {int(label) for row in rows for label in row.labels.split()})
    planted = [word for words in vocabulary().words.values() for word in words]
    return [
        Drawn(
            id=row.article_id,
            day=_EPOCH + timedelta(microseconds=row.moment),
            words=[word for word in planted if word in row.title or word in row.body],
            filters=[filters[int(label)] for label in row.labels.split() if int(label) in filters],
        )
        for row in rows
    ]


_PARAMETERS: dict[LabelKind, Callable[[str, str], tuple[str, str]]] = {
    LabelKind.SOURCE: lambda _, name: ("source", f"={name}"),
    LabelKind.EDITOR: lambda _, name: ("editor", name),
    LabelKind.AUTHOR: lambda _, name: ("author", name),
    LabelKind.COLUMN: lambda _, name: ("column", name),
    LabelKind.CHANNEL: lambda key, _: ("channel", key),
    LabelKind.PLACE: lambda key, _: ("edition", " ".join(json.loads(key)[:2])),
    LabelKind.PAGE: lambda key, _: ("edition", f"={json.loads(key)[1]}"),
    LabelKind.STATE: lambda key, _: ("state", key),
}


def _filters(session: Session, labels: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = session.execute(select(SearchLabelRow).where(SearchLabelRow.id.in_(labels))).scalars()
    return {row.id: _PARAMETERS[LabelKind(row.kind)](row.key, row.name) for row in rows}


def _single_words(session: Session) -> Iterator[dict[str, str]]:
    """Planted words of every class that have an answer; in a small archive the rarest have none."""
    known = vocabulary()
    for (length, frequency), words in known.words.items():
        answered = [word for word in words if search(session, read_question(word), limit=1).ids]
        if not answered and frequency > min(share for _, share in known.words):
            raise SystemExit(f"no word of {length} characters in {frequency:%} of articles has an answer")
        yield from ({"q": word} for word in answered)
    yield from ({"q": phrase} for phrase in known.hard if search(session, read_question(phrase), limit=1).ids)


def _several(one: Drawn, chance: random.Random) -> dict[str, str]:
    """Two or three words that stand in an article, or one of two, or one without what does not stand in it."""
    first, *others = chance.sample(one.words, min(3, len(one.words)))
    absent = chance.choice([word for words in vocabulary().words.values() for word in words if word not in one.words])
    return {"q": chance.choice((" ".join((first, *others)), f"{first} OR {absent}", f"{first} {others[0]} -{absent}"))}


def _filtered(one: Drawn, chance: random.Random) -> dict[str, str]:
    """One or two filters an article passes, with its month or without, with a word of it or without."""
    asked = dict(chance.sample(one.filters, min(chance.randint(1, 2), len(one.filters))))
    if chance.random() < 0.5:
        month = one.day.astimezone(SITE_ZONE).replace(day=1)
        asked |= {"since": f"{month:%Y-%m-%d}", "until": f"{one.day.astimezone(SITE_ZONE):%Y-%m-%d}"}
    return asked | ({"q": chance.choice(one.words)} if one.words and chance.random() < 0.7 else {})


def _following(session: Session, asked: Sequence[dict[str, str]], chance: random.Random) -> list[str]:
    """The second, third … pages of words that have so many answers."""
    found = []
    for one in asked:
        page = search(session, read_question(one["q"]))
        for _ in range(chance.randint(1, 5)):
            if page.cursor is None:
                break
            found += _asked("/search", [one], {"cursor": page.cursor})
            page = search(session, read_question(one["q"]), cursor=page.cursor)
    return found


def _asked(path: str, questions: Iterable[dict[str, str]], more: dict[str, str] | None = None) -> list[str]:
    """Addresses, each once."""
    return list(dict.fromkeys(f"{path}?{urlencode(one | (more or {}))}" for one in questions))


def _some(known: Sequence[_T], chance: random.Random) -> list[_T]:
    """The first, which is the largest of the runs, and others."""
    return [*known[:1], *chance.sample(known[1:], min(DRAWN // 3, max(len(known) - 1, 0)))]
