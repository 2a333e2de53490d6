"""Articles that the index does not rule out, in order; one module for each database."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from sqlalchemy.orm import Session

from storage.query.candidates import postgres, sqlite
from storage.query.plan import Entry, Plan


def newest_first(session: Session, asked: Plan) -> Iterator[Entry]:
    """The candidates, the newest first; read as they are taken."""
    return iter(()) if asked.impossible else _of(session).newest_first(session.connection(), asked)


def in_any_order(session: Session, asked: Plan) -> Iterator[Entry]:
    """The candidates in an order that costs nothing; read as they are taken."""
    return iter(()) if asked.impossible else _of(session).in_any_order(session.connection(), asked)


def number(session: Session, asked: Plan, most: int) -> int:
    """How many candidates there are, counted up to `most`."""
    return 0 if asked.impossible else min(_of(session).number(session.connection(), asked, most), most)


def _of(session: Session) -> ModuleType:
    return sqlite if session.get_bind().dialect.name == "sqlite" else postgres
