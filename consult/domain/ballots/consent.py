"""No objection: a proposal is adopted unless somebody says why not."""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from ..voting.consent import NO_OBJECTION, OBJECTION
from . import _form

LABEL = N_("No objection")
HINT = N_("The proposal is adopted unless someone objects and says why.")
METHOD, IS_PLAIN, HAS_OPTIONS = "consent", True, False
HAS_SHARES, scale = False, _form.of_votes
RULES = ("no_objection",)
PROPOSAL = "proposal"
REASON_LIMIT = 2_000
WORDS = {
    PROPOSAL: N_("The proposal"),
    NO_OBJECTION: N_("I have no objection"),
    OBJECTION: N_("I object"),
}
UNIT, READING = N_("People"), N_("The bar shows how many people have no objection.")
WHY = N_("One objection with its reason is enough to stop the proposal.")


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper with the proposal, whatever the options; a blank ballot is refused."""
    return {"options": [PROPOSAL], "min": 1}


def from_form(fields: _form.Fields, paper: Mapping[str, Any]) -> object:
    """Return whether the proposal is objected to, and why."""
    _form.only(fields, {_form.CHOICE, "reason"})
    chosen = fields.get(_form.CHOICE, ())
    if not chosen:
        raise RuleBroken("choices-too-few", min=1)
    if len(chosen) > 1:
        raise RuleBroken("choices-too-many", max=1)
    if chosen[0] == NO_OBJECTION:
        return {PROPOSAL: NO_OBJECTION}
    if chosen[0] != OBJECTION:
        raise RuleBroken("option-unknown")
    reasons = fields.get("reason", ())
    reason = reasons[0] if len(reasons) == 1 else ""
    reason = clean.text(reason, REASON_LIMIT, required="objection-without-reason")
    return {PROPOSAL: {OBJECTION: reason}}


def said(ballot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return whether there is an objection, and its reason."""
    value = ballot[PROPOSAL]
    return [(NO_OBJECTION, "")] if value == NO_OBJECTION else [(OBJECTION, value[OBJECTION])]


def rows(result: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return how many have no objection, and how many object."""
    objections = result["objections"][PROPOSAL]
    return [(NO_OBJECTION, result["no_objection"][PROPOSAL]), (OBJECTION, len(objections))]


def leaders(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the proposal where it is adopted."""
    return (PROPOSAL,) if result["adopted"][PROPOSAL] else ()
