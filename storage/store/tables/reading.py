"""Tables about what was read: articles, their versions, and where they were seen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records import Precision
from storage.store.tables.base import Base
from storage.store.types import Address, Word

IS_GONE, IS_EDIT, ON_WEB = "gone_at IS NOT NULL", "number > 1", "edition_day IS NULL"
"""Rows of an index of their own, which finds the last ones of them at once."""


class ArticleState(StrEnum):
    """Whether the site still serves an article."""

    LIVE = "live"
    GONE = "gone"


class SightingKind(StrEnum):
    """In which way an article was seen."""

    URL = "url"
    COLUMN = "column"
    EDITION = "edition"


class Reading:
    """Columns that `article` (as it is now) and `version` (as it was) have in common."""

    url: Mapped[str] = mapped_column(doc="Address of the page it was read from.")
    title: Mapped[str] = mapped_column(doc="Main headline, one line.")
    subtitle: Mapped[str | None] = mapped_column(doc="Line under the headline.")
    kicker: Mapped[str | None] = mapped_column(doc="Line above the headline (引题).")
    published_at: Mapped[datetime | None] = mapped_column(
        doc="Published, UTC; midnight in Shanghai where only the day is known."
    )

    published_precision: Mapped[Precision | None] = mapped_column(
        Word(Precision), doc="`second`, `minute` or `day`; NULL with `published_at`."
    )
    source: Mapped[str | None] = mapped_column(doc="Outlet named as 来源, without its label.")
    editor: Mapped[str | None] = mapped_column(doc="责任编辑, else 编辑; several joined with 、.")
    authors: Mapped[list[Any]] = mapped_column(doc="Names of the byline in order, JSON list of texts.")
    column: Mapped[str | None] = mapped_column(doc='栏目 of the website. Quote the name in SQL: `"column"`.')
    edition_paper: Mapped[str | None] = mapped_column(doc="Paper code, e.g. `qdxhab`; NULL off the e-paper.")
    edition_day: Mapped[date | None] = mapped_column(doc="Issue date.")
    edition_label: Mapped[str | None] = mapped_column(doc="版次 without 版: `01`, `04-05`.")
    edition_page_name: Mapped[str | None] = mapped_column(doc="版名, e.g. 要闻.")
    body: Mapped[str] = mapped_column(doc="Paragraphs, one a line.")
    body_html: Mapped[str] = mapped_column(doc="The same as clean HTML, images in place.")
    family: Mapped[str] = mapped_column(doc="Page family whose reader read it.")
    how: Mapped[dict[str, Any]] = mapped_column(doc="Field → {rule, place, confidence}: how it was read, JSON.")
    problems: Mapped[list[Any]] = mapped_column(doc="What went wrong while reading, JSON list of sentences.")
    fingerprint: Mapped[str] = mapped_column(doc="sha256 of every field an editor could change.")
    text_fingerprint: Mapped[str] = mapped_column(doc="sha256 of headline and body; equal elsewhere → a duplicate.")


class StoryRow(Base):
    """Articles that tell the same text: website and e-paper edition, reprints."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    made_at: Mapped[datetime] = mapped_column(doc="When its articles were first found to belong together.")
    how: Mapped[str] = mapped_column(default="", doc="What joined them.")


