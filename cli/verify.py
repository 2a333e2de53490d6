"""`xha verify`: whether everything that is promised is true."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Annotated

import typer

from cli.given import asked, configuration, opened
from cli.progress import progress
from cli.screen import clean, moment, say, screen, some, table, whole

if TYPE_CHECKING:
    from crawler.repair import Repaired
    from storage.archive.verify import Report
    from storage.config import Config
    from storage.query.fixity import Checked
    from storage.store.database import Database


def read_share(said: str) -> float:
    """A share of the archive; typer's own range lets nan through.

    Raises:
        typer.BadParameter: it is none.
    """
    from storage.config import LEAST_SHARE

    try:
        share = float(said)
    except ValueError:
        share = math.nan
    if not LEAST_SHARE <= share <= 1:
        raise typer.BadParameter(f"{said!r} is no number from {LEAST_SHARE} to 1, as 0.25 for a quarter")
    return share


def verify(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="First mend what a crash left behind; no network is needed.")
    ] = False,
    share: Annotated[
        float,
        typer.Option(
            parser=read_share,
            metavar="SHARE",
            help="How much of the archive, from 0.001 to 1, the next part at each call; it is divided into a whole "
            "number of parts: 0.6 takes a half, 0.7 all.",
        ),
    ] = 1.0,
    last: Annotated[bool, typer.Option("--last", help="Check nothing; show what the last checks found.")] = False,
) -> None:
    """Check the archive and the database, and keep the result.

    Each WARC record is read and its digest compared with its row; rows and records must find each other; articles must
    have their versions and sightings. One line for each thing that is wrong: file, byte, what, and what to do. Exit
    code 4 where it is in the archive, 3 where it is in the database alone. Files that a worker on another host wrote
    into an archive directory of its own are counted and left to a check over there.

    --repair finishes files whose writer died (what is cut off is kept beside them), adds rows that are missing, makes
    indexes again and judges what a dead run left; what needs a copy of a file is named. A check by itself changes
    nothing but the table that holds its result.

    \b
    Examples:
      xha verify
      xha verify --repair
      xha verify --share 0.25      a quarter; four calls come round to all of it
      xha verify --last
      xha verify || mail -s "archive" you@example.com < /dev/null
    """
    if last:
        refuse_beside_last(repair=repair, share=share)
        show_last(ctx)
        return
    config = configuration(ctx)
    if repair:
        mend(config)
    with opened(config) as database:
        checked = look(database, config, share)
        tell(checked)  # before the result is kept: a database that cannot be written must not hide what is wrong
        remember(database, checked)
    leave(checked)


def refuse_beside_last(*, repair: bool, share: float) -> None:
    """Who asks for a repair must not believe that there was one.

    Raises:
        ConfigError: another option stands beside --last.
    """
    from storage.errors import ConfigError

    if repair or share != 1.0:
        raise ConfigError(f"--last checks and mends nothing: give it without {'--repair' if repair else '--share'}")


def look(database: Database, config: Config, share: float) -> Checked:
    """The check, with a bar."""
    from storage.query.fixity import check

    with progress("checking") as bar:
        return check(
            database,
            config.archive_directory,
            share=share,
            on_progress=lambda done, total: bar.show(done, total, what="checking WARC files"),
        )


def tell(checked: Checked) -> None:
    """A line for each thing that is wrong, and one for how much was read."""
    for sentence in checked.wrong:
        screen().print(clean(sentence), soft_wrap=True)
    for host, captures in checked.report.elsewhere.items():
        lie = "lies" if captures == 1 else "lie"
        say(f"{some(captures, 'capture')} {lie} on host {host}, not checked here: run `xha verify` there.")
    number = len(checked.wrong)
    say(f"{extent(checked.report)}: {some(number, 'fault') if number else 'all is well'}.")


def remember(database: Database, checked: Checked) -> None:
    """Keep the result, with the row of the timetable that asked for it.

    Raises:
        StoreError: it could not be kept, and nothing is wrong that would end the command anyway.
    """
    from storage.errors import StoreError
    from storage.query.fixity import keep

    planned = os.environ.get("XHA_PLANNED_ID")
    try:
        with progress("keeping the result"):
            keep(database, checked, planned_id=int(planned) if planned else None)
    except StoreError as error:
        lost = f"only the result could not be kept ({error})"
        if not checked.wrong:
            raise StoreError(f"the check found nothing wrong; {lost}") from error
        say(f"Error: all that is wrong was told; {lost}")


def leave(checked: Checked) -> None:
    """End with the exit code that says where something is wrong.

    Raises:
        typer.Exit: something is.
    """
    from storage.errors import StoreError, WarcError

    if checked.wrong:
        raise typer.Exit(WarcError.exit_code if checked.report.problems else StoreError.exit_code)


def extent(report: Report) -> str:
    """What was read."""
    checked = (
        some(report.files, "WARC file"),
        some(report.bytes, "byte"),
        some(report.records, "record"),
        some(report.captures, "capture"),
        some(report.rows, "row"),
    )
    part = f"part {report.part + 1} of {report.parts}: " if report.parts > 1 else ""
    return part + ", ".join(checked)


def mend(config: Config) -> None:
    """Repair, and say what was done."""
    from crawler.repair import repair
    from demo.place import with_own_profile

    with progress("mending"):
        done = repair(with_own_profile(config))
    for cut in done.recovery.cut:
        what = f"{cut.file}: cut back to byte {cut.offset} ({cut.why}); the {some(cut.length, 'byte')} cut off are in"
        screen().print(clean(f"{what} {cut.kept_as}"), soft_wrap=True)
    for name in done.recovery.removed:
        screen().print(clean(f"{name}: held no capture, removed"), soft_wrap=True)
    for name in done.beside:
        screen().print(clean(f"{name}: made again"), soft_wrap=True)
    say(mended(done))


def mended(done: Repaired) -> str:
    """What a repair did, in a line."""
    from storage.archive.seal import CHECKSUM_SUFFIX

    checksums = sum(name.endswith(CHECKSUM_SUFFIX) for name in done.beside)
    parts = (
        (len(done.recovery.finished), "file finished", "files finished"),
        (done.rows, "missing row added", "missing rows added"),
        (len(done.beside) - checksums, "index made again", "indexes made again"),
        (checksums, "checksum file made again", "checksum files made again"),
        (done.judged, "capture judged", "captures judged"),
    )
    told = [f"{number} {one if number == 1 else more}" for number, one, more in parts if number]
    return f"Mended: {', '.join(told) or 'nothing to do'} (run {done.run_id})."


def show_last(ctx: typer.Context) -> None:
    """What the last check of each part found."""
    from storage.query.fixity import check_reports

    with asked(ctx) as session:
        found = check_reports(session)
    if not found:
        say("Nothing was checked yet: `xha verify`, or the job `verify` of the timetable.")
        return
    rows = table("checked", "part", "files", "bytes", "captures", "faults", numbers=("files", "bytes", "captures"))
    for one in found:
        rows.add_row(
            whole(moment(one["finished_at"])),
            whole(f"{one['part']} of {one['parts']}"),
            whole(f"{one['files']:,}"),
            whole(f"{one['bytes']:,}"),
            whole(f"{one['captures']:,}"),
            whole(f"{one['wrong']:,}" if one["wrong"] else "none"),
        )
    screen().put(rows)
    for sentence in (sentence for one in found for sentence in one["problems"]):
        screen().print(clean(sentence), soft_wrap=True)
    if len(found) < found[0]["parts"]:
        say(f"{len(found)} of {found[0]['parts']} parts have been checked so far.")
