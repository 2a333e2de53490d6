"""How well the reader reads 33 labelled news pages, and how fast.

    python -m bench.extraction [--pages] [--disguised] [--speed] [FOLDER]

FOLDER holds `pages/*.html`, `labels/*.json` and the scorer `score.py`; it is third-party material and not part of this
project. Where it is not there, one sentence says so and nothing is measured. `--pages` names what is wrong on which
page; `--disguised` scores the pages without hints and with noise (`bench/disguise.py`); `--speed` times the reader
beside lxml's parsing alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import lxml.html

from bench.disguise import DISGUISES
from crawler.parse.decode import page_from_bytes
from crawler.parse.reader import read
from storage.records import Article, How, Page, Rejection

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "extraction"
SURE = 0.9
"""A field given with this confidence promises to be right 97 times in 100 (`storage.records.How`)."""
FIELDS = ("title", "published_at", "source", "editor", "authors", "body")
_KEYS = {"published_at": "published"}
"""Names of fields in the labels → in `Article.how`."""
GOOD_BODY = 0.95
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Borders of the classes of confidence that are compared with how often they are right."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of one page, judged."""

    name: str
    got: Any
    wanted: Any
    right: bool
    confidence: float
    """As the reader gave it; 0 for an empty field."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One page, judged by the scorer's own rules."""

    name: str
    fields: tuple[Field, ...]
    body: float
    """F1 of the body, in [0, 1]."""
    leaks: tuple[str, ...]
    """Boilerplate found in the body."""
    names: tuple[int, int, int]
    """Authors: hit, said, due."""


def load_scorer(folder: Path) -> ModuleType:
    """The scorer that lies beside the labels, as it is."""
    spec = importlib.util.spec_from_file_location("extraction_score", folder / "score.py")
    assert spec is not None, "score.py is a Python file"
    assert spec.loader is not None, "files have a loader"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages_in(folder: Path) -> dict[str, Page]:
    """Name → page. The address tells nothing: labels and reader see the same bytes and no more."""
    found = sorted((folder / "pages").glob("*.html"))
    return {path.stem: page_from_bytes(path.read_bytes(), f"https://news.example/{path.name}") for path in found}


def prediction(name: str, reading: Article | Rejection) -> dict[str, Any]:
    """A reading as a line for the scorer; a rejected page counts as empty."""
    if isinstance(reading, Rejection):
        return {"file": name}
    return {
        "file": name,
        "title": reading.title,
        "published_at": reading.published.iso() if reading.published else None,
        "source": reading.source,
        "editor": reading.editor,
        "authors": list(reading.authors),
        "body": reading.body,
    }


def how_of(reading: Article | Rejection) -> Mapping[str, How]:
    """How the fields were read; nothing for a rejected page."""
    return {} if isinstance(reading, Rejection) else reading.how


def judge(
    scorer: ModuleType, name: str, gold: dict[str, Any], got: Mapping[str, Any], how: Mapping[str, How]
) -> Judged:
    """Compare one prediction with its label. `how`: by field, where the reader says so; it gives the confidence."""
    score = scorer.body_f1(gold["body"], got.get("body"), gold.get("body_optional"))
    want, have = scorer.names(gold["authors"]), scorer.names(got.get("authors"))
    fields = []
    for field in FIELDS:
        known = how.get(_KEYS.get(field, field))
        if field == "body":
            right = score >= GOOD_BODY
        elif field == "authors":
            right = have <= want
        else:
            right = any(scorer.same(field, option, got.get(field)) for option in _options(gold, field))
        confidence = known.confidence if known and got.get(field) else 0.0
        wanted = None if field == "body" else gold[field]
        shown = f"{score:.3f}" if field == "body" else got.get(field)
        fields.append(Field(name=field, got=shown, wanted=wanted, right=right, confidence=confidence))
    body = scorer.BLANK.sub("", got.get("body") or "")
    return Judged(
        name=name,
        fields=tuple(fields),
        body=score,
        leaks=tuple(text for text in gold["body_must_not_contain"] if scorer.BLANK.sub("", text) in body),
        names=(len(want & have), len(have), len(want)),
    )


def _options(gold: dict[str, Any], field: str) -> list[Any]:
    accepted = gold.get("accept", {}).get(field, [])
    return [gold[field], *(accepted if isinstance(accepted, list) else [accepted])]


def gold_of(folder: Path, name: str) -> dict[str, Any]:
    """The label of a page."""
    label: dict[str, Any] = json.loads((folder / "labels" / f"{name}.json").read_text("utf-8"))
    return label


def judge_all(folder: Path, pages: dict[str, Page]) -> list[Judged]:
    """All labelled pages, judged."""
    scorer = load_scorer(folder)
    judged = []
    for name, page in pages.items():
        reading = read(page)
        judged.append(judge(scorer, name, gold_of(folder, name), prediction(name, reading), how_of(reading)))
    return judged


