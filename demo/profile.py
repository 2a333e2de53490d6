"""The site profile of a replica at an address: `python -m demo.profile http://127.0.0.1:8765 > demo-site.toml`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from demo.newspaper import ISSUE_RANGES

__all__ = ["ISSUE_RANGES", "profile_toml"]

_TEMPLATE = Path(__file__).parent / "site.toml"
_EXAMPLE = "http://127.0.0.1:8765"
"""Where the template's replica stands."""


def profile_toml(url: str) -> str:
    """The profile, as `crawler.sites.profile` reads it.

    Args:
        url: `http://127.0.0.1:PORT`, without a slash at the end.
    """
    text = _TEMPLATE.read_text("utf-8")
    return text.replace(_EXAMPLE, url).replace(re.escape("8765"), str(url.rpartition(":")[2]))


if __name__ == "__main__":
    sys.stdout.write(profile_toml(sys.argv[1].rstrip("/")))
