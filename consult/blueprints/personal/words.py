"""What the columns of someone's data are called, and what their codes mean."""

from typing import Any

from ...domain import colleges
from ...domain.kinds import N_
from ...domain.signatures import ACTOR_LABELS
from ...domain.signatures import LABELS as SIGNED
from ...i18n import gettext

COLUMNS = {
    "act": N_("Act"),
    "actor_kind": N_("You are"),
    "address": N_("Internet address, cut short"),
    "addressed_to": N_("To whom"),
    "answered_at": N_("Answered"),
    "appointed_by": N_("Named by"),
    "asked_at": N_("Asked"),
    "at": N_("When"),
    "ballot": N_("Ballot"),
    "batch": N_("Batch of letters"),
    "began_at": N_("From"),
    "begins_on": N_("From"),
    "body": N_("Text"),
    "channel": N_("How it came in"),
    "college": N_("Group of the room"),
    "confirmed_at": N_("Confirmed"),
    "consent": N_("Consent given"),
    "consultation": N_("Consultation"),
    "contact_name": N_("Person to call"),
    "contact_phone": N_("Telephone"),
    "created_at": N_("Made"),
    "day": N_("Day"),
    "decided_at": N_("Decided"),
    "deputy": N_("Deputy"),
    "email": N_("E-mail address"),
    "ended_at": N_("Until"),
    "ended_on": N_("Ended"),
    "ends_on": N_("Until"),
    "expires_at": N_("Ends"),
    "explanation": N_("Explanation"),
    "form": N_("What is typed"),
    "frame": N_("Common frame"),
    "from_state": N_("Before"),
    "function": N_("Function"),
    "good_faith": N_("In good faith"),
    "hours": N_("Hours"),
    "id": N_("Number"),
    "institution": N_("Institution"),
    "is_named": N_("Name shown on the page"),
    "is_shown": N_("Name shown on the page"),
    "issuer": N_("Site"),
    "kind": N_("Kind"),
    "last_seen_at": N_("Last seen"),
    "last_used_at": N_("Last used"),
    "letters": N_("Letters"),
    "link": N_("Link"),
    "locale": N_("Language"),
    "meeting": N_("Meeting"),
    "name": N_("Name"),
    "next_at": N_("Next one"),
    "note": N_("Note"),
    "notify_email": N_("Told at"),
    "number": N_("Number"),
    "offered_at": N_("When"),
    "organisation": N_("Organisation"),
    "outcome": N_("Outcome"),
    "passed_at": N_("When"),
    "phone": N_("Telephone"),
    "place": N_("Place"),
    "published_at": N_("Published"),
    "question": N_("Question"),
    "reason": N_("Reason"),
    "revoked_at": N_("Ended"),
    "role": N_("Role"),
    "room": N_("Room"),
    "seat": N_("Seat"),
    "second_step": N_("Second step"),
    "seen_at": N_("Last sign-in"),
    "sent_at": N_("Sent"),
    "side": N_("For or against"),
    "signature": N_("Signature"),
    "signed_as": N_("Signed"),
    "speaks_from": N_("Where I speak from"),
    "state": N_("State"),
    "state_reason": N_("Reason of the state"),
    "statement_id": N_("Text concerned"),
    "stays": N_("Stays to help"),
    "subject": N_("Subject"),
    "target": N_("For"),
    "territory_code": N_("Place"),
    "theme": N_("Subject"),
    "time_zone": N_("Time zone"),
    "title": N_("Title"),
    "to_state": N_("After"),
    "tracking_number": N_("Tracking number"),
    "undone_at": N_("Undone"),
    "until_at": N_("Until"),
    "updated_at": N_("Changed"),
    "used_at": N_("Used"),
    "user_agent": N_("Browser"),
    "value": N_("Answer"),
    "verdict": N_("Outcome"),
    "version": N_("Version"),
    "vote": N_("Vote"),
    "words": N_("My words"),
    "written_at": N_("Last letter"),
}
STANCES = {1: N_("Agree"), 0: N_("Mixed"), -1: N_("Disagree")}
CODES: dict[str, dict[Any, str]] = {
    "actor_kind": dict(ACTOR_LABELS),
    "signed_as": dict(SIGNED),
    "value": dict(STANCES),
    "college": dict(colleges.LABELS),
    "side": {"for": N_("For"), "against": N_("Against")},
    "kind": {
        "answer": N_("Answer"),
        "proposal": N_("Proposal"),
        "amendment": N_("Change"),
        "argument": N_("Argument"),
        "source": N_("Source"),
        "comment": N_("Comment"),
    },
    "state": {
        "awaiting": N_("Waits for your address"),
        "pending": N_("Waits to be read"),
        "published": N_("Published"),
        "to_correct": N_("To correct"),
        "hidden": N_("Hidden"),
        "withdrawn": N_("Withdrawn"),
    },
}


def column(name: str) -> str:
    """Return the words for a column."""
    return gettext(COLUMNS[name])


def value(name: str, held: Any) -> str:
    """Return what a column holds, in words where it is a code."""
    known = CODES.get(name, {}).get(held) if isinstance(held, str | int) else None
    return gettext(known) if known else str(held)
