"""Where a page of answers begins, as text that survives an address bar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from storage.errors import BadQuery, Wrong
from storage.query.plan import FIRST, Key

_WRITTEN = re.compile(r"(?P<moment>-?\d{1,19})\.(?P<article>[0-9a-z]*~?)(?:\.(?P<rank>\d{1,6}))?")

LARGEST = 2**63
"""Beyond what a database counts to."""


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A place among the answers."""

    before: Key = FIRST
    """Only articles older than this."""
    rank: int | None = None
    """By relevance: how many of these came on earlier pages."""

    @classmethod
    def read(cls, text: str | None, *, ranked: bool) -> Self:
        """The place a text means; the beginning where it is None.

        Args:
            ranked: Whether the answers come by relevance.

        Raises:
            BadQuery: it means none, or one in another order.
        """
        if text is None:
            return cls(rank=0 if ranked else None)
        found = _WRITTEN.fullmatch(text)
        if found is None or (found["rank"] is not None) is not ranked:
            raise BadQuery(Wrong.NO_CURSOR, text=text)
        moment = int(found["moment"])
        if not -LARGEST <= moment < LARGEST:
            raise BadQuery(Wrong.NO_CURSOR, text=text)
        rank = int(found["rank"]) if ranked else None
        return cls(before=(moment, found["article"]), rank=rank)

    def written(self) -> str:
        """As text."""
        text = f"{self.before[0]}.{self.before[1]}"
        return text if self.rank is None else f"{text}.{self.rank}"

    def ranked_on(self, newest: Key, rank: int) -> Cursor:
        """The place of a later page by relevance, among those answers that the first page had.

        Args:
            newest: Key of the newest answer: what is newer still arrived later, and must not move the rest.
        """
        before = min(self.before, (newest[0], newest[1] + "~"))  # "~" comes behind every character of an id
        return Cursor(before=before, rank=rank)
