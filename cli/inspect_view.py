"""A page that is looked at, for a person: each field, its vote, its witnesses; why a page is no article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.article_view import how_of
from cli.chinese import Chinese
from cli.screen import Screen, cell, clean, moment, some, table, whole

if TYPE_CHECKING:
    from crawler.inspect.inspection import FieldView, Inspection
    from crawler.parse.vote import Side, Witness
    from crawler.sources import Source
    from storage.records import How

NAME_CELLS = 12
RULE_CELLS = 12
"""`lone heading`, `time element`."""
LINE_CELLS = 56
"""Of the first and last line of the text, and of a line that was left out."""
MOST_LEFT_OUT = 12
"""Lines left out that are shown."""
FOR, AGAINST = "✓", "✗"


def print_inspection(console: Screen, source: Source, found: Inspection) -> None:
    """One page."""
    print_head(console, source, found)
    heard = [field for field in found.fields if field.how or (field.ballot and field.ballot.witnesses)]
    for field in heard:
        print_field(console, field, found)
    if silent := [name_of(field) for field in found.fields if field not in heard]:
        console.print()
        console.put(Chinese(Text(f"Nothing was heard of: {', '.join(silent)}.", style="dim")))


def print_head(console: Screen, source: Source, found: Inspection) -> None:
    """Which page it is and what came of it."""
    from storage.records import Rejection

    page, result = found.page, found.result
    console.print(Text(clean(source.address or page.url), style="bold"), soft_wrap=True)
    told = f"{source.origin}; {page.charset} ({page.charset_how}); read as {found.examination.family}"
    console.put(Chinese(Text(clean(told), style="dim")))
    if isinstance(result, Rejection):
        console.put(Chinese(Text(clean(f"no article: {result.reason.value}. {result.detail}"), style="yellow")))
        print_figures(console, found)
        return
    for problem in result.problems:
        console.put(Chinese(Text(clean(f"problem: {problem}"), style="red")))
    if result.next_url:
        console.put(Chinese(Text(clean(f"goes on at {result.next_url}"), style="dim")))


def print_figures(console: Screen, found: Inspection) -> None:
    """The figures of the reason, beside the thresholds that decided."""
    reason = getattr(found.result, "reason", None)
    own = [figure for figure in found.figures if figure.reason is reason]
    if not own:
        return
    rows = table("", "here", "asked for", "", numbers=("here",), fixed=("asked for",))
    for figure in own:
        mark = Text(FOR, style="yellow") if figure.met else Text("")
        rows.add_row(mark, whole(f"{figure.value:g}"), whole(f"{figure.sign} {figure.limit:g}"), cell(figure.what))
    console.put(Padding(rows, (0, 0, 0, 2)))


def print_field(console: Screen, field: FieldView, found: Inspection) -> None:
    """One field: its value and how sure it is, then who said what."""
    console.print()
    rows = plain_table()
    rows.add_column(min_width=NAME_CELLS, no_wrap=True)
    rows.add_column(min_width=4, justify="right", no_wrap=True)
    rows.add_column()
    rows.add_row(Text(name_of(field), style="bold"), sureness(field), Chinese(value_of(field)))
    console.put(rows)
    if field.ballot and field.ballot.witnesses:
        console.put(Padding(witnesses(field, field.ballot.sides, console.width - 2), (0, 0, 0, 2)))
    elif field.how:
        console.put(Padding(Chinese(Text(clean(place_of(field.how)), style="dim")), (0, 0, 0, 2)))
    if field.name == "body" and field.value:
        print_text(console, field.text.splitlines(), found.body.removed if found.body else ())


def plain_table() -> Table:
    """A table without headings and lines."""
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, show_header=False)


def name_of(field: FieldView) -> str:
    """As in the JSON shape."""
    from crawler.inspect.shape import field_name

    return field_name(field)


def sureness(field: FieldView) -> Text:
    """The confidence in colour; of a field that stayed empty that of its best value."""
    confidence = field.how.confidence if field.how else field.ballot.confidence if field.ballot else 0.0
    style = "green" if confidence >= 0.9 else "yellow" if confidence >= 0.7 else "red"
    return Text(f"{confidence:.0%}", style=style)


def value_of(field: FieldView) -> Text:
    """The value in one line; of text and pictures how much there is."""
    from crawler.parse.vote import FLOOR

    if field.value is None:
        empty = field.ballot is not None and field.ballot.winners and field.ballot.winners[0].value is None
        said = "empty on the page" if empty else f"not read: no value is as sure as {FLOOR:.0%}"
        return Text(said, style="dim")
    if field.name == "body":
        lines = field.text.splitlines()
        return Text(f"{some(len(lines), 'paragraph')}, {some(sum(map(len, lines)), 'character')}")
    if field.name == "images":
        return Text("\n".join(clean(url) for url in field.value))
    return Text(shown(field.value))


def shown(value: Any) -> str:
    """A value in one line, times as on every screen."""
    from crawler.inspect.inspection import said
    from storage.records import Moment

    return moment(said(value)) if isinstance(value, Moment) else clean(said(value))


def beginning(line: str, cells: int) -> Text:
    """As much of a line as `cells` hold, with … where more follows."""
    text = Text(clean(line), style="dim")
    text.truncate(cells, overflow="ellipsis")
    return text


def ending(line: str, cells: int) -> Text:
    """The end of a line, with … where more stands before it."""
    text = clean(line)
    if cell_len(text) <= cells:
        return Text(text, style="dim")
    start = next(place for place in range(max(len(text) - cells, 0), len(text)) if cell_len(text[place:]) < cells)
    return Text(f"…{text[start:]}", style="dim")


def witnesses(field: FieldView, sides: tuple[Side[Any], ...], width: int) -> Table:
    """Each side of the vote with its share, and the witnesses on it."""
    from crawler.parse.vote import CEILING

    left = max(width - RULE_CELLS - 4 - 5 - 1 - 5 * 2, 20)
    rows = plain_table()
    for fixed in (1, 4, RULE_CELLS, 4):
        rows.add_column(width=fixed, no_wrap=True, justify="right" if fixed == 4 else "left")
    rows.add_column(width=left * 2 // 5)
    rows.add_column(width=left - left * 2 // 5)
    for number, side in enumerate(sides):
        for place, one in enumerate(side.witnesses):
            mark = Text("" if place else FOR if number == 0 else AGAINST, style="green" if number == 0 else "red")
            share = Text("" if place else f"{min(side.share, CEILING):.0%}")
            rows.add_row(mark, share, *witness(field, one))
    return rows


def witness(field: FieldView, one: Witness[Any]) -> Iterator[Text | Chinese]:
    """Its rule, its trust, what it says where that is not the value, and where."""
    value = shown(one.value) if one.value is not None else "(empty)"
    yield Text(clean(one.rule), style="dim")
    yield Text(f"{one.trust:.2f}", style="dim")
    yield Text("the same", style="dim") if value == shown(field.value) else Chinese(Text(value))
    yield Chinese(Text(clean(one.place), style="dim"))


def place_of(how: How) -> str:
    """`density div#content, 98 %`."""
    return how_of({"rule": how.rule, "place": how.place, "confidence": how.confidence})


def print_text(console: Screen, lines: Sequence[str], removed: Sequence[tuple[str, str]]) -> None:
    """How the text begins and ends, and the lines in it that are no part of it."""
    rows = plain_table()
    rows.add_column(min_width=RULE_CELLS, no_wrap=True)
    rows.add_column()
    rows.add_row(Text("begins", style="dim"), beginning(lines[0], LINE_CELLS))
    rows.add_row(Text("ends", style="dim"), ending(lines[-1], LINE_CELLS))
    for place, (text, why) in enumerate(removed[:MOST_LEFT_OUT]):
        if place == 0:
            rows.add_row(Text("left out:", style="dim"), Text())
        rows.add_row(Text(clean(f"  {why}"), style="dim"), beginning(text, LINE_CELLS))
    console.put(Padding(rows, (0, 0, 0, 2)))
    if len(removed) > MOST_LEFT_OUT:
        console.print(f"    and {some(len(removed) - MOST_LEFT_OUT, 'line')} more", style="dim")
