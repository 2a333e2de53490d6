"""Pages that are no articles: recognised, so that none of them is stored as one."""

from __future__ import annotations

from crawler.parse.document import Document
from crawler.parse.fields.body import BodyReading
from storage.records import Reason


def judge_page(document: Document, body: BodyReading | None, headline: str | None) -> tuple[Reason, str] | None:
    """Why a page is no article, with one sentence for a person; None where it may be one.

    Args:
        document: the page.
        body: what was read as its text; None where nothing was.
        headline: the headline, where one was found.
    """
    if body is None or not body.text:
        return Reason.NO_BODY, "Nothing on the page reads like an article's text."
    return None
