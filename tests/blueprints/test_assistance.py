import pytest
from sqlalchemy import func, select

from consult.models import Answer, Contribution, JournalEntry, Participant


@pytest.fixture
def question(make):
    theme = make.theme(make.consultation(slug="aide"), number=1)
    return make.question(theme, number=1)


def write(browser, question, **fields):
    path = f"/assistance/{question.id}"
    page = browser.get(f"/assistance?question={question.id}")
    typed = {
        "value": "Il faut un guichet.",
        "consent": "oral",
        "channel": "paper",
        "place": "Médiathèque de Nancy",
    }
    return browser.submit(page, path, **typed | fields)


def test_each_person_helped_has_a_number_of_their_own(browser, session, make, question):
    helper = make.account("mediator")
    browser.as_(helper)
    slips = [write(browser, question), write(browser, question, value="Un bus.", consent="paper")]
    kept = session.scalars(select(Contribution).order_by(Contribution.created_at)).all()
    assert len({one.participant_id for one in kept}) == 2
    for slip, one in zip(slips, sorted(kept, key=lambda one: one.consent), strict=True):
        assert one.tracking_number in slip.words()
        assert (one.channel, one.assisted_by_id) == ("paper", helper.id)
    answer = session.scalars(select(Answer).where(Answer.body == "Un bus.")).one()
    shown = browser.again().get(f"/answers/{answer.id}").words()
    assert "Médiathèque de Nancy" in shown
    assert helper.name not in shown
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.act == "answer.sent").limit(1)
    ).one()
    assert entry.actor == f"account:{helper.id}"
    page = browser.get(f"/assistance?question={question.id}")
    assert "Médiathèque de Nancy" in page.text


def test_the_same_slip_twice_is_one_answer(browser, session, make, question):
    browser.as_(make.account("mediator"))
    page = browser.get(f"/assistance?question={question.id}")
    for _ in range(2):
        browser.submit(
            page, f"/assistance/{question.id}", value="Une fois.", consent="phone", channel="phone"
        )
    assert session.scalar(select(func.count()).select_from(Answer)) == 1
    assert session.scalar(select(func.count()).select_from(Participant)) == 2


@pytest.mark.parametrize(
    "fields",
    [{"consent": ""}, {"consent": "rumour"}, {"channel": "web"}, {"channel": "x"}, {"value": ""},
     {"place": "a" * 3000}, {"territory": "Z-99"}, {"signed_as": "name"}],
)  # fmt: skip
def test_what_is_missing_is_said_and_the_text_comes_back(browser, session, make, question, fields):
    browser.as_(make.account("mediator"))
    page = write(browser, question, **fields)
    assert page.status == 422
    if "value" not in fields:
        assert "Il faut un guichet." in page.text
    assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_only_helpers_help(browser, session, make, question):
    assert browser.get("/assistance").url.endswith("/sign-in")
    citizen = browser.again().as_(make.account())
    assert citizen.get("/assistance").status == 403
    helper = browser.as_(make.account("mediator"))
    slip = write(helper, question)
    other = browser.again().as_(make.account("mediator"))
    assert other.get(slip.url).status == 404
    assert helper.get("/assistance?question=inconnue").status == 404
    assert helper.get("/assistance?question=%00").status == 404


def test_the_paper_form_shows_every_question(browser, make, question):
    page = browser.get("/consultations/aide/paper")
    assert question.wording in page.words()
    assert page.all("img")[0].get("alt")
    assert browser.get("/consultations/autre/paper").status == 404
