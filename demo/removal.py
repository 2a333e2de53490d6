"""Taking the demo away, and nothing else."""

from __future__ import annotations

import shutil
from contextlib import suppress

from demo.place import PAPERS, SITE, Place, others_in, site_of_file
from storage.archive.names import SUFFIX, list_files
from storage.config import Config
from storage.errors import ConfigError
from storage.store import runs
from storage.store.clock import shared_now
from storage.store.database import Database
from storage.store.forget import forget
from storage.store.tables import RunState

SQLITE_FILES = ("", "-wal", "-shm", ".scheduler.lock")
"""A database's file and what lies beside it."""


def remove(config: Config) -> bool:
    """Remove the demo's rows, WARC files and directory; whether there was anything.

    Where the archive holds nothing else, its database and its empty directories go as well. Rows go before the records
    they speak of; what is broken off is done by the next try.

    Raises:
        ConfigError: a crawl is at work on the archive.
    """
    file, place = config.database_file, Place.of(config)
    alone = file is not None and not others_in(config)
    warcs = _warcs(config, alone=alone)
    if not (warcs or place.directory.exists() or (alone and file and file.exists())):
        return False
    if file is None or file.exists():
        _remove_rows(config, warcs, alone=alone)
    for warc in warcs:
        for path in config.archive_directory.glob(f"{warc.removesuffix(SUFFIX)}.*"):
            path.unlink(missing_ok=True)
    if alone and file:
        for ending in SQLITE_FILES:
            file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.rmtree(place.directory, ignore_errors=True)
    for directory in {config.archive_directory, place.directory.parent, *([file.parent] if file else [])}:
        with suppress(OSError):  # something of somebody else's is in it, and stays
            directory.rmdir()
    return True


def _warcs(config: Config, *, alone: bool) -> list[str]:
    """Names of the demo's WARC files; of all of them where the archive holds nothing else."""
    if alone:
        return [one.name for one in list_files(config.archive_directory)]
    return [name for name, site in site_of_file(config.archive_directory).items() if site == SITE]


def _remove_rows(config: Config, warcs: list[str], *, alone: bool) -> None:
    """Rows of the demo among others'; where it is alone, its database goes as a whole."""
    with Database.open(config.database_url) as database:
        _refuse_while_running(database)
        if not alone:
            with database.begin() as session:
                forget(session, SITE, papers=PAPERS, warc_files=warcs)


def _refuse_while_running(database: Database) -> None:
    with database.begin() as session:
        runs.interrupt_stale(session, now=shared_now(session))
        alive = [row.id for row in runs.latest(session, 100) if row.state is RunState.RUNNING]
    if alive:
        raise ConfigError(f"run {alive[0]} is at work on this archive; wait for it or end it first")
