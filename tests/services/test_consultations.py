"""Opening and revising a consultation."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain import questions, templates
from consult.domain.errors import RuleBroken
from consult.models import Consultation, JournalEntry, Question, Stage, Tag, Theme
from consult.services import consultations, proposals

WORDS = {"title": "Le bus de nuit", "asked_by": "La ville", "purpose": "Choisir le tracé."}


@pytest.fixture
def owner(make):
    return make.account("organiser")


def create(session, owner, now, template="forum", **values):
    made = consultations.create(
        session, owner_id=owner.id, template=template, values=WORDS | values, now=now
    )
    session.commit()
    return made


def revise(session, consultation, now, **values):
    stored = consultations.values_of(session, consultation)
    consultations.revise(
        session,
        consultation,
        values=stored | values,
        version=consultations.stamp(stored),
        actor="account:x",
        now=now,
    )
    session.commit()


@pytest.mark.parametrize("name", sorted(templates.TEMPLATES))
def test_a_draft_opens_from_each_template(session, owner, now, name):
    made = create(session, owner, now, name)
    template = templates.TEMPLATES[name]
    assert made.published_at is None
    for feature in consultations.FEATURES:
        assert getattr(made, f"allows_{feature}") == template.FEATURES[feature]
    asked = session.scalars(select(Question).where(Question.consultation_id == made.id)).all()
    assert len(asked) == sum(len(theme.questions) for theme in template.STARTER)
    for question in asked:
        options = questions.kind(question.kind).normalise_options(question.options)
        assert options == question.options
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id))
    assert "consultation.created" in set(acts)


def test_an_unknown_template_is_refused(session, owner, now):
    with pytest.raises(RuleBroken, match="template-unknown"):
        create(session, owner, now, "../forum")


def test_fields_that_nobody_offers_are_ignored(session, owner, now):
    made = create(session, owner, now, published_at=now, owner_id="x" * 18, answers=99, id="y")
    assert (made.published_at, made.owner_id, made.answers) == (None, owner.id, 0)
    assert made.id != "y"


def test_parallel_copies_of_a_title_have_each_their_address(app, session, owner, now):
    def one(_number):
        with Session(session.get_bind()) as own:
            made = consultations.create(
                own, owner_id=owner.id, template="ideas", values=WORDS, now=now
            )
            own.commit()
            return made.slug

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(one, range(6)))
    assert len(set(found)) == 6
    assert "le-bus-de-nuit" in found


def test_the_words_the_tags_and_the_stages_are_kept(session, owner, now):
    made = create(session, owner, now)
    revise(
        session,
        made,
        now,
        title="  Le   bus ",
        will_decide="Le tracé.",
        access="listed",
        allows_ideas=True,
        tags="bus, nuit , bus",
        stage_preparation="Constat, Diagnostic",
        stage_open="Questionnement",
    )
    assert (made.title, made.access, made.allows_ideas) == ("Le bus", "listed", True)
    assert made.slug == "le-bus-de-nuit"
    assert set(session.scalars(select(Tag.label))) == {"bus", "nuit"}
    named = session.execute(select(Stage.label, Stage.phase).order_by(Stage.position)).all()
    assert [tuple(row) for row in named] == [
        ("Constat", "preparation"),
        ("Diagnostic", "preparation"),
        ("Questionnement", "open"),
    ]
    revise(session, made, now, tags="", stage_preparation="", stage_open="")
    assert session.scalar(select(Tag.label)) is None
    assert session.scalar(select(Stage.label)) is None


def test_what_a_form_does_not_hold_stays(session, owner, now):
    made = create(session, owner, now)
    revise(session, made, now, tags="bus", stage_open="Questions")
    stored = consultations.values_of(session, made)
    consultations.revise(
        session,
        made,
        values={"title": "Le bus"},
        version=consultations.stamp(stored),
        actor="account:x",
        now=now,
    )
    session.commit()
    assert (made.title, made.asked_by) == ("Le bus", WORDS["asked_by"])
    assert session.scalars(select(Tag.label)).all() == ["bus"]
    assert session.scalars(select(Stage.label)).all() == ["Questions"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "title-missing"),
        ({"title": "x" * 201}, "text-too-long"),
        ({"title": "a\x00b"}, "text-unreadable"),
        ({"access": "all"}, "option-unknown"),
        ({"access": ["open"]}, "option-unknown"),
        ({"tags": ",".join(f"t{n}" for n in range(13))}, "tags-too-many"),
        ({"stage_open": ",".join(f"t{n}" for n in range(13))}, "stages-too-many"),
    ],
)
def test_what_cannot_be_is_refused(session, owner, now, values, code):
    made = create(session, owner, now)
    with pytest.raises(RuleBroken) as refused:
        revise(session, made, now, **values)
    assert refused.value.code == code
    session.rollback()
    session.refresh(made)
    assert made.title == WORDS["title"]


def test_a_consultation_does_not_follow_itself(session, owner, now):
    made = create(session, owner, now)
    with pytest.raises(RuleBroken, match="follows-itself"):
        revise(session, made, now, follows_id=made.id)


def test_the_articles_follow_the_name_of_whoever_asks(session, owner, make, now):
    made = create(session, owner, now, template="law")
    theme = make.theme(made)
    split = proposals.preview("Article 1\nLe bus passe.")
    (article,) = proposals.create(session, theme, split.articles, actor="x", now=now)
    idea = make.proposal(theme, participant_id=make.participant().id)
    imported = make.proposal(theme, origin="cap:1")
    assert article.signature == WORDS["asked_by"]
    revise(session, made, now, asked_by="L'agglomération")
    for one in (article, idea, imported):
        session.refresh(one)
    assert (article.signed_as, article.signature) == ("organisation", "L'agglomération")
    assert (idea.signature, imported.signature) == ("", "")


def test_of_two_who_revise_at_once_the_second_is_told(session, owner, now):
    made = create(session, owner, now)
    stored = consultations.values_of(session, made)
    version = consultations.stamp(stored)
    revise(session, made, now, title="Le premier")
    with pytest.raises(RuleBroken) as refused:
        consultations.revise(
            session,
            made,
            values=stored | {"title": "Le second"},
            version=version,
            actor="account:y",
            now=now,
        )
    assert (refused.value.code, refused.value.status) == ("stale", 409)
    session.rollback()
    assert session.scalar(select(Consultation.title)) == "Le premier"


def test_parallel_revisions_keep_one(session, owner, now):
    made = create(session, owner, now)
    stored = consultations.values_of(session, made)

    def one(number):
        with Session(session.get_bind()) as own:
            try:
                consultations.revise(
                    own,
                    own.get_one(Consultation, made.id),
                    values=stored | {"title": f"Titre {number}"},
                    version=consultations.stamp(stored),
                    actor="account:y",
                    now=now,
                )
                own.commit()
            except RuleBroken as broken:
                own.rollback()
                return broken.code
            return "saved"

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(one, range(4)))
    assert sorted(done) == ["saved", "stale", "stale", "stale"]


def test_a_starter_theme_has_the_organisers_numbers(session, owner, now):
    made = create(session, owner, now, "law")
    theme = session.scalars(select(Theme).where(Theme.consultation_id == made.id)).one()
    assert (theme.label, theme.number, theme.position) == ("I", 1, 1)
