"""The clock that everybody who shares a database goes by."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

_SERVER = select(func.statement_timestamp())


def shared_moment(session: Session) -> datetime:
    """Now, aware, UTC, as every host of the database has it.

    Paces, signs of life and leases of one host are compared by another, whose clock may stand elsewhere: by a
    server's clock none is early or late. A SQLite file is shared on one machine, and its clock is that machine's.
    """
    server = session.get_bind().dialect.name == "postgresql"
    return session.scalars(_SERVER).one().astimezone(UTC) if server else datetime.now(UTC)


def shared_now(session: Session) -> datetime:
    """The same in whole seconds."""
    return shared_moment(session).replace(microsecond=0)
