"""What a check of a site profile found, for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.chinese import Chinese
from cli.screen import Screen, cell, clean, some, table, whole

if TYPE_CHECKING:
    from crawler.sitecheck.fields import Difference, FieldCheck, Tried
    from crawler.sitecheck.report import ChannelCheck, SiteCheck

MOST_DIFFERENCES = 3
"""Of one field that are shown."""
MOST_FAILURES = 4
"""Addresses without a page that are shown of one channel."""
VALUE_CHARS = 30


def print_check(console: Screen, done: SiteCheck) -> None:
    """Channel by channel."""
    for number, one in enumerate(done.channels):
        if number:
            console.print()
        print_channel(console, one)
    console.print()
    if done.faults:
        console.print("The profile does not fit:", style="bold red")
    else:
        console.print("The profile fits what came.", style="bold green")


def print_channel(console: Screen, one: ChannelCheck) -> None:
    """Its lists, its articles, its selectors."""
    head = Text(clean(f"{one.name}  "), style="bold")
    head.append(clean(one.title), style="")
    if not one.seen_live:
        head.append("  not marked as seen live", style="dim")
    console.print(head)
    if one.left_out:
        note(console, f"left out: {one.left_out}", "yellow")
        return
    for line, style in summary(one):
        note(console, line, style)
    rows = table("", "selector", "found on", "general rules", fixed=("", "found on", "general rules"))
    for kind in one.links:
        for place, tried in enumerate(were_tried(kind.selectors)):
            rows.add_row(whole(" " if place else kind.name), *found(tried), whole(" "))
    for family, checks in one.fields.items():
        add_fields(rows, checks)
        if told := by_rules(checks):
            note(console, f"read by the rules of {family} alone: {told}", "dim")
    if rows.row_count:
        console.put(Padding(rows, (0, 0, 0, 2)))
    for checks in one.fields.values():
        for check in checks:
            for difference in check.differences[:MOST_DIFFERENCES]:
                note(console, told_apart(check.name, difference), "yellow")


def note(console: Screen, text: str, style: str) -> None:
    """An indented line."""
    console.put(Padding(Chinese(Text(clean(text), style=style)), (0, 0, 0, 2)))


def summary(one: ChannelCheck) -> Iterator[tuple[str, str]]:
    """What its pages lead to and what became of its articles; each line with its style."""
    for page in one.lists:
        by = ", by general rules: the profile found none" if page.fell_back else ""
        kind = "print page" if "/" in one.name else "list"
        more = f", {some(page.sections, kind)}" if page.sections else ""
        onward = ", and a next page" if page.onward else ""
        style = "yellow" if page.fell_back or not page.articles + page.sections else ""
        yield f"{page.url}: {some(page.articles, 'article')}{by}{more}{onward}", style
    read = one.articles - len(one.unread)
    if one.articles:
        yield f"{read} of {some(one.articles, 'article page')} read", "" if read == one.articles else "yellow"
    for unread in one.unread:
        yield f"no article: {unread.url}: {unread.reason}. {unread.detail}", "yellow"
    for url, reason in one.failures[:MOST_FAILURES]:
        yield f"nothing at {url}: {reason}", "yellow"
    if (rest := len(one.failures) - MOST_FAILURES) > 0:
        yield f"nor at {rest} other{'s' if rest > 1 else ''}", "yellow"


def add_fields(rows: Table, checks: Sequence[FieldCheck]) -> None:
    """A row for each selector of each field."""
    for check in checks:
        for place, tried in enumerate(were_tried(check.selectors)):
            rows.add_row(whole(" " if place else check.name), *found(tried), whole(" " if place else agreement(check)))


def were_tried(selectors: Sequence[Tried]) -> list[Tried]:
    """Those for which there was a page."""
    return [tried for tried in selectors if tried.of]


def found(tried: Tried) -> tuple[Chinese, Text]:
    """A selector, and on how many pages it finds something."""
    style = "green" if tried.found == tried.of else "yellow" if tried.found else "red"
    return cell(tried.css), Text(f"{tried.found} of {tried.of}", style=style)


def agreement(check: FieldCheck) -> str:
    """`agree 3, differ 1`."""
    return ", ".join(f"{answer.value} {number}" for answer, number in check.answers.items())


def by_rules(checks: Sequence[FieldCheck]) -> str:
    """Fields for which no selector was tried, with the pages on which they were read."""
    plain = [check for check in checks if not were_tried(check.selectors) and read_on(check)]
    return ", ".join(f"{check.name} {read_on(check)} of {sum(check.answers.values())}" for check in plain)


def read_on(check: FieldCheck) -> int:
    """Pages on which a field was read."""
    from crawler.sitecheck.fields import Answer

    return sum(number for answer, number in check.answers.items() if answer is not Answer.NOTHING)


def told_apart(name: str, difference: Difference) -> str:
    """`title differs on http://…: “a” by selector, “b” by the general rules`."""
    chosen, plain = (shortened(value) for value in (difference.selector, difference.rules))
    return f"{name} differs on {difference.url}: “{chosen}” by selector, “{plain}” by the general rules"


def shortened(value: str) -> str:
    """As much of a value as tells it from another."""
    return value if len(value) <= VALUE_CHARS else f"{value[:VALUE_CHARS]}…"
