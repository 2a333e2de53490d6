"""`xha crawl`: fetch what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.edge import Interrupted
from cli.given import configuration
from cli.progress import Bar, progress
from cli.runs import counts_of
from cli.screen import cell, say, screen, some, table, whole

if TYPE_CHECKING:
    from crawler.report import RunReport
    from crawler.run import Progress, SpiderRun
    from storage.config import Config

DEFAULT = ("columns", "epaper")
TAKES = {"columns": ("channel", "full"), "epaper": ("since", "until", "full")}
"""Spider → its options here; other spiders take none."""


def crawl(
    ctx: typer.Context,
    spiders: Annotated[
        list[str] | None,
        typer.Argument(metavar="SPIDER", help="columns, epaper, recheck [default: columns, then epaper]"),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="DAY", help="epaper: first day to walk [with --until alone: the first ever]")
    ] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="epaper: last day [default: today]")] = "",
    channel: Annotated[str, typer.Option(metavar="NAMES", help="columns: only these, separated by commas.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Walk lists to their end, and whole issues again.")] = False,
    workers: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Processes that share the work and the pace.")
    ] = 1,
) -> None:
    """Fetch what is new on the website and in the e-paper.

    Website columns first, then e-paper issues; everything that comes is archived, read and stored. Without --since and
    --until the e-paper is today's issue and every day still owed. What an earlier run left is taken first. recheck
    looks at stored articles again, soon after they appeared and then ever more rarely: edits and removals are noticed.

    Workers on other hosts help in the same way: whoever starts the same crawl on the same database while it is under
    way takes a share of it. All of them together ask the site no faster than one.

    Ctrl-C ends in order: requests under way are finished; the rest waits in the ledger for the next run.

    \b
    Examples:
      xha crawl
      xha crawl columns --channel www --full
      xha crawl recheck
      xha crawl epaper --since 2019-01-01 --until 2019-12-31
      xha crawl epaper --since 2019-01-01 --until 2019-12-31 --workers 3
    """
    chosen = tuple(spiders or DEFAULT)
    wanted = spider_runs(chosen, {"since": since, "until": until, "channel": channel, "full": "1" if full else ""})
    reports = run(configuration(ctx), wanted, workers)
    say(f"{some(responses(reports), 'response')} in {sum(report.seconds for report in reports):.0f} s.")


def spider_runs(spiders: Sequence[str], options: dict[str, str]) -> list[SpiderRun]:
    """Each spider with the options that are its own.

    Raises:
        ConfigError: there is no such spider, or none of them takes an option that was given.
        BadQuery: a day is none or still to come, or they are the wrong way round.
    """
    from crawler.run import SpiderRun, spider_names
    from storage.errors import BadQuery, ConfigError, Wrong
    from storage.localtime import present
    from storage.query.editions import read_day
    from storage.records import SITE_ZONE

    for name in ("since", "until"):
        if options[name]:
            options = {**options, name: read_day(options[name], name).isoformat()}
    if options["since"] and options["until"] and options["since"] > options["until"]:
        raise BadQuery(Wrong.DAYS_REVERSED, since=options["since"], until=options["until"])
    if options["since"] > (today := present().astimezone(SITE_ZONE).date().isoformat()):
        raise BadQuery(f"--since {options['since']} lies in the future; the newest issue is that of {today}")
    given = {name: value for name, value in options.items() if value}
    for spider in spiders:
        if spider not in spider_names():
            raise ConfigError(f"there is no spider {spider!r}; there are: {', '.join(spider_names())}")
        if spider == "article":
            raise ConfigError("the spider 'article' needs addresses: xha fetch URL…")
    for name in given:
        if not any(name in TAKES.get(spider, ()) for spider in spiders):
            takers = " or ".join(spider for spider, names in TAKES.items() if name in names)
            raise ConfigError(f"--{name} is for {takers}, which this crawl does not run")
    return [
        SpiderRun(spider=spider, arguments={name: given[name] for name in TAKES.get(spider, ()) if name in given})
        for spider in spiders
    ]


def run(config: Config, wanted: Sequence[SpiderRun], workers: int = 1) -> list[RunReport]:
    """Crawl with a bar, and a table of what became of each run, whatever ends the crawl.

    Raises:
        Interrupted: a signal ended it in order.
        ArchiveError: one of the runs failed, or no host of the site answers.
    """
    from crawler.crew import crawl as crawl_all
    from storage.errors import ArchiveError, SiteUnreachable

    reports: list[RunReport] = []
    try:
        with progress("starting") as bar:
            crawl_all(config, wanted, workers=workers, on_progress=shown_in(bar), on_end=reports.append)
    except SiteUnreachable:
        print_reports(reports, notes=False)  # the one sentence says what each note would say again
        raise
    except BaseException:
        print_reports(reports)
        raise
    print_reports(reports)
    if any(report.state == "failed" for report in reports):
        raise ArchiveError(f"run {reports[-1].run_id} failed; `xha runs {reports[-1].run_id}` tells why")
    if len(reports) < len(wanted) or any(report.state != "finished" for report in reports):
        raise Interrupted("what was not fetched waits in the ledger, and the next crawl takes it first.")
    return reports


def shown_in(bar: Bar) -> Callable[[Progress], None]:
    """What tells a bar how far a crawl is; its end moves as pages are found."""

    def show(now: Progress) -> None:
        done = sum(now.counts.values())
        counts = {outcome.value: number for outcome, number in now.counts.items()}
        bar.show(done, done + now.under_way + now.waiting, counts_of(counts), what=now.spider)

    return show


def responses(reports: Sequence[RunReport]) -> int:
    """Everything that was counted."""
    return sum(number for report in reports for number in report.counts.values())


def print_reports(reports: Sequence[RunReport], *, notes: bool = True) -> None:
    """One row a run, and below what each has to say."""
    if not reports:
        return
    headings = ("run", "spider", "state", "seconds", "counts")
    rows = table(*headings, fixed=("spider", "state"), numbers=("run", "seconds"))
    for report in reports:
        rows.add_row(
            whole(report.run_id),
            whole(report.spider),
            whole(report.state),
            whole(f"{report.seconds:.0f}"),
            cell(counts_of({outcome.value: number for outcome, number in report.counts.items()})),
        )
    console = screen()
    console.put(rows)
    for report in reports if notes else ():
        for note in report.notes:
            console.put(cell(f"Run {report.run_id}: {note}"))
