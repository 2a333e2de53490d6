"""What the fuzzer begins with and what it once found: every promise holds on all of it."""

from __future__ import annotations

import random

import pytest

from fuzz.seeds import MENDED, seeds
from fuzz.targets import TARGETS
from fuzz.words import WORDS

CHANGES = 40
"""Changed inputs of each target: `make fuzz` tries thousands and knows where it has been."""


@pytest.mark.parametrize("target", TARGETS)
def test_what_once_broke_holds(target: str) -> None:
    """Else a mended hole is open again, or the fuzzer would stop at its first input."""
    found = list(seeds(target))
    assert found
    for data in found:
        TARGETS[target](data)


def test_every_mended_input_has_a_target() -> None:
    """Else an input that once broke something would never be tried again."""
    assert {path.name for path in MENDED.iterdir()} <= TARGETS.keys()


@pytest.mark.parametrize("target", TARGETS)
def test_changed_inputs(target: str) -> None:
    """Else a target itself is wrong about what it is given: each holds on a few inputs made at random too."""
    dice = random.Random(target)
    known = list(seeds(target))
    for _ in range(CHANGES):
        data = bytearray(dice.choice(known)[:4000])
        for _ in range(dice.randint(1, 4)):
            at = dice.randint(0, len(data))
            data[at : at + dice.choice((0, 1, 20))] = dice.choice((dice.randbytes(2), dice.choice(WORDS).encode()))
        TARGETS[target](bytes(data))
