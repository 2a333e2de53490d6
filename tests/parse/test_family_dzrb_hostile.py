"""Whatever is sent in place of a page or an answer of the platform is read without an error."""

from __future__ import annotations

import json

from dzrb_pages import INTERFACE, MARKUPS, SPRING, answer, read_page
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.records import Reason, Rejection

WHOLE = [markup(SPRING) for markup in MARKUPS.values()] + [json.dumps(answer(SPRING), ensure_ascii=False)]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A page or an answer, cut into pieces that were lost, doubled, shuffled, or replaced by random bytes."""
    data = draw(st.sampled_from(WHOLE)).encode(draw(st.sampled_from(["utf-8", "gb18030"])))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    kept = draw(st.lists(st.sampled_from(pieces) | st.binary(max_size=40), max_size=len(pieces) + 2))
    return b"".join(kept)


@given(page=spoilt(), url=st.sampled_from([INTERFACE, "https://dzrb.dzng.com/general/0/NEWS1"]))
@settings(max_examples=150, deadline=None)
def test_read_never_fails(page: bytes, url: str) -> None:
    """Whatever a server sends ends as an article or with a reason, never in an error of ours."""
    reading = read_page(page, url)
    if isinstance(reading, Rejection):
        assert reading.reason is not Reason.UNREADABLE, reading.detail
    else:
        assert reading.problems == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(WHOLE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*answer(SPRING), "data"]), inner),
    max_leaves=12,
)


@given(data=JSON)
@settings(max_examples=150, deadline=None)
def test_read_never_fails_on_answers_of_any_shape(data: object) -> None:
    """A key that holds a number, a list or nothing where a text is expected must not break the reading."""
    reading = read_page(json.dumps(data, ensure_ascii=False), INTERFACE)
    assert not isinstance(reading, Rejection) or reading.reason is not Reason.UNREADABLE, reading
