"""The sentence of each broken rule about one's own data and the end of an account."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "texts-unknown": N_("Choose what becomes of your texts."),
    "already-erased": N_("This account is erased already."),
    "address-unknown": N_("Nothing here leads to this address."),
    "erase-oneself": N_("To erase your own account, go to your space."),
    "asker-unsure": N_("Tick the box once you are sure who asks."),
    "facilitator-alone": N_("Nobody else facilitates %(room)s. Have someone named first."),
    "organisation-alone": N_(
        "Nobody else acts for %(name)s. Invite someone, or leave this organisation first."
    ),
    "consultation-alone": N_(
        "Nobody else organises “%(title)s”. Invite someone, or close it first."
    ),
}
