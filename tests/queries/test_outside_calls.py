"""The board: what is not withdrawn nor past, near a place."""

from datetime import timedelta

from consult.models import OutsideCall
from consult.queries import outside_calls


def test_the_board_holds_what_can_still_be_asked_near_a_place(session, make, now):
    today, person = now.date(), make.account()

    def told(title, **facts):
        words = {"funder": "F", "link": "https://exemple.fr/", "created_at": now}
        make.save(OutsideCall(title=title, **words | facts))

    told("ici", territory_code="R-44", closes_on=today, account_id=person.id)
    told("partout")
    told("ailleurs", territory_code="C-988")
    told("past", closes_on=today - timedelta(days=1))
    told("gone", withdrawn_at=now)

    def titles(query):
        return {row.title for row in session.execute(query)}

    assert titles(outside_calls.on_the_board(today)) == {"ici", "partout", "ailleurs"}
    assert titles(outside_calls.latest(today, "D-54", 9)) == {"ici", "partout"}
    assert titles(outside_calls.told_by(person.id)) == {"ici"}
    assert titles(outside_calls.told_by(None)) == {"ici", "partout", "ailleurs", "past"}
