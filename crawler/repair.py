"""Bring archive and database together again after a crash, without any network: what `xha verify --repair` does.

    recover    files of dead writers are cut back to their last whole capture and finished
    add        a record without a row gets its row
    rebuild    indexes and checksum files that are missing or wrong
    judge      captures that a dead run left unjudged go the rest of their way

Broken off anywhere, it begins again. What only a copy of the file can mend is left as it is, for the check to name.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.keeper import Keeper
from crawler.leftovers import settle_leftovers
from storage.archive.check import Problem, ProblemKind
from storage.archive.reader import read_capture
from storage.archive.rebuild import rebuild
from storage.archive.recover import Recovery, recover
from storage.archive.verify import verify
from storage.config import Config
from storage.query.fixity import rows_of


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """What was done."""

    run_id: int
    recovery: Recovery
    """What became of files whose writer had died."""
    rows: int
    """Records of finished files that had no row and got one."""
    beside: tuple[str, ...]
    """Names of the indexes and checksum files that were made again."""
    judged: int
    """Captures that were archived and had not been judged."""


def repair(config: Config) -> Repaired:
    """Do all of it; as a run of its own, in which what is judged is counted. Safe beside running crawls.

    Raises:
        ArchiveError: the database or the archive cannot be used; what was done stays done.
    """
    keeper = Keeper.open(config, spider="repair", arguments={})
    state = "failed"
    try:
        recovery = recover(config.archive_directory, add=keeper.add_row)
        rows_there = rows_of(keeper.database)
        problems = verify(config.archive_directory, rows_there, on_progress=lambda *_: keeper.keep_alive()).problems
        rows = _add_rows(keeper, problems)
        broken = {one.file for one in problems if one.kind is ProblemKind.INDEX}
        beside = rebuild(config.archive_directory, broken)
        judged = sum(1 for _ in settle_leftovers(keeper))
        state = "finished"
    except KeyboardInterrupt:
        state = "interrupted"
        raise
    finally:
        keeper.close(state)
    return Repaired(run_id=keeper.run_id, recovery=recovery, rows=rows, beside=beside, judged=judged)


def _add_rows(keeper: Keeper, problems: tuple[Problem, ...]) -> int:
    found = [one.locator for one in problems if one.kind is ProblemKind.NO_ROW and one.locator]
    for locator in found:
        keeper.add_row(read_capture(keeper.config.archive_directory, locator))
    return len(found)
