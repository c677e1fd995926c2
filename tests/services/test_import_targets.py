import pytest

from consult.domain.errors import RuleBroken
from consult.formats import records
from consult.models import Consultation
from consult.services import import_targets

HEADER = records.Consultation(
    key="c1",
    title="Un forum",
    slug_hint="le-forum",
    introduction="Pour écouter.",
    settings={"asked_by": "La ville", "owner_id": "me", "results": "live"},
)


def create(session, now, **facts):
    return import_targets.create(session, "jsonl", HEADER, facts.get("title"), now)


def test_a_new_consultation_takes_the_settings_a_file_may_give(session, make, now):
    make.account("organiser")
    make.account("organiser")
    made = create(session, now)
    assert (made.slug, made.title, made.purpose) == ("le-forum", "Un forum", "Pour écouter.")
    assert (made.asked_by, made.owner_id) == ("La ville", None)


def test_the_only_organiser_looks_after_it(session, make, now):
    ada = make.account("organiser")
    assert create(session, now, title="Autre").owner_id == ada.id


def test_it_is_found_again_by_its_source(session, now):
    made = create(session, now)
    assert import_targets.find(session, "jsonl", HEADER, None) is made
    assert import_targets.find(session, "spip-forum-text", HEADER, None) is None
    assert import_targets.find(session, "jsonl", HEADER, "le-forum") is made
    with pytest.raises(RuleBroken, match="consultation-unknown"):
        import_targets.find(session, "jsonl", HEADER, "ailleurs")


def test_the_parts_needed_to_read_it_are_turned_on(session, make):
    proposal = make.proposal(make.theme())
    make.source(proposal)
    consultation = session.get(Consultation, proposal.consultation_id)
    import_targets.show_what_came(session, consultation)
    assert consultation.allows_sources
    assert not consultation.allows_arguments
