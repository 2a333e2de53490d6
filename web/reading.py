"""What every route gets: the configuration, and one state of the archive to read from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from storage.config import Config
from storage.store.database import Database
from web.kept import Kept

Answer = TypeVar("Answer")


def _config(request: Request) -> Config:
    return cast("Config", request.app.state.config)


def _session(request: Request) -> Iterator[Session]:
    database = cast("Database", request.app.state.database)
    with database.read() as session:
        yield session


InForce = Annotated[Config, Depends(_config)]
"""The configuration in force."""
Reading = Annotated[Session, Depends(_session)]
"""A transaction that sees one state of the archive throughout, and cannot write."""


def kept(request: Request, key: Hashable, ask: Callable[[Session], Answer]) -> Answer:
    """An answer that takes long and may be some minutes old; `ask` gets a session of its own."""

    def compute() -> Answer:
        with cast("Database", request.app.state.database).read() as session:
            return ask(session)

    return cast("Kept", request.app.state.kept).get(key, compute)
