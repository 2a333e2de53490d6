"""The catalogue of guards is whole, and each of them still stands where it says. `make prove-guards` takes them out."""

from __future__ import annotations

import ast

import pytest
from guard_catalogue import ROOT, SECTIONS, Guard, all_guards, rows_by_section

GUARDS = all_guards()


@pytest.mark.parametrize("title", sorted(set(SECTIONS.values())))
def test_every_fault_has_its_guard(title):
    """A row whose guard nobody took out may be held by nothing."""
    assert {guard.fault for guard in GUARDS if SECTIONS[guard.section] == title} == set(rows_by_section()[title])


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.section}: {guard.fault}")
def test_every_guard_can_be_taken_out(guard: Guard):
    """Lines that moved would be taken out no more; without them the file must still be Python."""
    place = ROOT / guard.file
    without = guard.taken_out_of(place.read_text("utf-8"))
    assert place.suffix != ".py" or ast.parse(without)
    assert [test for test in guard.tests if not (ROOT / test.partition("::")[0]).exists()] == []
