"""How a person signs: without a name, a pseudonym, a name, or for an organisation."""

from dataclasses import dataclass, replace
from typing import Final

from . import clean
from .errors import RuleBroken
from .kinds import N_

NONE: Final = "none"
PSEUDONYM: Final = "pseudonym"
NAME: Final = "name"
ORGANISATION: Final = "organisation"
SIGNATURE_KINDS = (NONE, PSEUDONYM, NAME, ORGANISATION)
LABELS = {
    NONE: N_("Without a name"),
    PSEUDONYM: N_("With a pseudonym"),
    NAME: N_("With my name"),
    ORGANISATION: N_("For my organisation"),
}

ACTOR_KINDS = ("resident", "place", "local_authority", "state", "company")
ACTOR_LABELS = {
    "resident": N_("Resident"),
    "place": N_("Place or non-profit"),
    "local_authority": N_("Local authority"),
    "state": N_("State service"),
    "company": N_("Company"),
}

# Users and professionals are counted apart; whoever does not say is counted as such.
RESIDENTS = ("resident",)
PROFESSIONALS = tuple(kind for kind in ACTOR_KINDS if kind not in RESIDENTS)

NAME_LIMIT = 200
FUNCTION_LIMIT = 120
POSITION_LIMIT = 300


@dataclass(frozen=True)
class Signature:
    """What stands under a text: `text` is the pseudonym, the name or the organisation's name."""

    kind: str
    text: str = ""
    function: str = ""
    speaks_from: str = ""  # what the author said of their own position, as it was when they signed


def read(
    kind: object, text: object = "", organisation: object = "", function: object = ""
) -> Signature:
    """Return the signature sent, or raise signature-unknown or signature-missing.

    Only what the kind shows is kept: whoever goes back to "without a name" leaves no name behind.
    """
    if kind is None or kind == "":
        kind = NONE
    if not isinstance(kind, str) or kind not in SIGNATURE_KINDS:
        raise RuleBroken("signature-unknown")
    if kind == NONE:
        return Signature(NONE)
    if kind == ORGANISATION:
        name = clean.line(organisation, NAME_LIMIT) or clean.line(text, NAME_LIMIT)
        return Signature(kind, _given(name), clean.line(function, FUNCTION_LIMIT))
    return Signature(kind, _given(clean.line(text, NAME_LIMIT)))


def placed(signature: Signature, speaks_from: str) -> Signature:
    """Return a signature with its author's declared position; without a name, nothing is said."""
    return signature if signature.kind == NONE else replace(signature, speaks_from=speaks_from)


def shown(signature: Signature) -> str:
    """Return what readers see, "" without a name: the edge says so in the reader's language."""
    return ", ".join(part for part in (signature.text, signature.function) if part)


def actor_kind(raw: object) -> str | None:
    """Return the kind of actor chosen, None when it is not said, or raise actor-kind-unknown."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or raw not in ACTOR_KINDS:
        raise RuleBroken("actor-kind-unknown")
    return raw


def _given(name: str) -> str:
    if not name:
        raise RuleBroken("signature-missing")
    return name
