"""Golden cases: a page, the facts around it, and what is read from it.

tests/golden/<family>/<case>/page.html      the page, kept as UTF-8; or page.json, an interface's answer
                             facts.toml     where it came from, how it was sent, what the case shows
                             expected.json  the article, or why there is none; written by `make golden`
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from crawler.parse.decode import decode
from crawler.parse.reader import FAMILIES, examine
from crawler.sites.profile import SiteProfile, load_profile
from storage.records import Article, Capture, Context, Kind, Rejection
from storage.tomlfile import load_toml

GOLDEN = Path(__file__).parent
FETCHED = datetime(2024, 8, 1, tzinfo=UTC)
"""When every page was fetched, unless its facts say otherwise."""
EXPECTED = "expected.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KnownContext(_Strict):
    """What a list page or an issue told of the page; the fields of `storage.records.Context`."""

    channel: str | None = None
    column: str | None = None
    issue_date: date | None = None
    label: str | None = None
    page_name: str | None = None
    link_text: str | None = None
    listed_day: date | None = None


class Facts(_Strict):
    """What stands in `facts.toml`."""

    shows: str = Field(min_length=20)
    """One sentence: what this page has that no other case has."""
    trap: str | None = None
    """What readers fall for on this page, in the words of the table in docs/extraction.md."""
    url: str
    kind: Kind = Kind.ARTICLE
    charset: str = "utf-8"
    """Codec of the bytes as sent, by Python's name; `utf-8-sig` puts a byte order mark before them."""
    fetched_at: datetime = FETCHED
    headers: dict[str, str] = {}
    """Response headers; a page sent without any has no charset there."""
    context: KnownContext = KnownContext()


@cache
def shipped() -> SiteProfile:
    """The profile the archive is shipped with."""
    return load_profile("xihaian")


def cases(root: Path = GOLDEN) -> list[Path]:
    """Folders of all cases, sorted."""
    return sorted(path.parent for path in root.rglob("facts.toml"))


def capture_of(case: Path) -> Capture:
    """The case's page as it came off the wire.

    Raises:
        ConfigError: its `facts.toml` does not fit; names file and line.
        FileNotFoundError: there is neither `page.html` nor `page.json`.
        UnicodeEncodeError: the page has a character that its charset lacks.
    """
    facts = load_toml(case / "facts.toml", Facts)
    page = case / "page.json" if (case / "page.json").exists() else case / "page.html"
    return Capture(
        url=facts.url,
        fetched_at=facts.fetched_at,
        status=200,
        headers=tuple(facts.headers.items()),
        body=page.read_text("utf-8").encode(facts.charset),
        context=Context(kind=facts.kind, site=shipped().name, **facts.context.model_dump()),
    )


def read_case(case: Path) -> dict[str, Any]:
    """What is read from a case's page now, in the shape of `expected.json`.

    Raises:
        ValueError: the page is read by another family than the one whose folder holds the case.
    """
    examined = examine(decode(capture_of(case)), shipped())
    if case.parent.name in FAMILIES and examined.family != case.parent.name:
        raise ValueError(f"{case}: its url gives it to the family {examined.family}")
    return as_json(examined.result)


def as_json(result: Article | Rejection) -> dict[str, Any]:
    """Every field of an article, empty ones too, with the rule that read it; or a rejection.

    Text is a list of lines, so that a change of one line is one line of a diff. Places and confidences stay out: they
    move with every page's markup and every tuning.
    """
    if isinstance(result, Rejection):
        return {"rejected": result.reason.value, "detail": result.detail}
    edition = result.edition
    return {
        "url": result.url,
        "family": result.family,
        "title": result.title,
        "subtitle": result.subtitle,
        "kicker": result.kicker,
        "published": result.published.iso() if result.published else None,
        "precision": result.published.precision.value if result.published else None,
        "source": result.source,
        "editor": result.editor,
        "authors": list(result.authors),
        "column": result.column,
        "edition": {
            "paper": edition.paper,
            "day": edition.day.isoformat(),
            "label": edition.label,
            "page_name": edition.page_name,
        }
        if edition
        else None,
        "body": result.body.splitlines(),
        "body_html": result.body_html.replace("><", ">\n<").splitlines(),
        "images": [{"url": image.url, "caption": image.caption} for image in result.images],
        "next_url": result.next_url,
        "how": {name: how.rule for name, how in sorted(result.how.items())},
        "problems": list(result.problems),
    }


def expected_of(case: Path) -> dict[str, Any] | None:
    """What the case says is read; None where nobody has written it yet."""
    path = case / EXPECTED
    loaded: dict[str, Any] | None = json.loads(path.read_text("utf-8")) if path.exists() else None
    return loaded


def write_expected(case: Path) -> bool:
    """Write what is read now into the case. Returns whether that changed anything."""
    path = case / EXPECTED
    text = json.dumps(read_case(case), ensure_ascii=False, indent=2) + "\n"
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.write_text(text, "utf-8")
    return True
