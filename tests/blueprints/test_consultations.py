from datetime import timedelta

import pytest

from consult.models import Document, Draft, ListedPerson, Outcome, Stage, Tag


def test_the_page_says_who_asks_and_what_is_asked(browser, make):
    consultation = make.consultation(
        title="La stratégie",
        will_decide="Le budget",
        will_not_decide="Les impôts",
        contact_name="Amina",
        contact_phone="03 83 00 00 00",
    )
    theme = make.theme(consultation, number=3, label="III", title="Mutualiser")
    question = make.question(theme, number=2, wording="Que partager ?")
    make.answer(question)
    page = browser.get(f"/consultations/{consultation.slug}")
    words = page.words()
    assert page.status == 200
    for text in (
        "La stratégie",
        "Le budget",
        "Les impôts",
        "La région",
        "Grand Est",
        "Mutualiser",
        "III",
        "Que partager ?",
        "Amina",
    ):
        assert text in words
    links = page.links()
    assert f"/consultations/{consultation.slug}/questions/3-2" in links
    assert f"/consultations/{consultation.slug}/questions/3-2/answers" in links
    assert "tel:0383000000" in links


def test_the_organisers_own_words_name_the_steps(browser, session, make, now):
    consultation = make.consultation(
        opens_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=2, hours=3),
        time_zone="Pacific/Noumea",
    )
    for position, (label, phase) in enumerate(
        [("Constat", "preparation"), ("Diagnostic", "open"), ("Définition", "outcome")]
    ):
        session.add(
            Stage(consultation_id=consultation.id, position=position, label=label, phase=phase)
        )
    session.commit()
    page = browser.get(f"/consultations/{consultation.slug}")
    current = [li for li in page.all("li") if li.get("aria-current") == "step"]
    assert ["Diagnostic" in "".join(li.itertext()) for li in current] == [True]
    text = "".join(current[0].itertext())
    assert "23 h 00" in text  # in Nouméa
    assert "13 h 00" in text  # in Paris
    assert "Constat" in page.words()


def test_what_surrounds_it_is_linked(browser, session, make, now):
    before = make.consultation(title="La précédente")
    consultation = make.consultation(follows_id=before.id)
    make.consultation(title="La suivante", follows_id=consultation.id)
    make.consultation(title="La secrète", follows_id=consultation.id, access="listed")
    question = make.question(make.theme(consultation, number=1), number=1)
    session.add_all(
        [
            Tag(consultation_id=consultation.id, label="médiation & aide"),
            Document(
                consultation_id=consultation.id,
                title="Le dossier",
                file_name="dossier.pdf",
                media_type="application/pdf",
                size=120_400,
                sha256="0" * 64,
                created_at=now,
            ),
            Outcome(
                consultation_id=consultation.id,
                question_id=question.id,
                verdict="kept",
                body="Nous ouvrirons trois lieux",
                created_at=now,
                updated_at=now,
            ),
        ]
    )
    session.commit()
    page = browser.get(f"/consultations/{consultation.slug}")
    words = page.words()
    for text in ("La précédente", "La suivante", "médiation & aide", "trois lieux", "Le dossier"):
        assert text in words
    assert "PDF, 120 " in words
    assert "La secrète" not in words
    assert f"/consultations/{consultation.slug}.ics" in page.links()


def test_the_reader_sees_where_they_stand(browser, session, make, now):
    consultation = make.consultation()
    theme = make.theme(consultation)
    done, started = make.question(theme), make.question(theme)
    account = make.account()
    browser.as_(account)
    me = make.participant(account_id=account.id)
    make.answer(done, participant_id=me.id)
    session.add(
        Draft(
            participant_id=me.id,
            target=f"question:{started.id}",
            form={},
            created_at=now,
            updated_at=now,
        )
    )
    session.commit()
    badges = [
        "".join(span.itertext())
        for span in browser.get(f"/consultations/{consultation.slug}").all("span")
        if "badge" in (span.get("class") or "") and "open" not in span.get("class")
    ]
    other = browser.again().get(f"/consultations/{consultation.slug}").words()
    assert len(badges) == 3  # the step under way, the answer, the draft
    assert not any(badge in other for badge in badges[1:])


def test_a_law_text_lists_its_sections_with_their_articles(browser, make):
    consultation = make.consultation(template="law", allows_ideas=True)
    theme = make.theme(consultation, title="Titre premier")
    articles = [make.proposal(theme, title=f"Article {n}") for n in range(1, 33)]
    page = browser.get(f"/consultations/{consultation.slug}")
    listed = [url for url in page.links() if url.startswith("/proposals/")]
    assert listed == [f"/proposals/{article.id}" for article in articles[:30]]
    assert f"/consultations/{consultation.slug}/proposals?theme={theme.id}" in page.links()


def test_the_list_shows_the_open_ones_first(browser, make, now):
    make.consultation(title="La passée", closes_at=now - timedelta(days=1), published_at=now)
    make.consultation(title="La prochaine", opens_at=now + timedelta(days=1), published_at=now)
    make.consultation(title="La présente", published_at=now - timedelta(days=90))
    words = browser.get("/consultations").words()
    assert words.index("La présente") < words.index("La prochaine") < words.index("La passée")


def test_the_list_is_read_page_by_page(browser, make, now):
    made = {make.consultation(published_at=now - timedelta(days=n)).slug for n in range(25)}
    seen, url = [], "/consultations"
    while url:
        page = browser.get(url)
        cards = page.all("article")
        seen += [a.get("href").rsplit("/", 1)[1] for card in cards for a in card.iter("a")]
        url = next((u for u in page.links() if "cursor=" in u), None)
    assert sorted(seen) == sorted(made)


