"""The sentence of each broken rule about the votes of a room."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "poll-unknown": N_("This vote does not exist."),
    "poll-question-missing": N_("Write the question of the vote."),
    "poll-dates": N_("The vote must close after it opens, within a year."),
    "poll-not-open": N_("This vote is not open yet."),
    "poll-closed": N_("This vote is closed. The hour of the site decides."),
    "poll-cancelled": N_("This vote is cancelled."),
    "poll-not-counted": N_("The ballots are published after the close."),
    "poll-reason-missing": N_("Write why: everyone will read it."),
    "ballots-cast": N_("Someone has voted. This vote can no longer be cancelled: close it early."),
    "electors-none": N_("This room has no member yet. Invite people first."),
    "secret-too-few": N_("A secret vote needs at least %(min)s members. Fewer would be guessed."),
    "secret-too-many": N_("A secret vote takes at most %(max)s members."),
    "quorum-unknown": N_("Choose a quorum from the list."),
    "rule-unknown": N_("Choose a rule that goes with this kind of vote."),
    "purpose-unknown": N_("Choose what the vote is for from the list."),
    "not-an-elector": N_("Only those who were in the room when the vote opened can vote."),
    "mandate-ended": N_("You are no longer in this room. You cannot vote here."),
    "voted-already": N_("You have voted. A secret vote cannot be changed."),
    "receipt-unreadable": N_("This code has 16 letters and figures. Check each of them."),
    "receipt-unknown": N_("No ballot of this vote has this code. Check each letter."),
    "receipt-taken": N_("This form has already been used. Open the page again, then vote."),
    "receipt-private": N_("Only the people of the room see who voted what, after the close."),
    "reminded-already": N_("People were reminded today. Try again tomorrow."),
    "recount-unreadable": N_("This file is not a published vote."),
    "recount-ballot": N_("A ballot of this file holds what is not on the paper."),
    "recount-receipts": N_("A receipt of this file is missing, or stands twice."),
    "recount-differs": N_("The result of this file is not that of its ballots."),
}
