"""The sentence of each rule of the matters that go from room to room, and of its settings."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "matter-unknown": N_("This matter does not exist, or is no longer shown."),
    "matter-move-unknown": N_("This can no longer be done to this matter."),
    "matter-not-yours": N_("Another room must do this."),
    "matter-reasons-missing": N_("Say why: everyone will read it."),
    "matter-outcome-unknown": N_("Choose an answer from the list."),
    "matter-title-missing": N_("Write a title."),
    "matter-body-missing": N_("Write what has to be settled."),
    "matter-begun": N_("Another matter already carries this text."),
    "matter-moved": N_("This matter has moved on since you opened the page. Read it again."),
    "matter-join-unknown": N_("Choose another matter of this room."),
    "message-empty": N_("Write your message."),
    "messages-too-many": N_("This matter already has %(max)s messages."),
    "vote-needed": N_("This room votes first. Write what came out of the vote."),
    "vote-quorum": N_("Too few people were there: it takes %(quorum)s."),
    "vote-lost": N_("More people must be for than against."),
    "vote-count-unreadable": N_("Write a number from 0 to %(max)s."),
    "vote-more-than-present": N_("There are more votes than people."),
    "setting-unknown": N_("This setting does not exist."),
    "setting-choice-unknown": N_("Choose yes or no."),
    "setting-out": N_("Write a whole number from %(min)s to %(max)s."),
}
