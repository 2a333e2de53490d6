"""Articles of the shtml e-paper (2017 to 2020)."""

from __future__ import annotations

from crawler.parse.families.generic import Generic


class Shtml(Generic):
    """One print article a page."""

    name = "shtml"
