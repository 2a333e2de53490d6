"""`xha sites`: what the site profiles fetch from, and whether they still fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from cli.crawl import shown_in
from cli.formats import print_json
from cli.given import configuration, opened
from cli.progress import progress
from cli.screen import NARROW, Screen, cell, clean, say, screen, table, whole
from cli.sites_view import print_check

if TYPE_CHECKING:
    from crawler.sitecheck.report import SiteCheck
    from crawler.sites.profile import SiteProfile
    from storage.config import Config

NO_LONGER_FITS = 1
"""Exit code where something of the profile matches nothing any more."""

HELP = """List the sites and their channels, or check them.

Without a command: every channel and e-paper generation of every profile there is, with where it starts and whether
anybody of this project has seen its pages live (seen_live in the profile).

\b
Examples:
  xha sites
  xha sites --json
  xha sites check
"""

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=HELP)


@app.callback()
def sites(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="One array, an object for each channel.")] = False,
) -> None:
    """See HELP."""
    if ctx.invoked_subcommand is not None:
        return
    every = profiles(configuration(ctx))
    if json:
        print_json([row for profile, in_force in every for row in rows_of(profile, in_force)])
        return
    console = screen()
    for number, (profile, in_force) in enumerate(every):
        if number:
            console.print()
        print_site(console, profile, in_force)


def print_site(console: Screen, profile: SiteProfile, in_force: bool) -> None:
    """One profile; addresses where there is room for them."""
    console.print(clean(f"{profile.name}  {profile.title}{'  (in force)' if in_force else ''}"), style="bold")
    wide = console.width >= NARROW
    names = ("channel", "kind", "seen live", "title", *(("starts at",) if wide else ()))
    shown = table(*names, fixed=names[:4])
    for row in rows_of(profile, in_force):
        seen = Text("yes", style="green") if row["seen_live"] else Text("no", style="dim")
        starts = [cell("\n".join(row["start"]))] if wide else []
        shown.add_row(whole(row["channel"]), whole(row["kind"]), seen, whole(row["title"]), *starts)
    console.put(shown)


def profiles(config: Config) -> list[tuple[SiteProfile, bool]]:
    """The profile in force first, then the others that come with the project; each with whether it is in force."""
    from crawler.sites.profile import SITES, load_profile

    chosen = load_profile(config.site)
    others = [load_profile(path.stem) for path in sorted(SITES.glob("*.toml"))]
    return [(chosen, True), *((other, False) for other in others if other.name != chosen.name)]


def rows_of(profile: SiteProfile, in_force: bool) -> list[dict[str, Any]]:
    """Its channels, then its e-paper generations."""
    from crawler.sitecheck.names import names_in

    return [
        {
            "site": profile.name,
            "in_force": in_force,
            "channel": one.name,
            "kind": one.channel.kind.value if one.channel else "e-paper",
            "title": one.title,
            "seen_live": one.seen_live,
            "start": list(one.start),
        }
        for one in names_in(profile)
    ]


@app.command()
def check(
    ctx: typer.Context,
    channel: Annotated[
        str, typer.Option(metavar="NAMES", help="Only these channels and papers, separated by commas.")
    ] = "",
    articles: Annotated[
        int, typer.Option(min=1, max=20, metavar="N", help="Articles of each channel and generation.")
    ] = 3,
    archive: Annotated[
        bool, typer.Option("--archive", help="Check on the newest pages in the archive; nothing is fetched.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="All of it as one object.")] = False,
) -> None:
    """Say whether the profile in force still fits the site.

    A few pages of each channel are fetched: its list pages, some articles, of an e-paper the newest issue of each
    generation. They go the way of a crawl, politely, into an archive that is thrown away: a profile that no longer fits
    must not fill the real one. For each selector it says on how many pages it finds something, and whether that is what
    the general rules read; for each list whether its links were found by selectors or by shape.

    The exit code is 1 where a selector matches nothing on any page and no other one of its field makes up for it, where
    a list leads to no article or only general rules find them, where a channel's pages do not come, or none of its
    articles can be read. A selector of what few articles have (a kicker, pictures) is missed only where the general
    rules find it.

    \b
    Examples:
      xha sites check
      xha sites check --channel www,qdxhab --articles 5
      xha sites check --archive
    """
    config = configuration(ctx)
    done = from_archive(config, channel, articles) if archive else fetch_and_check(config, channel, articles)
    if json:
        print_json(done.as_json())
    else:
        print_check(screen(), done)
    for fault in done.faults:
        say(fault)
    if not archive and (names := newly_seen(done)):
        say(f"Seen live now; seen_live = true may be written for: {', '.join(names)}")
    if done.faults:
        raise typer.Exit(NO_LONGER_FITS)


def newly_seen(done: SiteCheck) -> list[str]:
    """Channels not marked as seen live whose lists led to articles that could be read."""
    return [
        one.name
        for one in done.channels
        if not one.seen_live and any(page.articles for page in one.lists) and one.articles > len(one.unread)
    ]


def fetch_and_check(config: Config, channel: str, articles: int) -> SiteCheck:
    """On pages fetched now."""
    from crawler.sitecheck.check import check_site

    with progress("fetching") as bar:
        return check_site(config, channel=channel, articles=articles, on_progress=shown_in(bar))


def from_archive(config: Config, channel: str, articles: int) -> SiteCheck:
    """On pages the archive holds."""
    from crawler.sitecheck.check import check_archive
    from demo.place import with_own_profile

    config = with_own_profile(config)
    with opened(config) as database:
        return check_archive(config, database, channel=channel, articles=articles)
