"""The sentence of each rule of the matters that go from room to room, by its code."""


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated when it is shown."""
    return message


MATTERS: dict[str, str] = {
    "matter-unknown": _("This matter does not exist, or is no longer shown."),
    "matter-move-unknown": _("This can no longer be done to this matter."),
    "matter-not-yours": _("Another room must do this."),
    "matter-reasons-missing": _("Say why: everyone will read it."),
    "matter-outcome-unknown": _("Choose an answer from the list."),
    "matter-title-missing": _("Write a title."),
    "matter-body-missing": _("Write what has to be settled."),
    "matter-begun": _("Another matter already carries this text."),
    "matter-moved": _("This matter has moved on since you opened the page. Read it again."),
    "matter-join-unknown": _("Choose another matter of this room."),
    "message-empty": _("Write your message."),
    "messages-too-many": _("This matter already has %(max)s messages."),
    "vote-needed": _("This room votes first. Write what came out of the vote."),
    "vote-quorum": _("Too few people were there: it takes %(quorum)s."),
    "vote-lost": _("More people must be for than against."),
    "vote-count-unreadable": _("Write a number from 0 to %(max)s."),
    "vote-more-than-present": _("There are more votes than people."),
    "setting-unknown": _("This setting does not exist."),
    "setting-choice-unknown": _("Choose yes or no."),
    "setting-out": _("Write a whole number from %(min)s to %(max)s."),
}
