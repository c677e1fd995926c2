"""The files that a document or a seat of a room holds."""

from sqlalchemy import Select, select

from ..models import RoomDocument, RoomFile, Seat


def held_by(holder: RoomDocument | Seat) -> dict[str, str]:
    """Return the column that leads from a file to what holds it, and its value."""
    return {"document_id" if isinstance(holder, RoomDocument) else "seat_id": holder.id}


def of(holder: RoomDocument | Seat) -> Select[RoomFile]:
    """Select the files that something holds, in the order they were joined."""
    query = select(RoomFile).filter_by(**held_by(holder))
    return query.order_by(RoomFile.created_at, RoomFile.id)


def of_document(room_id: str, document_id: str, file_id: str) -> Select[RoomFile]:
    """Select a file of a document of a room."""
    return (
        select(RoomFile)
        .join(RoomDocument, RoomDocument.id == RoomFile.document_id)
        .where(
            RoomFile.id == file_id,
            RoomFile.document_id == document_id,
            RoomDocument.room_id == room_id,
        )
    )