def judge_disguised(folder: Path, pages: dict[str, Page], disguise: str) -> list[Judged]:
    """All labelled pages in a disguise, judged by the same labels."""
    change = DISGUISES[disguise]
    return judge_all(folder, {name: replace(page, text=change(page.text)) for name, page in pages.items()})


def scores_of(judged: Sequence[Judged]) -> dict[str, float]:
    """The figures the reader is held to, by name."""
    count = len(judged)
    hit, said, due = (sum(one.names[place] for one in judged) for place in range(3))
    scores = {
        name: sum(field.right for one in judged for field in one.fields if field.name == name) / count
        for name in ("title", "published_at", "source", "editor")
    }
    return scores | {
        "authors_precision": hit / said if said else 1.0,
        "authors_recall": hit / due if due else 1.0,
        "body_f1": sum(one.body for one in judged) / count,
        "body_good": sum(one.body >= GOOD_BODY for one in judged) / count,
        "leaks": sum(len(one.leaks) for one in judged),
    }


def nobody_named(name: str, scores: Mapping[str, float]) -> bool:
    """Whether a precision is one of no names at all, which says nothing."""
    return name == "authors_precision" and scores[name] == 1.0 and scores["authors_recall"] == 0.0


def sure_and_right(judged: Sequence[Judged]) -> tuple[int, int]:
    """Of the fields given with confidence `SURE` or more: how many are right, and how many there are."""
    sure = [field for one in judged for field in one.fields if field.confidence >= SURE]
    return sum(field.right for field in sure), len(sure)


def wrong_on(one: Judged) -> list[str]:
    """What is wrong on a page, a phrase each."""
    wrong = [
        f"{field.name}: {field.got!r} for {field.wanted!r} ({field.confidence:.2f})"
        for field in one.fields
        if not field.right and field.name != "body"
    ]
    missing = [f"authors: {one.names[2] - one.names[0]} missing"] if one.names[0] < one.names[2] else []
    poor = [f"body {one.body:.3f}"] if one.body < GOOD_BODY else []
    return wrong + missing + poor + [f"leak {text!r}" for text in one.leaks]


def pages_a_second(work: Callable[[Page], object], pages: Sequence[Page], rounds: int = 3) -> float:
    """Speed on one core, by processor time: the best of several rounds over all pages."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for page in pages:
            work(page)
        best = min(best, time.process_time() - start)
    return len(pages) / best


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Fields whose confidence lies from `low` up to, not including, `high` (the last class has its end too)."""

    low: float
    high: float
    right: int
    count: int
    said: float
    """Their mean confidence; 0 where there are none."""


def calibration(judged: Sequence[Judged]) -> list[Bin]:
    """How often fields of each class of confidence are right; an empty field has none."""
    fields = [field for one in judged for field in one.fields if field.confidence > 0]
    bins = []
    for low, high in itertools.pairwise(BINS):
        inside = [one for one in fields if low <= one.confidence < high or one.confidence == high == BINS[-1]]
        said = sum(one.confidence for one in inside) / len(inside) if inside else 0.0
        bins.append(Bin(low=low, high=high, right=sum(one.right for one in inside), count=len(inside), said=said))
    return bins


def print_calibration(judged: Sequence[Judged]) -> None:
    """What the reader promises, and what it keeps of it."""
    right, sure = sure_and_right(judged)
    print(f"sure and right     {right}/{sure} = {right / sure if sure else 1:.3f}")
    for one in calibration(judged):
        print(f"  {one.low:.2f} to {one.high:.2f}     {one.right}/{one.count}")


def print_disguised(folder: Path, pages: dict[str, Page]) -> None:
    """A line of scores for each disguise."""
    for place, disguise in enumerate(DISGUISES):
        scores = scores_of(judge_disguised(folder, pages, disguise))
        if place == 0:
            print(f"{'':24}" + "".join(f"{name[:12]:>13}" for name in scores))
        print(f"{disguise:24}" + "".join(f"{score:13.3f}" for score in scores.values()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--pages", action="store_true", help="what is wrong on which page")
    parser.add_argument("--disguised", action="store_true", help="scores without hints and with noise")
    parser.add_argument("--speed", action="store_true", help="pages a second, beside lxml's parsing")
    given = parser.parse_args()
    if not (given.folder / "score.py").exists():
        print(f"No labelled pages at {given.folder}: nothing was measured.")
        return
    pages = pages_in(given.folder)
    judged = judge_all(given.folder, pages)
    if given.pages:
        for one in judged:
            print(f"{one.name:20} body {one.body:.3f}  {'; '.join(wrong_on(one))}")
    for name, score in scores_of(judged).items():
        print(f"{name:18} {score:.3f}")
    print_calibration(judged)
    if given.disguised:
        print_disguised(given.folder, pages)
    if given.speed:
        listed = list(pages.values())
        print(f"{'reader':18} {pages_a_second(read, listed):.1f} pages/s")
        print(f"{'lxml parse':18} {pages_a_second(lambda page: lxml.html.fromstring(page.text), listed):.1f} pages/s")


if __name__ == "__main__":
    main()
