"""Every route of the application as addresses: of what is open, of what is hidden, of nothing."""

import re

from sqlalchemy import select

from consult.models import (
    Commitment,
    Document,
    Principle,
    Project,
    ProjectCarrier,
    Question,
    RoomDocument,
    RoomEvent,
    RoomFile,
    RoomOfficial,
    Seat,
    Theme,
)

MISSING = "00000000000000zzzz"
FIRST = re.compile(r"^/(?:console/)?(?:api/v1/)?([a-z]+)")
OF_ROOMS = {
    "event_id": RoomEvent,
    "paper_id": RoomDocument,
    "seat_id": Seat,
    "official_id": RoomOfficial,
    "commitment_id": Commitment,
}
KINDS = {
    "answers": "answer_published",
    "proposals": "proposal_open",
    "amendments": "amendment_open",
    "arguments": "argument_open",
    "sources": "source_open",
    "comments": "comment_open",
    "statements": "proposal_open",
}


def rules(app):
    """The routes, without the files that never change."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def build(app, rule, values):
    """Return the address of a rule; an argument that offers words takes each of them."""
    adapter = app.url_map.bind("localhost")
    found = []
    for words in combinations(rule):
        facts = {name: values(name, rule, words) for name in rule.arguments} | words
        found.append(adapter.build(rule.endpoint, facts))
    return sorted(set(found))


def combinations(rule):
    chosen = [{}]
    for name, converter in sorted(rule._converters.items()):
        offered = getattr(converter, "items", None)
        if offered:
            chosen = [{**one, name: item} for one in chosen for item in sorted(offered)]
    return chosen


NOWHERE = [
    "contribution_id",
    "token",
    "batch",
    "invitation_id",
    "mandate_id",
    "code_id",
    "account_id",
]
CALLS = {"consultation_open": "appel-partage", "consultation_closed": "open-call-closed"}
POLLS = {"consultation_open": "poll_secret", "consultation_closed": "poll_closed"}


def first_of_rooms(session):
    """Return the first of each thing that rooms hold."""
    return {
        argument: session.scalar(select(model.id).order_by(model.id).limit(1))
        for argument, model in OF_ROOMS.items()
    }


def of_world(things, session, name):
    """Values that name the objects of one consultation of the fixture."""
    thing = things[name]
    room = "room-local" if name == "consultation_open" else "room-private"
    held_by = {"/rooms/": room, "/open-calls/": CALLS.get(name, "open-call-draft")}
    slug = thing.path.rsplit("/", 1)[1]
    theme = session.scalar(select(Theme.id).where(Theme.consultation_id == thing.id))
    question = session.scalar(
        select(Question.id).where(Question.consultation_id == thing.id, Question.number == 1)
    )
    document = session.scalar(select(Document.id).where(Document.consultation_id == thing.id))
    held = {**first_of_rooms(session), **of_projects(things, session)}
    files = of_files(things, session)

    def values(argument, rule, words):
        first = words.get("place") or words.get("what") or words.get("kind")
        first = first or FIRST.match(rule.rule)[1]
        holder = "documents" if "paper_id" in rule.arguments else words.get("what")
        statement = things[KINDS.get(first, "answer_published")].id
        known = {
            "slug": next((own for part, own in held_by.items() if part in rule.rule), slug),
            "outside_id": things["outside_call"].id,
            "pot_id": things["common_pot"].id,
            **dict.fromkeys(("theme", "number"), 1),
            "theme_id": theme,
            "question_id": question,
            "document_id": document or MISSING,
            **dict.fromkeys(NOWHERE, MISSING),
            "code": "R-44",
            **held,
            **files.get(holder, {}),
            "poll_id": things[POLLS.get(name, "poll_private")].id,
            "frame_id": things["frame_open"].id,
            "matter_id": things["matter_local"].id,
            "room_id": things["room_local"].id,
            "consultation_id": things["consultation_open"].id,
        }
        return known.get(argument, statement)

    return values


def of_files(things, session):
    """Values that name the known file of a document of a room, and that of a seat."""
    joined = session.get(RoomFile, things["attachment_document"].id)
    left = session.get(RoomFile, things["attachment_handover"].id)
    return {
        "documents": {"holder_id": joined.document_id, "file_id": joined.id},
        "seats": {"holder_id": left.seat_id, "file_id": left.id},
    }


def of_projects(things, session):
    """Values that name the known project, its principle and its file."""
    project = session.get(Project, things["project_open"].id)
    principle = session.scalar(select(Principle.id).where(Principle.call_id == project.call_id))
    lead = select(ProjectCarrier.organisation_id).where(ProjectCarrier.project_id == project.id)
    return {
        "project_id": project.id,
        "principle_id": principle,
        "file_id": things["attachment_private"].id,
        "organisation_id": session.scalar(lead),
        "offer_id": MISSING,
    }


def of_room(things, session, name):
    """Values that name one room of the fixture; all else is of the open consultation."""
    others = of_world(things, session, "consultation_open")
    slug = things[name].path.rsplit("/", 1)[1]

    def values(argument, rule, words):
        return (
            slug if "/rooms/" in rule.rule and argument == "slug" else others(argument, rule, words)
        )

    return values


def of_nothing(argument, rule, words):
    """Values that name nothing."""
    return 9 if argument in ("theme", "number") else MISSING
