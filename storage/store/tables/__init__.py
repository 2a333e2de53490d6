"""The tables, as SQLAlchemy declares them; docs/schema.md says what each column means."""

from storage.store.tables.base import Base
from storage.store.tables.checking import FixityRow
from storage.store.tables.fetching import (
    AttemptRow,
    CaptureRow,
    LedgerRow,
    LedgerState,
    OutcomeRow,
    PaceRow,
    RejectedRow,
)
from storage.store.tables.reading import (
    ArticleRow,
    ArticleState,
    ImageRow,
    Reading,
    SightingKind,
    SightingRow,
    StoryRow,
    VersionRow,
)
from storage.store.tables.running import IssueRow, IssueState, PlannedOutcome, PlannedRow, RunRow, RunState
from storage.store.tables.searching import SearchDueRow, SearchEntryRow, SearchLabelRow, SearchStateRow

__all__ = [
    "ArticleRow",
    "ArticleState",
    "AttemptRow",
    "Base",
    "CaptureRow",
    "FixityRow",
    "ImageRow",
    "IssueRow",
    "IssueState",
    "LedgerRow",
    "LedgerState",
    "OutcomeRow",
    "PaceRow",
    "PlannedOutcome",
    "PlannedRow",
    "Reading",
    "RejectedRow",
    "RunRow",
    "RunState",
    "SearchDueRow",
    "SearchEntryRow",
    "SearchLabelRow",
    "SearchStateRow",
    "SightingKind",
    "SightingRow",
    "StoryRow",
    "VersionRow",
]
