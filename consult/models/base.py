"""The declarative base: names of constraints, identifiers, instants."""

import secrets
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 18
LONG_INTEGER = BigInteger().with_variant(Integer(), "sqlite")


def new_id() -> str:
    """Return a new identifier: 18 characters, 48 bits of milliseconds then 42 of chance.

    It sorts by time of creation, so that indexes grow at one end, and cannot be guessed.
    """
    number = (time.time_ns() // 1_000_000 << 42) | secrets.randbits(42)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(85, -1, -5))


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC instant, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Name the type of its values, which cursors need."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware instant."""
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Base(DeclarativeBase):
    """Every table inherits from here."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: UTCDateTime,
        dict[str, Any]: JSON(none_as_null=True).with_variant(
            JSONB(none_as_null=True), "postgresql"
        ),
        str: Text,
    }


Id = String(ID_LENGTH)
