"""What the worker does for consultations: find again the groups that opinions make."""

from flask import Flask

from ... import clock
from ...domain import extras
from ...extensions import db
from ...services import opinion_maps


def find_groups(_app: Flask) -> bool:
    """Look at the consultation whose turn it is; without the analysis extra, at none."""
    if not extras.has(*extras.NUMBERS):
        return False
    looked = opinion_maps.refresh(db.session(), now=clock.now())
    db.session.commit()
    return looked
