"""The sentence of each rule of a room's people and of its work, by its code."""


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated when it is shown."""
    return message


ROOMS: dict[str, str] = {
    "college-unknown": _("Choose one of the colleges offered."),
    "college-number": _("Write a number, %(max)s at most."),
    "day-unreadable": _("This date cannot be read. Write it as 2027-04-30."),
    "day-missing": _("Write the first day."),
    "seat-kind-unknown": _("Choose what the seat is for."),
    "seat-title-missing": _("Write the name of the seat."),
    "seat-single": _("This room already has a seat of this kind. Give that one."),
    "seat-held": _("Someone has held this seat: it stays, with its history."),
    "seats-too-many": _("A room has %(max)s seats at most."),
    "holder-missing": _("Choose someone of the room, or write a name."),
    "mandate-ends-first": _("The last day must come after the first day."),
    "mandate-begins-first": _("The seat is given until a later day. Choose a day after it."),
    "mandate-over": _("This mandate is over already."),
    "mandate-unknown": _("This mandate does not exist."),
    "official-name-missing": _("Write the name of the person."),
    "institution-missing": _("Write the name of the institution."),
    "officials-too-many": _("A room names %(max)s people at most. Take one away first."),
    "event-title-missing": _("Write what the meeting is called."),
    "event-hours-missing": _("Write when the meeting starts and when it ends."),
    "event-ends-first": _("The meeting must end after it starts."),
    "event-too-long": _("A meeting lasts %(days)s days at most."),
    "event-nowhere": _("Write a place, or an address to take part at a distance."),
    "event-past": _("This hour is over. Choose a day to come."),
    "event-over": _("This meeting is over, or cancelled already."),
    "event-not-begun": _("The minutes are written once the meeting has begun."),
    "repeat-unknown": _("Choose how often the meeting comes back."),
    "times-number": _("Write a number from 1 to %(max)s."),
    "attended-number": _("Write how many people were there, in figures."),
    "coming-closed": _("It is too late to say that you come."),
    "coming-name-missing": _("Write your name."),
    "coming-already": _("It is noted already: you come."),
    "coming-full": _("The list is full. Call those who run the room."),
    "coming-unknown": _("You had not said that you come."),
    "document-kind-unknown": _("Choose a decision or a resource."),
    "document-title-missing": _("Write a title."),
    "document-empty": _("Write a text, or the address of a document."),
    "commitment-what-missing": _("Write what is to be done."),
    "commitment-who-missing": _("Write who does it."),
    "commitment-kept": _("This is written as done already."),
}
