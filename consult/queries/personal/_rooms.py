"""What the rooms hold about a person: their seats, meetings, letters, votes, and what they did."""

from typing import Any

from ...domain.kinds import N_
from ...models import (
    Consultation,
    EditionOffer,
    EventAttendance,
    EventRegistration,
    FacilitatorMorning,
    Frame,
    FrameReception,
    InvitingDay,
    Poll,
    PollBallot,
    PollCandidate,
    PollElector,
    Room,
    RoomDocument,
    RoomEvent,
    RoomFile,
    RoomLetter,
    RoomMember,
    RoomOfficial,
    Seat,
    SeatMandate,
    StoppedLetters,
)
from ._rows import IN_CONSULTATION, Part, columns, part

IN_ROOM = Room.name.label("room")


def _mine(key: str, title: str, model: Any, names: str, *shown: Any, **via: Any) -> Part:
    return part(key, title, [*shown, *columns(model, names)], model.account_id, **via)


PARTS = (
    _mine(
        "rooms",
        N_("My rooms"),
        RoomMember,
        "role college is_named created_at ended_at",
        IN_ROOM,
        via=(Room,),
    ),
    _mine(
        "seats",
        N_("My seats in rooms"),
        SeatMandate,
        "name appointed_by deputy begins_on ends_on ended_on stays",
        Seat.title.label("seat"),
        via=(Seat,),
    ),
    part(
        "official",
        N_("Where I answer for an institution"),
        columns(RoomOfficial, "name institution theme phone email begins_on ends_on"),
        RoomOfficial.email,
    ),
    part(
        "meetings",
        N_("Meetings I join"),
        [RoomEvent.title.label("meeting"), *columns(EventRegistration, "name created_at")],
        EventRegistration.participant_id,
        via=(RoomEvent,),
    ),
    part(
        "attendances",
        N_("Meetings where I was"),
        [RoomEvent.title.label("meeting"), *columns(EventAttendance, "name way created_at")],
        EventAttendance.account_id,
        EventAttendance.participant_id,
        via=(RoomEvent,),
    ),
    _mine(
        "room_letters",
        N_("Letters I wrote to a room"),
        RoomLetter,
        "title body addressed_to created_at",
        IN_ROOM,
        via=(Room,),
    ),
    _mine(
        "room_files",
        N_("Files I joined in rooms"),
        RoomFile,
        "title file_name size created_at",
        RoomDocument.title.label("document"),
        Seat.title.label("seat"),
        via=(RoomDocument, Seat),
    ),
    _mine("letters_stopped", N_("Letters I stopped"), StoppedLetters, "subject created_at"),
    _mine("mornings", N_("My letter of each morning"), FacilitatorMorning, "next_at"),
    _mine("inviting", N_("How many people I invited"), InvitingDay, "day number"),
    part(
        "votes_opened",
        N_("Votes I opened"),
        columns(Poll, "question created_at"),
        Poll.created_by_id,
    ),
    _mine(
        "votes",
        N_("Votes in which I may vote"),
        PollElector,
        "",
        Poll.question.label("vote"),
        PollBallot.said.label("ballot"),
        via=(Poll, (PollBallot, PollBallot.elector_id == PollElector.id)),
    ),
    _mine(
        "candidacies",
        N_("Votes that may elect me"),
        PollCandidate,
        "is_elected accepts answered_at",
        Poll.question.label("vote"),
        via=(Poll,),
    ),
    _mine(
        "receptions",
        N_("What I said for a room of what came from above"),
        FrameReception,
        "version state note decided_at",
        Frame.title.label("frame"),
        via=(Frame,),
    ),
    part(
        "offers",
        N_("Consultations I offered to rooms"),
        [IN_CONSULTATION, EditionOffer.offered_at],
        EditionOffer.offered_by_id,
        via=((Consultation, Consultation.id == EditionOffer.consultation_id),),
    ),
)
