"""When the scripts of a page count as having come to rest, whatever they go on asking for."""

from __future__ import annotations

import pytest

from crawler.asking import MOST_ASKED, MOST_REQUESTS, QUIET_SECONDS, UNANSWERED_TIMES, Asking
from crawler.needed import needed
from crawler.sites.profile import SiteProfile

PATIENCE = 10.0
LIST, POLL = ("GET", "http://a.cn/list"), ("GET", "http://a.cn/poll")


@pytest.fixture
def asking() -> Asking:
    """A page whose list was answered at 100 and brought links."""
    page = Asking(PATIENCE)
    page.begin(LIST)
    page.end(LIST, 100.0)
    page.see(20, 100.1)
    return page


def test_quiet_when_nothing_is_under_way(asking):
    """A page would be taken before its scripts have asked for the next thing, or never."""
    assert not asking.quiet(99.0, 100.0 + QUIET_SECONDS / 2)
    assert asking.quiet(99.0, 100.0 + QUIET_SECONDS)
    asking.begin(LIST)
    assert not asking.quiet(99.0, 1000.0)


def test_rested_though_it_polls(asking):
    """A page that asks the same place again and again would keep its drawing open to the end of its time."""
    for tick in range(100, 111):
        asking.begin(POLL)
        asking.end(POLL, tick + 0.5)
    assert not asking.quiet(99.0, 111.0)
    assert not asking.rested(99.0, 110.0)  # the first answer of the poll was news
    assert asking.rested(99.0, 110.5)


def test_links_are_news(asking):
    """A list that grows slowly would be cut off although it grows."""
    asking.see(24, 109.0)
    asking.begin(LIST)
    assert not asking.rested(99.0, 118.9)
    assert asking.rested(99.0, 119.0)


def test_a_first_answer_is_waited_for(asking):
    """A list that a slow server takes a while to give would be taken for a poll that is held open."""
    asking.begin(POLL)
    assert not asking.rested(99.0, 100.1 + PATIENCE)
    assert asking.rested(99.0, 100.1 + UNANSWERED_TIMES * PATIENCE)


def test_polls_are_refused_and_no_more_waited_for(asking):
    """The clicks that unfold a list would wait behind the polls, and for them."""
    asking.begin(POLL)
    asking.refuse_polls()
    assert not asking.takes(POLL)
    assert asking.takes(LIST)
    assert asking.dropped == 1
    assert asking.quiet(99.0, 101.0)
    asking.end(POLL, 200.0)
    assert asking.quiet(99.0, 200.1)


def test_a_bounded_number_is_sent(asking):
    """A page could send as many requests as the time of a drawing allows."""
    asking.sent = MOST_REQUESTS - 1
    assert asking.takes(LIST)
    asking.sent += 1
    assert not asking.takes(LIST)
    asking.sent, asking.asked = 0, MOST_ASKED
    assert not asking.takes(LIST)


@pytest.mark.parametrize(
    ("kind", "url", "sent"),
    [
        ("xhr", "http://api.a.cn/list", True),
        ("script", "http://cdn.example/jquery.js", True),
        ("fetch", "http://cdn.example/list", False),
        ("image", "http://a.cn/1.jpg", False),
        ("xhr", "http://me:geheim@a.cn/list", False),
        ("document", "http://me@a.cn/", False),
    ],
)
def test_what_is_sent_for_a_browser(kind: str, url: str, sent: bool) -> None:
    """Pictures would take turns from articles, other hosts be asked, and users of a page's choosing be logged in."""
    assert needed(kind, url, SiteProfile(name="a", title="甲", hosts=("a.cn",))) is sent
