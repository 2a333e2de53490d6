"""A small site, crawled once into an archive that tests ask and do not change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "crawl"))  # for crawl_samples, which crawls are made of

from cli_samples import Crawled, asker, fill, xha
from crawl_samples import Home, SmallSite, profile
from typer.testing import Result


@pytest.fixture(scope="session")
def site() -> Iterator[SmallSite]:
    """A site that does not change."""
    with SmallSite() as made:
        fill(made)
        yield made


@pytest.fixture(scope="session")
def crawled(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """The site, and an archive of it that must not be changed."""
    home = Home(tmp_path_factory.mktemp("crawled"), profile(site.url))
    done = xha(home, "crawl")
    assert done.returncode == 0, done.stderr
    return Crawled(site, home)


@pytest.fixture
def fresh(site: SmallSite, tmp_path: Path) -> Home:
    """A home without an archive."""
    return Home(tmp_path / "home", profile(site.url))


@pytest.fixture
def ask(crawled: Crawled, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in this process, on the crawled archive; for questions, which need no process of their own."""
    return asker(crawled.home, monkeypatch)
