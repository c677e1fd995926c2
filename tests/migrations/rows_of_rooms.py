"""Rows of every table of the rooms."""

from datetime import timedelta

from consult.models import (
    Commitment,
    CommonQuestion,
    EditionOffer,
    EventAttendance,
    EventRegistration,
    FacilitatorMorning,
    Frame,
    FrameReception,
    FrameVersion,
    InvitingDay,
    Matter,
    MatterEndorsement,
    MatterEvent,
    MatterMessage,
    MatterStop,
    MatterText,
    Poll,
    PollBallot,
    PollCandidate,
    PollCount,
    PollElector,
    PollTurnout,
    PollUrn,
    Room,
    RoomCollege,
    RoomDocument,
    RoomEvent,
    RoomFile,
    RoomInvitation,
    RoomLetter,
    RoomMember,
    RoomOfficial,
    RoomSetting,
    Seat,
    SeatMandate,
    StoppedLetters,
    TerritoryModerator,
)


def furnish_room(make, account):
    facts = {"level": "hub", "territory_code": "R-44", "moderates": True}
    room = make.save(Room(slug="hub", name="Hub", created_at=make.now, **facts))
    joined = {"room_id": room.id, "created_at": make.now, "role": "facilitator"}
    make.save(RoomMember(account_id=account.id, **joined))
    letter = {"email": "eve@exemple.fr", "token_hash": "2" * 64, "expires_at": make.now}
    make.save(RoomInvitation(invited_by_id=account.id, **joined, **letter))
    make.save(TerritoryModerator(territory_code="R-44", room_id=room.id))
    write_to(make, room, account)


def write_to(make, room, account):
    mine = {"account_id": account.id}
    words = {"addressed_to": "all", "title": "Un titre", "body": "Du texte", "form": "f" * 22}
    make.save(RoomLetter(room_id=room.id, people=1, created_at=make.now, **mine, **words))
    make.save(StoppedLetters(subject=f"room:{room.id}", created_at=make.now, **mine))
    make.save(FacilitatorMorning(next_at=make.now, **mine))
    make.save(InvitingDay(day=make.now.date(), number=1, **mine))
    seat_someone(make, room, account)
    work(make, room)
    vote(make, room, account)
    send_down(make, room)
    pass_on(make, room, account)


def seat_someone(make, room, account):
    of_room = {"room_id": room.id, "created_at": make.now}
    make.save(RoomCollege(room_id=room.id, college="state", wanted=1))
    make.save(RoomOfficial(name="Ada", institution="Préfecture", **of_room))
    seat = make.save(Seat(title="Coordination", kind="coordination", **of_room))
    make.joined(RoomFile, seat_id=seat.id, account_id=account.id)
    given = {"seat_id": seat.id, "account_id": account.id, "created_at": make.now}
    mandate = make.save(SeatMandate(name="Ada", begins_on=make.now.date(), **given))
    other = make.account()
    joined = {"role": "member", "account_id": other.id, "mandate_id": mandate.id}
    make.save(RoomMember(**joined, **of_room))


def work(make, room):
    of_room = {"room_id": room.id, "created_at": make.now}
    hours = {"starts_at": make.now, "ends_at": make.now + timedelta(hours=1)}
    event = make.save(RoomEvent(title="R", time_zone="Europe/Paris", **hours, **of_room))
    coming = {"event_id": event.id, "participant_id": make.participant().id, "name": "Ada"}
    make.save(EventRegistration(**coming, created_at=make.now))
    make.save(EventAttendance(**coming, way="remote", created_at=make.now))
    make.save(
        RoomDocument(kind="road_map", title="F", body="x", dated_on=make.now.date(), **of_room)
    )
    paper = {"kind": "minutes", "title": "CR", "body": "x", "dated_on": make.now.date()}
    minutes = make.save(RoomDocument(event_id=event.id, **paper, **of_room))
    make.joined(RoomFile, document_id=minutes.id)
    make.save(Commitment(what="x", who="Ada", **of_room))


def vote(make, room, account):
    words = {"question": "Oui ?", "kind": "yes_no", "rule": "majority", "quorum": "none"}
    dates = dict.fromkeys(("opens_at", "closes_at", "created_at"), make.now)
    poll = make.save(Poll(room_id=room.id, time_zone="Europe/Paris", **words, **dates))
    elector = make.save(PollElector(poll_id=poll.id, account_id=account.id))
    mine = {"elector_id": elector.id, "poll_id": poll.id}
    make.save(PollTurnout(**mine))
    make.save(PollBallot(name="a", receipt="b", said={"ballot": None}, **mine))
    make.save(PollCandidate(poll_id=poll.id, mark="A", account_id=account.id))
    make.save(PollUrn(poll_id=poll.id, ballots={"ballots": []}))
    make.save(PollCount(poll_id=poll.id, content="{}", digest="0" * 64))


def send_down(make, room):
    words = {"kind": "decision", "title": "Un titre", "body": "Du texte", "due_at": make.now}
    at = {"created_at": make.now, "updated_at": make.now}
    frame = make.save(Frame(room_id=room.id, for_all=False, **words, **at))
    kept = {"frame_id": frame.id, "version": 1}
    make.save(FrameVersion(**kept, **words, reason="Un oubli", created_at=make.now))
    make.save(FrameReception(**kept, room_id=room.id, state="waiting"))
    source, local = make.question(), make.question()
    offered = {"consultation_id": source.consultation_id, "room_id": room.id}
    taken = {"edition_id": local.consultation_id, "taken_at": make.now}
    make.save(EditionOffer(**offered, **taken, offered_at=make.now))
    make.save(CommonQuestion(question_id=local.id, source_id=source.id))


def pass_on(make, room, account):
    here, mine = {"room_id": room.id}, {"account_id": account.id}
    about = {"title": "Un sujet", "stage": "open", "origin_room_id": room.id}
    dates = {"created_at": make.now, "updated_at": make.now}
    matter = make.save(Matter(**here, **mine, **about, **dates))
    of = {"matter_id": matter.id, **here}
    make.save(MatterStop(**of, place=0))
    make.save(MatterText(**of, version=1, title="Un sujet", body="Du texte", at=make.now))
    make.save(MatterMessage(**of, **mine, body="Un mot", at=make.now))
    make.save(MatterEndorsement(**of, place=0, is_sibling=False, at=make.now))
    happened = {"id": f"{matter.id}:1:publish", "sequence": 1, "name": "publish", "stage": "open"}
    what = {"to_room_id": room.id, "at": make.now, "text_version": 1, "facts": {"by": "author"}}
    make.save(MatterEvent(**of, **mine, **happened, **what))
    make.save(RoomSetting(**here, key="delay_open", value=30))
