"""Articles of a PaperIndex e-paper, PC and h5."""

from __future__ import annotations

from crawler.parse.families.generic import Generic


class PaperIndex(Generic):
    """One print article a page."""

    name = "paperindex"
