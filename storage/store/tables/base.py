"""What all tables share: naming of constraints, and which column type stands for which Python type."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

from storage.store.types import BigId, Json, SafeText, UtcDateTime


class Base(DeclarativeBase):
    """Base of every table. Each column carries its meaning in `doc`; docs/schema.md is written from it."""

    __table__: ClassVar[Table]
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: SafeText(),
        int: BigId,
        datetime: UtcDateTime(),
        date: Date(),
        dict[str, Any]: Json(),
        list[Any]: Json(),
    }