def test_the_days_left_are_those_of_the_calendar_over_there(browser, make, now):
    # 9 h in London is 20 h in Nouméa: midnight is four hours away there.
    make.consultation(
        title="Là-bas", time_zone="Pacific/Noumea", closes_at=now + timedelta(hours=4, minutes=1)
    )
    ici = make.consultation(title="Ici", closes_at=now + timedelta(hours=4, minutes=1))
    from consult.blueprints.consultations import cards

    assert cards.days_left(ici.closes_at, "Europe/Paris", now) == 0
    assert cards.days_left(ici.closes_at, "Pacific/Noumea", now) == 1
    assert browser.get("/consultations").status == 200


def test_it_can_be_shared(browser, make):
    consultation = make.consultation(title='Les "lieux" & nous')
    page = browser.get(f"/consultations/{consultation.slug}/share")
    assert f"http://localhost/consultations/{consultation.slug}" in page.words()
    assert any("Les%20%22lieux%22%20%26%20nous" in url for url in page.links())


PRIVATE = (
    "/consultations/{}",
    "/consultations/{}/share",
    "/consultations/{}/answers",
    "/consultations/{}/questions/3-2/answers",
    "/consultations/{}/proposals",
    "/search?q=carte&consultation={}",
)


@pytest.fixture
def secret(make):
    """Make a private consultation with something in it."""

    def made(**facts):
        consultation = make.consultation(slug="secret", title="Le grand secret", **facts)
        theme = make.theme(consultation, number=3)
        make.answer(make.question(theme, number=2), body="Une carte")
        make.proposal(theme, title="Une carte")
        return consultation

    return made


@pytest.mark.parametrize("facts", [{"access": "listed"}, {"published_at": None}])
@pytest.mark.parametrize("path", PRIVATE)
def test_a_private_one_answers_exactly_as_a_missing_one(app, secret, facts, path):
    secret(**facts)
    client = app.test_client()
    client.get("/")
    held, missing = client.get(path.format("secret")), client.get(path.format("absent"))
    assert held.status_code == missing.status_code == 404
    assert neutral(held) == neutral(missing)
    as_htmx = client.get(path.format("secret"), headers={"HX-Request": "true"})
    assert as_htmx.status_code == 404
    assert "Le grand secret" not in as_htmx.get_data(as_text=True)


def neutral(response):
    """The page without what differs anyway: the address asked, and the form's token."""
    import re

    text = response.get_data(as_text=True).replace("secret", "absent")
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text)


@pytest.mark.parametrize("path", ["/", "/consultations", "/data", "/site-map", "/search?q=secret"])
def test_a_private_one_is_nowhere_to_be_seen(browser, secret, path):
    secret(access="listed")
    words = browser.get(path).words()
    assert "Le grand secret" not in words
    assert "Une carte" not in words


def test_whoever_is_on_the_list_reads_it(browser, session, make, secret):
    consultation = secret(access="listed")
    account = make.account()
    browser.as_(account)
    assert browser.get("/consultations/secret").status == 404
    session.add(ListedPerson(consultation_id=consultation.id, email=account.email))
    session.commit()
    assert browser.get("/consultations/secret").status == 200
    assert "Le grand secret" in browser.get("/consultations").words()
    assert "Le grand secret" in browser.get("/search?q=secret").words()


def test_the_organiser_previews_a_draft_and_other_organisers_do_not(browser, make, secret):
    owner = make.account("organiser")
    secret(published_at=None, owner_id=owner.id)
    assert browser.as_(owner).get("/consultations/secret").status == 200
    assert browser.again().as_(make.account("organiser")).get("/consultations/secret").status == 404
    other = browser.again().as_(make.account("administrator"))
    assert other.get("/consultations/secret").status == 200


SLUGS = ["%00", "a%00b", "..", "%F0%9F%98%80", "x" * 500, "'; drop table x --", "a.b", "%ff"]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_address_that_cannot_be_is_missing(app, slug):
    client = app.test_client()
    for path in PRIVATE[:5]:
        assert client.get(path.format(slug)).status_code == 404
    for numbers in ("0-0", "99999-1", "9999-9999", "1-2147483648", "-1-2", "a-b"):
        assert client.get(f"/consultations/x/questions/{numbers}/answers").status_code == 404


@pytest.mark.parametrize("path", ["/consultations/ici", "/", "/consultations", "/search?q=carte"])
def test_the_statements_stay_as_many_whatever_the_rows(app, statements, make, path):
    consultation = make.consultation(slug="ici")
    counts = []
    for number in (20, 180):
        theme = make.theme(consultation)
        for _ in range(number):
            make.proposal(theme, title="Une carte")
        for _ in range(number // 10):
            make.answer(make.question(theme), body="Une carte")
            make.consultation(title="Une carte")
        client = app.test_client()
        client.get(path)
        with statements() as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= (7 if path == "/consultations/ici" else 5), seen


def test_the_map_narrows_the_list_to_the_people_of_a_square(browser, make):
    for code in ("D-54", "R-44", "C-988"):
        make.consultation(title=f"Chez {code}", territory_code=code)
    page = browser.get("/consultations")
    assert page.text.index('id="cards"') < page.text.index('class="tiles"')
    assert page.text.count('href="/consultations?near=D-54"') == 1
    words = browser.get("/consultations?near=D-54").words()
    assert "Chez D-54" in words and "Chez R-44" in words and "Chez C-988" not in words
    assert "Pour les personnes qui vivent ici : Meurthe-et-Moselle" in words.replace("\xa0", " ")
    for near in ("M-54395", "x", "%00", "%ED%A0%80", "A" * 5_000):
        words = browser.get(f"/consultations?near={near}").words()
        assert "Chez C-988" in words and "qui vivent ici :" not in words
