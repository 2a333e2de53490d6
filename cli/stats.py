"""`xha stats`: the archive counted, as bars or as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.formats import Format, print_csv, print_json
from cli.given import asked
from cli.screen import Screen, cell, say, screen, some, table, whole

if TYPE_CHECKING:
    from storage.query.stats import Count

BAR_CELLS = 40
EIGHTHS = " ▏▎▍▌▋▊▉█"
"""Parts of a full block, so that short bars still differ."""
SHADES = ("·", "░", "▒", "▓", "█")
"""Of a day in the calendar; readable without colours."""
GREENS = ("grey50", "pale_turquoise4", "dark_cyan", "cyan3", "bright_cyan")
CALENDAR_WEEKS = 53
WEEKDAYS = ("Mo", "", "We", "", "Fr", "", "Su")


def stats(
    ctx: typer.Context,
    by: Annotated[
        str, typer.Argument(metavar="BY", help="day, month, year, hour, column, source, editor, author or calendar.")
    ] = "calendar",
    since: Annotated[str, typer.Option(metavar="DAY", help="First day of publication.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Last day of publication.")] = "",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many names.")] = 30,
    format: Annotated[Format, typer.Option(help="table, json or csv.")] = Format.TABLE,
) -> None:
    """Count the articles by time, column, source, editor or author.

    Times are those of publication: day, month, year or hour. Without BY: the last twelve months as a calendar, a day a
    cell, the darker the more.

    \b
    Examples:
      xha stats
      xha stats month --since 2019-01-01
      xha stats author --limit 10
      xha stats source --format csv
    """
    from storage.errors import BadQuery, Wrong
    from storage.query.editions import read_day
    from storage.query.stats import By, counts

    if by not in (*By, "calendar"):
        raise BadQuery(f"cannot count by {by!r}; count by calendar, {', '.join(By)}")
    first = read_day(since, "since") if since else None
    last = read_day(until, "until") if until else None
    if first and last and first > last:
        raise BadQuery(Wrong.DAYS_REVERSED, since=first, until=last)
    kind = By.DAY if by == "calendar" else By(by)
    names = kind in (By.COLUMN, By.SOURCE, By.EDITOR, By.AUTHOR)
    with asked(ctx) as session:
        found = counts(session, kind, since=first, until=last, limit=limit if names else None)
    rows = [{kind.value: one.key or None, "articles": one.number} for one in found]
    if format is Format.JSON:
        print_json(rows)
    elif format is Format.CSV:
        print_csv(rows, (kind.value, "articles"))
    elif not found:
        say("No article has a day of publication there." if not names else "There are no articles there.")
    elif by == "calendar":
        print_calendar(screen(), found, last)
    else:
        print_bars(screen(), kind.value, found)


def print_bars(console: Screen, heading: str, found: Sequence[Count]) -> None:
    """One line a name or a time."""
    rows = table(heading, "articles", "", fixed=("",), numbers=("articles",))
    most = max(one.number for one in found)
    for one in found:
        rows.add_row(cell(one.key), whole(f"{one.number:,}"), Text(bar(one.number / most), style="cyan"))
    console.put(rows)


def bar(share: float) -> str:
    """A bar of `share` of the full length; at least a sliver, for there is something.

    >>> bar(1.0) == "█" * BAR_CELLS, bar(0.0001)
    (True, '▏')
    """
    full, rest = divmod(max(round(share * BAR_CELLS * 8), 1), 8)
    return "█" * full + EIGHTHS[rest].strip()


def print_calendar(console: Screen, found: Sequence[Count], until: date | None) -> None:
    """Weeks as columns, Monday on top; up to the last day asked for, else the last there is, or today."""
    from storage.query.stats import by_day_of, today_in_shanghai

    numbers = by_day_of(found)
    today = today_in_shanghai(datetime.now(UTC))
    last = until or min(max(numbers), today)
    weeks = min(CALENDAR_WEEKS, max((console.width - 4) // 2, 4))
    monday = last - timedelta(days=last.weekday() + 7 * (weeks - 1))
    shown = {day: number for day, number in numbers.items() if monday <= day <= last}
    most = max(shown.values(), default=1)
    console.print(Text("   " + _months(monday, weeks), style="dim"))
    for weekday, name in enumerate(WEEKDAYS):
        line = Text(f"{name:3}", style="dim")
        for week in range(weeks):
            day = monday + timedelta(days=7 * week + weekday)
            shade = _shade(shown.get(day, 0), most)
            line.append(f"{SHADES[shade]} " if day <= last else "  ", style=GREENS[shade])
        console.print(line)
    busiest = max(shown, key=lambda day: shown[day], default=last)
    total = sum(shown.values())
    console.print(f"{some(total, 'article')} from {monday} to {last}; most on {busiest}: {shown.get(busiest, 0)}")
    if left := sum(numbers.values()) - total:
        say(f"{some(left, 'article')} of other days are not shown: `xha stats month` counts them.")


def _shade(number: int, most: int) -> int:
    """Steps of the square root: a day of ten is not lost beside one of a hundred."""
    return min(-int(-(len(SHADES) - 1) * (number / most) ** 0.5 // 1), len(SHADES) - 1)


def _months(monday: date, weeks: int) -> str:
    """Names of the months over the weeks they begin in."""
    line = [" "] * (2 * weeks + 4)
    for week in range(weeks):
        day = monday + timedelta(days=7 * week)
        if day.day <= 7:
            text = f"{day:%Y}" if day.month == 1 else f"{day.month}"
            line[2 * week : 2 * week + len(text)] = text
    return "".join(line).rstrip()
