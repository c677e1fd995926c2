"""The files that a room keeps: with one of its documents, or with the note of a seat."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Id
from .stored_files import StoredFile


class RoomFile(StoredFile):
    """A file joined to a document of a room, or left to the next holder of a seat."""

    __tablename__ = "room_file"

    document_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room_document.id", ondelete="CASCADE"), index=True
    )
    seat_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("seat.id", ondelete="CASCADE"), index=True
    )
    # Who joined it; nobody once they are erased.
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )

    __table_args__ = (
        CheckConstraint("(document_id is null) <> (seat_id is null)", name="held_once"),
    )
