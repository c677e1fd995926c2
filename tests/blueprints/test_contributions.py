from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Answer, Consultation, Contribution, Revision, Statement

HERE = "/consultations/suivi/questions/1-1"


@pytest.fixture
def question(make):
    theme = make.theme(make.consultation(slug="suivi"), number=1)
    return make.question(theme, number=1)


@pytest.fixture
def sent(browser, session, question):
    """An answer sent by `browser`."""
    browser.submit(browser.get(HERE), f"{HERE}/send", value="Premier texte.")
    return session.scalars(select(Answer)).one()


def number_of(session):
    return session.scalars(select(Contribution.tracking_number)).one()


def test_a_number_leads_to_the_answer_from_anywhere(browser, session, sent):
    other = browser.again()
    assert other.get(f"/follow-up/{sent.contribution_id}").status == 404
    found = other.submit(
        other.get("/follow-up"), "/follow-up", number=f" {number_of(session).lower()} "
    )
    assert "Premier texte." in found.words()
    assert found.url == f"/follow-up/{sent.contribution_id}"
    assert found.response.headers["Referrer-Policy"] == "no-referrer"
    assert found.response.headers["Cache-Control"] == "private, no-store"
    edit = f"/statements/{sent.id}/edit"
    other.submit(other.get(edit), edit, value="Corrigé ailleurs.")
    session.refresh(sent)
    assert sent.body == "Corrigé ailleurs."


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("published", "Texte publié"),
        ("hidden", "Texte masqué"),
        ("withdrawn", "Texte retiré"),
        ("pending", "En relecture"),
        ("to_correct", "À corriger"),
        ("awaiting", "En attente de votre adresse"),
    ],
)
def test_a_state_is_said_in_words_that_suit_every_kind(browser, session, make, sent, state, said):
    about = {"contribution_id": sent.contribution_id, "participant_id": sent.participant_id}
    parent = make.proposal(make.theme(session.get(Consultation, sent.consultation_id)))
    for kind in (make.argument, make.comment, make.amendment, make.source):
        kind(parent, state=state, **about)
    page = browser.get(f"/follow-up/{sent.contribution_id}").words()
    assert page.count(said) >= 4
    assert not [word for word in ("Publiée", "Masquée", "Retirée", "Envoyée") if word in page]


@pytest.mark.parametrize("number", ["", "GE-00000-11111", "x" * 5000, "GE\x00", "ＧＥ"])
def test_a_number_that_leads_nowhere_is_said(browser, question, number):
    assert browser.submit(browser.get("/follow-up"), "/follow-up", number=number).status == 404


def test_a_correction_keeps_the_history(browser, session, sent):
    edit = f"/statements/{sent.id}/edit"
    browser.submit(browser.get(edit), edit, value="Deuxième texte.")
    revision = session.scalars(select(Revision)).one()
    session.refresh(sent)
    assert (revision.version, revision.body, sent.version) == (1, "Premier texte.", 2)
    page = browser.again().get(f"/answers/{sent.id}")
    assert page.all("ins") and page.all("del")
    assert "Deuxième texte." in page.words()


def test_a_stale_correction_shows_both_texts(browser, session, sent):
    edit = f"/statements/{sent.id}/edit"
    old = browser.get(edit)
    browser.submit(browser.get(edit), edit, value="Dans un autre onglet.")
    refused = browser.submit(old, edit, value="Dans le vieil onglet.")
    assert refused.status == 409
    assert "Dans un autre onglet." in refused.text
    assert "Dans le vieil onglet." in refused.text
    session.refresh(sent)
    assert sent.body == "Dans un autre onglet."
    browser.submit(refused, edit)
    session.refresh(sent)
    assert (sent.body, sent.version) == ("Dans le vieil onglet.", 3)


@pytest.mark.parametrize("value", ["", "nul\x00", "a" * 20_001])
def test_a_correction_that_cannot_be_kept_comes_back(browser, session, sent, value):
    edit = f"/statements/{sent.id}/edit"
    assert browser.submit(browser.get(edit), edit, value=value).status == 422
    session.refresh(sent)
    assert sent.body == "Premier texte."


