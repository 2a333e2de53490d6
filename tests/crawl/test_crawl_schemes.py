"""What a run learns of hosts that are silent over http."""

from __future__ import annotations

from crawler.spiders.schemes import Schemes


def test_an_answer_over_https_says_nothing_of_http() -> None:
    """Several requests are under way: one that began before its host was asked over https must follow it there."""
    schemes = Schemes()
    assert schemes.other("http://h/a", "http://h/a", "timed out") == "https://h/a"
    assert schemes.address("http://h/b") == "https://h/b"
    schemes.answered("http://h/b")
    assert schemes.other("http://h/c", "http://h/c", "timed out") == "https://h/c"


def test_a_host_that_answered_is_not_asked_otherwise() -> None:
    """Of a host that answers over http one page that times out is that page's matter."""
    schemes = Schemes()
    schemes.answered("http://h/a")
    assert schemes.other("http://h/b", "http://h/b", "timed out") is None
