"""What the opinions of a consultation make together, worked out now and then."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id


class OpinionMap(Base):
    """The groups that the opinions of a consultation make, as JSON text, and when they were found.

    `opinions` is how many there were then: while there are as many, nothing is worked out again.
    """

    __tablename__ = "opinion_map"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    opinions: Mapped[int]
    content: Mapped[str]
    found_at: Mapped[datetime]
