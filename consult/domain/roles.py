"""Who may do what: one table, role by level by action. Whether a thing is open is for phases."""

from collections.abc import Mapping

from . import rooms

VISITOR = "visitor"
PARTICIPANT = "participant"
MEDIATOR = "mediator"
# Facilitators of the place or the room at hand, by the level of their room; rights go down the
# tree of rooms. Before anything is at hand, of any room.
LOCAL_FACILITATOR = "local_facilitator"
HUB_FACILITATOR = "hub_facilitator"
NATIONAL_FACILITATOR = "national_facilitator"
FACILITATOR_OTHER = "facilitator_other"  # of rooms that do not hold the place at hand
CO_ORGANISER = "co_organiser"  # of consultations opened by others; of the one at hand
ORGANISER = "organiser"  # of the consultation at hand, or of none yet when creating one
ORGANISER_OTHER = "organiser_other"  # of another consultation
LOCAL_AUTHORITY = "local_authority"  # opens calls
CALL_OFFICER = "call_officer"  # runs a call: the one at hand
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
ROLES = (
    VISITOR,
    PARTICIPANT,
    MEDIATOR,
    LOCAL_FACILITATOR,
    HUB_FACILITATOR,
    NATIONAL_FACILITATOR,
    FACILITATOR_OTHER,
    CO_ORGANISER,
    ORGANISER,
    ORGANISER_OTHER,
    LOCAL_AUTHORITY,
    CALL_OFFICER,
    AUDITOR,
    ADMINISTRATOR,
)
OF_LEVEL: Mapping[str, str] = {
    rooms.LOCAL: LOCAL_FACILITATOR,
    rooms.HUB: HUB_FACILITATOR,
    rooms.NATIONAL: NATIONAL_FACILITATOR,
}
FACILITATORS = frozenset(OF_LEVEL.values())
# Given by an administrator, for the whole site.
GIVEN = (MEDIATOR, ORGANISER, LOCAL_AUTHORITY, AUDITOR, ADMINISTRATOR)

# Held only by whoever shows a second proof at sign-in, and the proofs that will do.
# Facilitators are offered it: volunteers on a shared computer must be able to do their part.
STRONG = frozenset({CO_ORGANISER, ORGANISER, LOCAL_AUTHORITY, CALL_OFFICER, ADMINISTRATOR})
PROTECTING = frozenset({"app", "passkey"})

_EVERYONE = frozenset(ROLES)
_SIGNED_IN = _EVERYONE - {VISITOR}
_IN_CHARGE = frozenset({CO_ORGANISER, ORGANISER, ADMINISTRATOR})
_HELPERS = _IN_CHARGE | {MEDIATOR}
_OPENERS = frozenset({ORGANISER, ORGANISER_OTHER, ADMINISTRATOR})
_OFFICERS = frozenset({CALL_OFFICER, ADMINISTRATOR})
_CALL_OPENERS = FACILITATORS | {LOCAL_AUTHORITY, ADMINISTRATOR}

Anywhere = frozenset[str]
ByLevel = Mapping[str, frozenset[str]]  # by the level of the room at hand

# From the level of the room at hand, or one above.
_FROM_ITS_LEVEL: ByLevel = {
    rooms.LOCAL: FACILITATORS | {ADMINISTRATOR},
    rooms.HUB: frozenset({HUB_FACILITATOR, NATIONAL_FACILITATOR, ADMINISTRATOR}),
    rooms.NATIONAL: frozenset({NATIONAL_FACILITATOR, ADMINISTRATOR}),
}

