"""A strict check: every member ends, every length and digest agrees, rows and records find each other."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storage.archive.check import Problem, ProblemKind, Row, RowsAt, check_file
from storage.archive.names import INDEX_SUFFIX, OPEN, SUFFIX, index_path, is_safe, list_files, other_host
from storage.archive.seal import checksum_path


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of a check."""

    problems: tuple[Problem, ...]
    files: int
    """WARC files read."""
    records: int
    captures: int
    """Whole captures found."""
    rows: int
    """Rows compared."""
    bytes: int
    part: int
    """Which part of the archive was checked, from 0 …"""
    parts: int
    """… of how many; 1: all of it."""
    elsewhere: Mapping[str, int]
    """Host → captures of this part in files that a worker over there wrote and that are not here: theirs to check."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(
    directory: Path,
    rows: Iterable[Row] | None = None,
    *,
    share: float = 1.0,
    turn: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check an archive directory. Nothing is changed. Memory grows with the rows of the part that is checked.

    Args:
        rows: all rows of `capture`, in any order; None: the archive is checked by itself.
        share: how much of the archive to check, in (0, 1]. Files belong to one of round(1/share) parts by their name.
        turn: which part: counting it up by one from check to check gets round the whole archive.
        on_progress: called after each file with the number of files checked so far, and of all.

    Raises:
        ValueError: `share` is not in (0, 1].
        WarcError: the directory cannot be listed.
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, not {share}")
    parts = round(1 / share)
    part = turn % parts
    # Files before rows: what was finished when it was listed has all its rows by the time they are read.
    files = [file for file in list_files(directory) if _part_of(file.name, parts) == part]
    rows_of = None if rows is None else _by_file(rows, part, parts)
    reports = []
    for file in files:
        reports.append(check_file(file, None if rows_of is None else rows_of.get(file.name, {})))
        if on_progress:
            on_progress(len(reports), len(files))
    missing = [problem for problem in _missing(directory, rows_of or {}) if _part_of(problem.file, parts) == part]
    return Report(
        problems=tuple(problem for report in reports for problem in report.problems) + tuple(missing),
        files=len(files),
        records=sum(report.records for report in reports),
        captures=sum(report.captures for report in reports),
        rows=sum(len(here) for at in (rows_of or {}).values() for here in at.values()),
        bytes=sum(report.bytes for report in reports),
        part=part,
        parts=parts,
        elsewhere=_elsewhere(directory, rows_of or {}),
    )


def _part_of(name: str, parts: int) -> int:
    """Which part a file belongs to; by its name, so that new files do not move old ones to other parts."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % parts


def _by_file(rows: Iterable[Row], part: int, parts: int) -> dict[str, RowsAt]:
    """The rows of one part, by file."""
    found: dict[str, RowsAt] = {}
    for row in rows:
        if _part_of(row.locator.file, parts) == part:
            found.setdefault(row.locator.file, {}).setdefault(row.locator.offset, []).append(row)
    return found


def _missing(directory: Path, rows_of: dict[str, RowsAt]) -> Iterator[Problem]:
    """Files that rows or index files speak of and that are not there."""
    present = {file.name for file in list_files(directory)}
    for name, rows in sorted(rows_of.items()):
        if not is_safe(name):
            what = f"{len(rows)} rows name it; no WARC file can be called so"
            yield Problem(kind=ProblemKind.ROW_WRONG, file=name, offset=None, what=what)
        elif name not in present and not _owner(directory, name):
            host = other_host(name)
            where = f"not here (a worker on {host} wrote it)" if host else "not there"
            where = "a link, which is not followed" if _is_link(directory / name) else where
            what = f"the file is {where}; {len(rows)} captures lay in it"
            yield Problem(kind=ProblemKind.MISSING, file=name, offset=None, what=what)
    for index in sorted(directory.glob(f"*{INDEX_SUFFIX}")):
        name = index.name.removesuffix(INDEX_SUFFIX) + SUFFIX
        if name not in present and name not in rows_of and _speaks_of(index, name):
            what = "the file is not there; only its index is"
            yield Problem(kind=ProblemKind.MISSING, file=name, offset=None, what=what)


def _elsewhere(directory: Path, rows_of: dict[str, RowsAt]) -> dict[str, int]:
    """Captures by the other host whose archive directory they lie in."""
    present = {file.name for file in list_files(directory)}
    found: Counter[str] = Counter()
    for name, at in rows_of.items():
        if name not in present and is_safe(name) and (host := _owner(directory, name)):
            found[host] += sum(map(len, at.values()))
    return dict(sorted(found.items()))


def _owner(directory: Path, name: str) -> str | None:
    """The other host that a file never left; None where it is this one's, or something tells that it lay here."""
    path = directory / name
    lay_here = _is_link(path) or any(beside.exists() for beside in (index_path(path), checksum_path(path)))
    return None if lay_here else other_host(name)


def _is_link(path: Path) -> bool:
    return path.is_symlink() or path.with_name(path.name + OPEN).is_symlink()


def _speaks_of(index: Path, name: str) -> bool:
    """Whether an index is that of the file called `name`, and not a merged one."""
    try:
        with index.open("rb") as stream:
            first = stream.readline()
        fields = json.loads(b"{" + first.partition(b" {")[2]) if first else None
    except (OSError, ValueError):
        return True
    return isinstance(fields, dict) and fields.get("filename") == name
