"""The tables: columns, relations, constraints. SQLAlchemy only; no Flask, no queries."""

from .accounts import (
    Account,
    AccountSession,
    ApiToken,
    Authenticator,
    Device,
    Participant,
    RecoveryCode,
    Role,
    RoleInvitation,
    SignInLink,
    account_role,
)
from .base import Base, new_id
from .closings import AccountClosing
from .consultations import (
    AccessCode,
    Consultation,
    CoOrganiser,
    Document,
    Invitation,
    ListedPerson,
    Question,
    Stage,
    Tag,
    Theme,
)
from .contributions import Contribution, Draft, Submission
from .editions import CommonQuestion, EditionOffer
from .erasures import Erasure
from .follows import Announcement, Follow, Subscriber
from .frames import Frame, FrameReception, FrameVersion
from .identities import ExternalIdentity, Passkey, SpentNumber
from .invited import InvitingDay
from .journal import JournalEntry, JournalHead, JournalSeal, JournalWaiting, Mail, Setting
from .matters import (
    Matter,
    MatterEndorsement,
    MatterEvent,
    MatterMessage,
    MatterStop,
    MatterText,
    RoomSetting,
)
from .moderation import Decision, PassedOn, Reading
from .organisations import Mandate, Organisation, OrganisationInvitation
from .polls import Poll, PollBallot, PollCount, PollElector, PollTurnout, PollUrn
from .reports import Report
from .room_letters import FacilitatorMorning, RoomLetter, StoppedLetters
from .room_people import RoomCollege, RoomOfficial, Seat, SeatMandate
from .room_work import Commitment, EventRegistration, RoomDocument, RoomEvent
from .rooms import Room, RoomInvitation, RoomMember, TerritoryModerator
from .second_readings import SecondReading
from .statements import (
    Amendment,
    Answer,
    AnswerQuestion,
    Argument,
    Comment,
    Outcome,
    Proposal,
    Revision,
    Source,
    Stance,
    Statement,
)
from .territories import Postcode, Territory, TerritoryContact, TerritoryMember

__all__ = [
    "AccessCode",
    "Account",
    "AccountClosing",
    "AccountSession",
    "Amendment",
    "Announcement",
    "Answer",
    "AnswerQuestion",
    "ApiToken",
    "Argument",
    "Authenticator",
    "Base",
    "CoOrganiser",
    "Comment",
    "Commitment",
    "CommonQuestion",
    "Consultation",
    "Contribution",
    "Decision",
    "Device",
    "Document",
    "Draft",
    "Erasure",
    "EventRegistration",
    "EditionOffer",
    "ExternalIdentity",
    "FacilitatorMorning",
    "Follow",
    "Frame",
    "FrameReception",
    "FrameVersion",
    "Invitation",
    "InvitingDay",
    "JournalEntry",
    "JournalHead",
    "JournalSeal",
    "JournalWaiting",
    "ListedPerson",
    "Mail",
    "Mandate",
    "Matter",
    "MatterEndorsement",
    "MatterEvent",
    "MatterMessage",
    "MatterStop",
    "MatterText",
    "Organisation",
    "OrganisationInvitation",
    "Outcome",
    "Participant",
    "PassedOn",
    "Passkey",
    "Poll",
    "PollBallot",
    "PollCount",
    "PollElector",
    "PollTurnout",
    "PollUrn",
    "Postcode",
    "Proposal",
    "Question",
    "Reading",
    "RecoveryCode",
    "Report",
    "Revision",
    "Role",
    "RoleInvitation",
    "Room",
    "RoomCollege",
    "RoomDocument",
    "RoomEvent",
    "RoomInvitation",
    "RoomLetter",
    "RoomMember",
    "RoomOfficial",
    "Seat",
    "SeatMandate",
    "RoomSetting",
    "SecondReading",
    "Setting",
    "SignInLink",
    "Source",
    "SpentNumber",
    "Stage",
    "Stance",
    "Statement",
    "StoppedLetters",
    "Submission",
    "Subscriber",
    "Tag",
    "Territory",
    "TerritoryContact",
    "TerritoryMember",
    "TerritoryModerator",
    "Theme",
    "account_role",
    "new_id",
]
