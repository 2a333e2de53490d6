"""`xha inspect`: what was read of a page, by whom, from where; and a site profile made of several pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.asking import MOST
from cli.formats import print_json
from cli.gathering import Wanted, gather
from cli.given import configuration
from cli.inspect_view import print_inspection
from cli.screen import plain, say, screen

if TYPE_CHECKING:
    from crawler.sites.profile import SiteProfile
    from crawler.sources import Source

NOT_SEEN = 1
"""Exit code where a page could not be had, or was no article."""


def inspect(
    ctx: typer.Context,
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL|FILE", help="Addresses in the archive, saved pages; - reads one from standard input."
        ),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the addresses now, politely; nothing is stored.")
    ] = False,
    channel: Annotated[
        str, typer.Option(metavar="NAME", help="Also the newest pages of this channel in the archive.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST, metavar="N", help="Articles of the channel, at most.")] = 12,
    url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Address of the saved page, or of the folder several are from [default: what each names as its own]",
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="One array, an object for each page.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write the page with what was read framed in colour.")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Print a site profile with selectors that fit all these pages.")
    ] = False,
) -> None:
    """Show what was read of a page, by whom, and where it stands.

    For each field its value and how sure it is, all witnesses, and how they voted. An address is read from the archive
    as it was fetched last. A page that is no article is answered with the figures and thresholds that decided, and the
    exit code is 1.

    --html writes one file that can be opened in any browser: no script runs, nothing is fetched.

    --suggest takes several pages of one site, list pages among them where there are any, and prints a profile (TOML):
    selectors for the fields that were found on several pages, each with how sure it is.

    \b
    Examples:
      xha inspect http://epaper.xihaiannews.com/shtml/jnsx/20170424/49341.shtml
      xha inspect page.html --html look.html
      xha inspect --fetch https://dzrb.dzng.com/articleContent/1176_1111015.html --json
      xha inspect --suggest saved/*.html > bridge.toml
      xha inspect --suggest --channel www > www.toml
    """
    from crawler.sites.profile import load_profile
    from demo.place import with_own_profile
    from storage.errors import ConfigError

    wanted = Wanted(targets=tuple(targets or ()), url=url, fetch=fetch, channel=channel, limit=limit)
    if not wanted.targets and not channel:
        raise ConfigError("nothing to look at: xha inspect URL…, FILE…, or --channel NAME")
    if sum((json, html is not None, suggest)) > 1:
        raise ConfigError("--json, --html and --suggest exclude each other")
    config = with_own_profile(configuration(ctx))
    profile = load_profile(config.site)
    came = gather(config, profile, wanted)
    sources = list(came.found.values())
    for target, why in came.missing.items():
        say(f"{target}: {why}")
    if not sources:
        raise typer.Exit(NOT_SEEN)
    if suggest:
        done = print_profile(sources, profile)
    elif html is not None:
        done = write_html(sources, profile, html)
    else:
        done = show(sources, profile, json=json)
    if came.missing or not done:
        raise typer.Exit(NOT_SEEN)


def show(sources: list[Source], profile: SiteProfile, *, json: bool) -> bool:
    """Each page for a person, or all for a program; whether all were articles."""
    from crawler.inspect.inspection import inspect_page
    from crawler.inspect.shape import shape_of
    from storage.records import Article

    found = [inspect_page(source.page, profile) for source in sources]
    if json:
        print_json([{"origin": source.origin, **shape_of(one)} for source, one in zip(sources, found, strict=True)])
    else:
        console = screen()
        for number, (source, one) in enumerate(zip(sources, found, strict=True)):
            if number:
                console.print()
            print_inspection(console, source, one)
    return all(isinstance(one.result, Article) for one in found)


def write_html(sources: list[Source], profile: SiteProfile, path: Path) -> bool:
    """One page with its fields framed; whether it was an article.

    Raises:
        ConfigError: there is not exactly one page.
    """
    from crawler.inspect.inspection import inspect_page
    from crawler.inspect.marked import marked_page
    from storage.errors import ConfigError
    from storage.records import Article

    if len(sources) != 1:
        raise ConfigError(f"--html writes one page, and {len(sources)} were given; name one URL or FILE")
    found = inspect_page(sources[0].page, profile)
    path.write_text(marked_page(found), "utf-8")
    say(f"{path}: open it in a browser.")
    return isinstance(found.result, Article)


def print_profile(sources: list[Source], profile: SiteProfile) -> bool:
    """A profile made from these pages, to standard output.

    Raises:
        ConfigError: they say nothing of any site.
    """
    from crawler.suggest.suggestion import suggest_profile

    print(suggest_profile([source.page for source in sources], profile), end="", file=plain())
    return True
