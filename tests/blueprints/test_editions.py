"""A consultation relayed into rooms: offered, passed on, opened, its figures added up."""

import pytest
from sqlalchemy import select

from consult.models import Consultation, EditionOffer, Question, Stance


@pytest.fixture
def tree(make):
    made = {"hub": make.room("hub", "R-44", name="Hub Grand Est", slug="hub")}
    made["local"] = make.room("local", "D-54", made["hub"], name="Salle de Nancy", slug="nancy")
    made["other"] = make.room("local", "D-51", name="Salle de la Marne", slug="marne")
    made["private"] = make.room("local", None, name="Cercle", slug="cercle", is_private=True)
    return made


@pytest.fixture
def source(make):
    owner = make.account("organiser", name="Olga")
    found = make.consultation(owner_id=owner.id, title="La commune", slug="commune")
    theme = make.theme(found, number=1, label="I")
    make.question(theme, number=1, wording="Que faire en premier ?")
    return found, owner


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def test_a_consultation_goes_down_two_levels_and_its_figures_come_up(
    browser, session, make, tree, source
):
    found, owner = source
    offer_and_pass_on(browser, make, tree, found, owner)
    edition, common = open_and_keep(browser, session, make, tree, found)
    figures_come_up(browser, session, make, found, edition, common)


def offer_and_pass_on(browser, make, tree, found, owner):
    url = "/console/consultations/commune/editions"
    browser.as_(owner)
    assert url in browser.get("/console/consultations/commune").links()
    page = browser.get(url)
    assert "Cercle" not in page.words()
    assert browser.submit(page, url).status == 422
    page = browser.submit(page, url, room=[tree["hub"].id, tree["other"].id])
    assert "Proposée à 2 salles." in page.words()

    by_hub = make.account(second_step="app")
    make.joins(by_hub, tree["hub"])
    hub = browser.again().as_(by_hub)
    page = hub.get("/console/rooms/hub/consultations")
    assert "La commune" in page.words()
    onward = f"/console/rooms/hub/consultations/{found.id}/rooms"
    page = hub.submit(hub.get(onward), onward, room=tree["local"].id)
    assert "Proposée à 1 salle." in page.words()
    assert "ont déjà" in hub.get(onward).words()


def open_and_keep(browser, session, make, tree, found):
    by_local = make.account(second_step="app")
    make.joins(by_local, tree["local"])
    local = browser.again().as_(by_local)
    take = f"/console/rooms/nancy/consultations/{found.id}/edition"
    page = local.submit(local.get("/console/rooms/nancy/consultations"), take)
    assert "Votre édition locale est prête." in page.words()
    edition = session.scalars(
        select(Consultation).join(EditionOffer, EditionOffer.edition_id == Consultation.id)
    ).one()
    assert page.url == f"/console/consultations/{edition.slug}"
    assert local.post(take, {"csrf_token": token(page)}).status == 409
    assert page.url in local.get("/console/rooms/nancy/consultations").links()
    by_hub = make.account(second_step="app")
    make.joins(by_hub, tree["hub"])
    above = browser.again().as_(by_hub).get("/console/rooms/nancy/consultations")
    assert page.url not in above.links() and "Son édition se prépare." in above.words()
    common = session.scalars(select(Question).where(Question.consultation_id == edition.id)).one()
    change = f"{page.url}/questions/{common.id}"
    page = local.submit(local.get(change), change, wording="Autre chose ?")
    assert page.status == 409 and "vient de la consultation commune" in page.words()
    page = local.post(f"{change}/delete", {"csrf_token": token(page)})
    assert page.status == 409
    dates = f"/console/consultations/{edition.slug}/dates"
    page = local.submit(local.get(dates), dates, closes_at="2027-06-01T10:00")
    assert page.status == 422 and "Restez dans les dates" in page.words()
    assert edition.slug not in browser.again().get("/consultations/commune").text
    return edition, common


def figures_come_up(browser, session, make, found, edition, common):
    edition.published_at = edition.opens_at = found.opens_at
    session.commit()
    for kind in ("resident", "place"):
        make.answer(common, actor_kind=kind, agree=2)
    session.commit()
    visitor = browser.again()
    page = visitor.get("/consultations/commune")
    assert f"/consultations/{edition.slug}" in page.links()
    assert "2 de plus dans les éditions locales" in page.words()
    assert "/consultations/commune" in visitor.get(f"/consultations/{edition.slug}").links()
    words = visitor.get("/consultations/commune/editions").words()
    assert "Salle de Nancy" in words
    assert "Habitants : 1 · Professionnels et structures : 1 · Non précisé" in words
    api = visitor.client.get("/api/v1/consultations/commune").json
    assert (api["editions"], api["edition_of"]) == ([edition.slug], None)
    assert api["themes"][0]["questions"][0]["counts"] == {"answers": 0, "in_editions": 2}
    assert visitor.client.get(f"/api/v1/consultations/{edition.slug}").json["edition_of"] == (
        "commune"
    )


