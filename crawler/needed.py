"""Which of the requests that a browser makes for a page are sent at all."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.sites.profile import SiteProfile
from storage.secrets import without_user

NEEDED = ("document", "script", "stylesheet", "xhr", "fetch")
"""Of what a browser asks for, that which decides what a page says; pictures, fonts, beacons are not fetched."""
FROM_ANYWHERE = ("script", "stylesheet")
"""Of these, what is fetched from hosts that are not the site's: libraries without which many pages stay empty."""


def needed(kind: str, url: str, profile: SiteProfile) -> bool:
    """Whether a request decides what the page says and may be sent: to the site, or for a library, as nobody's user.

    Args:
        kind: What the browser wants it for, in its own words (`resource_type`).
    """
    if kind not in NEEDED or without_user(url) != url:
        return False
    return kind in FROM_ANYWHERE or profile.owns(urlsplit(url).hostname or "")
