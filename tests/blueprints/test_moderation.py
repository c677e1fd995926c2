"""The queue of texts to read, as people use it: pages, forms, letters."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Decision, JournalEntry, Mail, PassedOn, Reading, Setting, Statement
from tests import rooms

DECIDE = "/moderation/decisions"


@pytest.fixture
def owner(browser, make):
    owner = make.account("organiser", name="Zoé")
    browser.as_(owner)
    return owner


@pytest.fixture
def mine(make, owner):
    return make.consultation(owner_id=owner.id, slug="bus", title="Le bus", moderation="before")


@pytest.fixture
def question(make, mine):
    return make.question(make.theme(mine), wording="Quel bus de nuit ?")


@pytest.fixture
def waiting(make, question, now):
    """Make texts that wait, each an hour younger than the one before."""

    def some(number, **facts):
        return [
            make.answer(
                question,
                **{
                    "state": "pending",
                    "published_at": None,
                    "body": f"Texte {n:02d}.",
                    "updated_at": now - timedelta(hours=number - n),
                }
                | facts,
            )
            for n in range(number)
        ]

    return some


def form_of(page, text):
    """The form that decides about one text."""
    (article,) = [one for one in page.all("article") if one.get("id") == f"text-{text.id}"]
    return next(form for form in article.iter("form") if form.get("action") == DECIDE)


def press(browser, page, text, decision, **typed):
    from tests.browser import fields

    data = [(name, value) for name, value in fields(form_of(page, text)) if name not in typed]
    return browser.post(DECIDE, dict(data) | typed | {"decision": decision})


def shown(page):
    return [one.get("id").removeprefix("text-") for one in page.all("article")]


def states(session, texts):
    session.expire_all()
    return [session.get_one(Statement, text.id).state for text in texts]


# ---- reading ---------------------------------------------------------------------------------


def test_whole_texts_are_shown_the_oldest_due_first(browser, make, question, now):
    long = "Un très long texte. " * 200
    facts = {"state": "pending", "territory_code": "D-54", "actor_kind": "resident"}
    make.answer(question, **facts, body="Le second", updated_at=now - timedelta(hours=1))
    make.answer(question, **facts, body=long, updated_at=now - timedelta(days=3))
    make.answer(question, state="hidden", body="Une autre")
    make.answer(make.question(), state="pending", body="Ailleurs")
    page = browser.get("/moderation")
    words = page.words()
    assert words.index(long[:50]) < words.index("Le second")
    assert long.strip() in words
    for said in ("Quel bus de nuit ?", "Le bus", "Meurthe-et-Moselle", "Habitant"):
        assert said in words
    assert "En retard de 1 jour" not in words
    assert "En retard de 24 heures" in words or "En retard de 25 heures" in words
    assert "À lire d’ici 48 heures" in words
    assert "Une autre" not in words
    assert "Ailleurs" not in words
    assert "Une autre" in browser.get("/moderation?state=hidden").words()


def test_the_delay_is_the_sites(browser, session, make, waiting, now):
    waiting(1)
    session.add(Setting(key="moderation_hours", value="3"))
    session.commit()
    assert "À lire d’ici 3 heures" in browser.get("/moderation").words()


def test_every_kind_of_text_is_read_in_the_same_queue(browser, make, mine, question):
    proposal = make.proposal(make.theme(mine), title="Le bus de nuit")
    texts = [make.proposal(make.theme(mine), state="pending", title="Une idée")]
    for maker in (make.argument, make.source, make.amendment, make.comment):
        texts.append(maker(proposal, state="pending"))
    page = browser.get("/moderation")
    assert set(shown(page)) == {text.id for text in texts}
    for text in texts:
        assert text.body in page.words()
        assert form_of(page, text) is not None
    assert page.words().count(proposal.body) == 4
    assert shown(browser.get("/moderation?kind=comment")) == [texts[-1].id]


def test_the_list_is_narrowed_by_plain_links(browser, make, owner, waiting):
    here = waiting(2)
    other = make.consultation(owner_id=owner.id, slug="parc", title="Le parc")
    there = make.proposal(make.theme(other), state="pending")
    page = browser.get("/moderation")
    links = [url for url in page.links() if url.startswith("/moderation?")]
    assert "/moderation?consultation=parc" in links
    assert shown(browser.get("/moderation?consultation=parc")) == [there.id]
    both = browser.get("/moderation?consultation=bus&kind=answer")
    assert shown(both) == [text.id for text in here]
    assert "/moderation?consultation=bus&kind=source" in both.links()
    assert shown(browser.get("/moderation?consultation=parc&kind=answer")) == []
    assert shown(browser.get("/moderation?consultation=none")) == []


@pytest.mark.parametrize(
    "query",
    ["state=eat", "kind=eat", "state=published", "consultation=%00", "like=%00", "like=nobody",
     "state=pending&state=hidden", "consultation=" + "x" * 500],
)  # fmt: skip
def test_what_is_no_word_of_the_queue_is_as_good_as_absent(browser, waiting, query):
    waiting(1)
    assert len(shown(browser.get(f"/moderation?{query}"))) == 1


def test_pages_hold_twenty(browser, waiting):
    waiting(21)
    page = browser.get("/moderation")
    assert len(shown(page)) == 20
    following = next(url for url in page.links() if "cursor=" in url)
    assert "Texte 20." in browser.get(following).words()
    for cursor in ("x", "%00", "a" * 3_000):
        assert browser.get(f"/moderation?cursor={cursor}").status == 404


def test_a_text_sent_several_times_is_said_and_nothing_is_decided(
    browser, session, make, question, now
):
    same = "Je demande un bus de nuit entre Nancy et Toul le samedi soir"
    sent = [same, "Un autre texte, sans rapport aucun avec le premier", same + " !", same.upper()]
    texts = [
        make.answer(question, state="pending", body=body, updated_at=now + timedelta(hours=place))
        for place, body in enumerate(sent)
    ]
    page = browser.get("/moderation")
    assert page.words().count("Envoyé 3 fois") == 3
    assert shown(page) == [texts[place].id for place in (0, 2, 3, 1)]
    together = browser.get(f"/moderation?like={texts[0].id}")
    assert len(shown(together)) == 3
    page = press(browser, together, texts[0], "publish")
    assert len(shown(page)) == 3
    assert states(session, texts) == ["published", "pending", "pending", "pending"]


def test_a_sign_flags_a_text_and_decides_nothing(browser, session, waiting):
    texts = waiting(4)
    texts[1].body = "Appelez Jeanne au 06 12 34 56 78"
    texts[2].body = "Quel escroc, ce maire"
    session.add(Setting(key="watched_words", value="escroc"))
    session.commit()
    page = browser.get("/moderation")
    assert "Donne peut-être un numéro de téléphone" in page.words()
    assert "Contient un mot à surveiller" in page.words()
    assert shown(page) == [text.id for text in texts]
    assert "/moderation?signs=1" in page.links()
    assert shown(browser.get("/moderation?signs=1")) == [texts[1].id, texts[2].id]
    assert states(session, texts) == ["pending"] * 4


def test_a_page_takes_few_statements_and_the_same_for_many_rows(browser, make, waiting, statements):
    waiting(1)
    with statements() as few:
        browser.get("/moderation")
    waiting(20)
    make.question()
    with statements() as many:
        browser.get("/moderation")
    own = [one for one in many if "statement" in one]
    assert len(own) <= 5
    assert len(many) == len(few) <= 8


# ---- deciding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "state", "reason"),
    [("publish", "published", ""), ("hide.attack", "hidden", "attack"),
     ("correct.private", "to_correct", "private"),
     ("correct.duplicate", "to_correct", "duplicate")],
)  # fmt: skip
def test_a_text_is_published_hidden_or_sent_back(
    browser, session, waiting, decision, state, reason
):
    first, second = waiting(2)
    page = press(browser, browser.get("/moderation"), first, decision)
    assert page.status == 200
    assert shown(page) == [second.id]
    session.refresh(first)
    assert (first.state, first.state_reason) == (state, reason)
    assert session.scalars(select(Reading.statement_id)).all() == [second.id]


def test_a_decision_without_reason_is_refused_and_keeps_what_was_typed(browser, session, waiting):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    for decision in ("hide", "correct", "hide.", "hide.because", "hide.off_topic", "eat", ""):
        answer = press(browser, page, text, decision)
        assert answer.status == 422
        assert answer.words().count("Rien n’est décidé") == 1
    kept = press(browser, page, text, "hide", note="Le nom du voisin.")
    assert kept.status == 422
    assert any(one.get("value") == "Le nom du voisin." for one in kept.all("input"))
    assert states(session, [text]) == ["pending"]


@pytest.mark.parametrize(
    "sent",
    [[], ["x"], ["a.b.c"], ["\x00"], ["x.1.pending\x00"], ["x.99999999999999999999.pending"],
     ["é.1.pending"], ["x.١.pending"]],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused(browser, waiting, sent):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    assert press(browser, page, text, "publish", text=sent).status == 422


def test_of_two_who_decide_the_second_is_told_both_states(browser, session, waiting, make, mine):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    colleague = browser.again().as_(make.account("administrator"))
    other = colleague.get("/moderation")
    assert press(browser, page, text, "hide.attack").status == 200
    late = press(colleague, other, text, "publish")
    assert late.status == 409
    assert "Un organisateur a décidé : masqué (Attaque une personne)." in late.words()
    assert "Vous vouliez le publier." in late.words()
    assert "Zoé" not in late.words()
    assert states(session, [text]) == ["hidden"]


def test_a_text_corrected_meanwhile_is_read_again(browser, session, waiting):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    text.body, text.version = "Un autre texte.", 2
    session.commit()
    late = press(browser, page, text, "publish")
    assert late.status == 409
    assert "Un autre texte." in late.words()
    assert "Le texte a changé. Il est maintenant : à lire." in late.words()


def test_a_text_of_another_room_is_as_good_as_missing(browser, session, make, now):
    world = rooms.tree(session, make, now)
    question = make.question(make.theme(make.consultation(territory_code="R-44")))
    here = make.answer(question, state="pending", territory_code="D-54", body="Celui d'ici.")
    far = make.answer(question, state="pending", territory_code="C-988", body="Celui du Sud.")
    browser.as_(world.by_hub)
    page = browser.get("/moderation")
    assert shown(page) == [here.id]
    assert "Salle du 54" in page.words()
    both = [f"{one.id}.1.pending" for one in (here, far)]
    refused = press(browser, page, here, "publish", text=both)
    missing = press(browser, page, here, "publish", text=[both[0], "nothing.1.pending"])
    assert refused.status == missing.status == 404
    assert far.id in refused.words()
    assert here.id not in refused.words()
    assert "Celui du Sud" not in refused.words()
    assert refused.words().replace(far.id, "X") == missing.words().replace("nothing", "X")
    assert states(session, [here, far]) == ["pending", "pending"]
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.act == "statement.decision-refused")
    ).one()
    assert (entry.subject, entry.actor) == (
        f"statement:{far.id}", f"account:{world.by_hub.id}",
    )  # fmt: skip
    done = press(browser, page, here, "hide.private")
    assert done.status == 200
    decision = session.scalars(select(Decision)).one()
    assert (decision.role, decision.room_id) == ("facilitator", world.local.id)


@pytest.mark.parametrize("who", [None, "mediator", "citizen"])
def test_nobody_else_opens_the_queue(browser, make, session, question, who):
    text = make.answer(question, state="pending")
    stranger = browser.again()
    if who:
        stranger.as_(make.account(*([who] if who == "mediator" else [])))
        assert stranger.get("/moderation").status == 403
    else:
        assert stranger.get("/moderation").url == "/sign-in"
    page = stranger.get("/follow-up")
    token = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    data = {"csrf_token": token, "text": f"{text.id}.1.pending", "decision": "publish"}
    for url in ("decisions", "undo", "readings", "keys"):
        assert stranger.post(f"/moderation/{url}", data).status == 403
    assert states(session, [text]) == ["pending"]


# ---- several ---------------------------------------------------------------------------------


def test_several_texts_share_a_reason(browser, session, waiting):
    texts = waiting(4)
    page = browser.get("/moderation")
    ticked = [f"{text.id}.1.pending" for text in texts[1:3]]
    assert browser.submit(page, DECIDE, button=("decision", "hide")).status == 422
    several = next(form for form in page.forms(DECIDE) if form.get("id") == "several")
    from tests.browser import fields

    data = dict(fields(several)) | {"text": ticked, "decision": "hide"}
    without = browser.post(DECIDE, data)
    assert without.status == 422
    still = [one for one in without.all("input") if one.get("checked") is not None]
    assert [one.get("value") for one in still] == ticked
    done = browser.post(DECIDE, data | {"reason": "advertising"})
    assert "2 textes sont masqués" in done.words()
    assert states(session, texts) == ["pending", "hidden", "hidden", "pending"]


def test_all_the_texts_of_a_page_are_decided_then_undone(browser, session, waiting):
    texts = waiting(5)
    page = browser.get("/moderation")
    several = next(form for form in page.forms(DECIDE) if form.get("id") == "several")
    names = [one.get("value") for one in several.iter("input") if one.get("name") == "shown"]
    token = next(
        one.get("value") for one in several.iter("input") if one.get("name") == "csrf_token"
    )
    data = {"csrf_token": token, "shown": names, "all": "1", "decision": "publish"}
    page = browser.post(DECIDE, data)
    assert states(session, texts) == ["published"] * 5
    assert "5 textes" in page.words()
    page = browser.submit(page, "/moderation/undo")
    assert states(session, texts) == ["pending"] * 5
    assert [session.get_one(Statement, text.id).published_at for text in texts] == [None] * 5
    assert not page.forms("/moderation/undo")


def test_a_batch_with_one_text_decided_changes_nothing_and_names_it(browser, session, waiting):
    texts = waiting(3)
    page = browser.get("/moderation")
    texts[1].state = "published"
    session.commit()
    sent = [f"{text.id}.1.pending" for text in texts]
    late = press(browser, page, texts[0], "publish", text=sent)
    assert late.status == 409
    assert texts[1].body in late.words()
    assert texts[0].body not in late.words()
    assert states(session, texts) == ["pending", "published", "pending"]


# ---- undoing ---------------------------------------------------------------------------------


def test_twenty_texts_are_decided_by_plain_forms_and_the_last_undone(browser, session, waiting):
    texts = waiting(20)
    page = browser.get("/moderation")
    for number, text in enumerate(texts):
        assert shown(page)[0] == text.id
        page = press(browser, page, text, "hide.attack" if number % 5 == 4 else "publish")
    assert shown(page) == []
    page = browser.submit(page, "/moderation/undo")
    assert shown(page) == [texts[-1].id]
    assert states(session, texts).count("published") == 16


def test_undoing_is_offered_and_taken_for_ten_minutes(browser, session, waiting, clock, now):
    from datetime import UTC, datetime

    (text,) = waiting(1)
    page = press(browser, browser.get("/moderation"), text, "hide.attack")
    clock.shift(now + timedelta(minutes=11) - datetime.now(UTC))
    assert not browser.get("/moderation").forms("/moderation/undo")
    assert browser.submit(page, "/moderation/undo").status == 409
    assert browser.submit(page, "/moderation/undo", batch="nothing").status == 404
    assert browser.submit(page, "/moderation/undo", batch="\x00").status == 404
    assert states(session, [text]) == ["hidden"]


# ---- reading at once, passing on, keys ----------------------------------------------------------


def test_colleagues_are_told_who_reads(browser, session, waiting, make):
    first, second = waiting(2)
    page = browser.get("/moderation")
    colleague = browser.again().as_(make.account("administrator", name="Amina"))
    colleague.submit(colleague.get("/moderation"), "/moderation/readings")
    assert session.scalars(select(Reading.statement_id)).all() == [first.id]
    page = browser.get("/moderation")
    assert "Amina lit celui-ci" in page.words()
    here = [one for one in page.all("article") if one.get("data-keys") == "first"]
    assert [one.get("id") for one in here] == [f"text-{second.id}"]
    assert "Vous lisez celui-ci" in colleague.get("/moderation").words()
    page = press(browser, page, first, "publish")
    assert states(session, [first]) == ["published"]


@pytest.mark.parametrize("text", ["", "nothing", "\x00", "x" * 400])
def test_no_other_text_can_be_read(browser, session, waiting, make, text):
    waiting(1)
    page = browser.get("/moderation")
    elsewhere = make.answer(make.question(), state="pending")
    for one in (text, elsewhere.id):
        assert browser.submit(page, "/moderation/readings", text=one).status == 200
    assert session.scalars(select(Reading)).all() == []


def test_a_text_is_passed_to_a_colleague(browser, session, waiting, make):
    first, second = waiting(2)
    page = press(browser, browser.get("/moderation"), first, "pass")
    assert shown(page) == [second.id]
    assert shown(browser.get("/moderation?passed=1")) == [first.id]
    colleague = browser.again().as_(make.account("administrator"))
    page = colleague.get("/moderation")
    assert shown(page) == [first.id, second.id]
    assert "Passé par une ou un collègue" in page.words()
    press(browser, browser.get("/moderation?passed=1"), first, "publish")
    assert states(session, [first]) == ["published"]
    assert session.scalars(select(PassedOn)).all() == []


def test_each_key_is_the_letter_on_its_button_and_can_be_switched_off(browser, waiting):
    waiting(2)
    wanted = {"fr": "pmct", "en": "phct"}
    for locale, letters in wanted.items():
        browser.client.set_cookie("language", locale)
        page = browser.get("/moderation")
        article = page.all("article")[0]
        keyed = [one for one in article.iter() if one.get("data-key")]
        for one in keyed:
            label = "".join(one.itertext())
            key = one.get("data-key")
            assert f"({key.upper()})" in label or label.startswith(f"{key}. "), label
        found = [one.get("data-key") for one in keyed if not one.get("data-key").isdigit()]
        assert "".join(found) == letters + "s"
    assert [one.get("data-key") for one in keyed if one.get("data-key").isdigit()] == list(
        "1234" + "123456"
    )
    page = browser.submit(page, "/moderation/keys", button=("keys", "off"))
    assert not [one for one in page.html.iter() if one.get("data-key")]
    assert "(P)" not in page.words()
    page = browser.submit(page, "/moderation/keys", button=("keys", "on"))
    assert [one for one in page.html.iter() if one.get("data-key")]


# ---- letters ---------------------------------------------------------------------------------


@pytest.fixture
def told(make, mine, waiting):
    """A text whose author asked to be told."""
    participant = make.participant()
    held = make.contribution(mine, participant, notify_email="moi@exemple.fr")
    (text,) = waiting(1, contribution_id=held.id, participant_id=participant.id)
    return text


def test_the_author_is_told_what_why_by_which_rule_and_what_to_do(browser, session, told):
    press(browser, browser.get("/moderation"), told, "correct.private", note="Le nom du voisin.")
    letter = session.scalars(select(Mail)).one()
    assert letter.recipient == "moi@exemple.fr"
    for said in (
        "Votre texte doit être corrigé",
        "Texte 00.",
        "Donne une information privée",
        "La règle : on ne dit pas la vie privée des gens",
        "Le nom du voisin.",
        "aucune machine ne décide",
        "numéro de suivi",
        "saisir un juge",
        "http://localhost/help",
        "http://localhost/follow-up",
    ):
        assert said in letter.body, said


def test_a_letter_that_did_not_leave_is_taken_back_with_the_decision(browser, session, told):
    page = press(browser, browser.get("/moderation"), told, "hide.attack")
    assert session.scalars(select(Mail)).all()
    browser.submit(page, "/moderation/undo")
    session.expire_all()
    assert session.scalars(select(Mail)).all() == []


def test_whoever_was_told_is_told_that_it_is_undone(browser, session, told, now):
    page = press(browser, browser.get("/moderation"), told, "hide.attack")
    session.scalars(select(Mail)).one().sent_at = now
    session.commit()
    browser.submit(page, "/moderation/undo")
    letters = session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)).all()
    assert len(letters) == 2
    assert any("est annulée" in letter.subject for letter in letters)


def test_a_refused_decision_writes_no_letter(browser, session, told):
    page = browser.get("/moderation")
    press(browser, page, told, "hide")
    press(browser, page, told, "publish", text=[f"{told.id}.1.hidden"])
    assert session.scalars(select(Mail)).all() == []
