"""Articles of a draft, and the ideas of participants."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.domain import signatures
from consult.domain.errors import RuleBroken
from consult.models import Contribution, Organisation, Proposal
from consult.queries import counters
from consult.services import answers, drafts, proposals
from consult.services.participation import Actor
from consult.services.proposals import Idea

LAW = """Titre I
Article 1er : Ouverture
Les données sont ouvertes.

Article 2
Les codes sources sont communicables.
"""


@pytest.fixture
def theme(make):
    return make.theme(make.consultation(allows_ideas=True))


@pytest.fixture
def propose(session, make, now):
    def propose(theme, body, actor=None, *, title="", key="cle", at=None, **signing):
        idea = Idea(*proposals.read(title, body), answers.Signing(**signing))
        made = proposals.propose(
            session, theme, idea, actor or Actor(make.participant().id), key=key, now=at or now
        )
        session.commit()
        return made

    return propose


# ---- articles ----------------------------------------------------------------------------------


def test_a_pasted_text_becomes_articles_in_order(session, theme, now):
    split = proposals.preview(LAW)
    made = proposals.create(session, theme, split.articles, actor="account:x", now=now)
    session.commit()
    assert [(one.position, one.title) for one in made] == [
        (1, "Article 1er – Ouverture"),
        (2, "Article 2"),
    ]
    assert made[0].body == "Les données sont ouvertes."
    assert {(one.signed_as, one.signature) for one in made} == {("organisation", "La région")}
    assert {one.state for one in made} == {"published"}
    again = proposals.create(session, theme, split.articles, actor="account:x", now=now)
    assert again == []
    more = proposals.preview("Article 3\nEt la suite.").articles
    assert proposals.create(session, theme, more, actor="x", now=now)[0].position == 3
    session.commit()
    for recount in counters.RECOUNTS.values():
        assert not session.scalars(recount()).all()


@pytest.mark.parametrize("text", ["", "Un texte sans numéro.", "\u200b"])
def test_a_text_without_articles_is_refused(text):
    with pytest.raises(RuleBroken) as broken:
        proposals.preview(text)
    assert broken.value.code == "articles-none"


def test_too_many_articles_are_refused():
    text = "\n".join(f"Article {n}\nTexte." for n in range(1, 502))
    with pytest.raises(RuleBroken) as broken:
        proposals.preview(text)
    assert broken.value.code == "articles-too-many"


def test_no_article_is_added_after_the_close(session, make, now):
    theme = make.theme(make.consultation(closes_at=now - timedelta(hours=1)))
    with pytest.raises(RuleBroken) as broken:
        proposals.create(session, theme, proposals.preview(LAW).articles, actor="x", now=now)
    assert broken.value.status == 409


# ---- ideas -------------------------------------------------------------------------------------


def test_an_idea_is_stored_with_its_signature(session, theme, propose):
    signature = signatures.read("organisation", "", "Médiathèque de Toul", "directrice")
    made = propose(theme, "Ouvrir le soir.", signature=signature, territory_code="D-54")
    assert (made.title, made.body, made.state) == ("Ouvrir le soir", "Ouvrir le soir.", "published")
    assert (made.signature, made.function) == ("Médiathèque de Toul", "directrice")
    assert made.organisation_id == session.scalars(select(Organisation.id)).one()
    assert session.scalars(select(Contribution)).one().tracking_number
    session.refresh(theme)


def test_the_draft_is_gone_once_sent(session, make, theme, propose, now):
    actor = Actor(make.participant().id)
    target = proposals.draft_target(theme.consultation_id)
    drafts.save(
        session,
        participant_id=actor.participant_id,
        target=target,
        form={"body": ["Ouvrir le soir."]},
        now=now,
    )
    propose(theme, "Ouvrir le soir.", actor)
    assert drafts.find(session, actor.participant_id, target) is None


def test_one_form_is_one_idea(session, make, theme, propose):
    actor = Actor(make.participant().id)
    first = propose(theme, "Ouvrir le soir.", actor)
    assert propose(theme, "Autre chose.", actor).id == first.id
    assert session.scalar(select(func.count()).select_from(Proposal)) == 1
    with pytest.raises(RuleBroken) as broken:
        propose(make.theme(make.consultation(allows_ideas=True)), "Ouvrir.", actor)
    assert broken.value.code == "key-used"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"allows_ideas": False}, "reply-not-offered"),
        ({"moderation": "before"}, None),
        ({"access": "email"}, "email-needed"),
    ],
)
def test_where_ideas_are_taken(session, make, propose, facts, code):
    theme = make.theme(make.consultation(**{"allows_ideas": True} | facts))
    if code is None:
        assert propose(theme, "Ouvrir le soir.").state == "pending"
        return
    with pytest.raises(RuleBroken) as broken:
        propose(theme, "Ouvrir le soir.")
    assert broken.value.code == code
    assert not session.scalars(select(Proposal)).all()


def test_an_unknown_territory_is_refused(theme, propose):
    with pytest.raises(RuleBroken) as broken:
        propose(theme, "Ouvrir.", territory_code="D-99")
    assert broken.value.code == "territory-unknown"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Ouvrir le soir. Et le dimanche.", "Ouvrir le soir"),
        ("Ouvrir\nle soir", "Ouvrir"),
        ("mot " * 60, "mot " * 19 + "mot…"),
        ("x" * 100, "x" * 80 + "…"),
    ],
)
def test_a_title_is_made_of_the_first_words(body, title):
    assert proposals.read("", body)[0] == title
    assert proposals.read(" Mon  titre ", body)[0] == "Mon titre"


# ---- look-alikes -------------------------------------------------------------------------------


def test_proposals_that_look_alike_are_found_closest_first(session, make, theme):
    same = make.proposal(theme, title="", body="Ouvrir les médiathèques le dimanche après-midi.")
    near = make.proposal(theme, title="", body="Ouvrir les médiathèques le dimanche matin en été.")
    make.proposal(theme, title="", body="Prêter des ordinateurs aux habitants.")
    make.proposal(theme, title="", body="Ouvrir les médiathèques le dimanche.", state="pending")
    elsewhere = make.theme(make.consultation())
    make.proposal(elsewhere, title="", body="Ouvrir les médiathèques le dimanche après-midi.")
    text = "On pourrait ouvrir la médiathèque les dimanches après-midi"
    found = proposals.alike(session, theme.consultation_id, text)
    assert found == [same.id, near.id]


@pytest.mark.parametrize("text", ["", "???", "' OR 1=1 --", '"', "* AND NOT", "a:b & !c <-> d \\"])
def test_no_text_breaks_the_search_of_look_alikes(session, make, theme, text):
    make.proposal(theme)
    assert isinstance(proposals.alike(session, theme.consultation_id, text), list)
