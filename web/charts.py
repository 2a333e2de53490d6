"""Plots as plain geometry, which templates draw as SVG: a calendar heat map, lines, bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10

from storage.query.stats import Count

CELL = 13
"""Side of a day in the heat map with the gap beside it, in SVG units."""
WIDTH, HEIGHT = 640, 180
"""Of the plotting area of a line or of upright bars."""
BETWEEN_BARS = 5
"""Of upright bars."""
SHADES = 4
"""Shades of a day with articles; one more stands for none."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One day of the heat map."""

    x: int
    y: int
    shade: int
    """0: no article, `SHADES`: the most."""
    day: date
    number: int


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class HeatMap:
    """Days as columns of weeks, Monday on top."""

    width: int
    height: int
    cells: tuple[Cell, ...]
    months: tuple[Tick, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series over the same steps."""

    name: str
    points: str
    """`x,y x,y …` as SVG's polyline takes them."""
    last: tuple[float, float]
    """The last of them: a line of one month is a point."""
    note: str
    """What its legend says beside its name."""


@dataclass(frozen=True, kw_only=True)
class Plot:
    """Lines over time, with the ticks of both axes."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


@dataclass(frozen=True, kw_only=True)
class Share:
    """How much of a month's articles are of one kind."""

    key: str
    """The month."""
    share: float
    """In [0, 1]."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar; `share`: of the longest, in [0, 1]."""

    key: str
    number: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Upright:
    """One upright bar."""

    x: float
    y: float
    width: float
    height: float
    key: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Uprights:
    """Bars side by side, with the ticks of both axes."""

    bars: tuple[Upright, ...]
    across: tuple[Tick, ...]
    """In the middle below their bars."""
    up: tuple[Tick, ...]


def heat_map(numbers: Mapping[date, int], until: date, days: int = 365) -> HeatMap:
    """The last `days` days up to `until`. Shades are steps of the square root: a day of ten is not lost beside one of
    a hundred.
    """
    since = until - timedelta(days=days - 1)
    start = since - timedelta(days=since.weekday())
    most = max(numbers.values(), default=0)
    cells, months = [], []
    for offset in range((until - start).days + 1):
        day = start + timedelta(days=offset)
        week, weekday = divmod(offset, 7)
        if day.day == 1:
            months.append(Tick(at=week * CELL, text=f"{day:%Y-%m}" if day.month == 1 else f"{day.month}"))
        if day >= since:
            number = numbers.get(day, 0)
            shade = ceil(SHADES * (number / most) ** 0.5) if most else 0
            cells.append(Cell(x=week * CELL, y=weekday * CELL, shade=shade, day=day, number=number))
    width = ((until - start).days // 7 + 1) * CELL
    return HeatMap(width=width, height=7 * CELL, cells=tuple(cells), months=tuple(months))


def months_between(first: str, last: str) -> list[str]:
    """Every month from one to another, both `YYYY-MM`.

    >>> months_between("2023-11", "2024-02")
    ['2023-11', '2023-12', '2024-01', '2024-02']
    """
    at, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(at, end + 1)]


def plot(series: Mapping[str, Sequence[Count]]) -> Plot | None:
    """Series by month as lines; a month without an article is a point on the ground. None: nothing to draw."""
    months = _months(series)
    if not months:
        return None
    top = _round_up(max(one.number for some in series.values() for one in some))
    lines = []
    for name, some in series.items():
        numbers = {one.key: one.number for one in some}
        heights = {month: numbers.get(month, 0) / top for month in months}
        lines.append(_line(name, months, heights, f"{sum(numbers.values()):,}"))
    return Plot(lines=tuple(lines), across=_across(months), up=_up_to(top))


def plot_shares(series: Mapping[str, Sequence[Share]]) -> Plot | None:
    """Shares by month as lines from 0 to 100 %; a month without a share is passed over. None: nothing to draw."""
    months = _months(series)
    if not months:
        return None
    lines = [
        _line(name, months, {one.key: one.share for one in some}, f"{some[-1].share * 100:.0f} %")
        for name, some in series.items()
        if some
    ]
    return Plot(lines=tuple(lines), across=_across(months), up=_up(["0", "50 %", "100 %"]))


def _months(series: Mapping[str, Sequence[Count] | Sequence[Share]]) -> list[str]:
    keys = sorted({one.key for some in series.values() for one in some})
    return months_between(keys[0], keys[-1]) if keys else []


def _line(name: str, months: Sequence[str], heights: Mapping[str, float], note: str) -> Line:
    """`heights`: month → height in [0, 1], of those that have one."""
    step = _step(months)
    points = [(index * step, HEIGHT * (1 - heights[month])) for index, month in enumerate(months) if month in heights]
    return Line(name=name, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), last=points[-1], note=note)


def _step(months: Sequence[str]) -> float:
    return WIDTH / max(len(months) - 1, 1)


def _across(months: Sequence[str]) -> tuple[Tick, ...]:
    every = max(1, ceil(len(months) / 10))
    return tuple(Tick(at=index * _step(months), text=months[index]) for index in range(0, len(months), every))


def _up_to(top: int) -> tuple[Tick, ...]:
    return _up([f"{top * part // 2:,}" for part in range(3)])


def _up(texts: Sequence[str]) -> tuple[Tick, ...]:
    """Ticks from the ground to the top, at equal steps."""
    return tuple(Tick(at=HEIGHT * (1 - part / (len(texts) - 1)), text=text) for part, text in enumerate(texts))


def bars(found: Sequence[Count]) -> tuple[Bar, ...]:
    """Counts as bars, the longest of full length."""
    most = max((one.number for one in found), default=1)
    return tuple(Bar(key=one.key, number=one.number, share=one.number / most) for one in found)


def uprights(found: Sequence[Count], *, every: int = 1) -> Uprights:
    """Counts as upright bars in their order.

    Args:
        every: Which of them have their key below: each, each second …
    """
    top = _round_up(max((one.number for one in found), default=0))
    step = WIDTH / max(len(found), 1)
    drawn = tuple(
        Upright(
            x=index * step + BETWEEN_BARS / 2,
            y=HEIGHT * (1 - one.number / top),
            width=step - BETWEEN_BARS,
            height=HEIGHT * one.number / top,
            key=one.key,
            number=one.number,
        )
        for index, one in enumerate(found)
    )
    across = tuple(Tick(at=(index + 0.5) * step, text=found[index].key) for index in range(0, len(found), every))
    return Uprights(bars=drawn, across=across, up=_up_to(top))


def _round_up(number: int) -> int:
    """The next even figure a person would write on an axis.

    >>> [_round_up(number) for number in (1, 7, 43, 160, 980)]
    [2, 8, 60, 200, 1000]
    """
    unit: int = 10 ** int(log10(max(number, 1)))
    for step in (1, 2, 4, 6, 8, 10):
        if number <= step * unit:
            return max(step * unit, 2)
    raise AssertionError("a number is below ten times its own power of ten")
