"""Someone with something in every table that leads to a person, and the search for what is left."""

from datetime import timedelta
from random import Random
from types import SimpleNamespace

from sqlalchemy import inspect, select
from sqlalchemy import table as plain

from consult.domain import tracking
from consult.models import (
    AccessCode,
    AccountClosing,
    AccountSession,
    Announcement,
    ApiToken,
    Authenticator,
    Base,
    CallInvitation,
    Commitment,
    CoOrganiser,
    Decision,
    Device,
    Draft,
    EditionOffer,
    EventAttendance,
    EventRegistration,
    ExternalIdentity,
    FacilitatorMorning,
    Follow,
    Frame,
    FrameReception,
    Invitation,
    InvitingDay,
    ListedPerson,
    Mail,
    Mandate,
    Matter,
    MatterEvent,
    MatterMessage,
    OrganisationInvitation,
    Outcome,
    PassedOn,
    Passkey,
    RecoveryCode,
    Report,
    Revision,
    RoleInvitation,
    RoomEvent,
    RoomFile,
    RoomInvitation,
    RoomLetter,
    RoomOfficial,
    Seat,
    SeatMandate,
    SecondReading,
    Setting,
    SignInLink,
    Stance,
    StoppedLetters,
    Submission,
    Subscriber,
    TerritoryContact,
)
from consult.services import journal
from tests import open_calls, personal_polls, personal_projects, personal_reading

EMAIL = "awa.sarr@exemple.fr"
NAME = "Awa Sarr"
PHONE = "06 12 34 56 78"
POSITION = "Je dirige un lieu aidé par la région."
WORDS = (EMAIL, NAME, PHONE, POSITION)


def links():
    """Every column that leads to a person: by a key, or by an e-mail address."""
    found = {"account.id"}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            targets = {key.column.table.name for key in column.foreign_keys}
            by_mail = "email" in column.name or column.name == "recipient"
            if targets & {"account", "participant"} or by_mail:
                found.add(f"{table.name}.{column.name}")
    return found


def left(session, words=WORDS, ids=()):
    """Where the words, or the numbers, still stand: every column of every table is read."""
    found, numbers = set(), set(ids)
    for table in inspect(session.get_bind()).get_table_names():
        rows = session.execute(select("*").select_from(plain(table))).mappings().all()
        for row in rows:
            for column, value in row.items():
                text = str(value)
                if text in numbers and not table.startswith("journal"):
                    found.add(f"{table}.{column}")
                found |= {f"{table}.{column}" for word in words if word.lower() in text.lower()}
    return found


