"""Every route of the application as addresses: of what is open, of what is hidden, of nothing."""

import re

from sqlalchemy import select

from consult.models import (
    Commitment,
    Document,
    Question,
    RoomDocument,
    RoomEvent,
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


NOWHERE = ("contribution_id", "token", "batch", "invitation_id", "mandate_id", "code_id")
POLLS = {"consultation_open": "poll_secret", "consultation_closed": "poll_closed"}


def of_world(things, session, name):
    """Values that name the objects of one consultation of the fixture."""
    thing = things[name]
    room = "room-local" if name == "consultation_open" else "room-private"
    slug = thing.path.rsplit("/", 1)[1]
    theme = session.scalar(select(Theme.id).where(Theme.consultation_id == thing.id))
    question = session.scalar(
        select(Question.id).where(Question.consultation_id == thing.id, Question.number == 1)
    )
    document = session.scalar(select(Document.id).where(Document.consultation_id == thing.id))
    held = {
        argument: session.scalar(select(model.id).order_by(model.id).limit(1))
        for argument, model in OF_ROOMS.items()
    }

    def values(argument, rule, words):
        first = words.get("place") or words.get("what") or words.get("kind")
        first = first or FIRST.match(rule.rule)[1]
        statement = things[KINDS.get(first, "answer_published")].id
        known = {
            "slug": room if "/rooms/" in rule.rule else slug,
            "theme": 1,
            "number": 1,
            "theme_id": theme,
            "question_id": question,
            "document_id": document or MISSING,
            **dict.fromkeys(NOWHERE, MISSING),
            "code": "R-44",
            **held,
            "poll_id": things[POLLS.get(name, "poll_private")].id,
            "frame_id": things["frame_open"].id,
            "matter_id": things["matter_local"].id,
            "room_id": things["room_local"].id,
            "consultation_id": things["consultation_open"].id,
        }
        return known.get(argument, statement)

    return values


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
