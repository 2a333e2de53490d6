"""Taking one site's rows out of a database that holds others too."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from storage.store.tables import (
    ArticleRow,
    AttemptRow,
    CaptureRow,
    ImageRow,
    IssueRow,
    LedgerRow,
    OutcomeRow,
    PaceRow,
    RejectedRow,
    RunRow,
    SightingRow,
    StoryRow,
    VersionRow,
)


def forget(session: Session, site: str, *, papers: Collection[str], warc_files: Collection[str]) -> None:
    """Delete every row of a site, in an order that no foreign key minds.

    Rows of `planned` and `fixity` stay: they tell of the archive as a whole.

    Args:
        papers: Its e-papers, whose days carry no site.
        warc_files: Names of the files with its records: captures that were found in the archive alone have no run.
    """
    articles = select(ArticleRow.id).where(ArticleRow.site == site)
    runs = select(RunRow.id).where(RunRow.site == site)
    ours = or_(CaptureRow.run_id.in_(runs), CaptureRow.warc_file.in_(warc_files))
    captures = select(CaptureRow.id).where(ours)
    outcomes = (
        OutcomeRow.capture_id.in_(captures),
        OutcomeRow.run_id.in_(runs),
        OutcomeRow.article_id.in_(articles),
    )
    told = select(ArticleRow.story_id).where(ArticleRow.story_id.is_not(None))
    for statement in (
        delete(AttemptRow).where(or_(AttemptRow.capture_id.in_(captures), AttemptRow.run_id.in_(runs))),
        delete(OutcomeRow).where(or_(*outcomes)),
        delete(RejectedRow).where(RejectedRow.capture_id.in_(captures)),
        delete(ImageRow).where(ImageRow.article_id.in_(articles)),
        delete(SightingRow).where(SightingRow.site == site),
        delete(VersionRow).where(VersionRow.article_id.in_(articles)),
        delete(ArticleRow).where(ArticleRow.site == site),
        delete(StoryRow).where(StoryRow.id.not_in(told)),
        delete(CaptureRow).where(ours),
        delete(LedgerRow).where(LedgerRow.site == site),
        delete(IssueRow).where(IssueRow.paper.in_(papers)),
        delete(PaceRow).where(PaceRow.site == site),
        delete(RunRow).where(RunRow.site == site),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
