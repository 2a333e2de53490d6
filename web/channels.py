"""What readers call the channels and papers that the archive knows by short names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from crawler.sites.profile import load_profile


@cache
def titles(site: str) -> Mapping[str, str]:
    """Name → title of each channel and paper of a site profile; read once, like the configuration that names it.

    Args:
        site: As in the configuration.

    Raises:
        ConfigError: the profile is not there, or does not fit.
    """
    profile = load_profile(site)
    return {one.name: one.title for one in profile.channel} | {one.name: one.title for one in profile.paper}
