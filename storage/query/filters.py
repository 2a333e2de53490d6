"""Which articles are asked for, apart from the words in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement

from storage.errors import BadQuery
from storage.query.editions import EditionFilter, Place, read_day, read_edition
from storage.query.fold import fold
from storage.records import SITE_ZONE
from storage.store.tables import ArticleRow

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)
"""Days beyond these mean no bound; a clock in another zone could not express the ends of the calendar."""

_BETWEEN_NAMES = re.compile(r"[、,;/|\s]+")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """All must hold; None: any. Texts are folded (see `fold`) as those they are compared with are."""

    since: date | None = None
    """First day of publication, in the site's zone. Articles without a known day are out as soon as one is asked for.
    """
    until: date | None = None
    """Last day of publication."""
    source: str | None = None
    """Part of the source: 青岛西海岸报 finds 大众报业·青岛西海岸报."""
    editor: str | None = None
    """Whole name of one of the editors."""
    author: str | None = None
    """Whole name of one of the authors."""
    column: str | None = None
    """Part of the 栏目."""
    edition: EditionFilter | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise BadQuery(f"--since {self.since} lies after --until {self.until}")

    @classmethod
    def read(
        cls,
        *,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        editor: str | None = None,
        author: str | None = None,
        column: str | None = None,
        edition: str | None = None,
    ) -> Filters:
        """Filters as a person writes them; an empty text filters nothing, blanks around one count for nothing.

        Raises:
            BadQuery: a day is none, or the days are the wrong way round.
        """
        return cls(
            since=read_day(since, "--since") if since else None,
            until=read_day(until, "--until") if until else None,
            source=_text(source),
            editor=_name(editor),
            author=_name(author),
            column=_text(column),
            edition=read_edition(edition) if edition and edition.strip() else None,
        )

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the database itself can decide: the days."""
        found: list[ColumnElement[bool]] = []
        if self.since:
            found.append(ArticleRow.published_at >= _midnight(self.since))
        if self.until:
            found.append(ArticleRow.published_at < _midnight(self.until) + timedelta(days=1))
        return found

    def people_match(self, editor: str | None, authors: Sequence[str]) -> bool:
        """Whether editor and author are the ones asked for. Names are whole: 王伟 is not 王伟民."""
        if self.editor is not None and self.editor not in _names(editor or ""):
            return False
        return self.author is None or self.author in {_name(name) for name in authors}

    def source_matches(self, source: str | None) -> bool:
        """Whether the source is the one asked for."""
        return self.source is None or self.source in fold(source or "")

    def columns_match(self, columns: Sequence[str]) -> bool:
        """Whether one of an article's 栏目 is the one asked for."""
        return self.column is None or any(self.column in fold(column) for column in columns)

    def places_match(self, places: Sequence[Place]) -> bool:
        """Whether one of the places an article was printed at is the one asked for."""
        return self.edition is None or any(self.edition.matches(place) for place in places)


def _midnight(day: date) -> datetime:
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime(day.year, day.month, day.day, tzinfo=SITE_ZONE)


def _text(asked: str | None) -> str | None:
    return fold(asked or "").strip() or None


def _name(asked: str | None) -> str | None:
    """A name without the blanks that print puts into short ones: 王 伟 is 王伟."""
    return "".join(fold(asked or "").split()) or None


def _names(editor: str) -> set[str | None]:
    """The editors in one field, each and all together."""
    return {_name(editor), *_BETWEEN_NAMES.split(fold(editor).strip())}
