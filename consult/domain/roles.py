"""Who may do what: one table, role by action. Whether a thing is open belongs to phases."""

VISITOR = "visitor"
PARTICIPANT = "participant"
MEDIATOR = "mediator"
ORGANISER = "organiser"  # of the consultation at hand, or of none yet when creating one
ORGANISER_OTHER = "organiser_other"  # of another consultation
ADMINISTRATOR = "administrator"
ROLES = (VISITOR, PARTICIPANT, MEDIATOR, ORGANISER, ORGANISER_OTHER, ADMINISTRATOR)

# Held only by whoever shows a second proof at sign-in: an application on their phone.
STRONG = frozenset({ORGANISER, ADMINISTRATOR})

_EVERYONE = frozenset(ROLES)
_SIGNED_IN = _EVERYONE - {VISITOR}
_HELPERS = frozenset({MEDIATOR, ORGANISER, ADMINISTRATOR})
_ORGANISERS = frozenset({ORGANISER, ORGANISER_OTHER, ADMINISTRATOR})
_IN_CHARGE = frozenset({ORGANISER, ADMINISTRATOR})

ACTIONS: dict[str, frozenset[str]] = {
    "consultation.read": _EVERYONE,
    "answer.write": _EVERYONE,
    "proposal.write": _EVERYONE,
    "argument.write": _EVERYONE,
    "source.write": _EVERYONE,
    "amendment.write": _EVERYONE,
    "comment.write": _EVERYONE,
    "stance.give": _EVERYONE,
    "contribution.follow_up": _EVERYONE,
    "export.read": _EVERYONE,
    "account.manage": _SIGNED_IN,
    "answer.assist": _HELPERS,
    "console.open": _ORGANISERS,
    "organisation.confirm": _ORGANISERS,
    "consultation.create": _ORGANISERS,
    "consultation.copy": _ORGANISERS,
    "consultation.preview": _IN_CHARGE,
    "consultation.manage": _IN_CHARGE,
    "consultation.publish": _IN_CHARGE,
    "consultation.close": _IN_CHARGE,
    "answer.moderate": _IN_CHARGE,
    "amendment.decide": _IN_CHARGE,
    "outcome.write": _IN_CHARGE,
    "participation.read": _IN_CHARGE,
    "import.run": _IN_CHARGE,
    "export.full": _IN_CHARGE,
    "platform.manage": frozenset({ADMINISTRATOR}),
}


def allowed(role: str, action: str) -> bool:
    """Tell whether `role` may do `action`; an action that is not in the table is a mistake."""
    return role in ACTIONS[action]
