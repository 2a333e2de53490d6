"""A replica crawled by processes of their own, and what the archive then holds of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crawl"))

from crawl_samples import Home

from crawler.sites.profile import load_profile
from demo.newspaper import ISSUE_RANGES
from demo.profile import profile_toml
from demo.server import ReplicaServer
from demo.story import Expected
from storage.dedupe.canonical import canonical_url
from storage.records import Moment

COLUMNS = (
    "canonical_url, title, kicker, subtitle, published_at, published_precision, source, editor, authors, "
    "edition_paper, edition_day, edition_label, edition_page_name, body"
)


def home_of(path: Path, server: ReplicaServer) -> Home:
    """A home directory with the profile of a replica that is being served."""
    return Home(path, profile_toml(server.url))


def crawl_all(home: Home) -> None:
    """All columns, then all issues."""
    run(home, "columns")
    for since, until in ISSUE_RANGES:
        run(home, "epaper", since=since.isoformat(), until=until.isoformat())


def run(home: Home, spider: str, **arguments: str) -> None:
    """One crawl, which must end well."""
    done = home.crawl(spider, **arguments)
    assert done.returncode == 0, done.stderr[-4000:]


def canonical(home: Home, server: ReplicaServer, path: str) -> str:
    """The name of an address of the replica in the archive."""
    return canonical_url(server.url + path, load_profile(str(home.path / "site.toml")).canonical)


def stored(home: Home) -> dict[str, dict[str, Any]]:
    """Articles by canonical address, fields as `Expected` has them."""
    return {row[0]: _as_expected(row) for row in home.rows(f"SELECT {COLUMNS} FROM article")}


def _as_expected(row: tuple[Any, ...]) -> dict[str, Any]:
    _, title, kicker, subtitle, at, precision, source, editor, authors, paper, day, label, name, body = row
    return {
        "title": title,
        "kicker": kicker,
        "subtitle": subtitle,
        "published": (at, precision),
        "source": source,
        "editor": editor,
        "authors": tuple(json.loads(authors)),
        "edition": (paper, day, label, name) if paper else None,
        "body": tuple(body.splitlines()),
    }


def as_stored(one: Expected) -> dict[str, Any]:
    """The fields of an expected article in the form of `stored`."""
    edition = one.edition
    return {
        "title": one.title,
        "kicker": one.kicker,
        "subtitle": one.subtitle,
        "published": moment(one.published),
        "source": one.source,
        "editor": one.editor,
        "authors": one.authors,
        "edition": (edition.paper, edition.day.isoformat(), edition.label, edition.page_name) if edition else None,
        "body": one.body,
    }


def moment(value: Moment | None) -> tuple[str, str] | None:
    """A moment as SQLite holds it."""
    return (value.at.strftime("%Y-%m-%d %H:%M:%S.%f"), value.precision.value) if value else None
