"""What may stand after `scrapy crawl SPIDER -a`: the names a spider's constructor has, and no others."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

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
