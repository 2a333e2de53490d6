"""`xha history` and `xha diff`: the states of an article, and what changed between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from cli.chinese import Chinese
from cli.formats import print_json
from cli.given import configuration, named, opened
from cli.screen import Screen, clean, say, screen
from storage.localtime import local

if TYPE_CHECKING:
    from storage.query.difference import Line, Piece
    from storage.query.history import Change, Version

STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
"""Of marked pieces on a terminal that has colours."""
SIGNS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""Around marked pieces where there are none, as `wdiff` writes them."""

WANTED = typer.Argument(metavar="ID|URL", help="Id, its beginning (3 characters or more), or any address of it.")
AS_JSON = typer.Option("--json", help="As JSON.")


def history(ctx: typer.Context, wanted: Annotated[str, WANTED], json: Annotated[bool, AS_JSON] = False) -> None:
    """Show the versions of an article, and what each changed.

    Taken out is red, put in is green; without colours [-taken out-] and {+put in+}.

    \b
    Examples:
      xha history fp10jky2tw
      xha history http://epaper.xihaiannews.com/shtml/jnsx/20170424/49341.shtml --json
    """
    _, versions = _asked(ctx, wanted)
    if json:
        print_json([_version_json(version) for version in versions])
        return
    console = screen()
    for version in versions:
        current = ", current" if version.current else ""
        console.print(Text(f"Version {version.number}{current}", style="bold"), end=" ")
        console.print(f"fetched {local(version.seen_at)}, capture {version.capture_id}")
        if version.number == 1:
            console.print(Chinese(Text(f"  {clean(version.title)}")))
        print_changes(console, version.changes)


def diff(
    ctx: typer.Context,
    wanted: Annotated[str, WANTED],
    before: Annotated[
        int, typer.Argument(min=0, metavar="FROM", show_default=False, help="Version [default: the one before TO]")
    ] = 0,
    after: Annotated[
        int, typer.Argument(min=0, metavar="TO", show_default=False, help="Version [default: the last]")
    ] = 0,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Show what changed between two versions of an article.

    Between the last two, if none are named.

    \b
    Examples:
      xha diff fp10jky2tw
      xha diff fp10jky2tw 1 3
      xha diff fp10jky2tw 1 3 --json
    """
    from storage.query.history import compare

    config = configuration(ctx)
    article_id, versions = _asked(ctx, wanted)
    newest = after or len(versions)
    oldest = before or max(newest - 1, 1)
    with opened(config) as database, database.read() as session:
        changes = compare(session, article_id, oldest, newest)
    if json:
        print_json([_change_json(change) for change in changes])
        return
    if not changes:
        say("There is only one version." if len(versions) == 1 else f"Versions {oldest} and {newest} do not differ.")
    print_changes(screen(), changes)


def _asked(ctx: typer.Context, wanted: str) -> tuple[str, Sequence[Version]]:
    """The article that was named, and its versions."""
    from storage.query.history import history as versions_of

    config = configuration(ctx)
    with opened(config) as database, database.read() as session:
        article_id = named(session, config, wanted).id
        return article_id, versions_of(session, article_id)


def print_changes(console: Screen, changes: Iterable[Change]) -> None:
    """Field by field; of a long text only the paragraphs that changed."""
    coloured = console.is_terminal and not console.no_color
    for change in changes:
        console.print(Text(f"  {change.field}", style="bold"))
        if change.long:
            _print_blocks(console, change.blocks, coloured)
        else:
            console.print(Chinese(_marked(change.pieces, coloured)))


def _print_blocks(console: Screen, blocks: Iterable[tuple[bool, Sequence[Line]]], coloured: bool) -> None:
    """The lines that changed, and how many lie between."""
    for same, lines in blocks:
        if same:
            console.print(Text(f"  … {len(lines)} unchanged …", style="dim"))
            continue
        for line in lines:
            console.print(Chinese(_marked(line.pieces, coloured)))


def _marked(pieces: Iterable[Piece], coloured: bool) -> Text:
    text = Text("  ")
    for piece in pieces:
        start, end = ("", "") if coloured else SIGNS[piece.mark]
        text.append(f"{start}{clean(piece.text)}{end}", style=STYLES[piece.mark] if coloured else "")
    return text


def _version_json(version: Version) -> dict[str, Any]:
    from storage.query.shape import shanghai

    return {
        "number": version.number,
        "seen_at": shanghai(version.seen_at),
        "capture_id": version.capture_id,
        "current": version.current,
        "title": version.title,
        "body": version.body,
        "changes": [_change_json(change) for change in version.changes],
    }


def _change_json(change: Change) -> dict[str, Any]:
    pieces = [{"mark": piece.mark.value, "text": piece.text} for piece in change.pieces]
    return {"field": change.field, "before": change.before, "after": change.after, "pieces": pieces}