@pytest.mark.parametrize("version", ["", "-1", "x", str(2**63), "1" * 400, "٣"])
def test_a_version_that_is_none_overwrites_nothing(browser, session, sent, version):
    edit = f"/statements/{sent.id}/edit"
    page = browser.submit(browser.get(edit), edit, value="Autre.", version=version)
    assert page.status == 409
    session.refresh(sent)
    assert sent.body == "Premier texte."


def test_what_is_another_s_is_refused(browser, session, make, question, sent):
    other = browser.again()
    for what in ("edit", "withdraw"):
        assert other.get(f"/statements/{sent.id}/{what}").status == 403
        page = browser.get(f"/statements/{sent.id}/{what}")
        data = {"csrf_token": token(other.get("/follow-up")), "value": "x", "version": "1"}
        assert other.post(f"/statements/{sent.id}/{what}", data).status == 403
        assert page.status == 200
    sent.state = "hidden"
    session.commit()
    assert other.get(f"/statements/{sent.id}/edit").status == 404
    assert other.get("/statements/inconnu/edit").status == 404
    assert browser.get(f"/statements/{sent.id}/edit").status == 200
    assert browser.get(f"/statements/{sent.id}/withdraw").status == 409
    session.refresh(sent)
    assert sent.body == "Premier texte."


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_a_withdrawn_answer_is_gone_and_uncounted(browser, session, question, sent):
    path = f"/statements/{sent.id}/withdraw"
    page = browser.get(path)
    after = browser.submit(page, path, reason="Je me suis trompée.")
    assert "Premier texte." in after.words()
    session.refresh(sent)
    session.refresh(question)
    assert (sent.state, question.answers) == ("withdrawn", 0)
    assert browser.again().get(f"/answers/{sent.id}").status == 404
    assert browser.submit(page, path).status == 409


def test_nothing_changes_after_the_close(browser, session, sent, now):
    edit, path = f"/statements/{sent.id}/edit", f"/statements/{sent.id}/withdraw"
    pages = browser.get(edit), browser.get(path)
    from consult.models import Consultation

    session.scalars(select(Consultation)).one().closes_at = now - timedelta(seconds=1)
    session.commit()
    refused = browser.submit(pages[0], edit, value="Trop tard, mais gardé.")
    assert refused.status == 409
    assert "Trop tard, mais gardé." in refused.text
    assert browser.submit(pages[1], path).status == 409
    assert browser.get(edit).status == 409
    session.refresh(sent)
    assert (sent.body, sent.state) == ("Premier texte.", "published")


def test_a_correction_is_read_again_where_everything_is(browser, session, sent):
    from consult.models import Consultation

    session.scalars(select(Consultation)).one().moderation = "before"
    session.commit()
    edit = f"/statements/{sent.id}/edit"
    browser.submit(browser.get(edit), edit, value="Relisez-moi.")
    session.refresh(sent)
    assert sent.state == "pending"


def test_other_texts_are_followed_too(browser, session, make, question, sent):
    theme = make.theme(make.consultation())
    proposal = make.proposal(
        theme,
        title="Une idée",
        participant_id=sent.participant_id,
        contribution_id=sent.contribution_id,
    )
    comment = make.comment(
        proposal, participant_id=sent.participant_id, contribution_id=sent.contribution_id
    )
    followed = browser.get(f"/follow-up/{sent.contribution_id}")
    assert "Une idée" in followed.words()
    edit = f"/statements/{proposal.id}/edit"
    browser.submit(browser.get(edit), edit, title="Une meilleure idée", body="Texte.")
    edit = f"/statements/{comment.id}/edit"
    browser.submit(browser.get(edit), edit, body="Commentaire corrigé.")
    session.expire_all()
    assert (proposal.title, proposal.body) == ("Une meilleure idée", "Texte.")
    assert comment.body == "Commentaire corrigé."


def test_an_official_article_is_nobody_s_to_change(browser, session, make):
    article = make.proposal(make.theme(make.consultation()))
    assert browser.get(f"/statements/{article.id}/edit").status == 403
    assert session.get(Statement, article.id).version == 1
