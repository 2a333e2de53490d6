"""`xha show`: everything known of one article."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.article_view import heading, print_article, print_fields
from cli.formats import print_json
from cli.given import configuration, named, opened
from cli.screen import NARROW, Screen, cell, clean, moment, screen, table, when, whole

if TYPE_CHECKING:
    from storage.config import Config
    from storage.query.details import Details
    from storage.store.captures import StoredCapture


def show(
    ctx: typer.Context,
    wanted: Annotated[
        str, typer.Argument(metavar="ID|URL", help="Id, its beginning (3 characters or more), or any address of it.")
    ],
    json: Annotated[bool, typer.Option("--json", help="The JSON shape of an article, and the details.")] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="The page's bytes as they are in the archive, and no more.")
    ] = False,
) -> None:
    """Show everything known of one article.

    Its fields and how each was read, where it was seen, its versions, where the raw record lies.

    --raw gives what the server sent, byte for byte: also compressed, where the server compressed it.

    \b
    Examples:
      xha show fp10jky2tw
      xha show http://epaper.xihaiannews.com/shtml/jnsx/20170424/49341.shtml --json
      xha show fp1 --raw > page.html
    """
    from storage.errors import ConfigError
    from storage.query.details import details

    if json and raw:
        raise ConfigError("--json and --raw exclude each other")
    config = configuration(ctx)
    with opened(config) as database, database.read() as session:
        found = details(session, named(session, config, wanted))
    if raw:
        write_raw(config, found.current.capture)
    elif json:
        print_json({**found.article, **found.as_json()})
    else:
        print_details(screen(), found, config)


def write_raw(config: Config, stored: StoredCapture) -> None:
    """The body of a capture to standard output.

    Raises:
        ConfigError: standard output is a terminal and this is no text.
        WarcError: the record is not there, or not what its row says.
    """
    from storage.archive.reader import read_capture
    from storage.errors import ConfigError

    capture = read_capture(config.archive_directory, stored.locator, digest=stored.digest)
    coding = capture.header("Content-Encoding")
    if sys.stdout.isatty() and (coding or not _harmless(capture.body)):
        kind = coding or capture.header("Content-Type")
        raise ConfigError(f"the page is no plain text ({kind}): redirect it to a file")
    sys.stdout.buffer.write(capture.body)


def _harmless(body: bytes) -> bool:
    """Whether bytes are text that does nothing to a terminal but stand on it."""
    try:
        text = body.decode().replace("\r\n", "\n").replace("\t", " ").lstrip("\ufeff")
    except UnicodeDecodeError:
        return False
    return clean(text) == text


def print_details(console: Screen, found: Details, config: Config) -> None:
    """For a person."""
    print_article(console, found.article, found.how)
    heading(console, "In the archive")
    gone = f", since {when(found.as_json()['gone_at'])}" if found.gone_at else ""
    print_fields(
        console,
        {
            "id": found.article["id"],
            "state": found.state.value + gone,
            "first seen": moment(found.article["first_seen_at"]),
            "last seen": moment(found.as_json()["last_seen_at"]),
            "last changed": moment(found.article["last_changed_at"]),
            "read as": f"{found.family} (site {found.site})",
            **({"problems": "\n".join(found.problems)} if found.problems else {}),
            **({"images": "\n".join(_image(image) for image in found.images)} if found.images else {}),
        },
    )
    print_seen(console, found)
    print_versions(console, found)
    heading(console, "Raw record")
    for stored in found.current.pages:
        print_record(console, stored, config)


def _image(image: object) -> str:
    assert isinstance(image, dict)
    return " ".join(filter(None, (image["caption"], image["url"])))


def print_seen(console: Screen, found: Details) -> None:
    """Where it was seen."""
    heading(console, "Seen")
    rows = table("as", "first", "last", "where", fixed=("as", "first", "last"))
    days_only = console.width < NARROW
    for seen in found.as_json()["sightings"]:
        first, last = (when(seen[name], days_only=days_only) for name in ("first_seen_at", "last_seen_at"))
        where = "\n".join(filter(None, (seen["place"], seen["url"])))
        rows.add_row(whole(seen["kind"]), whole(first), whole(last), cell(where))
    console.put(rows)


def print_versions(console: Screen, found: Details) -> None:
    """Its states, oldest first."""
    heading(console, "Versions")
    rows = table("", "seen", "changed", "record", fixed=("seen",), numbers=("",))
    for state in found.as_json()["versions"]:
        number, changed = str(state["number"]), ", ".join(state["changed"]) or "first seen"
        where = f"{state['capture']['file']} at byte {state['capture']['offset']}"
        rows.add_row(whole(number), whole(when(state["seen_at"])), cell(changed), cell(where))
    console.put(rows)


def print_record(console: Screen, capture: StoredCapture, config: Config) -> None:
    """Where the bytes of one page lie."""
    from storage.query.shape import shanghai

    print_fields(
        console,
        {
            "file": str(config.archive_directory / capture.locator.file),
            "bytes": f"{capture.locator.offset} to {capture.locator.offset + capture.locator.length} (gzip member)",
            "digest": capture.digest,
            "fetched": f"{moment(shanghai(capture.fetched_at))}, HTTP {capture.status}",
            "from": capture.url,
        },
    )
