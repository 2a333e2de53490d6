"""What a reading process does. It imports no more than reading needs: each has its own copy of everything."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable
from multiprocessing import parent_process
from multiprocessing.connection import wait

from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile
from storage.records import Article, Capture, Kind, Rejection

Reading = Article | Rejection
"""What reading a page comes to."""

_profile: SiteProfile


def is_article(capture: Capture) -> bool:
    """Whether a response is to be read as an article: it is one, and came whole."""
    return capture.status == 200 and not capture.truncated and capture.context.kind is Kind.ARTICLE


def parse(capture: Capture, profile: SiteProfile) -> Reading:
    """Capture → page → what it says."""
    return read(decode(capture), profile)


def parse_all(pages: Iterable[Capture], profile: SiteProfile) -> list[Reading | None]:
    """What each page says; None for one that nobody foresaw: the way reads it again, and there it costs its page."""
    return [_parsed(capture, profile) for capture in pages]


def _parsed(capture: Capture, profile: SiteProfile) -> Reading | None:
    try:
        return parse(capture, profile)
    except Exception:  # the edge of the stage (law 6)
        return None


def begin(profile: SiteProfile) -> None:
    """Make this process a worker. Ctrl-C is its parent's affair; without a parent it ends."""
    global _profile
    _profile = profile
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def work(pages: list[Capture]) -> list[Reading | None]:
    """`parse_all`, in a process that has begun."""
    return parse_all(pages, _profile)


def _die_with_parent() -> None:
    parent = parent_process()
    assert parent is not None, "a worker was started by somebody"
    wait([parent.sentinel])
    os._exit(1)
