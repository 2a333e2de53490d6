"""The catalogue of guards is whole, and each of them still stands where it says. `make prove-guards` takes them out."""

from __future__ import annotations

import ast

import pytest
from fault_tables import rows_by_section
from guard_catalogue import ROOT, SECTIONS, Guard, all_guards

GUARDS = all_guards()
CELLS = {title: [row.removeprefix("| ").split(" | ") for row in rows] for title, rows in rows_by_section().items()}
NAMED = {title: {cells[0]: cells[-1] for cells in rows} for title, rows in CELLS.items()}
"""Section → fault → the tests that its row names."""


@pytest.mark.parametrize("title", sorted(set(SECTIONS.values())))
def test_every_fault_has_its_guard(title):
    """A row whose guard nobody took out may be held by nothing."""
    assert {guard.fault for guard in GUARDS if SECTIONS[guard.section] == title} == NAMED[title].keys()


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.section}: {guard.fault}")
def test_every_guard_can_be_taken_out(guard: Guard):
    """Lines that moved would be taken out no more; without them the file must still be Python."""
    place = ROOT / guard.file
    without = guard.taken_out_of(place.read_text("utf-8"))
    assert place.suffix != ".py" or ast.parse(without)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.section}: {guard.fault}")
def test_every_guard_is_missed_by_a_test_of_its_row(guard: Guard):
    """A row names the tests that hold it; a test that misses its guard and is not named there is not looked for."""
    named = NAMED[SECTIONS[guard.section]][guard.fault]
    for test in guard.tests:
        file, _, name = test.partition("::")
        function = name.partition("[")[0]
        assert f"def {function}(" in (ROOT / file).read_text("utf-8")
        assert f"`{function}" in named or f"`{file}`" in named
