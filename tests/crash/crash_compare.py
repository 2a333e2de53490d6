"""What an archive holds, said so that two archives of one site can be compared; and what must hold after any kill."""

from __future__ import annotations

import json
import subprocess
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawl_checks import TIMES, check, table
from crawl_samples import Home

from storage.archive.check import ProblemKind
from storage.archive.verify import verify
from storage.query.fixity import rows_of
from storage.store.database import Database

TABLES = ("article", "version", "sighting", "image", "rejected", "issue")
CAPTURES_OF_VERSIONS = """
    SELECT a.canonical_url, v.number, c.url, c.status, c.digest
    FROM version v JOIN article a ON a.id = v.article_id JOIN capture c ON c.id = v.capture_id"""
FOUND_BY = ("channel", "column")
"""What says which of several lists named an article first."""
PASSING = frozenset({ProblemKind.UNFINISHED, ProblemKind.INDEX})
"""What a kill may leave for recovery; a record without its row is looked for after a repair."""

Contents = Mapping[str, Counter[str]]
"""Table → what its rows say → how often."""


@dataclass
class Difference:
    """What an archive lacks and what it has too much, beside an undisturbed one."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


def contents(home: Home, *, whole: bool = True, in_order: bool = True) -> Contents:
    """Everything an archive holds, without times, row numbers and ways.

    Args:
        whole: With what only a crawl knows: its ledger and the days it asked for.
        in_order: With what depends on the order in which pages came.
    """
    names = TABLES if whole else [name for name in TABLES if name != "issue"]
    left_out = ("checked_at", *(() if in_order else FOUND_BY))
    found = {name: Counter(repr(without(row, left_out)) for row in table(home, name)) for name in names}
    found["captures of versions"] = Counter(map(repr, home.rows(CAPTURES_OF_VERSIONS)))
    if whole:
        channel = "channel, " if in_order else ""
        found["ledger"] = Counter(map(repr, home.rows(f"SELECT canonical_url, kind, {channel}state FROM ledger")))
    return found


def without(row: Mapping[str, object], names: Sequence[str]) -> dict[str, object]:
    """A row without some of its columns."""
    return {name: value for name, value in row.items() if name not in names}


def difference(found: Contents, wanted: Contents) -> Difference:
    """Rows that are missing and rows that are too many."""
    gap = Difference()
    for name in wanted:
        gap.lost += [f"{name}: {row}" for row in (wanted[name] - found[name]).elements()]
        gap.twice += [f"{name}: {row}" for row in (found[name] - wanted[name]).elements()]
    return gap


def wrong_after_kill(home: Home) -> list[str]:
    """What no kill may leave behind: a row without its record, or a finished file that is not whole."""
    if not (home.path / "data/archive.db").exists():
        return []
    with Database.open(f"sqlite:///{home.path / 'data/archive.db'}") as database:
        report = verify(home.path / "data/warc", rows_of(database))
    return [str(problem) for problem in report.problems if problem.kind not in PASSING]


def unfinished(home: Home) -> list[str]:
    """Files and drafts that should not be there when nothing runs any more."""
    names = [path.name for path in (home.path / "data/warc").glob("*")]
    return [name for name in names if name.endswith((".open", ".draft"))]


def final_faults(home: Home) -> list[str]:
    """What must hold when all is done: laws 2 and 5, whole files by our check and by `gunzip -t`, runs closed."""
    faults = []
    try:
        check(home)
    except AssertionError as error:
        where = traceback.extract_tb(error.__traceback__)[-1]  # outside of pytest an assertion says nothing itself
        faults.append(f"{where.name}: {where.line} {error}".rstrip())
    faults += [f"{path.name}: gunzip -t says no" for path in warc_files(home) if not gunzips(path)]
    faults += [f"{name} was left behind" for name in unfinished(home)]
    open_runs = home.rows("SELECT id, state, why FROM run WHERE state <> 'finished'")
    faults += [f"run {row} should be interrupted" for row in open_runs if row[1] != "interrupted" or not row[2]]
    return faults


def warc_files(home: Home) -> list[Path]:
    """Finished files."""
    return sorted((home.path / "data/warc").glob("*.warc.gz"))


def gunzips(path: Path) -> bool:
    """Whether a tool that is not ours finds it whole."""
    return subprocess.run(["gunzip", "-t", str(path)], capture_output=True, check=False).returncode == 0


def exported(path: Path, *, in_order: bool = True) -> list[str]:
    """What an export says of each article, times of seeing aside, in an order of its own."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    said = [without(row, (*TIMES, *(() if in_order else FOUND_BY))) for row in rows]
    return sorted(repr(row | {"urls": sorted(row["urls"])}) for row in said)
