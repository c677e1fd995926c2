"""A row in every table, so that each revision is tried on a database that is used."""

from sqlalchemy import text

from consult.models import (
    AccessCode,
    AccountClosing,
    Announcement,
    Authenticator,
    CoOrganiser,
    Decision,
    Erasure,
    ExternalIdentity,
    Follow,
    Invitation,
    ListedPerson,
    Mandate,
    OrganisationInvitation,
    PassedOn,
    Passkey,
    Reading,
    RecoveryCode,
    Report,
    RoleInvitation,
    SecondReading,
    SignInLink,
    SpentNumber,
    Stance,
    Subscriber,
)
from tests.factories import Maker
from tests.migrations.rows_of_calls import furnish_call
from tests.migrations.rows_of_rooms import furnish_room


def fill(session, now):
    """Put a row in most tables: an answer with opinions, a discussed proposal."""
    make = Maker(session, now)
    session.execute(
        text(
            "insert into territory (code, name, kind, parent_code, time_zone) "
            "values ('R-44', 'Grand Est', 'region', null, 'Europe/Paris')"
        )
    )
    theme = make.theme()
    question = make.question(theme)
    answer = make.answer(question, participant_id=make.participant().id)
    proposal = make.proposal(theme)
    make.argument(proposal)
    make.comment(answer)
    colleague = make.account("organiser")
    consultation_id = theme.consultation_id
    make.save(CoOrganiser(consultation_id=consultation_id, account_id=colleague.id, created_at=now))
    make.proposal(theme, carried_from_id=proposal.id)
    make.save(
        Invitation(
            consultation_id=consultation_id,
            email="ada@exemple.fr",
            token_hash="0" * 64,
            created_at=now,
            expires_at=now,
        )
    )
    protect(make, colleague)
    enter(make, colleague)
    furnish_room(make, colleague)
    moderate(make, answer, colleague)
    furnish_call(make, colleague)
    given = {"participant_id": make.participant().id, "created_at": now, "updated_at": now}
    session.add(Stance(statement_id=answer.id, value=1, **given))
    session.commit()
    return answer.id


def enter(make, account):
    """Ways in, a closing of an access, an erasure of an address."""
    made = {"email": "awa@exemple.fr", "created_at": make.now, "expires_at": make.now}
    make.save(SignInLink(token_hash="8" * 64, replaced_at=make.now, **made))
    make.save(SignInLink(token_hash="9" * 64, **made))
    closed = {"reason": "attack", "words": "Des attaques.", "closed_at": make.now}
    make.save(AccountClosing(account_id=account.id, closed_by_id=account.id, **closed))
    make.save(Erasure(mark="7" * 64, texts="address", erased_at=make.now))


def moderate(make, text_, account):
    held = {"statement_id": text_.id, "account_id": account.id}
    decided = {"version": 1, "from_state": "pending", "to_state": "published", "role": "organiser"}
    decision = make.save(Decision(**held, **decided, batch_id="b", decided_at=make.now))
    contest(make, text_, decision)
    make.save(Reading(**held, until_at=make.now))
    make.save(PassedOn(**held, passed_at=make.now))


def contest(make, text_, decision):
    about = {"statement_id": text_.id, "decision_id": decision.id}
    make.save(SecondReading(**about, asked_at=make.now, due_at=make.now))
    facts = {"number": "S-2", "version": 1, "reason": "attack", "created_at": make.now}
    answered = {"outcome": "kept", "answered_at": make.now}
    make.save(Report(**about, **facts, **answered, consultation_id=text_.consultation_id))


def let_in(make, consultation_id, account):
    make.save(ListedPerson(consultation_id=consultation_id, email="awa@exemple.fr"))
    make.save(
        AccessCode(
            code_hash="2" * 64,
            consultation_id=consultation_id,
            batch="lot",
            number=1,
            participant_id=make.participant().id,
            created_at=make.now,
        )
    )
    organisation = make.organisation(name="La Fabrique")
    owned = {"organisation_id": organisation.id}
    make.save(Mandate(account_id=account.id, began_at=make.now, **owned))
    make.save(
        OrganisationInvitation(
            email="bob@exemple.fr",
            token_hash="3" * 64,
            invited_by_id=account.id,
            created_at=make.now,
            expires_at=make.now,
            **owned,
        )
    )


def protect(make, account):
    let_in(make, make.consultation().id, account)
    mine = {"account_id": account.id, "created_at": make.now}
    make.save(Passkey(credential_id="a", public_key="b", **mine))
    make.save(ExternalIdentity(issuer="i", subject="s", **mine))
    make.save(Erasure(mark="e" * 64, texts="kept", erased_at=make.now))
    make.save(SpentNumber(number_hash="2" * 64, expires_at=make.now))
    follow(make, account)
    make.save(Authenticator(account_id=account.id, secret="A" * 32, created_at=make.now))
    make.save(RecoveryCode(code_hash="0" * 64, account_id=account.id))
    make.save(
        RoleInvitation(
            email="bob@exemple.fr",
            role="mediator",
            token_hash="1" * 64,
            invited_by_id=account.id,
            created_at=make.now,
            expires_at=make.now,
        )
    )


def follow(make, organiser):
    subject = "territory:R-44"
    instants = dict.fromkeys(("created_at", "told_until", "next_digest_at"), make.now)
    person = make.save(Subscriber(email="ada@exemple.fr", time_zone="Europe/Paris", **instants))
    make.save(Follow(subscriber_id=person.id, subject=subject, confirmed_at=make.now))
    words = {"title": "Un titre", "body": "Du texte", "day": make.now.date()}
    make.save(Announcement(subject=subject, account_id=organiser.id, created_at=make.now, **words))
