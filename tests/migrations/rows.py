"""A row in every table, so that each revision is tried on a database that is used."""

from datetime import timedelta

from sqlalchemy import text

from consult.models import (
    AccessCode,
    AccountClosing,
    Announcement,
    Authenticator,
    Commitment,
    CommonQuestion,
    CoOrganiser,
    Decision,
    EditionOffer,
    Erasure,
    EventRegistration,
    ExternalIdentity,
    FacilitatorMorning,
    Follow,
    Frame,
    FrameReception,
    FrameVersion,
    Invitation,
    InvitingDay,
    ListedPerson,
    Mandate,
    Matter,
    MatterEndorsement,
    MatterEvent,
    MatterMessage,
    MatterStop,
    MatterText,
    OrganisationInvitation,
    PassedOn,
    Passkey,
    Poll,
    PollBallot,
    PollCandidate,
    PollCount,
    PollElector,
    PollTurnout,
    PollUrn,
    Reading,
    RecoveryCode,
    Report,
    RoleInvitation,
    Room,
    RoomCollege,
    RoomDocument,
    RoomEvent,
    RoomInvitation,
    RoomLetter,
    RoomMember,
    RoomOfficial,
    RoomSetting,
    Seat,
    SeatMandate,
    SecondReading,
    SignInLink,
    SpentNumber,
    Stance,
    StoppedLetters,
    Subscriber,
    TerritoryModerator,
)
from tests.factories import Maker


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


def furnish_room(make, account):
    facts = {"level": "hub", "territory_code": "R-44", "moderates": True}
    room = make.save(Room(slug="hub", name="Hub", created_at=make.now, **facts))
    joined = {"room_id": room.id, "created_at": make.now, "role": "facilitator"}
    make.save(RoomMember(account_id=account.id, **joined))
    letter = {"email": "eve@exemple.fr", "token_hash": "2" * 64, "expires_at": make.now}
    make.save(RoomInvitation(invited_by_id=account.id, **joined, **letter))
    make.save(TerritoryModerator(territory_code="R-44", room_id=room.id))
    write_to(make, room, account)


def write_to(make, room, account):
    mine = {"account_id": account.id}
    words = {"addressed_to": "all", "title": "Un titre", "body": "Du texte", "form": "f" * 22}
    make.save(RoomLetter(room_id=room.id, people=1, created_at=make.now, **mine, **words))
    make.save(StoppedLetters(subject=f"room:{room.id}", created_at=make.now, **mine))
    make.save(FacilitatorMorning(next_at=make.now, **mine))
    make.save(InvitingDay(day=make.now.date(), number=1, **mine))
    seat_someone(make, room, account)
    work(make, room)
    vote(make, room, account)
    send_down(make, room)
    pass_on(make, room, account)


def seat_someone(make, room, account):
    of_room = {"room_id": room.id, "created_at": make.now}
    make.save(RoomCollege(room_id=room.id, college="state", wanted=1))
    make.save(RoomOfficial(name="Ada", institution="Préfecture", **of_room))
    seat = make.save(Seat(title="Coordination", kind="coordination", **of_room))
    given = {"seat_id": seat.id, "account_id": account.id, "created_at": make.now}
    mandate = make.save(SeatMandate(name="Ada", begins_on=make.now.date(), **given))
    other = make.account()
    joined = {"role": "member", "account_id": other.id, "mandate_id": mandate.id}
    make.save(RoomMember(**joined, **of_room))


def work(make, room):
    of_room = {"room_id": room.id, "created_at": make.now}
    hours = {"starts_at": make.now, "ends_at": make.now + timedelta(hours=1)}
    event = make.save(RoomEvent(title="R", time_zone="Europe/Paris", **hours, **of_room))
    coming = {"event_id": event.id, "participant_id": make.participant().id, "name": "Ada"}
    make.save(EventRegistration(**coming, created_at=make.now))
    paper = {"kind": "minutes", "title": "CR", "body": "x", "dated_on": make.now.date()}
    make.save(RoomDocument(event_id=event.id, **paper, **of_room))
    make.save(Commitment(what="x", who="Ada", **of_room))


def vote(make, room, account):
    words = {"question": "Oui ?", "kind": "yes_no", "rule": "majority", "quorum": "none"}
    dates = dict.fromkeys(("opens_at", "closes_at", "created_at"), make.now)
    poll = make.save(Poll(room_id=room.id, time_zone="Europe/Paris", **words, **dates))
    elector = make.save(PollElector(poll_id=poll.id, account_id=account.id))
    mine = {"elector_id": elector.id, "poll_id": poll.id}
    make.save(PollTurnout(**mine))
    make.save(PollBallot(name="a", receipt="b", said={"ballot": None}, **mine))
    make.save(PollCandidate(poll_id=poll.id, mark="A", account_id=account.id))
    make.save(PollUrn(poll_id=poll.id, ballots={"ballots": []}))
    make.save(PollCount(poll_id=poll.id, content="{}", digest="0" * 64))


def send_down(make, room):
    words = {"kind": "decision", "title": "Un titre", "body": "Du texte", "due_at": make.now}
    at = {"created_at": make.now, "updated_at": make.now}
    frame = make.save(Frame(room_id=room.id, for_all=False, **words, **at))
    kept = {"frame_id": frame.id, "version": 1}
    make.save(FrameVersion(**kept, **words, reason="Un oubli", created_at=make.now))
    make.save(FrameReception(**kept, room_id=room.id, state="waiting"))
    source, local = make.question(), make.question()
    offered = {"consultation_id": source.consultation_id, "room_id": room.id}
    taken = {"edition_id": local.consultation_id, "taken_at": make.now}
    make.save(EditionOffer(**offered, **taken, offered_at=make.now))
    make.save(CommonQuestion(question_id=local.id, source_id=source.id))


def pass_on(make, room, account):
    here, mine = {"room_id": room.id}, {"account_id": account.id}
    about = {"title": "Un sujet", "stage": "open", "origin_room_id": room.id}
    dates = {"created_at": make.now, "updated_at": make.now}
    matter = make.save(Matter(**here, **mine, **about, **dates))
    of = {"matter_id": matter.id, **here}
    make.save(MatterStop(**of, place=0))
    make.save(MatterText(**of, version=1, title="Un sujet", body="Du texte", at=make.now))
    make.save(MatterMessage(**of, **mine, body="Un mot", at=make.now))
    make.save(MatterEndorsement(**of, place=0, is_sibling=False, at=make.now))
    happened = {"id": f"{matter.id}:1:publish", "sequence": 1, "name": "publish", "stage": "open"}
    what = {"to_room_id": room.id, "at": make.now, "text_version": 1, "facts": {"by": "author"}}
    make.save(MatterEvent(**of, **mine, **happened, **what))
    make.save(RoomSetting(**here, key="delay_open", value=30))


def follow(make, organiser):
    subject = "territory:R-44"
    instants = dict.fromkeys(("created_at", "told_until", "next_digest_at"), make.now)
    person = make.save(Subscriber(email="ada@exemple.fr", time_zone="Europe/Paris", **instants))
    make.save(Follow(subscriber_id=person.id, subject=subject, confirmed_at=make.now))
    words = {"title": "Un titre", "body": "Du texte", "day": make.now.date()}
    make.save(Announcement(subject=subject, account_id=organiser.id, created_at=make.now, **words))
