"""The sentence of each broken rule about frames sent down and local editions."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "frame-kind-unknown": N_("Choose what it is from the list."),
    "frame-empty": N_("Write the text."),
    "frame-due-past": N_("This date is past. Choose a later one."),
    "frame-due-far": N_("This date is too far. Choose one within three years."),
    "frame-nobody-below": N_("No room stands below this one."),
    "frame-rooms-missing": N_("Tick at least one room."),
    "frame-room-elsewhere": N_("One of these rooms is not below this one."),
    "frame-reason-missing": N_("Write your reason: everyone will read it."),
    "frame-same": N_("Nothing has changed. Change the text, then send it."),
    "frame-withdrawn": N_("This text is withdrawn. Nothing can change any more."),
    "frame-elsewhere": N_("This text is not for this room."),
    "frame-reply-missing": N_("Write your answer to this room."),
    "frame-not-asked": N_("This room asks no question about this version."),
    "question-common": N_("This question comes from the common consultation. It stays as it is."),
    "question-shared": N_("Local editions ask this question too. It must stay."),
    "theme-common": N_("This theme holds common questions. It must stay, and be shown."),
    "edition-unpublished": N_("Publish this consultation first, then offer it to the rooms."),
    "edition-private": N_("This consultation is kept to a list. It cannot be offered to rooms."),
    "edition-of-edition": N_("This is already a local edition. Offer the common consultation."),
    "edition-late": N_("This consultation is closed. No local edition can open any more."),
    "edition-rooms-missing": N_("Tick at least one room."),
    "edition-taken": N_("This room has already opened its local edition."),
    "edition-not-offered": N_("This consultation is not offered to this room."),
    "edition-dates": N_("Stay within the dates of the common consultation."),
    "reception-unknown": N_("Choose what your room does with it."),
    "reception-note-missing": N_("Write your own text, or your question."),
    "reception-further": N_("Your room has already said more than this."),
    "reception-not-yours": N_("This room has its own facilitator, who answers for it."),
}
