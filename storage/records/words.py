"""The words of which each record says one: what a URL is, how it ended, why it is no article."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a URL is expected to be. Decides who reads the page behind it."""

    LISTING = "listing"
    """A page of a channel that lists articles: HTML list, JSON list, sitemap or feed."""
    ISSUE = "issue"
    """The index of one day's e-paper issue; usually a meta refresh to its first page."""
    EDITION = "edition"
    """One print page (版) of an e-paper issue: lists the articles on it."""
    ARTICLE = "article"
    """A page that should hold one article."""
    ROBOTS = "robots"
    """A site's robots.txt. Archived like everything else, never in the ledger."""
    RESOURCE = "resource"
    """What a browser asks for to draw a page: its markup, scripts, styles, data. Archived, never in the ledger."""


class Outcome(StrEnum):
    """How one response, or one fetch that got no response, ended. Exactly one each; a run's counts are these."""

    NEW = "new"
    """An article seen for the first time was stored."""
    CHANGED = "changed"
    """A stored article came back with other text: a new version was stored, the old one kept."""
    SAME = "same"
    """A stored article came back as it was (or the server said 304): last_seen moved."""
    DUPLICATE = "duplicate"
    """The text of a stored article at another address: one more sighting of it."""
    PART = "part"
    """A further page of an article: its text was joined to the first page's."""
    REJECTED = "rejected"
    """The page could not be read as an article; it waits in `rejected` with its reason."""
    GONE = "gone"
    """404 or 410 for an article."""
    FAILED = "failed"
    """No usable response after all tries, or a status that is neither a page nor gone."""
    INDEX = "index"
    """A list page, feed, sitemap, issue index or e-paper page was read for its links."""
    REDIRECT = "redirect"
    """A 3xx (or a meta refresh between indexes) that led to another response, counted on its own."""
    ROBOTS = "robots"
    """A robots.txt."""
    RESOURCE = "resource"
    """What a browser asked for to draw a page; the page as it was drawn is counted on its own."""
    RETRIED = "retried"
    """A response that failed for now (5xx, 429, cut short) and was tried again in the same run."""


class Precision(StrEnum):
    """How exactly a moment of publication is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class Reason(StrEnum):
    """Why a page is not an article."""

    LIST_PAGE = "list-page"
    ALBUM = "photo-album"
    SCRIPT_SHELL = "script-shell"
    ERROR_PAGE = "error-page"
    CHALLENGE = "challenge"
    NO_BODY = "no-body"
    NO_TITLE = "no-title"
    NOT_HTML = "not-html"
    WHOLE_ISSUE = "whole-issue"
    """An h5 e-paper page, which carries every article of the issue at once."""
    ADVERTISEMENT = "advertisement"
    """An e-paper slot titled 广告 and nothing else."""
    UNREADABLE = "unreadable"
    """The reader failed, or the article's first page lies on another host; `detail` says it. Kept for a re-parse."""
