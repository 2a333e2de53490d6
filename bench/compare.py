"""The reader beside other readers: scores and speed on the labelled pages, in one run on one core.

    python -m bench.compare [--rounds N] [FOLDER]

Prints the table, rewrites the measured part of `docs/extraction.md` and draws its plots. Every reader gets the same
decoded text. Where FOLDER is not there, one sentence says so and nothing is measured or written.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import logging
import os
import platform
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.disguise import DISGUISES
from bench.extraction import (
    FOLDER,
    Judged,
    gold_of,
    judge,
    judge_all,
    judge_disguised,
    load_scorer,
    nobody_named,
    pages_in,
    print_calibration,
    scores_of,
    sure_and_right,
)
from bench.peers import FLOORS, PEERS, Prediction
from bench.plots import draw_calibration, draw_comparison
from bench.row import Row
from crawler.parse.decode import page_from_text
from crawler.parse.reader import read
from storage.records import Page

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "extraction.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
OURS = "this reader"
GOALS = {"readability": 3.0, "trafilatura": 5.0}
"""Peer → how many times its speed the reader is to have."""
COLUMNS = {
    "title": "title",
    "published_at": "time",
    "source": "source",
    "editor": "editor",
    "authors_precision": "authors P",
    "authors_recall": "authors R",
    "body_f1": "body F1",
    "body_good": "body ≥ .95",
    "leaks": "leaks",
}
"""Scores → heads of the table."""


def judge_peer(folder: Path, pages: Mapping[str, Page], ask: Callable[[str], Prediction]) -> tuple[list[Judged], int]:
    """All labelled pages as a peer reads them, and on how many of them it raised."""
    scorer, judged, failed = load_scorer(folder), [], 0
    for name, page in pages.items():
        try:
            got: Prediction = ask(page.text)
        except Exception as error:  # theirs, of any kind: an empty line in the table's sense, and counted
            print(f"{name}: {type(error).__name__}: {error}"[:200])
            got, failed = {}, failed + 1
        judged.append(judge(scorer, name, gold_of(folder, name), got, {}))
    return judged, failed


def speeds(readers: Mapping[str, Callable[[str], object]], pages: Sequence[Page], rounds: int) -> dict[str, float]:
    """Pages a second of each reader, by processor time, the best of several rounds.

    Readers take turns within a round, so that a busy minute of the machine costs all of them the same.
    """
    best = dict.fromkeys(readers, float("inf"))
    texts = [page.text for page in pages]
    for _ in range(rounds):
        for name, ask in readers.items():
            start = time.process_time()
            for text in texts:
                _asked(ask, text)
            best[name] = min(best[name], time.process_time() - start)
    return {name: len(texts) / seconds for name, seconds in best.items()}


def _asked(ask: Callable[[str], object], text: str) -> None:
    try:
        ask(text)
    except Exception:  # counted by `judge_peer`; here its time counts like any other page's
        return


def measured(folder: Path, pages: Mapping[str, Page], rounds: int) -> list[Row]:
    """The table: the reader, its peers, the floors."""
    readers: dict[str, Callable[[str], object]] = {
        OURS: lambda text: read(page_from_text(text, "https://news.example/"))
    }
    readers |= {name: ask for name, (_, ask) in PEERS.items()} | dict(FLOORS)
    scores: dict[str, Mapping[str, float]] = {OURS: scores_of(judge_all(folder, dict(pages)))}
    failed: dict[str, int] = {}
    for name, (_, ask) in PEERS.items():  # also the round that warms up: imports, dictionaries, compiled patterns
        judged, failed[name] = judge_peer(folder, pages, ask)
        scores[name] = scores_of(judged)
    speed = speeds(readers, list(pages.values()), rounds)
    return [
        Row(name=name, scores=scores.get(name, {}), speed=speed[name], failed=failed.get(name, 0)) for name in readers
    ]


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [f"| | {' | '.join(COLUMNS.values())} | pages/s |", "| --- |" + " ---: |" * (len(COLUMNS) + 1)]
    for row in rows:
        cells = [_cell(name, row.scores) if row.scores else "" for name in COLUMNS]
        lines.append(f"| {_named(row)} | {' | '.join(cells)} | {row.speed:.0f} |")
    return "\n".join(lines)


def _cell(name: str, scores: Mapping[str, float]) -> str:
    score = scores[name]
    if nobody_named(name, scores):
        return "–"
    if name == "leaks":
        return f"{score:.0f}"
    return f"{score:.3f}" if name == "body_f1" else f"{score:.2f}"


def _named(row: Row) -> str:
    version = f" {importlib.metadata.version(PEERS[row.name][0])}" if row.name in PEERS else ""
    return f"{row.name}{version}" + (f" ({row.failed} pages raised)" if row.failed else "")


def against_goals(rows: Sequence[Row]) -> list[str]:
    """A sentence for each goal of speed: what it is, and what was reached."""
    speed = {row.name: row.speed for row in rows}
    return [
        f"{speed[OURS] / speed[name]:.1f} times the speed of {name} (goal: {goal:.0f}, "
        f"{'reached' if speed[OURS] >= goal * speed[name] else 'missed'})."
        for name, goal in GOALS.items()
    ]


def report(rows: Sequence[Row], plain: Sequence[Judged], disguised: Sequence[Judged], pages: Sequence[Page]) -> str:
    """The measured part of the document."""
    size = sum(len(page.text.encode()) for page in pages) / len(pages) / 1000
    right, sure = sure_and_right(plain)
    others = sure_and_right(disguised)
    return "\n".join(
        [
            table(rows),
            "",
            f"{len(pages)} pages of {size:.0f} KB on average; Python {platform.python_version()}, lxml "
            f"{importlib.metadata.version('lxml')}, one core.",
            *against_goals(rows),
            "",
            f"Given with confidence 0.9 or more: {sure} fields, {right} right ({right / sure:.3f}); over all "
            f"{len(DISGUISES)} disguises {others[1]} fields, {others[0]} right ({others[0] / others[1]:.3f}).",
        ]
    )


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts")
    given = parser.parse_args()
    if not (given.folder / "score.py").exists():
        print(f"No labelled pages at {given.folder}: nothing was measured.")
        return
    logging.disable(logging.CRITICAL)  # peers warn of pages they cannot read; the table says so
    warnings.simplefilter("ignore")
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pages = pages_in(given.folder)
    rows = measured(given.folder, pages, given.rounds)
    plain = judge_all(given.folder, pages)
    disguised = [one for name in DISGUISES for one in judge_disguised(given.folder, pages, name)]
    text = report(rows, plain, disguised, list(pages.values()))
    print(text)
    print_calibration(disguised)
    head, rest = DOCUMENT.read_text("utf-8").split(BEGIN)
    DOCUMENT.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", "utf-8")
    draw_comparison(rows, COLUMNS, DOCUMENT.parent / "extraction-scores.svg")
    draw_calibration(plain, disguised, DOCUMENT.parent / "extraction-confidence.svg")


if __name__ == "__main__":
    main()
