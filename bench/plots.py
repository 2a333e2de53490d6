"""The plots of docs/extraction.md, as SVG without dates, so that equal figures give equal files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

from bench.extraction import Judged, calibration, nobody_named
from bench.row import Row

OURS, OTHERS, RULE = "#b3261e", ["#33658a", "#5c8fb0", "#86bbd8", "#9aa5b1", "#c9d1d9"], "#6b7280"
FEWEST = 3
"""Classes of confidence with fewer fields are not drawn: a share of one or two says nothing."""
_STYLE = {
    "svg.hashsalt": "extraction",  # ids of elements: the same in every run
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw_comparison(rows: Sequence[Row], columns: Mapping[str, str], path: Path) -> None:
    """Bars: each score of each reader, and the speed of all with the floors, on a logarithmic scale."""
    with mpl.rc_context(_STYLE):
        figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), width_ratios=(2.4, 1), layout="constrained")
        _scores(left, [row for row in rows if row.scores], {key: columns[key] for key in columns if key != "leaks"})
        _speeds(right, rows)
        _save(figure, path)


def _scores(axes: Any, rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    width = 0.84 / len(rows)
    for place, row in enumerate(rows):
        at = [column - 0.42 + width * (place + 0.5) for column in range(len(columns))]
        heights = [0 if nobody_named(name, row.scores) else row.scores[name] for name in columns]
        axes.bar(at, heights, width, label=row.name, color=_colour(place))
    axes.set_xticks(range(len(columns)), [name.replace(" ", "\n", 1) for name in columns.values()])
    axes.set_ylim(0, 1.02)
    axes.set_title("share of pages or names right; body: F1", loc="left", fontsize=9)
    axes.legend(ncols=len(rows), loc="lower left", bbox_to_anchor=(0, 1.06), frameon=False, columnspacing=1)


def _speeds(axes: Any, rows: Sequence[Row]) -> None:
    names = [row.name for row in rows]
    colours = [_colour(place) if row.scores else "#e5e7eb" for place, row in enumerate(rows)]
    bars = axes.barh(names, [row.speed for row in rows], color=colours)
    axes.bar_label(bars, fmt="%.0f", padding=3)
    axes.set_xscale("log")
    axes.set_xlim(1, 3 * max(row.speed for row in rows))
    axes.invert_yaxis()
    axes.set_title("pages a second (floors pale)", loc="left", fontsize=9)


def _colour(place: int) -> str:
    return OURS if place == 0 else OTHERS[(place - 1) % len(OTHERS)]


def draw_calibration(plain: Sequence[Judged], disguised: Sequence[Judged], path: Path) -> None:
    """Reliability: what the reader says of itself against how often it is right, with the number of fields."""
    with mpl.rc_context(_STYLE):
        figure, axes = plt.subplots(figsize=(5.6, 4.6), layout="constrained")
        axes.plot([0, 1], [0, 1], color=RULE, linewidth=0.8, linestyle="--", label="says what it keeps")
        for judged, colour, label in ((disguised, OTHERS[0], "in all disguises"), (plain, OURS, "as the pages are")):
            bins = [one for one in calibration(judged) if one.count >= FEWEST]
            shares = [one.right / one.count for one in bins]
            axes.plot([one.said for one in bins], shares, "o-", color=colour, label=label, markersize=5)
            below = colour != OURS
            for one, share in zip(bins, shares, strict=True):
                axes.annotate(
                    str(one.count),
                    (one.said, share),
                    textcoords="offset points",
                    xytext=(0, -13 if below else 7),
                    ha="center",
                    fontsize=8,
                    color=colour,
                )
        axes.set_xlim(0.2, 1.02)
        axes.set_ylim(0.2, 1.06)
        axes.set_xlabel("confidence given (mean of its class)")
        axes.set_ylabel("share of fields that are right")
        axes.set_title("numbers: fields in the class", loc="left", fontsize=9)
        axes.legend(frameon=False, loc="lower right")
        _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)
    path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", "utf-8")
