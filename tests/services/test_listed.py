"""The people on a list."""

import pytest

from consult.domain.errors import RuleBroken
from consult.services import consultations, listed


def replace(session, consultation, raw, now):
    stored = listed.of(session, consultation)
    done = listed.replace(
        session,
        consultation,
        raw=raw,
        version=consultations.stamp({"listed": stored}),
        actor="account:x",
        now=now,
    )
    session.commit()
    return done


def test_a_list_is_read_line_by_line_and_each_person_once(session, make, now):
    consultation = make.consultation(access="listed")
    assert replace(session, consultation, "A@x.fr; b@x.fr\r\n\r\n a@x.fr ,c@x.fr", now) == (3, 0)
    assert listed.of(session, consultation) == ["a@x.fr", "b@x.fr", "c@x.fr"]
    assert replace(session, consultation, "b@x.fr\nd@x.fr", now) == (1, 2)
    assert replace(session, consultation, "b@x.fr\nd@x.fr", now) == (0, 0)
    assert replace(session, consultation, "", now) == (0, 2)


def test_a_wrong_address_is_named_with_its_line(session, make, now):
    with pytest.raises(RuleBroken) as refused:
        replace(session, make.consultation(), "a@x.fr\nmoi chez.moi", now)
    assert refused.value.code == "listed-unreadable"
    assert refused.value.facts == {"line": 2, "text": "moi"}


def test_there_is_a_most(session, make, now, monkeypatch):
    monkeypatch.setattr(listed, "MOST", 2)
    with pytest.raises(RuleBroken, match="listed-too-many"):
        replace(session, make.consultation(), "a@x.fr b@x.fr c@x.fr", now)


def test_a_stale_list_is_refused(session, make, now):
    consultation = make.consultation()
    version = consultations.stamp({"listed": []})
    replace(session, consultation, "a@x.fr", now)
    with pytest.raises(RuleBroken, match="stale"):
        listed.replace(
            session, consultation, raw="b@x.fr", version=version, actor="account:x", now=now
        )
