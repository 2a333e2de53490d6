"""What Scrapy's log says of single pages."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter

from storage.errors import ArchiveError


class QuietFormatter(LogFormatter):
    """A page that led to no new article is everyday life, and no item is printed whole into a log."""

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Any = None) -> Any:
        """One debug line instead of a warning with the item's whole text."""
        return {"level": logging.DEBUG, "msg": "%(why)s: %(item)s", "args": {"why": str(exception), "item": item}}

    def scraped(self, item: Any, response: Any, spider: Any = None) -> Any:
        """One info line with the article's address and headline."""
        args = {"url": item.url, "title": item.title}
        return {"level": logging.INFO, "msg": "stored %(url)s %(title)s", "args": args}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Any = None) -> Any:
        """What ends the run is said in one line by whoever started it; everything else is a bug of ours."""
        if isinstance(exception, ArchiveError):
            return {"level": logging.DEBUG, "msg": "%(why)s", "args": {"why": str(exception)}}
        return super().item_error(item, exception, response, spider)
