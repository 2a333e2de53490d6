"""`xha verify`: whether everything that is promised is true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from cli.given import configuration, opened
from cli.progress import progress
from cli.screen import clean, say, screen, some

if TYPE_CHECKING:
    from storage.archive.check import Row
    from storage.store.database import Database


def verify(ctx: typer.Context) -> None:
    """Check the archive and the database; nothing is changed.

    Each WARC record is read and its digest compared with its row; rows and records must find each other; articles must
    have their versions and sightings. One line for each thing that is wrong; exit code 4 where it is in the archive, 3
    where it is in the database alone.

    \b
    Examples:
      xha verify
      xha verify || mail -s "archive" you@example.com < /dev/null
    """
    from storage.archive.verify import verify as verify_archive
    from storage.errors import StoreError, WarcError
    from storage.query.health import faults

    config = configuration(ctx)
    with opened(config) as database, progress("checking") as bar:
        report = verify_archive(
            config.archive_directory,
            rows_of(database),
            on_progress=lambda done, total: bar.show(done, total, what="checking WARC files"),
        )
        bar.show(report.files, note="checking the database")
        with database.read() as session:
            wrong = list(faults(session))
    for sentence in (*map(str, report.problems), *wrong):
        screen().print(clean(sentence), soft_wrap=True)
    number = len(report.problems) + len(wrong)
    checked = (
        some(report.files, "WARC file"),
        some(report.bytes, "byte"),
        some(report.records, "record"),
        some(report.captures, "capture"),
        some(report.rows, "row"),
    )
    say(f"{', '.join(checked)}: {some(number, 'fault') if number else 'all is well'}.")
    if report.problems or wrong:
        raise typer.Exit(WarcError.exit_code if report.problems else StoreError.exit_code)


def rows_of(database: Database) -> Iterator[Row]:
    """What every capture row says of its record."""
    from storage.archive.check import Row
    from storage.store import captures

    after = 0
    while True:
        with database.read() as session:
            batch = list(captures.every(session, after_id=after))
        for row in batch:
            yield Row(locator=row.locator, digest=row.digest, url=row.url, status=row.status)
        if not batch:
            return
        after = batch[-1].id
