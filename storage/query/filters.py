"""Which articles are asked for, apart from the words in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from storage.errors import BadQuery, Wrong
from storage.query.editions import EditionFilter, plain_label, read_day, read_edition, read_place
from storage.records import SITE_ZONE
from storage.search.names import plain_name, plain_text
from storage.store.indexing.documents import EDITED, GONE, LabelKind, moment_of
from storage.store.tables import SearchLabelRow

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)
"""Days beyond these mean no bound; a clock in another zone could not express the ends of the calendar."""


WHOLE = "="
"""Before a source, column or 版次: the whole of it, not a part. No folded text begins with this character."""
FOUND_BY_PARTS = ("source", "column", "edition")
"""Filters that find parts of what an article carries, and the whole of it behind a `WHOLE`."""


class StateFilter(StrEnum):
    """What became of an article."""

    LIVE = "live"
    """The site still serves it, as far as is known."""
    GONE = "gone"
    EDITED = "edited"
    """More than one state of it is kept."""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Filters in terms of the index (`storage.store.indexing.labels`)."""

    one_of: tuple[tuple[int, ...], ...]
    """Of each group an article must carry one; of an empty group it cannot."""
    none_of: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Filters:
    """All must hold; None: any. Texts are folded (see `fold`) as those they are compared with are."""

    since: date | None = None
    """First day of publication, in the site's zone. Articles without a known day are out as soon as one is asked for.
    """
    until: date | None = None
    """Last day of publication."""
    source: str | None = None
    """Part of the source: 青岛西海岸报 finds 大众报业·青岛西海岸报; `=青岛西海岸报` finds that alone."""
    editor: str | None = None
    """Whole name of one of the editors."""
    author: str | None = None
    """Whole name of one of the authors."""
    column: str | None = None
    """Part of the 栏目, or the whole of it behind a `=`."""
    channel: str | None = None
    """Name of the channel or paper, in the site's profile, whose list or print page showed it."""
    edition: EditionFilter | None = None
    """Place in the paper; `=04` is that 版次 alone, `04` also 04-05, which it is a part of."""
    state: StateFilter | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise BadQuery(Wrong.DAYS_REVERSED, since=self.since, until=self.until)

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
        channel: str | None = None,
        edition: str | None = None,
        state: str | None = None,
    ) -> Filters:
        """Filters as a person writes them; an empty text filters nothing, blanks around one count for nothing.

        Raises:
            BadQuery: a day or state is none, or the days are the wrong way round.
        """
        return cls(
            since=read_day(since, "since") if since else None,
            until=read_day(until, "until") if until else None,
            source=_part(source),
            editor=plain_name(editor),
            author=plain_name(author),
            column=_part(column),
            channel=(channel or "").strip() or None,
            state=read_state(state) if state else None,
            edition=_place(edition),
        )

    def moments(self) -> tuple[int | None, int | None]:
        """The first moment that passes and the first that is too late, as the index counts them; None: no bound."""
        since = moment_of(_midnight(self.since)) if self.since else None
        until = moment_of(_midnight(self.until) + timedelta(days=1)) if self.until else None
        return since, until

    def labels(self, session: Session) -> Labels:
        """The labels that articles must carry, and those they must not."""
        one_of = [
            *self._parts(session, LabelKind.SOURCE, self.source),
            *self._wholes(session, LabelKind.EDITOR, self.editor),
            *self._wholes(session, LabelKind.AUTHOR, self.author),
            *self._parts(session, LabelKind.COLUMN, self.column),
            *self._wholes(session, LabelKind.CHANNEL, self.channel),
            *self._places(session),
        ]
        if self.state is None:
            return Labels(one_of=tuple(one_of))
        key = EDITED if self.state is StateFilter.EDITED else GONE
        state = _numbers(session, LabelKind.STATE, SearchLabelRow.key == key)
        if self.state is StateFilter.LIVE:
            return Labels(one_of=tuple(one_of), none_of=state)
        return Labels(one_of=(*one_of, state))

    def _parts(self, session: Session, kind: LabelKind, asked: str | None) -> Iterator[tuple[int, ...]]:
        if asked is None:
            return
        if asked.startswith(WHOLE):
            yield _numbers(session, kind, SearchLabelRow.key == asked.removeprefix(WHOLE))
        else:
            yield _numbers(session, kind, SearchLabelRow.key.contains(asked, autoescape=True))

    def _wholes(self, session: Session, kind: LabelKind, asked: str | None) -> Iterator[tuple[int, ...]]:
        if asked is not None:
            yield _numbers(session, kind, SearchLabelRow.key == asked)

    def _places(self, session: Session) -> Iterator[tuple[int, ...]]:
        if self.edition is None:
            return
        row = SearchLabelRow
        query = select(row.id, row.key).where(row.kind == LabelKind.PAGE)
        if day := self.edition.day:
            query = select(row.id, row.key).where(
                row.kind == LabelKind.PLACE, row.key.startswith(f'["{day.isoformat()}"', autoescape=True)
            )
        yield tuple(one.id for one in session.execute(query) if self.edition.matches(read_place(one.key)))


def _numbers(session: Session, kind: LabelKind, condition: ColumnElement[bool]) -> tuple[int, ...]:
    return tuple(session.scalars(select(SearchLabelRow.id).where(SearchLabelRow.kind == kind, condition)))


def read_state(text: str) -> StateFilter:
    """`live`, `gone` or `edited`.

    Raises:
        BadQuery: it is none of them.
    """
    try:
        return StateFilter(text.strip().lower())
    except ValueError as error:
        raise BadQuery(Wrong.NO_STATE, text=text, known=", ".join(StateFilter)) from error


def _midnight(day: date) -> datetime:
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime(day.year, day.month, day.day, tzinfo=SITE_ZONE)


def _part(asked: str | None) -> str | None:
    """A part of a text as it is compared, or the whole of one behind a `WHOLE`."""
    given = (asked or "").strip()
    if given.startswith(WHOLE) and (plain := plain_text(given.removeprefix(WHOLE))):
        return WHOLE + plain
    return plain_text(given)


def _place(asked: str | None) -> EditionFilter | None:
    """A place in the paper, or the whole of a 版次 behind a `WHOLE`."""
    given = (asked or "").strip()
    if given.startswith(WHOLE) and (label := plain_label(given.removeprefix(WHOLE))):
        return EditionFilter(label=label)
    return read_edition(given) if given else None
