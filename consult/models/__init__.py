"""The tables: columns, relations, constraints. SQLAlchemy only; no Flask, no queries."""

from .accounts import (
    Account,
    AccountSession,
    ApiToken,
    Device,
    Participant,
    Role,
    SignInLink,
    account_role,
)
from .base import Base, new_id
from .consultations import (
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
from .journal import JournalEntry, Mail, Setting
from .organisations import Organisation
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
from .territories import Territory

__all__ = [
    "Account",
    "AccountSession",
    "Amendment",
    "Answer",
    "AnswerQuestion",
    "ApiToken",
    "Argument",
    "Base",
    "CoOrganiser",
    "Comment",
    "Consultation",
    "Contribution",
    "Device",
    "Document",
    "Draft",
    "Invitation",
    "JournalEntry",
    "ListedPerson",
    "Mail",
    "Organisation",
    "Outcome",
    "Participant",
    "Proposal",
    "Question",
    "Revision",
    "Role",
    "Setting",
    "SignInLink",
    "Source",
    "Stage",
    "Stance",
    "Statement",
    "Submission",
    "Tag",
    "Territory",
    "Theme",
    "account_role",
    "new_id",
]