class ArticleRow(Reading, Base):
    """One article: the current reading of all fields. A copy of its current version, plus its life."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_edition_day_edition_label", "edition_day", "edition_label"),
        Index("ix_article_text_fingerprint", "text_fingerprint"),
        Index("ix_article_published_at", "published_at"),
        Index("ix_article_source_published_at", "source", "published_at"),
        Index("ix_article_column_published_at", "column", "published_at"),
        Index("ix_article_editor", "editor"),
        Index("ix_article_on_web", "published_at", sqlite_where=text(ON_WEB), postgresql_where=text(ON_WEB)),
        Index("ix_article_gone_at", "gone_at", sqlite_where=text(IS_GONE), postgresql_where=text(IS_GONE)),
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc="10 characters made from the canonical URL.", sort_order=-2)
    site: Mapped[str] = mapped_column(doc="Name of the site profile.", sort_order=-1)
    canonical_url: Mapped[str] = mapped_column(Address(), unique=True, doc="Names the article.", sort_order=-1)
    state: Mapped[ArticleState] = mapped_column(Word(ArticleState), doc="`live`, or `gone` since `gone_at`.")
    first_seen_at: Mapped[datetime] = mapped_column(doc="Fetch time of the first capture that showed it.")
    last_seen_at: Mapped[datetime] = mapped_column(doc="Fetch time of the last capture that showed it, at any address.")
    last_changed_at: Mapped[datetime] = mapped_column(index=True, doc="Fetch time of the current version's capture.")
    gone_at: Mapped[datetime | None] = mapped_column(doc="Fetch time of the first 404 or 410 since it was last seen.")
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True, doc="Story it belongs to, if any.")
    # No foreign key: versions point to articles already, and a circle of keys cannot be created on SQLite later.
    version_id: Mapped[int | None] = mapped_column(doc="Its current version.")


class VersionRow(Reading, Base):
    """One state of an article. An edit makes a new row, nothing is overwritten by it."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("ix_version_edited", "seen_at", sqlite_where=text(IS_EDIT), postgresql_where=text(IS_EDIT)),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.", sort_order=-2)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), doc="The article.", sort_order=-1)
    number: Mapped[int] = mapped_column(doc="1 for the first state stored, then 2, 3 …", sort_order=-1)
    capture_id: Mapped[int] = mapped_column(
        ForeignKey("capture.id"), unique=True, doc="The capture that showed it first.", sort_order=-1
    )
    seen_at: Mapped[datetime] = mapped_column(doc="Fetch time of that capture.", sort_order=-1)
    images: Mapped[list[Any]] = mapped_column(doc="Its images, JSON list of {url, caption} in order.")


class SightingRow(Base):
    """An article seen at an address, in a column or on a print page; may be there before the article is."""

    __tablename__ = "sighting"
    __table_args__ = (UniqueConstraint("canonical_url", "kind", "place"), Index("ix_sighting_day", "day"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    article_id: Mapped[str | None] = mapped_column(
        ForeignKey("article.id"), index=True, doc="The article; NULL until one is stored from this address."
    )
    site: Mapped[str] = mapped_column(doc="Name of the site profile.")
    canonical_url: Mapped[str] = mapped_column(Address(), doc="The address that was seen.")
    kind: Mapped[SightingKind] = mapped_column(
        Word(SightingKind), doc="`url` its text was read there, `column` a list led there, `edition` a print page did."
    )
    place: Mapped[str] = mapped_column(
        Address(), doc="`url`: the address fetched; `column`: the channel; `edition`: `<paper> <day> <label>`."
    )
    url: Mapped[str] = mapped_column(doc="The address as found.")
    column: Mapped[str | None] = mapped_column(doc='栏目 of the channel. Quote the name in SQL: `"column"`.')
    day: Mapped[date | None] = mapped_column(doc="Issue date.")
    label: Mapped[str | None] = mapped_column(doc="版次 without 版.")
    page_name: Mapped[str | None] = mapped_column(doc="版名.")
    first_seen_at: Mapped[datetime] = mapped_column(doc="Fetch time of the first page that showed it.")
    last_seen_at: Mapped[datetime] = mapped_column(doc="Fetch time of the last page that showed it.")


class ImageRow(Base):
    """One image of an article as it is now."""

    __tablename__ = "image"
    __table_args__ = (UniqueConstraint("article_id", "order"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), doc="The article.")
    order: Mapped[int] = mapped_column(doc='Position in the article, from 0. Quote the name in SQL: `"order"`.')
    url: Mapped[str] = mapped_column(doc="Absolute address.")
    caption: Mapped[str | None] = mapped_column(doc="Its caption.")
    capture_id: Mapped[int | None] = mapped_column(
        ForeignKey("capture.id"), index=True, doc="The capture of the picture itself; NULL until fetched."
    )
