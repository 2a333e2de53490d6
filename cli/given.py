"""What every command gets: the configuration in force, and the archive opened for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # these take a quarter of a second, which `--help` need not wait for
    from sqlalchemy.orm import Session

    from storage.config import Config
    from storage.store.database import Database
    from storage.store.tables import ArticleRow


@dataclass(frozen=True, kw_only=True)
class Given:
    """Options that stand before the command."""

    config_file: Path | None = None


def configuration(ctx: typer.Context) -> Config:
    """The configuration in force.

    Raises:
        ConfigError: a file or variable is wrong.
    """
    from storage.config import load_config

    return load_config(ctx.ensure_object(Given).config_file)


@contextmanager
def opened(config: Config) -> Iterator[Database]:
    """The database, which must be there: a question in the wrong directory must not make an empty archive.

    Raises:
        StoreError: there is none, or it cannot be used.
    """
    from cli.progress import indexing
    from storage.errors import StoreError
    from storage.store.database import Database

    if config.database_file and not config.database_file.exists():
        raise StoreError(
            f"there is no archive at {config.database_file} yet: `xha crawl` makes one, `xha demo` shows one at work "
            "(XHA_HOME=… or --config names another place)"
        )
    with indexing() as told:
        database = Database.open(config.database_url, told)
    with database:
        yield database


@contextmanager
def asked(ctx: typer.Context) -> Iterator[Session]:
    """One state of the archive in force, for reading."""
    with opened(configuration(ctx)) as database, database.read() as session:
        yield session


def named(session: Session, config: Config, wanted: str) -> ArticleRow:
    """The article a person names: by its id, the beginning of that, or any of its addresses.

    Raises:
        NotFound: there is none, or several begin so.
    """
    from crawler.sites.profile import load_profile
    from storage.dedupe.canonical import canonical_url
    from storage.query.lookup import find_article

    canonical = canonical_url(wanted, load_profile(config.site).canonical) if "://" in wanted else None
    return find_article(session, wanted, canonical)