ACTIONS: dict[str, Anywhere | ByLevel] = {
    "consultation.read": _EVERYONE,
    "answer.write": _EVERYONE,
    "proposal.write": _EVERYONE,
    "argument.write": _EVERYONE,
    "source.write": _EVERYONE,
    "amendment.write": _EVERYONE,
    "comment.write": _EVERYONE,
    "stance.give": _EVERYONE,
    "contribution.follow_up": _EVERYONE,
    "report.write": _EVERYONE,
    "export.read": _EVERYONE,
    "synthesis.read": _EVERYONE,
    "room.read": _EVERYONE,
    "poll.read": _EVERYONE,
    "matter.read": _EVERYONE,
    "poll.vote": _SIGNED_IN,
    "account.manage": _SIGNED_IN,
    "answer.assist": _HELPERS,
    "console.open": _IN_CHARGE | _OPENERS | FACILITATORS | _OFFICERS | {LOCAL_AUTHORITY},
    "organisation.confirm": _OPENERS,
    "consultation.create": _OPENERS,
    "consultation.copy": _OPENERS,
    "consultation.preview": _IN_CHARGE,
    "consultation.manage": _IN_CHARGE,
    "consultation.publish": _IN_CHARGE,
    "consultation.close": _IN_CHARGE,
    "answer.moderate": _IN_CHARGE | FACILITATORS,
    "amendment.decide": _IN_CHARGE,
    "outcome.write": _IN_CHARGE,
    "participation.read": _IN_CHARGE,
    "import.run": _IN_CHARGE,
    "export.full": _IN_CHARGE,
    "synthesis.write": _IN_CHARGE,
    # Open a room of this level, change it: from a level above only.
    "room.manage": {
        rooms.LOCAL: frozenset({HUB_FACILITATOR, NATIONAL_FACILITATOR, ADMINISTRATOR}),
        rooms.HUB: frozenset({NATIONAL_FACILITATOR, ADMINISTRATOR}),
        rooms.NATIONAL: frozenset({ADMINISTRATOR}),
    },
    # Invite to a room of this level, end a membership; write to its people; look after its seats,
    # agenda and registers; open a vote there.
    "member.manage": _FROM_ITS_LEVEL,
    "room.write": _FROM_ITS_LEVEL,
    "room.run": _FROM_ITS_LEVEL,
    "poll.manage": _FROM_ITS_LEVEL,
    "meeting.join": _EVERYONE,
    # Send something down from a room of this level, change it.
    "frame.publish": _FROM_ITS_LEVEL,
    # Say for a room of this level what it does with what comes from above, open there a local
    # edition: the room itself, or one above for want of anybody.
    "frame.receive": _FROM_ITS_LEVEL,
    "edition.open": _FROM_ITS_LEVEL,
    # Ask a room to raise a matter: its own people open it, or say why not.
    "matter.ask": _SIGNED_IN,
    # Begin a matter in a room of this level, move it: the room itself or, while nobody runs it or
    # nothing happens there, the one above that acts in its place.
    "matter.act": {level: held - {ADMINISTRATOR} for level, held in _FROM_ITS_LEVEL.items()},
    "call.read": _EVERYONE,
    "project.write": _SIGNED_IN,
    "help.offer": _EVERYONE,
    "call.create": _CALL_OPENERS,
    # Open a common pot, write what is paid in: one's own, any for an administrator.
    "pot.manage": _CALL_OPENERS,
    "call.preview": _OFFICERS,
    "call.manage": _OFFICERS,
    "project.read_files": _OFFICERS,
    "project.assess": _OFFICERS,
    # The second reading of a "no": of the call itself, or of a hub or the national room above it.
    "project.second_read": _OFFICERS | {HUB_FACILITATOR, NATIONAL_FACILITATOR},
    # Hide what breaks the rules: of the call itself, or whoever reads the place.
    "project.moderate": _OFFICERS | FACILITATORS,
    "moderation.open": _IN_CHARGE | FACILITATORS | _OFFICERS,
    "split.publish": _OFFICERS,
    "payment.manage": _OFFICERS,
    "outside_call.write": _CALL_OPENERS,
    "journal.read": frozenset({AUDITOR, ADMINISTRATOR}),
    "account.close": frozenset({ADMINISTRATOR}),
    "platform.manage": frozenset({ADMINISTRATOR}),
}


def allowed(role: str, action: str, level: str | None = None) -> bool:
    """Tell whether `role` may do `action`; an action that is not in the table is a mistake.

    For what depends on it, `level` is that of the room at hand; without one, the answer is
    whether there is any level at which the role may.
    """
    held = ACTIONS[action]
    if isinstance(held, frozenset):
        return role in held
    if level is not None:
        return role in held[level]
    return any(role in some for some in held.values())
