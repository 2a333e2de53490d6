"""The request for a URL taken from the ledger."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.extension import Keeping
from crawler.render import render_meta
from storage.records import Kind
from storage.store.ledger import Task


def request_for(crawler: Crawler, task: Task, url: str, *, full: bool, **answered_by: Any) -> Request:
    """Conditional where an earlier answer can be asked about; drawn by a browser where the channel is.

    Args:
        url: Where to ask: the task's own address, or the same over another scheme.
        full: Whether everything is to be fetched again.
        answered_by: `callback` and `errback`.

    Raises:
        ValueError: no request can be made of an address that somebody wrote into a page.
    """
    headers: dict[str, str] = {}
    if not full and task.context.kind not in (Kind.ISSUE, Kind.EDITION):
        headers |= {"If-None-Match": task.etag} if task.etag else {}
        headers |= {"If-Modified-Since": task.last_modified} if task.last_modified else {}
    meta: dict[str, Any] = {"context": task.context, "task": task}
    channel = Keeping.of(crawler).channel(task.context)
    if channel and channel.render and task.context.kind is Kind.LISTING:
        meta |= render_meta(crawler, channel)
        headers = {}
    return Request(url, headers=headers, meta=meta, dont_filter=True, **answered_by)
