"""Open calls: who sees which."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select, true

from ..models import CallOfficer, OpenCall


@dataclass(frozen=True)
class Reader:
    """Who asks: the account that may run calls, and whether they see all of them."""

    account_id: str | None = None
    sees_all: bool = False

    def sees(self) -> ColumnElement[bool]:
        """Keep the calls that this reader may know of: what is public, and those they run."""
        if self.sees_all:
            return true()
        public = OpenCall.published_at.is_not(None)
        if self.account_id is None:
            return public
        runs = exists().where(
            CallOfficer.call_id == OpenCall.id, CallOfficer.account_id == self.account_id
        )
        return or_(public, runs)


def by_slug(slug: str, reader: Reader) -> Select[OpenCall]:
    """Select the call of an address, if the reader may know of it."""
    return select(OpenCall).where(OpenCall.slug == slug, reader.sees())
