"""Reading what people wrote: the queue, the places, the outcomes, who took part."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Mail, Outcome, Statement

HERE = "/console/consultations/bus"


@pytest.fixture
def mine(browser, make):
    owner = make.account("organiser")
    browser.as_(owner)
    return make.consultation(owner_id=owner.id, slug="bus", moderation="before")


@pytest.fixture
def question(make, mine):
    return make.question(make.theme(mine))


def test_the_queue_shows_whole_texts_the_oldest_first(browser, make, question, now):
    long = "Un très long texte. " * 200
    make.answer(question, state="pending", body="Le second", created_at=now)
    make.answer(question, state="pending", body=long, created_at=now - timedelta(days=2))
    make.answer(question, state="hidden", body="Une autre")
    make.answer(make.question(), state="pending", body="Ailleurs")
    page = browser.get(f"{HERE}/moderation")
    words = page.words()
    assert long.strip() in words
    assert words.index(long[:50]) < words.index("Le second")
    assert "Une autre" not in words
    assert "Ailleurs" not in words
    assert "Une autre" in browser.get(f"{HERE}/moderation?state=hidden").words()


def test_a_text_sent_several_times_is_said_and_nothing_is_decided(
    browser, session, make, question, now
):
    same = "Je demande un bus de nuit entre Nancy et Toul le samedi soir"
    sent = [same, "Un autre texte, sans rapport aucun avec le premier", same + " !", same.upper()]
    texts = [
        make.answer(question, state="pending", body=body, created_at=now + timedelta(hours=place))
        for place, body in enumerate(sent)
    ]
    make.answer(question, state="hidden", body=same)
    page = browser.get(f"{HERE}/moderation")
    assert page.words().count("Envoyé 3 fois") == 3
    shown = [article.get("id") for article in page.all("article")]
    assert shown == [f"text-{texts[place].id}" for place in (0, 2, 3, 1)]
    (link, *_rest) = [link for link in page.links() if f"like={texts[0].id}" in link]
    together = browser.get(link)
    assert len(together.all("article")) == 3
    decision = f"/console/statements/{texts[0].id}/decision"
    page = browser.submit(together, decision, button=("decision", "publish"))
    assert len(page.all("article")) == 2
    for text in texts:
        session.refresh(text)
    assert [text.state for text in texts] == ["published", "pending", "pending", "pending"]
    assert len(browser.get(f"{HERE}/moderation?like=nobody").all("article")) == 3
    assert "Envoyé" not in browser.get(f"{HERE}/moderation?state=hidden").words()


def test_every_kind_of_text_is_read_in_the_same_queue(browser, make, question, mine):
    proposal = make.proposal(make.theme(mine), title="Le bus de nuit")
    texts = [make.proposal(make.theme(mine), state="pending", title="Une idée")]
    for maker in (make.argument, make.source, make.amendment, make.comment):
        texts.append(maker(proposal, state="pending"))
    page = browser.get(f"{HERE}/moderation")
    for text in texts:
        assert text.body in page.words()
        assert page.forms(f"/console/statements/{text.id}/decision")
    assert page.words().count("Le bus de nuit") == 4


def test_a_text_is_published_hidden_or_sent_back(browser, session, make, question):
    wanted = {"publish": "published", "hide": "hidden", "correct": "to_correct"}
    for decision, state in wanted.items():
        text = make.answer(question, state="pending")
        page = browser.get(f"{HERE}/moderation")
        page = browser.submit(
            page,
            f"/console/statements/{text.id}/decision",
            reason="private",
            button=("decision", decision),
        )
        assert page.status == 200
        session.refresh(text)
        assert text.state == state


def test_a_reason_is_needed_and_a_second_decision_is_told(browser, session, make, question):
    text = make.answer(question, state="pending")
    page = browser.get(f"{HERE}/moderation")
    target = f"/console/statements/{text.id}/decision"
    assert browser.submit(page, target, button=("decision", "hide")).status == 422
    off_topic = browser.submit(page, target, reason="off_topic", button=("decision", "hide"))
    assert off_topic.status == 422
    assert browser.submit(page, target, button=("decision", "eat")).status == 422
    browser.submit(page, target, button=("decision", "publish"))
    late = browser.submit(page, target, reason="attack", button=("decision", "hide"))
    assert late.status == 409
    session.refresh(text)
    assert text.state == "published"


def test_the_author_is_told_once(browser, session, make, mine, question):
    participant = make.participant()
    contribution = make.contribution(mine, participant, notify_email="moi@exemple.fr")
    text = make.answer(
        question,
        state="pending",
        contribution_id=contribution.id,
        participant_id=participant.id,
    )
    page = browser.get(f"{HERE}/moderation")
    browser.submit(
        page,
        f"/console/statements/{text.id}/decision",
        reason="private",
        button=("decision", "correct"),
    )
    letter = session.scalars(select(Mail)).one()
    assert letter.recipient == "moi@exemple.fr"
    assert "http://localhost/follow-up" in letter.body


def test_the_queue_has_pages_of_twenty(browser, make, question):
    for number in range(21):
        make.answer(question, state="pending", body=f"Texte {number:02d}.")
    page = browser.get(f"{HERE}/moderation")
    assert len(page.all("article")) == 20
    following = next(url for url in page.links() if "cursor=" in url)
    assert "Texte 20." in browser.get(following).words()
    assert browser.get(f"{HERE}/moderation?cursor=x").status == 404


def test_an_answer_is_moved_and_cut_from_its_page(browser, session, make, mine, question):
    other = make.question(make.theme(mine))
    text = make.answer(question, body="Le premier.\n\nLe second.")
    here = f"/console/answers/{text.id}"
    stale = browser.get(f"{here}/place")
    page = browser.submit(stale, f"{here}/place", question=[other.id, question.id])
    assert page.status == 200
    session.refresh(text)
    assert text.question_id in (other.id, question.id)
    assert browser.submit(stale, f"{here}/place", question=[question.id]).status == 409
    assert browser.submit(page, f"{here}/split").status == 422
    assert browser.submit(page, f"{here}/split", after="²").status == 422
    page = browser.submit(page, f"{here}/split", after="1")
    second = session.scalars(select(Statement).where(Statement.carried_from_id == text.id)).one()
    assert page.url == f"/console/answers/{second.id}/place"
    session.refresh(text)
    assert (text.body, second.body) == ("Le premier.", "Le second.")
    elsewhere = make.question()
    assert browser.submit(page, page.url, question=[elsewhere.id]).status == 422


def test_a_question_and_a_text_get_an_outcome(browser, session, make, mine, question):
    account = make.account(email="autrice@exemple.fr")
    participant = make.participant(account_id=account.id)
    text = make.proposal(make.theme(mine), title="Le bus", participant_id=participant.id)
    page = browser.get(f"{HERE}/outcomes")
    addresses = [f"{HERE}/outcomes/{question.id}", f"/console/statements/{text.id}/outcome"]
    for url in addresses:
        assert url in page.links()
        form = browser.get(url)
        assert browser.submit(form, url, body="Oui").status == 422
        done = browser.submit(form, url, verdict="kept", body="Nous le ferons.")
        assert done.url == f"{HERE}/outcomes"
        assert browser.submit(form, url, verdict="partly", body="Encore").status == 409
    assert {row.verdict for row in session.scalars(select(Outcome))} == {"kept"}
    letter = session.scalars(select(Mail)).one()
    assert letter.recipient == "autrice@exemple.fr"
    assert "Nous le ferons." in letter.body


def test_who_takes_part_is_counted_by_question_day_territory_and_channel(
    browser, session, make, mine, question, now
):
    make.answer(question, territory_code="D-54", channel="paper", created_at=now)
    make.answer(question, territory_code="D-54", created_at=now - timedelta(days=1))
    make.answer(question, state="pending", territory_code="D-51")
    make.answer(make.question(), territory_code="D-51")
    page = browser.get(f"{HERE}/participation")
    tables = {
        "".join(table.find("caption").itertext()): [
            "".join(cell.itertext()) for cell in table.iter() if cell.tag in ("td", "th")
        ]
        for table in page.all("table")
    }
    assert len(tables) == 4
    shown = [" ".join(cells) for cells in tables.values()]
    assert any("Meurthe-et-Moselle 2" in text for text in shown)
    assert "Marne" in page.words()
    assert page.text.count('role="img"') == 4
    assert f"/consultations/{mine.slug}/export.csv" in page.links()


SVG = "{http://www.w3.org/2000/svg}"


def squares(page):
    """The squares of the map that lead somewhere, and what each says."""
    [drawing] = [one for one in page.all(f"{SVG}svg") if one.get("role") == "group"]
    return {one.get("href"): "".join(one.itertext()) for one in drawing.iter(f"{SVG}a")}


def test_territories_are_read_at_three_levels_and_on_a_map(browser, make, mine, question):
    for code in ("D-54", "M-54395", "M-54395", "C-988", "R-44", None):
        make.answer(question, territory_code=code)
    here = f"{HERE}/participation"
    shown = {}
    for level in ("", "region", "department", "given", "x", "%00"):
        page = browser.get(f"{here}?level={level}")
        [table] = [
            one
            for one in page.all("table")
            if "Par territoire" in "".join(one.find("caption").itertext())
        ]
        rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        shown[level] = {row[0].strip(): row[1] for row in rows[1:]}
        levels = [a for a in page.all("a") if "level=" in a.get("href", "")]
        assert [a.get("aria-current") for a in levels].count("true") == 1
        answers = f"/consultations/{mine.slug}/answers?territory="
        assert squares(page) == {
            f"{answers}D-54": "54 Meurthe-et-Moselle – 3543",
            f"{answers}C-988": "988 Nouvelle-Calédonie – 19881",
        }
        assert "Les textes viennent de 2 cases" in page.words()
    usual = {
        "Meurthe-et-Moselle": "3", "Nouvelle-Calédonie": "1", "Grand Est": "1", "Non précisé": "1",
    }  # fmt: skip
    assert shown[""] == shown["department"] == shown["x"] == shown["%00"] == usual
    assert shown["region"] == {"Grand Est": "4", "Nouvelle-Calédonie": "1", "Non précisé": "1"}
    assert shown["given"]["Nancy (54)"] == "2"
    assert shown["given"]["Meurthe-et-Moselle"] == "1"


def test_many_small_territories_stay_readable(browser, session, make, mine, question):
    from consult.models import Territory

    codes = [f"M-w{number}" for number in range(30)]
    for code in codes:
        session.add(
            Territory(code=code, name=f"Lieu {code}", kind="commune", time_zone="Europe/Paris")
        )
    session.commit()
    for code in codes:
        make.answer(question, territory_code=code)
    try:
        page = browser.get(f"{HERE}/participation?level=given")
        assert "10 autres ensemble" in page.words()
        assert "Lieu M-w29" in page.words()  # in the table
    finally:
        from sqlalchemy import text

        session.rollback()
        session.execute(text("update statement set territory_code = null"))
        session.execute(text("delete from territory where substr(code, 1, 3) = 'M-w'"))
        session.commit()


def test_an_empty_consultation_has_no_chart(browser, mine):
    assert browser.get(f"{HERE}/participation").status == 200


def test_the_home_says_what_there_is_to_do(browser, make, mine, question, now):
    for _ in range(3):
        make.answer(question, state="pending")
    make.consultation(owner_id=mine.owner_id, title="Le brouillon", published_at=None)
    make.consultation(owner_id=mine.owner_id, closes_at=now + timedelta(days=2))
    page = browser.get("/console")
    assert f"{HERE}/moderation" in page.links()
    assert "3" in page.words()
    assert "Le brouillon" in page.words()


@pytest.mark.parametrize("url", ["/console", f"{HERE}/moderation", f"{HERE}/outcomes", HERE])
def test_a_page_costs_the_same_with_many_rows(browser, make, mine, question, statements, url):
    make.answer(question, state="pending")
    with statements() as few:
        browser.get(url)
    for _ in range(5):
        make.answer(question, state="pending")
        make.question(make.theme(mine))
        make.proposal(make.theme(mine))
        make.consultation(owner_id=mine.owner_id)
    with statements() as many:
        browser.get(url)
    assert len(many) == len(few) <= 9
