"""What the platform holds about one person: one part a table, with the columns they may have.

Each part names the columns that lead to a person (`links`); what leads to one and is in no part
stands in LEFT_OUT with the reason.
"""

from typing import Any

from ...domain.kinds import N_
from ...models import (
    AccessCode,
    Account,
    AccountClosing,
    AccountSession,
    Announcement,
    ApiToken,
    Authenticator,
    CallInvitation,
    Consultation,
    Contribution,
    CoOrganiser,
    Decision,
    Device,
    Draft,
    ExternalIdentity,
    Invitation,
    ListedPerson,
    Mail,
    Mandate,
    Matter,
    MatterEvent,
    MatterMessage,
    Organisation,
    OrganisationInvitation,
    Outcome,
    Participant,
    PassedOn,
    Passkey,
    Reading,
    RecoveryCode,
    Report,
    RoleInvitation,
    RoomInvitation,
    SecondReading,
    SignInLink,
    Stance,
    Submission,
    Subscriber,
    TerritoryContact,
)
from . import _calls, _payments, _projects, _reading, _rooms, _splits, _syntheses
from . import _rows as own
from ._rows import IN_CONSULTATION, Part, Person, columns, part

__all__ = ["LEFT_OUT", "PARTS", "Part", "Person"]


def _got(model: Any, names: str = "created_at expires_at used_at") -> Part:
    key = f"{model.__tablename__}s"
    return part(key, N_("Invitations I received"), columns(model, names), model.email)


def _sent(model: Any) -> Part:
    names = columns(model, "created_at expires_at used_at")
    key = f"{model.__tablename__}s_sent"
    return part(key, N_("Invitations I sent"), names, model.invited_by_id)


def _account(key: str, title: str, model: Any, names: str, *via: Any) -> Part:
    """Return the part of a table with an `account_id`, with the title of what it is about."""
    extra = {"Consultation": IN_CONSULTATION}
    extra["Organisation"] = Organisation.name.label("organisation")
    shown = [extra[other.__name__] for other in via if other.__name__ in extra]
    return part(key, title, [*shown, *columns(model, names)], model.account_id, via=via)


def _participant(key: str, title: str, model: Any, names: str, *via: Any) -> Part:
    shown = [IN_CONSULTATION] if Consultation in via else []
    return part(key, title, [*shown, *columns(model, names)], model.participant_id, via=via)


