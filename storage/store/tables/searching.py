"""Tables of the search index. They can be made anew from the articles at any time; docs/search.md says how they work.

Beside them stands the index proper, which SQLAlchemy has no words for: on SQLite the full-text table `search_index`, on
PostgreSQL a table of that name with an array column.
"""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.store.tables.base import Base


class SearchDueRow(Base):
    """An article whose index entry has to be looked at; written by triggers, gone before the transaction ends."""

    __tablename__ = "search_due"

    place: Mapped[int] = mapped_column(primary_key=True, doc="Order in which they are taken.")
    article_id: Mapped[str] = mapped_column(unique=True, doc="The article; it may have been deleted since.")


class SearchEntryRow(Base):
    """One article in the search index."""

    __tablename__ = "search_entry"
    __table_args__ = (Index("ix_search_entry_moment_article_id", "moment", "article_id"),)

    number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, doc="Its number in `search_index`; never used again."
    )
    article_id: Mapped[str] = mapped_column(unique=True, doc="The article.")
    moment: Mapped[int] = mapped_column(
        doc="Time of publication in microseconds since 1970, UTC; -2**62 where it is not known."
    )
    digest: Mapped[str] = mapped_column(doc="Of the texts that are searched; another one makes another entry.")
    labels: Mapped[str] = mapped_column(doc="Ids of its labels, separated by blanks, in order.")


class SearchLabelRow(Base):
    """Something articles are filtered by: one source, one author, one print page …"""

    __tablename__ = "search_label"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    kind: Mapped[str] = mapped_column(
        doc="`source`, `editor`, `author`, `column`, `channel`, `place` (day, 版次 and 版名), `page` (版次 and 版名) "
        "or `state`."
    )
    key: Mapped[str] = mapped_column(doc="Folded, as it is compared; of `place` and `page` a JSON list.")
    name: Mapped[str] = mapped_column(doc="As it was first read.")


class SearchStateRow(Base):
    """One row: what the index is made of."""

    __tablename__ = "search_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="Always 1.")
    version: Mapped[int] = mapped_column(doc="Of folding, grams and labels; an index of another version is made anew.")
    next_number: Mapped[int] = mapped_column(doc="Number of the next entry.")
