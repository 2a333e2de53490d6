"""One archive and one server for all tests of the pages: they only read."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from web_site import Served, crawl_twice, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The archive, served on loopback."""
    home = crawl_twice(tmp_path_factory.mktemp("web"))
    with serving(home) as url:
        yield Served(home, url)


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[httpx.Client]:
    """Asks the server without a browser."""
    with httpx.Client(base_url=served.url, trust_env=False, timeout=30) as made:
        yield made
