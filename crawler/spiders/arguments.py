"""What may stand after `scrapy crawl SPIDER -a`: the names a spider's constructor has, and what a profile has."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence

from crawler.sites.profile import SiteProfile
from storage.errors import ConfigError


def check_arguments(spider: type, name: str, given: Iterable[str]) -> None:
    """Nothing to do where the spider takes every argument given.

    Raises:
        ConfigError: it does not; a mistyped `sinc=2024-07-26` would crawl something else than what was asked for.
    """
    parameters = inspect.signature(spider).parameters.values()
    taken = [one.name for one in parameters if one.kind is not inspect.Parameter.VAR_KEYWORD]
    if unknown := [one for one in given if one not in taken]:
        raise ConfigError(f"spider {name} takes no argument {unknown[0]!r}; it takes: {', '.join(taken)}")


def check_names(what: str, wanted: Sequence[str], names: Sequence[str], profile: SiteProfile) -> None:
    """Nothing to do where the profile has everything of that name.

    Raises:
        ConfigError: it has not; a mistyped channel would crawl nothing.
    """
    if unknown := [name for name in wanted if name not in names]:
        raise ConfigError(f"no {what} {unknown[0]!r} in site {profile.name!r}; there are: {', '.join(names)}")
