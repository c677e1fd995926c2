"""What is written under a text: the columns kept, once for each form, only where it is wanted."""

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.models import Contribution, JournalEntry, Statement, Submission
from consult.queries import counters
from consult.services import answers, replies
from consult.services.participation import Actor

ON = {f"allows_{what}": True for what in ("arguments", "sources", "amendments", "comments")}


@pytest.fixture
def proposal(make):
    return make.proposal(make.theme(make.consultation(**ON)), body="Ancien.", version=3)


@pytest.fixture
def send(session, make, now):
    def send(parent, kind, raw, actor=None, key="cle", **signing):
        reply = replies.Reply(kind, replies.read(kind, raw), answers.Signing(**signing))
        sent = replies.send(
            session, parent, reply, actor or Actor(make.participant().id), key=key, now=now
        )
        session.commit()
        return sent

    return send


def test_each_kind_keeps_its_columns(session, proposal, send):
    argument = send(proposal, "argument", {"body": " Oui\r\nnon ", "side": "against"})
    assert (argument.body, argument.side) == ("Oui\nnon", "against")
    source = send(proposal, "source", {"body": "Loi", "link": "https://loi.fr"})
    assert (source.body, source.link) == ("Loi", "https://loi.fr")
    amendment = send(proposal, "amendment", {"body": "Nouveau.", "explanation": "Mieux."})
    assert (amendment.explanation, amendment.value) == ("Mieux.", {"on_version": 3})
    comment = send(proposal, "comment", {"body": "Bien vu.", "side": "for", "link": "x"})
    assert (comment.side, comment.link, comment.search) == (None, "", "bien vu")
    session.refresh(proposal)
    assert proposal.replies == 4
    for recount in counters.RECOUNTS.values():
        assert not session.scalars(recount()).all()


def test_all_of_one_person_is_one_contribution(session, make, proposal, send):
    actor = Actor(make.participant().id)
    first = send(proposal, "comment", {"body": "Un."}, actor, "a")
    second = send(proposal, "source", {"body": "Deux."}, actor, "b")
    assert first.contribution_id == second.contribution_id
    assert session.scalars(select(Contribution)).one().tracking_number


def test_one_form_is_one_reply(session, make, proposal, send):
    actor = Actor(make.participant().id)
    first = send(proposal, "comment", {"body": "Un."}, actor)
    assert send(proposal, "comment", {"body": "Autre."}, actor).id == first.id
    assert session.scalar(select(func.count()).select_from(Submission)) == 1
    for other, kind in ((make.proposal(make.theme(make.consultation(**ON))), "comment"),):
        with pytest.raises(RuleBroken) as broken:
            send(other, kind, {"body": "Un."}, actor)
        assert broken.value.code == "key-used"
    with pytest.raises(RuleBroken):
        send(proposal, "source", {"body": "Un."}, actor)


@pytest.mark.parametrize("key", ["", "k" * 81, "a\x00", "a\nb"])
def test_a_key_that_is_none_is_refused(proposal, send, key):
    with pytest.raises(RuleBroken) as broken:
        send(proposal, "comment", {"body": "Un."}, key=key)
    assert broken.value.code == "key-unreadable"


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("argument", {"body": "Oui"}, "side-unknown"),
        ("argument", {"side": "for"}, "argument-empty"),
        ("source", {"body": "x", "link": "javascript:1"}, "link-unreadable"),
        ("amendment", {"body": ""}, "amendment-empty"),
        ("comment", {"body": "\u200b"}, "comment-empty"),
        ("comment", {"body": "a" * 20_001}, "text-too-long"),
        ("comment", {"body": "\ud800"}, "text-unreadable"),
    ],
)
def test_what_is_wrong_is_said(kind, raw, code):
    with pytest.raises(RuleBroken) as broken:
        replies.read(kind, raw)
    assert (broken.value.code, broken.value.status) == (code, 422)


def test_an_amendment_changes_something(proposal, send):
    with pytest.raises(RuleBroken) as broken:
        send(proposal, "amendment", {"body": "Ancien."})
    assert broken.value.code == "amendment-same"


def test_the_journal_holds_no_text(session, proposal, send):
    send(proposal, "comment", {"body": "Un secret."})
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "comment.sent")).one()
    assert "secret" not in str(entry.facts)


@pytest.mark.parametrize("kind", ["comment", "argument"])
def test_nothing_hangs_on_what_is_not_public(session, proposal, send, kind):
    proposal.state = "hidden"
    session.commit()
    with pytest.raises(RuleBroken) as broken:
        send(proposal, kind, {"body": "Un.", "side": "for"})
    assert broken.value.status == 409
    assert session.scalar(select(func.count()).where(Statement.parent_id == proposal.id)) == 0


@pytest.mark.parametrize(
    ("kind", "feature"),
    [("comment", "comments"), ("argument", "arguments"), ("source", "sources"),
     ("amendment", "amendments")],
)  # fmt: skip
def test_only_what_the_consultation_offers_is_taken(make, send, kind, feature):
    off = make.proposal(make.theme(make.consultation(**ON | {f"allows_{feature}": False})))
    with pytest.raises(RuleBroken) as broken:
        send(off, kind, {"body": "Un.", "side": "for"})
    assert (broken.value.code, broken.value.status) == ("reply-not-offered", 403)


def test_an_unknown_kind_is_missing(session, proposal, now):
    with pytest.raises(RuleBroken) as broken:
        replies.may_send(session, "vote", proposal, Actor(""), now=now)
    assert broken.value.status == 404
