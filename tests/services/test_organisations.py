import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Mandate
from consult.services import organisations


def test_two_spellings_are_one_organisation(session, now):
    first = organisations.named(session, "Les Petits Débrouillards", now=now)
    again = organisations.named(session, "les petits debrouillards", now=now)
    assert first.id == again.id
    assert first.slug == "les-petits-debrouillards"


def test_two_names_with_one_address_get_two(session, now):
    first = organisations.named(session, "Café & Cie", now=now)
    other = organisations.named(session, "Café Cie 2", now=now)
    third = organisations.named(session, "!!!", now=now)
    same = organisations.named(session, "Café Cie ２ 日本", now=now)
    assert len({one.slug for one in (first, other, third, same)}) == 4
    assert same.slug.startswith("cafe-cie-2-")


def official(session, name, now):
    found = organisations.named(session, name, now=now)
    organisations.confirm(session, found, official=True, actor="account:x", now=now)
    session.commit()
    return found


def test_a_name_that_looks_like_an_official_one_is_refused(session, now):
    early = organisations.named(session, "Reglon Grand Est", now=now)
    confirmed = official(session, "Région Grand Est", now)
    with pytest.raises(RuleBroken) as broken:
        organisations.chosen(session, "Rég1on Grаnd Est", now=now)
    assert (broken.value.code, broken.value.facts) == (
        "organisation-alike",
        {"name": "Région Grand Est"},
    )
    assert organisations.chosen(session, "région grand est", now=now).id == confirmed.id
    assert organisations.chosen(session, "Reglon Grand Est", now=now).id == early.id
    assert organisations.alike(session, early.name).id == confirmed.id
    assert organisations.alike(session, confirmed.name) is None
    organisations.chosen(session, "Région Sud", now=now)


def test_only_members_sign_for_an_official_one(session, make, now):
    found = official(session, "Région Grand Est", now)
    awa, bob = make.account(), make.account()
    person, other = (make.participant(account_id=one.id).id for one in (awa, bob))
    for one, ended in ((awa, None), (bob, now)):
        facts = {"organisation_id": found.id, "account_id": one.id, "ended_at": ended}
        make.save(Mandate(began_at=now, **facts))
    name = "REGION grand est"
    assert organisations.signing(session, name, person, now=now).id == found.id
    for who in (other, make.participant().id):
        with pytest.raises(RuleBroken, match="organisation-members-only"):
            organisations.signing(session, name, who, now=now)
    assert organisations.signing(session, "Le café", other, now=now).name == "Le café"


def test_what_is_official_can_be_so_no_longer(session, make, now):
    found = official(session, "La région", now)
    organisations.confirm(session, found, official=True, actor="account:x", now=now)
    organisations.confirm(session, found, official=False, actor="account:x", now=now)
    assert found.confirmed_at is None
    organisations.signing(session, "La région", make.participant().id, now=now)
    query = (
        select(JournalEntry.act)
        .where(JournalEntry.act.like("organisation.%"))
        .order_by(JournalEntry.id)
    )
    assert sorted(session.scalars(query)) == [
        "organisation.confirmed",
        "organisation.unconfirmed",
    ]
