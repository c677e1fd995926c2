"""An administrator closes an access from the command line: as on the page, with its letter."""

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from consult import clock
from consult.config import data_dir, database_url
from consult.models import Account, AccountClosing, JournalEntry, Mail
from consult.services import accounts

EVE, BOSS = "eve@exemple.fr", "boss@exemple.fr"
CLOSE = ("access", "close", EVE, "--reason", "taken", "--words", "Une autre personne s’en sert.")


@pytest.fixture
def engine(consult):
    """The database of the command line, with Eve and an administrator."""
    consult("organiser", BOSS, "--administrator")
    engine = create_engine(database_url(data_dir()))
    with Session(engine) as session:
        accounts.by_email(session, EVE, now=clock.now())
        session.commit()
    yield engine
    engine.dispose()


def test_an_access_is_closed_then_open_again(consult, engine):
    assert "closed. A letter says why" in consult(*CLOSE, "--by", BOSS.upper()).output
    with Session(engine) as session:
        eve, boss = (
            session.scalar(select(Account).where(Account.email == one)) for one in (EVE, BOSS)
        )
        closing = session.scalars(select(AccountClosing)).one()
        assert (eve.active, closing.closed_by_id, closing.reason) == (False, boss.id, "taken")
        letter = session.scalars(select(Mail).where(Mail.recipient == EVE)).one()
        assert "Une autre personne s’en sert." in letter.body
        actors = select(JournalEntry.actor).where(JournalEntry.act == "account.closed")
        assert session.scalars(actors).all() == [f"account:{boss.id}"]
    assert "open again" in consult("access", "reopen", EVE, "--by", BOSS).output
    with Session(engine) as session:
        assert session.scalar(select(Account.active).where(Account.email == EVE))
        letters = select(Mail.dedup_key).where(Mail.recipient == EVE).order_by(Mail.created_at)
        kinds = [key.partition(":")[0] for key in session.scalars(letters)]
    assert kinds == ["access_closed", "access_reopened"]


def test_what_cannot_be_done_is_one_sentence(consult, engine):
    unknown = ("access", "close", "nobody@exemple.fr", *CLOSE[3:], "--by", BOSS)
    asked = (
        unknown,
        (*CLOSE, "--by", EVE),
        (*CLOSE, "--by", "\x00"),
        ("access", "close", BOSS, *CLOSE[3:], "--by", BOSS),
        ("access", "reopen", EVE, "--by", BOSS),
    )
    for words in asked:
        assert len(consult(*words, status=1).stderr.strip().splitlines()) == 1, words
    with Session(engine) as session:
        assert session.scalars(select(AccountClosing)).all() == []
