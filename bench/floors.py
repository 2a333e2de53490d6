"""Raise the floors of reading quality to what is reached now; never lower one.

    python -m bench.floors [FOLDER]

`bench/floors.toml` is held by `tests/parse/test_floors.py`.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from bench.extraction import FOLDER, judge_disguised, pages_in, scores_of

FILE = Path(__file__).with_name("floors.toml")
STEP = 0.01
"""Floors stand on whole hundredths below what is reached: less is no better reading, and one page weighs three."""
CEILINGS = frozenset({"leaks"})
"""Counts of faults, which only fall."""

Floors = dict[str, dict[str, float]]


def read_floors(text: str) -> Floors:
    """Disguise → score → floor."""
    return tomllib.loads(text)


def lowered(floors: Mapping[str, Mapping[str, float]], before: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What of `before` is no longer promised, a phrase each.

    >>> lowered({"naked": {"title": 0.9, "leaks": 3}}, {"naked": {"title": 0.95, "leaks": 3}})
    ['naked: title 0.95 → 0.9']
    >>> lowered({"naked": {"leaks": 3}}, {"naked": {"leaks": 2}})
    ['naked: leaks 2 → 3']
    >>> lowered({}, {"naked": {"leaks": 2}})
    ['naked: leaks 2 → None']
    """
    return [
        f"{disguise}: {name} {old} → {now}"
        for disguise, scores in before.items()
        for name, old in scores.items()
        if (now := floors.get(disguise, {}).get(name)) is None or _worse(name, now, old)
    ]


def raised(floors: Mapping[str, Mapping[str, float]], reached: Mapping[str, Mapping[str, float]]) -> Floors:
    """The floors, each as high as what is reached allows and no lower than it was.

    >>> raised({"naked": {"title": 0.9, "leaks": 3}}, {"naked": {"title": 0.968, "leaks": 5}})
    {'naked': {'title': 0.96, 'leaks': 3}}
    """
    return {
        disguise: {name: _better(name, old, reached[disguise][name]) for name, old in scores.items()}
        for disguise, scores in floors.items()
    }


def _worse(name: str, now: float, old: float) -> bool:
    return now > old if name in CEILINGS else now < old


def _better(name: str, old: float, reached: float) -> float:
    if name in CEILINGS:
        return min(old, int(reached))
    return max(old, round(math.floor(reached / STEP + 1e-9) * STEP, 2))


def as_toml(floors: Mapping[str, Mapping[str, float]], head: str) -> str:
    """The file's text, under the comment it has."""
    tables = []
    for disguise, scores in floors.items():
        name = disguise if disguise.isalpha() else f'"{disguise}"'
        tables.append("\n".join([f"[{name}]", *(f"{score} = {floor}" for score, floor in scores.items())]))
    return f"{head}\n" + "\n\n".join(tables) + "\n"


def main() -> None:
    """Measure, raise, say what rose."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    given = parser.parse_args()
    if not (given.folder / "score.py").exists():
        print(f"No labelled pages at {given.folder}: the floors stay as they are.")
        return
    text = FILE.read_text("utf-8")
    before = read_floors(text)
    pages = pages_in(given.folder)
    after = raised(before, {name: scores_of(judge_disguised(given.folder, pages, name)) for name in before})
    head = text[: text.index("[")]
    FILE.write_text(as_toml(after, head.rstrip("\n") + "\n"), "utf-8")
    rose = lowered(before, after)  # the old floors fall short of the new ones in these
    print("\n".join(["Floors that rose:", *(f"  {one}" for one in rose)]) if rose else "No floor rose.")


if __name__ == "__main__":
    main()