def test_each_offers_and_opens_what_is_theirs_only(plain, session, make, tree, source):
    found, owner = source
    plain.as_(owner)
    url = "/console/consultations/commune/editions"
    fields = {"csrf_token": token(plain.get(url))}
    for room in (tree["private"].id, "0" * 18, "\x00", "x" * 300):
        assert plain.post(url, {**fields, "room": room}).status == 404
    plain.post(url, {**fields, "room": tree["hub"].id})
    by_hub = make.account(second_step="app")
    make.joins(by_hub, tree["hub"])
    hub = plain.again().as_(by_hub)
    fields = {"csrf_token": token(hub.get("/console/rooms/hub/consultations"))}
    onward = f"/console/rooms/hub/consultations/{found.id}/rooms"
    for room in (tree["other"].id, tree["hub"].id, tree["private"].id):
        assert hub.post(onward, {**fields, "room": room}).status == 404
    assert hub.post(onward, fields).status == 422
    for path, status in (
        (f"/console/rooms/marne/consultations/{found.id}/edition", 403),
        (f"/console/rooms/nancy/consultations/{found.id}/edition", 404),
        ("/console/rooms/hub/consultations/zzz/edition", 404),
        ("/console/rooms/hub/consultations/%00/edition", 404),
        (f"/console/rooms/cercle/consultations/{found.id}/edition", 404),
        (url, 403),
    ):
        assert hub.post(path, fields).status == status, path
    back = f"{url}/{tree['hub'].id}/delete"
    page = plain.submit(plain.get(url), back)
    assert "L'offre est reprise." in page.words()
    assert hub.post(f"/console/rooms/hub/consultations/{found.id}/edition", fields).status == 404
    assert session.scalar(select(EditionOffer.room_id)) is None


def test_what_is_closed_is_offered_no_more_and_an_empty_page_says_so(
    plain, session, make, tree, source, now
):
    found, owner = source
    assert "Aucune édition locale" in plain.get("/consultations/commune/editions").words()
    plain.as_(owner)
    url = "/console/consultations/commune/editions"
    form = plain.get(url)
    found.closes_at = now
    session.commit()
    page = plain.submit(form, url, room=tree["hub"].id)
    assert page.status == 409 and "Cette consultation est fermée" in page.words()
    by_hub = make.account()
    make.joins(by_hub, tree["hub"])
    page = plain.again().as_(by_hub).get("/console/rooms/hub/consultations")
    assert "Rien n'est proposé" in page.words()


def test_the_figures_cost_the_same_whatever_the_number_of_editions(
    plain, make, tree, source, now, statements
):
    from consult.models import CommonQuestion

    found, _owner = source
    question = make.question(make.theme(found))
    for number in range(8):
        room = make.room("local", None, name=f"Salle {number}")
        edition = make.consultation()
        local = make.question(make.theme(edition))
        facts = {"offered_at": now, "taken_at": now, "edition_id": edition.id}
        make.save(EditionOffer(consultation_id=found.id, room_id=room.id, **facts))
        make.save(CommonQuestion(question_id=local.id, source_id=question.id))
        make.answer(local)
    for url in ("/consultations/commune/editions", "/consultations/commune"):
        plain.get(url)
        with statements() as seen:
            assert plain.get(url).status == 200
        assert len(seen) <= 7, seen


def test_opinions_are_told_by_kind_of_people_unless_one_could_tell_who(plain, session, make, now):
    found = make.consultation(slug="voisine")
    answer = make.answer(make.question(make.theme(found)))
    for number in range(5):
        page = plain.get(f"/consultations/voisine/editions?n={number}")
        assert "Les avis, selon qui les donne" not in page.words()
        given = {"created_at": now, "updated_at": now, "value": 1}
        who = make.participant()
        make.save(Stance(statement_id=answer.id, participant_id=who.id, **given))
    page = plain.get("/consultations/voisine/editions")
    assert "Les avis, selon qui les donne" in page.words()
    assert "Non précisé</th><td>5</td><td>5</td><td>0</td><td>0</td>" in page.text
