"""What was measured of one reader; what the table and the plots of a comparison are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One reader's line of the table."""

    name: str
    scores: Mapping[str, float]
    """Empty for a floor, which reads nothing."""
    speed: float
    """Pages a second."""
    failed: int = 0
    """Pages on which it raised; they count as empty."""
