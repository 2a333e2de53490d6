"""The reader never reads the labelled pages worse than it once did."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bench.disguise import DISGUISES
from bench.extraction import FOLDER, judge_disguised, pages_in, scores_of, sure_and_right

FLOORS = tomllib.loads((Path(__file__).resolve().parents[2] / "bench" / "floors.toml").read_text("utf-8"))
SURE_AND_RIGHT = 0.97
"""What a confidence of 0.9 promises (`storage.records.How.confidence`)."""

pytestmark = pytest.mark.skipif(
    not (FOLDER / "score.py").exists(), reason="The labelled pages do not lie beside this checkout."
)


@pytest.mark.parametrize("disguise", FLOORS)
def test_floor(disguise: str) -> None:
    """No score falls below its floor, and what the reader is sure of is right 97 times in 100."""
    judged = judge_disguised(FOLDER, pages_in(FOLDER), disguise)
    scores = scores_of(judged)
    low = {name: scores[name] for name, floor in FLOORS[disguise].items() if name != "leaks" and scores[name] < floor}
    assert low == {}
    assert scores["leaks"] <= FLOORS[disguise]["leaks"]
    right, sure = sure_and_right(judged)
    assert sure > 100
    assert right >= SURE_AND_RIGHT * sure


def test_floors_name_disguises() -> None:
    """Each floor is one of a disguise that exists, for every score."""
    assert set(FLOORS) <= set(DISGUISES)
    assert {frozenset(floors) for floors in FLOORS.values()} == {frozenset(FLOORS["as it is"])}
