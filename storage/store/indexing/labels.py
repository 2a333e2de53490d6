"""Labels by number."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, bindparam, insert, select

from storage.store.batches import batches
from storage.store.indexing.documents import Label
from storage.store.tables import SearchLabelRow

_LABELS = select(SearchLabelRow.id, SearchLabelRow.kind, SearchLabelRow.key).where(
    SearchLabelRow.kind.in_(bindparam("kinds", expanding=True)),
    SearchLabelRow.key.in_(bindparam("keys", expanding=True)),
)
"""Not by pairs: for these SQLite looks at every label there is, of which each day of the paper adds some."""

_ADD = insert(SearchLabelRow)


class LabelBook:
    """Numbers of labels; a new one gets the next. Lives as long as its transaction.

    The caller holds `locks.RECORDS`, so that no other transaction gives the same label another number.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, str], int] = {}
        """(kind, key) → number."""

    def learn(self, labels: Collection[Label]) -> None:
        """Have the numbers of all of these ready."""
        wanted = {(label.kind, label.key): label for label in sorted(labels)}
        self._look_up([pair for pair in wanted if pair not in self._numbers])
        new = [label._asdict() for pair, label in wanted.items() if pair not in self._numbers]
        if new:
            self._connection.execute(_ADD, new)
            self._look_up([pair for pair in wanted if pair not in self._numbers])

    def numbers(self, labels: Iterable[Label]) -> list[int]:
        """Their numbers in order; all have been learned."""
        return sorted({self._numbers[label.kind, label.key] for label in labels})

    def _look_up(self, pairs: list[tuple[str, str]]) -> None:
        for some in batches(pairs):
            kinds, keys = zip(*some, strict=True)
            found = self._connection.execute(_LABELS, {"kinds": sorted(set(kinds)), "keys": sorted(set(keys))})
            self._numbers |= {(one.kind, one.key): one.id for one in found}
