"""Witnesses that agree raise the confidence, others lower it, and a guess that is rather wrong stays unsaid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.vote import CEILING, FLOOR, Witness, odds, vote

trusts = st.floats(0.01, 0.99)
witnesses = st.lists(
    st.builds(
        lambda value, rule, trust: Witness(value=value, rule=rule, trust=trust),
        st.sampled_from(["苗禾", "安小满", None]),
        st.sampled_from(["label", "meta", "position"]),
        trusts,
    ),
    max_size=8,
)


def said(value: str | None, trust: float, rule: str = "label") -> Witness[str]:
    """A witness."""
    return Witness(value=value, rule=rule, trust=trust)


def test_agreement() -> None:
    """Two kinds of evidence for the same are worth more than either, as their odds multiply."""
    both = vote("editor", [said("苗禾", 0.8), said("苗禾", 0.7, "meta")])
    assert both.value == "苗禾"
    assert round(both.confidence, 3) == round(odds(0.8) * odds(0.7) / (1 + odds(0.8) * odds(0.7)), 3)


def test_copies_are_one_witness() -> None:
    """The same kind of evidence twice is not worth more: three labels may be copies of one."""
    once = vote("editor", [said("苗禾", 0.8)])
    assert vote("editor", [said("苗禾", 0.8)] * 3).confidence == once.confidence


def test_disagreement() -> None:
    """The stronger side wins with less confidence than it had alone."""
    alone = vote("editor", [said("苗禾", 0.9)])
    against = vote("editor", [said("苗禾", 0.9), said("安小满", 0.7, "meta")])
    assert against.value == "苗禾"
    assert against.confidence < alone.confidence


def test_unsure() -> None:
    """Where no side is likelier right than wrong the field stays empty."""
    split = vote("editor", [said("苗禾", 0.8), said("安小满", 0.8, "meta")])
    assert (split.value, split.how) == (None, None)
    assert vote("editor", [said("苗禾", 0.3)]).value is None


def test_emptiness_is_a_vote() -> None:
    """A label without a value speaks against weaker witnesses of a name."""
    assert vote("editor", [said(None, 0.9), said("苗禾", 0.6, "meta")]).value is None


def test_how_names_the_best_witness() -> None:
    """How a field was read is told by its most trusted witness."""
    ballot = vote("editor", [said("苗禾", 0.6, "meta"), said("苗禾", 0.9, "label")])
    assert ballot.how is not None
    assert ballot.how.rule == "label"


@given(witnesses)
def test_never_surer_than_allowed(heard: list[Witness[str]]) -> None:
    """Confidence stays in bounds, a value is given only above the floor, and order does not matter but for ties."""
    ballot = vote("editor", heard)
    assert 0 <= ballot.confidence <= CEILING
    assert ballot.value is None or ballot.confidence >= FLOOR
    again = vote("editor", heard[::-1])
    assert abs(again.confidence - ballot.confidence) < 1e-9
