"""Column types that behave the same on SQLite and PostgreSQL, and that no hostile page can break."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

MAX_ADDRESS_BYTES = 1_200
"""Longest address kept whole as a key. A PostgreSQL index row holds 2,704 bytes, and two addresses must fit in one."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL stores no NUL, UTF-8 has no lone surrogates."""


def storable(text: str) -> str:
    """`text` with what no database can store replaced by U+FFFD.

    >>> storable("a\\x00b")
    'a\\ufffdb'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def address_key(url: str) -> str:
    """The form in which a canonical URL is kept as a key: itself, or, where it is too long, its start and a digest.

    >>> address_key("https://example.com/a")
    'https://example.com/a'
    >>> len(address_key("https://example.com/" + "a" * 9_000)) <= MAX_ADDRESS_BYTES
    True
    """
    clean = storable(url)
    encoded = clean.encode()
    if len(encoded) <= MAX_ADDRESS_BYTES:
        return clean
    digest = "#sha256:" + hashlib.sha256(encoded).hexdigest()
    return encoded[: MAX_ADDRESS_BYTES - len(digest)].decode(errors="ignore") + digest


class SafeText(TypeDecorator[str]):
    """Text that can always be stored; see `storable`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Python → database."""
        return None if value is None else storable(value)


class Address(TypeDecorator[str]):
    """A canonical URL used as a key; see `address_key`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Python → database."""
        return None if value is None else address_key(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept and returned in UTC.

    PostgreSQL keeps a `timestamptz`; SQLite the text `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, which sorts as it should.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Python → database.

        Raises:
            ValueError: the time is naive (SQLAlchemy shows it as a StatementError).
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value.isoformat()}: attach its zone first")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Database → Python."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


WordT = TypeVar("WordT", bound=StrEnum)


class Word(TypeDecorator[WordT], Generic[WordT]):
    """One word of an enumeration, kept as text so that plain SQL reads it and a new word needs no migration."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[WordT]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: WordT | None, _dialect: Dialect) -> str | None:
        """Python → database; refuses a word that is not in the enumeration."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> WordT | None:
        """Database → Python."""
        return None if value is None else self.words(value)


class Json(TypeDecorator[Any]):
    """JSON (jsonb on PostgreSQL) whose texts can always be stored; Python's None is SQL NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """jsonb where there is one: it has operators and equality."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(JSONB(none_as_null=True) if postgres else JSON(none_as_null=True))

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        """Python → database."""
        return _storable_json(value)


def _storable_json(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): _storable_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable_json(item) for item in value]
    return value


BigId = BigInteger().with_variant(Integer, "sqlite")
"""64 bits everywhere; SQLite numbers rows by itself only where the type is called INTEGER."""
