"""Taking the demo away, and nothing else."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime

from demo.place import Place, others_in
from storage.archive.names import SUFFIX, list_files
from storage.config import Config
from storage.errors import ConfigError
from storage.store import runs
from storage.store.database import Database
from storage.store.tables import RunState

SQLITE_FILES = ("", "-wal", "-shm", ".scheduler.lock")
"""A database's file and what lies beside it."""


def remove(config: Config) -> bool:
    """Remove the demo's database, WARC files and directory; whether there was anything.

    Raises:
        ConfigError: the archive holds something else too, a crawl is at work on it, or its database is on a server.
    """
    file = config.database_file
    if file is None:
        raise ConfigError("the database is on a server, which others may use too: empty it yourself")
    if others := others_in(config):
        raise ConfigError(
            f"the archive in {config.archive_directory.parent} holds the site {', '.join(others)}: nothing was removed"
        )
    place = Place.of(config)
    warcs = list_files(config.archive_directory)
    if not (file.exists() or warcs or place.directory.exists()):
        return False
    if file.exists():
        _refuse_while_running(config)
    for warc in warcs:
        for path in config.archive_directory.glob(f"{warc.name.removesuffix(SUFFIX)}.*"):
            path.unlink(missing_ok=True)
    for ending in SQLITE_FILES:
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.rmtree(place.directory, ignore_errors=True)
    for directory in {config.archive_directory, file.parent, place.directory.parent}:
        with suppress(OSError):  # something of somebody else's is in it, and stays
            directory.rmdir()
    return True


def _refuse_while_running(config: Config) -> None:
    with Database.open(config.database_url) as database, database.begin() as session:
        runs.interrupt_stale(session, now=datetime.now(UTC))
        alive = [row.id for row in runs.latest(session, 100) if row.state is RunState.RUNNING]
    if alive:
        raise ConfigError(f"run {alive[0]} is at work on this archive; wait for it or end it first")