PROFILE = "email name organisation function speaks_from second_step created_at confirmed_at seen_at"
REPORT = "number reason explanation name email good_faith created_at outcome answered_at"
DECISION = "statement_id project_id from_state to_state reason note role decided_at undone_at"
KEY = "name created_at last_used_at"
PARTS = (
    part("account", N_("My account"), columns(Account, PROFILE), Account.id, Account.email),
    part(
        "closings",
        N_("When my access was closed"),
        [
            *columns(AccountClosing, "reason closed_at reopened_at"),
            AccountClosing.words.label("explanation"),
        ],
        AccountClosing.account_id,
    ),
    part(
        "closings_decided",
        N_("Accesses that I closed"),
        columns(AccountClosing, "reason closed_at"),
        AccountClosing.closed_by_id,
    ),
    part(
        "closings_ended",
        N_("Accesses that I opened again"),
        columns(AccountClosing, "reason reopened_at"),
        AccountClosing.reopened_by_id,
    ),
    Part("roles", N_("My roles"), ("account_role.account_id",), own.roles),
    Part("contributions", N_("What I sent"), ("contribution.participant_id",), own.contributions),
    Part("texts", N_("My texts"), ("statement.participant_id",), own.texts),
    Part("versions", N_("Earlier versions of my texts"), (), own.versions),
    _participant("opinions", N_("My opinions"), Stance, "statement_id value created_at updated_at"),
    _participant("drafts", N_("My drafts"), Draft, "target form created_at updated_at"),
    part(
        "reports",
        N_("My reports"),
        columns(Report, REPORT),
        Report.participant_id,
        Report.email,
    ),
    Part("second_readings", N_("Second readings I asked for"), (), own.asked_again),
    part(
        "subscriber",
        N_("My letters"),
        columns(Subscriber, "letters locale time_zone created_at confirmed_at"),
        Subscriber.email,
    ),
    Part("follows", N_("What I follow"), (), own.follows),
    part(
        "mail",
        N_("Letters sent to me"),
        columns(Mail, "subject created_at sent_at"),
        Mail.recipient,
    ),
    part(
        "listed",
        N_("Consultations I am invited to"),
        [IN_CONSULTATION, *columns(ListedPerson, "letters written_at")],
        ListedPerson.email,
        via=(Consultation,),
    ),
    part(
        "told",
        N_("Answers I am told about"),
        [IN_CONSULTATION, Contribution.created_at],
        Contribution.notify_email,
        via=(Consultation,),
    ),
    _account("organised", N_("Consultations I organise"), CoOrganiser, "created_at", Consultation),
    part(
        "opened",
        N_("Consultations I opened"),
        columns(Consultation, "title contact_name contact_phone created_at"),
        Consultation.owner_id,
    ),
    _account(
        "mandates",
        N_("My organisations"),
        Mandate,
        "function is_shown began_at ended_at",
        Organisation,
    ),
    *_rooms.PARTS,
    *_calls.PARTS,
    *_projects.PARTS,
    *_payments.PARTS,
    *_splits.PARTS,
    *_syntheses.PARTS,
    *_reading.PARTS,
    _account("decisions", N_("Decisions I made"), Decision, DECISION),
    _account("readings", N_("Texts I am reading"), Reading, "statement_id project_id until_at"),
    _account(
        "passed_on",
        N_("Texts I left to a colleague"),
        PassedOn,
        "statement_id project_id passed_at",
    ),
    _account(
        "second_readings_decided",
        N_("Second readings I decided"),
        SecondReading,
        "statement_id project_id outcome reason role decided_at",
    ),
    _account("outcomes", N_("Answers I gave as an organiser"), Outcome, "verdict body created_at"),
    _account("matters", N_("Matters I began"), Matter, "title stage outcome created_at"),
    part(
        "matter_steps",
        N_("What I did with matters"),
        [MatterEvent.name.label("step"), MatterEvent.reasons, MatterEvent.at],
        MatterEvent.account_id,
    ),
    _account("matter_messages", N_("What I said about matters"), MatterMessage, "body at"),
    _account("announcements", N_("Messages I wrote"), Announcement, "day title body created_at"),
    part(
        "helped",
        N_("Answers I wrote down for someone"),
        [IN_CONSULTATION, Contribution.created_at],
        Contribution.assisted_by_id,
        via=(Consultation,),
    ),
    part(
        "contact",
        N_("Where I am the person to call"),
        columns(TerritoryContact, "territory_code name phone email hours"),
        TerritoryContact.email,
    ),
    _got(RoleInvitation, "role created_at expires_at used_at"),
    _got(Invitation),
    _got(OrganisationInvitation),
    _got(CallInvitation),
    _got(RoomInvitation, "role created_at expires_at used_at"),
    _sent(RoleInvitation),
    _sent(Invitation),
    _sent(OrganisationInvitation),
    _sent(RoomInvitation),
    _sent(CallInvitation),
    _account(
        "sessions",
        N_("Where I signed in"),
        AccountSession,
        "created_at last_seen_at address user_agent revoked_at",
    ),
    part(
        "links",
        N_("Links to sign in"),
        columns(SignInLink, "created_at expires_at used_at"),
        SignInLink.email,
        SignInLink.participant_id,
    ),
    _account("passkeys", N_("My passkeys"), Passkey, KEY),
    _account(
        "authenticator", N_("My application of codes"), Authenticator, "created_at confirmed_at"
    ),
    _account("codes", N_("My printed codes"), RecoveryCode, "used_at"),
    _account(
        "identities",
        N_("My accounts on other sites"),
        ExternalIdentity,
        "issuer subject created_at last_used_at",
    ),
    _account("tokens", N_("Tokens for my programs"), ApiToken, f"{KEY} revoked_at"),
    _account("participant", N_("My number as a participant"), Participant, "created_at name"),
    _participant("devices", N_("My devices"), Device, "created_at"),
    _participant("access", N_("Codes I used"), AccessCode, "batch number used_at", Consultation),
    _participant("forms", N_("Forms received from me"), Submission, "statement_id created_at"),
    Part("acts", N_("What I did, in the journal"), (), own.acts),
)
LEFT_OUT = {
    "mandate.invited_by_id": "says of someone else what they joined; the invitation sent is there",
}
