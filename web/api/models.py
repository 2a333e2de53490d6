"""What the API answers, field by field; OpenAPI describes it with these words."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Base of all answers: docstrings of fields become their descriptions."""

    model_config = ConfigDict(use_attribute_docstrings=True, from_attributes=True)


class Edition(Model):
    """Where an article was printed."""

    date: str
    """Day of the issue."""
    label: str | None
    """版次 without 版: `01`, `04-05`."""
    page_name: str | None
    """版名, e.g. 要闻."""


class Article(Model):
    """One article. Every key is always there; null, or an empty list, means: not known."""

    id: str
    url: str
    """Address it was read from."""
    urls: list[str]
    """Every address it was seen at, that one first."""
    title: str
    subtitle: str | None
    """Line under the headline."""
    kicker: str | None
    """Line above it: 引题."""
    published_at: str | None
    """ISO 8601 with +08:00; a day alone where no time is known."""
    source: str | None
    """来源, without its label."""
    editor: str | None
    """责任编辑; several joined with 、."""
    authors: list[str]
    """Names of the byline, in order."""
    column: str | None
    """栏目."""
    edition: Edition | None
    body: str
    """Paragraphs, one a line."""
    first_seen_at: str | None
    last_changed_at: str | None


class How(Model):
    """How one field was read."""

    rule: str
    """What found it: `selector`, `label`, `meta` …"""
    place: str
    """Where on the page."""
    confidence: float
    """In [0, 1]; 0.9 and above promises to be right 97 times in 100."""


class Capture(Model):
    """One response, and where its raw record lies."""

    id: int
    url: str
    fetched_at: str
    status: int
    digest: str
    """`sha256:` of the body as it came off the wire."""
    file: str
    """WARC file."""
    offset: int
    """First byte of the record's gzip member."""
    length: int
    """Compressed bytes."""


class State(Model):
    """One version of an article."""

    number: int
    """1 for the oldest."""
    seen_at: str
    changed: list[str]
    """Fields that differ from the version before; empty for the first."""
    capture: Capture
    """What showed it first."""
    pages: list[Capture]
    """What its text was read from, in reading order: that capture alone, or one of each of the article's pages."""


class Sighting(Model):
    """One way in which an article was seen."""

    kind: str
    """`url`, `column` or `edition`."""
    url: str
    place: str
    first_seen_at: str
    last_seen_at: str


class WholeArticle(Article):
    """One article with everything known of it."""

    site: str
    canonical_url: str
    paper: str | None
    """Code of the paper it was read from in print; null for a page of the website."""
    family: str
    """Page family whose reader read it."""
    state: str
    """`live`, or `gone` since `gone_at`."""
    gone_at: str | None
    last_seen_at: str
    how: dict[str, How]
    """Field → how it was read."""
    problems: list[str]
    images: list[dict[str, Any]]
    """{url, caption} in order."""
    sightings: list[Sighting]
    versions: list[State]


class Piece(Model):
    """A stretch of text with one mark."""

    mark: str
    """`same`, `removed` or `added`."""
    text: str


class Change(Model):
    """One field that differs between two versions."""

    field: str
    before: str
    after: str
    pieces: list[Piece]
    """Both in one, in reading order."""


class Run(Model):
    """One crawl."""

    id: int
    site: str
    spider: str
    arguments: dict[str, Any]
    started_at: str
    finished_at: str | None
    seconds: float | None
    state: str
    """`running`, `finished`, `interrupted` or `failed`."""
    why: str
    counts: dict[str, int]
    """Outcome → number of responses."""
    notes: list[str]
    planned_id: int | None
    led_by: int | None
    """Of one of several workers: the run it helped."""


class Outcome(Model):
    """How one response of a run ended."""

    id: int
    url: str
    outcome: str
    """`new`, `changed`, `same`, `rejected`, `failed`, `index` …"""
    reason: str
    capture_id: int | None
    """Null: no response came."""
    article_id: str | None
    title: str | None
    """Of that article."""


class Planned(Model):
    """One run the timetable planned."""

    id: int
    job: str
    due_at: str
    outcome: str | None
    """`ran`, `late`, `skipped` or `missed`; null: not decided yet."""
    reason: str
    started_at: str | None
    finished_at: str | None
    exit_code: int | None
    run_id: int | None
    """The run it led to; null: it was left out, or checked the archive."""


class Upcoming(Model):
    """One job of the timetable."""

    job: str
    spider: str | None
    """What crawls; null: it checks the archive."""
    cron: str | None
    """Five fields in the site's zone."""
    every_seconds: float | None
    until_issue: bool
    """Whether it is left out once today's issue is in."""
    next_at: str | None
    """When it is due next, if the scheduler runs by then."""


class Count(Model):
    """Articles of one kind."""

    key: str
    """The day (`2024-07-26`), month, hour (`09`), name …; empty where the article does not say."""
    number: int


class Problem(Model):
    """Why a question was not answered."""

    error: str
    """One sentence."""


Responses = dict[int | str, dict[str, Any]]
NOT_FOUND: Responses = {404: {"model": Problem}}
ANYWHERE: Responses = {
    421: {"model": Problem, "description": "Asked under a name that is not this archive's"},
    503: {"model": Problem, "description": "Too many ask, it takes too long, or the archive cannot be read now"},
}
"""What may be said in place of any answer."""
