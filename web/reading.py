"""What every route gets: the configuration, and one state of the archive to read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from storage.config import Config
from storage.store.database import Database


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
