"""Opening a consultation: four screens, six fields, then the public page."""

from sqlalchemy import select

from consult.models import Consultation, Question, Theme


def test_four_screens_and_six_fields_open_a_consultation(browser, make, session):
    organiser = make.account("organiser")
    browser.as_(organiser)
    page = browser.get("/console/consultations/new")
    page = browser.get(next(url for url in page.links() if url.endswith("template=forum")))
    page = browser.submit(
        page,
        "/console/consultations/new",
        title="Le numérique près de chez vous",
        asked_by="La région",
        purpose="Préparer la stratégie.",
    )
    assert page.url.endswith("/dates")
    page = browser.submit(page, page.url, opens_at="2026-11-23T08:00", closes_at="2026-12-31T23:59")
    assert page.url == "/console/consultations/le-numerique-pres-de-chez-vous"
    page = browser.submit(page, page.url + "/publish")
    found = session.scalars(select(Consultation)).one()
    assert (found.title, found.owner_id, found.template) == (
        "Le numérique près de chez vous",
        organiser.id,
        "forum",
    )
    assert found.published_at is not None
    assert found.opens_at.isoformat() == "2026-11-23T07:00:00+00:00"
    public = browser.again().get(f"/consultations/{found.slug}")
    assert public.status == 200
    assert " ".join(session.scalar(select(Question.wording)).split()) in public.words()


def test_what_is_typed_comes_back_with_a_sentence(browser, make, session):
    browser.as_(make.account("organiser"))
    page = browser.get("/console/consultations/new?template=ideas")
    page = browser.submit(page, "/console/consultations/new", title="", purpose="Un <b>but</b>")
    assert page.status == 422
    assert "Un <b>but</b>" in page.words()
    assert session.scalar(select(Consultation.id)) is None


def test_two_consultations_of_one_title_have_two_addresses(browser, make, session):
    browser.as_(make.account("organiser"))
    for _ in range(2):
        page = browser.get("/console/consultations/new?template=questionnaire")
        browser.submit(
            page, "/console/consultations/new", title="Bus", asked_by="Ville", purpose="Choisir"
        )
    assert set(session.scalars(select(Consultation.slug))) == {"bus", "bus-2"}


def test_every_template_opens(browser, make, session):
    from consult.domain import templates

    browser.as_(make.account("organiser"))
    for name in templates.TEMPLATES:
        page = browser.get(f"/console/consultations/new?template={name}")
        page = browser.submit(
            page, "/console/consultations/new", title=name, asked_by="Ville", purpose="Choisir"
        )
        assert page.status == 200
    assert session.query(Theme).count() == len(templates.TEMPLATES)
    assert browser.get("/console/consultations/new?template=none").status == 422
