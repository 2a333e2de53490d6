"""Which hosts of a run are asked over https: one that redirects there says so, one that is silent over http cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

HOPELESS = ("forbidden by robots.txt", "host name not found", "leads off the site", "leads to the private address")
"""How reasons begin for a silence that the other scheme would not end."""


@dataclass
class Schemes:
    """What one run learns of its hosts."""

    answering: set[str] = field(default_factory=set)
    """Hosts that answered over http, if only by a redirect."""
    secured: set[str] = field(default_factory=set)
    """Hosts that were silent over http and are asked over https for the rest of the run."""

    def answered(self, url: str) -> None:
        """A host gave an answer to what began at this address of the ledger."""
        # What it says over https does not tell whether it is silent here.
        if (asked := urlsplit(self.address(url))).scheme == "http":
            self.answering.add(asked.netloc)

    def address(self, url: str) -> str:
        """The address to ask for."""
        return _over_https(url) if urlsplit(url).netloc in self.secured else url

    def other(self, asked: str, lost: str, reason: str) -> str | None:
        """The address to ask for instead of one that was silent; None where https promises nothing.

        An address with a port of its own speaks what it speaks.

        Args:
            asked: What was asked for first.
            lost: What was asked for last: redirects may have led on.
            reason: Of the silence.
        """
        first, last = urlsplit(asked), urlsplit(lost)
        silent = last.netloc not in self.answering and last.netloc == first.netloc and not reason.startswith(HOPELESS)
        if not silent or last.scheme != "http" or last.port is not None:
            return None
        self.secured.add(last.netloc)
        return _over_https(asked)


def _over_https(url: str) -> str:
    return url.replace("http://", "https://", 1)
