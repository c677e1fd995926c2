from sqlalchemy import func, select

from consult import data
from consult.models import Territory
from consult.services import territories


def test_what_is_missing_is_loaded_once(session):
    lines = data.read()
    before = session.scalar(select(func.count()).select_from(Territory))
    missing = {line.code for line in lines} - set(session.scalars(select(Territory.code)))
    assert territories.load(session, lines) == len(missing) > 0
    assert territories.load(session, lines) == 0
    reunion = session.scalars(select(Territory).where(Territory.name == "La Réunion")).first()
    assert reunion.time_zone == "Indian/Reunion"
    assert session.scalar(select(func.count()).select_from(Territory)) == before + len(missing)
    session.rollback()