class Someone:
    """Awa, who did everything that can be done here, beside Bob, who did some of it."""

    def __init__(self, make):
        self.make, self.now = make, make.now
        self.account = make.account(
            "mediator", "organiser", email=EMAIL, name=NAME, speaks_from=POSITION, function="Chef"
        )
        self.bob = make.account("administrator", "organiser", email="bob@exemple.fr", name="Bob Li")
        self.participant = make.participant(account_id=self.account.id)
        self.other = make.participant(account_id=self.bob.id)
        consultation = make.consultation(slug="c", title="Le numérique", owner_id=self.bob.id)
        self.theme = make.theme(consultation, number=1)
        self.question = make.question(self.theme, number=1)
        self.consultation_id = self.theme.consultation_id

    def everything(self):
        """Put a row in every table."""
        self.writes()
        self.signs_in()
        self.follows()
        self.is_invited()
        self.works()
        self.is_in_rooms()
        personal_projects.carries(self)
        personal_projects.is_paid(self)
        personal_projects.shares(self)
        return self

    def writes(self):
        make, now = self.make, self.now
        consultation = SimpleNamespace(id=self.consultation_id)
        sent = make.contribution(
            consultation, self.participant, notify_email=EMAIL, tracking_number="GE-AWA"
        )
        own = {"participant_id": self.participant.id, "contribution_id": sent.id}
        signed = {"signed_as": "name", "signature": NAME, "speaks_from": POSITION}
        self.answer = make.answer(self.question, body="Ouvrir le soir.", **own, **signed)
        self.telling = make.answer(self.question, body="Je suis awa sarr, appelez-moi.", **own)
        self.proposal = make.proposal(self.theme, title="De Bob", participant_id=self.other.id)
        self.reply = make.comment(self.answer, body="Bob répond.", participant_id=self.other.id)
        self.copy = make.answer(self.question, carried_from_id=self.answer.id, **signed)
        make.save(
            Revision(
                statement_id=self.answer.id, version=0, title="", body="Ouvrir.", created_at=now
            )
        )
        mine = {"participant_id": self.participant.id, "created_at": now}
        make.save(Stance(statement_id=self.proposal.id, value=1, updated_at=now, **mine))
        make.save(Draft(target=f"question:{self.question.id}", form={}, updated_at=now, **mine))
        make.save(Submission(key="k", statement_id=self.answer.id, **mine))
        make.save(Device(token_hash="d" * 64, **mine))
        about = {"statement_id": self.proposal.id, "consultation_id": self.consultation_id}
        said = {"version": 1, "reason": "attack", "name": NAME, "email": EMAIL}
        make.save(Report(number="S-1", **about, **said, **mine))
        make.save(
            AccessCode(
                code_hash="c" * 64,
                consultation_id=self.consultation_id,
                batch="lot",
                number=1,
                name=NAME,
                **mine,
            )
        )

    def signs_in(self):
        make, now = self.make, self.now
        mine = {"account_id": self.account.id, "created_at": now}
        make.save(AccountSession(id_hash="s" * 64, last_seen_at=now, user_agent="Firefox", **mine))
        make.save(Authenticator(secret="A" * 32, **mine))
        make.save(RecoveryCode(code_hash="r" * 64, account_id=self.account.id))
        make.save(ApiToken(token_hash="t" * 64, name="Mon tableur", **mine))
        make.save(Passkey(credential_id="a", public_key="clé", name="Téléphone", **mine))
        make.save(ExternalIdentity(issuer="https://i", subject="s", **mine))
        past = {"reason": "taken", "words": f"Quelqu'un se sert du compte de {NAME}."}
        past |= dict.fromkeys(("closed_at", "reopened_at"), now)
        make.save(AccountClosing(account_id=self.account.id, **past))
        acted = dict.fromkeys(("closed_by_id", "reopened_by_id"), self.account.id)
        past["words"] = "Deux comptes."
        make.save(AccountClosing(account_id=self.bob.id, **past, **acted))
        link = {"token_hash": "l" * 64, "email": EMAIL, "created_at": now, "expires_at": now}
        make.save(SignInLink(participant_id=self.participant.id, **link))

    def follows(self):
        make, now = self.make, self.now
        instants = dict.fromkeys(("created_at", "told_until", "next_digest_at"), now)
        person = make.save(Subscriber(email=EMAIL, time_zone="Europe/Paris", **instants))
        make.save(Follow(subscriber_id=person.id, subject="territory:R-44", confirmed_at=now))
        letter = {"subject": "Bonjour", "body": f"Bonjour {NAME}", "created_at": now}
        make.save(Mail(dedup_key="a", recipient=EMAIL, **letter))
        make.save(Mail(dedup_key="b", recipient="bob@exemple.fr", **letter))
        make.save(Mail(dedup_key="c", recipient="bob@exemple.fr", sent_at=now, **letter))
        make.save(ListedPerson(consultation_id=self.consultation_id, email=EMAIL))
        make.save(TerritoryContact(territory_code="R-44", name=NAME, phone=PHONE, email=EMAIL))
        make.save(Setting(key="help_email", value=EMAIL))
        session, actor = make.session, f"account:{self.account.id}"
        journal.record(session, "account.profile", actor, actor=actor, now=now, fields=["name"])
        session.commit()

    def is_invited(self):
        make, now, place = self.make, self.now, {}
        self.room = make.room("hub", "R-44")
        self.organisation = make.organisation(name="La Fabrique")
        named = {"contact_name": NAME, "contact_phone": PHONE, "opened_by": NAME}
        self.call = open_calls.everything(make, self.account, **named)
        kinds = (
            (Invitation, {"consultation_id": self.consultation_id}),
            (OrganisationInvitation, {"organisation_id": self.organisation.id}),
            (RoleInvitation, {"role": "auditor"}),
            (CallInvitation, {"call_id": self.call.id}),
            (RoomInvitation, {"room_id": self.room.id, "role": "member"}),
        )
        for number, (kind, place) in enumerate(kinds):
            dates = {"created_at": now, "expires_at": now}
            make.save(kind(email=EMAIL, token_hash=f"{number}" * 64, **dates, **place))
            sent = {"email": "eve@exemple.fr", "invited_by_id": self.account.id}
            make.save(kind(token_hash=f"{number}a" * 32, **sent, **dates, **place))

    def works(self):
        make, now = self.make, self.now
        mine = {"account_id": self.account.id}
        make.joins(self.account, self.room, is_named=True)
        make.joins(self.bob, self.room)
        owned = {"organisation_id": self.organisation.id, "began_at": now}
        make.save(Mandate(**mine, function="Directrice", is_shown=True, **owned))
        make.save(Mandate(account_id=self.bob.id, invited_by_id=self.account.id, **owned))
        opened = make.consultation(
            owner_id=self.account.id, contact_name=NAME, contact_phone=PHONE, title="À Awa"
        )
        self.opened_id = opened.id
        joined = {"consultation_id": opened.id, "created_at": now}
        make.save(CoOrganiser(account_id=self.bob.id, **joined))
        make.save(CoOrganiser(consultation_id=self.consultation_id, created_at=now, **mine))
        self.number = tracking.new_number("GE", Random(1))
        helped = {"assisted_by_id": self.account.id, "tracking_number": self.number}
        make.contribution(SimpleNamespace(id=opened.id), self.other, **helped)
        about = {"statement_id": self.proposal.id, **mine}
        decided = {"version": 1, "from_state": "pending", "to_state": "published"}
        decided |= {"role": "organiser", "batch_id": "b", "decided_at": now}
        decision = make.save(Decision(**about, **decided))
        again = {"asked_at": now, "due_at": now, "decided_at": now, "outcome": "confirmed"}
        make.save(SecondReading(decision_id=decision.id, **about, **again))
        make.save(PassedOn(**about, passed_at=now))
        personal_reading.reads(self, about)
        told = {"consultation_id": self.consultation_id, "question_id": self.question.id}
        told |= {"created_at": now, "updated_at": now}
        make.save(Outcome(verdict="kept", body="Fait.", **mine, **told))
        said = {"subject": "territory:R-44", "title": "Titre", "body": "Texte", "created_at": now}
        make.save(Announcement(day=now.date(), **mine, **said))
        self.passes_on()

    def passes_on(self):
        make, now = self.make, self.now
        here, mine = {"room_id": self.room.id}, {"account_id": self.account.id}
        dates = {"created_at": now, "updated_at": now}
        about = {"title": "Des postes fixes", "stage": "open", "origin_room_id": self.room.id}
        matter = make.save(Matter(**here, **mine, **about, **dates))
        of = {"matter_id": matter.id, **mine, "at": now}
        make.save(MatterMessage(**of, **here, body="Un mot"))
        step = {"sequence": 1, "name": "publish", "stage": "open", "to_room_id": self.room.id}
        step |= {"text_version": 1, "facts": {"by": "author"}, "id": f"{matter.id}:1"}
        make.save(MatterEvent(**of, **here, **step))

    def is_in_rooms(self):
        make, now = self.make, self.now
        mine, today = {"account_id": self.account.id}, self.now.date()
        of_room = {"room_id": self.room.id, "created_at": now}
        seat = make.save(Seat(title="Parole", kind="ordinary", **of_room))
        of, before = {"seat_id": seat.id, "created_at": now}, today - timedelta(days=9)
        make.save(SeatMandate(name=NAME, begins_on=before, ended_on=today, **of, **mine))
        bob = {"name": "Bob Li", "deputy": NAME, "appointed_by": NAME, "begins_on": today}
        make.save(SeatMandate(**bob, **of))
        make.joined(RoomFile, seat_id=seat.id, file_name="AWA_sarr.pdf", **mine)
        make.save(RoomOfficial(name=NAME, institution="Préfecture", email=EMAIL, **of_room))
        make.save(Commitment(what="Ouvrir", who=NAME, **of_room))
        hours = {"starts_at": now, "ends_at": now + timedelta(hours=1), "time_zone": "UTC"}
        event = make.save(RoomEvent(title="R", **hours, **of_room))
        coming = {"event_id": event.id, "participant_id": self.participant.id, "created_at": now}
        make.save(EventRegistration(name=NAME, **coming))
        make.save(EventAttendance(name=NAME, way="remote", **mine, **coming))
        wrote = {"addressed_to": "all", "title": "Titre", "body": "Texte", "people": 1, "form": "f"}
        make.save(RoomLetter(**wrote, **mine, **of_room))
        make.save(StoppedLetters(subject=f"room:{self.room.id}", created_at=now, **mine))
        make.save(FacilitatorMorning(next_at=now, **mine))
        make.save(InvitingDay(day=today, number=1, **mine))
        personal_polls.votes(self, NAME)
        self.answers_from_below()

    def answers_from_below(self):
        make, now = self.make, self.now
        words = {"kind": "decision", "title": "Un titre", "body": "Du texte", "due_at": now}
        at = {"created_at": now, "updated_at": now, "room_id": self.room.id}
        frame = make.save(Frame(for_all=False, **words, **at))
        here, by = {"room_id": self.room.id}, self.account.id
        said = {"version": 1, "state": "read", "decided_at": now, "account_id": by}
        make.save(FrameReception(frame_id=frame.id, **said, **here))
        offered = {"consultation_id": self.consultation_id, "offered_by_id": by}
        make.save(EditionOffer(offered_at=now, **offered, **here))
