"""The check of the pace itself: it forgives a delivery that was late, and nothing else."""

from __future__ import annotations

import pytest
from crawl_checks import check_pace

DELAY = 0.5
STEADY = [number * DELAY for number in range(12)]


@pytest.mark.parametrize(
    "moments",
    [
        STEADY,
        [moment + 0.25 * (place == 5) for place, moment in enumerate(STEADY)],
        [moment + 0.6 * (place in (5, 6)) for place, moment in enumerate(STEADY)],
        [moment * 3 for moment in STEADY],
    ],
    ids=["steady", "one late", "two late in a row", "slower"],
)
def test_what_is_in_pace_passes(moments: list[float]) -> None:
    """Else a busy machine fails a crawl that is polite."""
    check_pace(moments, DELAY)


@pytest.mark.parametrize(
    "moments",
    [
        [moment / 2 for moment in STEADY],
        [*STEADY[:6], 2.51, *[moment + 0.01 for moment in STEADY[6:]]],
        [0, 1.2, 1.2, 1.7, 1.7, 2.5],
        [0, 1.5, 1.5, 3, 3, 4.5, 4.5],
        sorted([*STEADY, *[moment + 0.02 for moment in STEADY]]),
    ],
    ids=["twice as fast", "one more", "twins after pauses", "two at a time", "two workers"],
)
def test_what_is_too_fast_fails(moments: list[float]) -> None:
    """Else a site is asked faster than it allows, and no test says so."""
    with pytest.raises(AssertionError):
        check_pace(moments, DELAY)
