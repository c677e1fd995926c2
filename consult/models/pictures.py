"""The pictures of syntheses: what illustrates a block."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Id
from .stored_files import StoredFile


class Picture(StoredFile):
    """A picture of a synthesis, made again from its points; published versions keep it."""

    __tablename__ = "picture"

    synthesis_id: Mapped[str] = mapped_column(
        Id, ForeignKey("synthesis.id", ondelete="CASCADE"), index=True
    )
    width: Mapped[int]
    height: Mapped[int]

    __table_args__ = (CheckConstraint("width >= 1 and height >= 1", name="points"),)
