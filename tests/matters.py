"""Matters for tests: three local rooms of one hub, a national room, and acts with fresh keys."""

from itertools import count
from types import SimpleNamespace

from consult.services import matters

NUMBERS = count(1)


def tree(make):
    """Three local rooms below a hub, another hub with one local room, the national room."""
    found = SimpleNamespace()
    found.national = make.room("national")
    found.hub, found.hub2 = (make.room("hub", None, found.national) for _ in range(2))
    found.a, found.b, found.c = (make.room("local", None, found.hub) for _ in range(3))
    found.far = make.room("local", None, found.hub2)
    found.ada = make.account(name="Ada")
    return found


def begun(session, room, account, now, *, publish=True, title="Des postes fixes", **facts):
    words = matters.Words(title, "Les contrats sont trop courts.", **facts.pop("words", {}))
    matter = matters.begin(session, room, words, account_id=account.id, now=now, **facts)
    session.commit()
    if publish:
        does(session, matter, "publish", room, account, now)
    return matter


def does(session, matter, name, room, account, now, **facts):
    facts = {"key": f"essai-{next(NUMBERS):06}", "reasons": "Parce que."} | facts
    what = matters.Act(name, account.id, room.id if room else None, **facts)
    done = matters.act(session, matter.id, what, now=now)
    session.commit()
    return done
