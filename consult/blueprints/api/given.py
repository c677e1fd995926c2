"""The shapes of what a program receives; the OpenAPI document is made of them."""

import marshmallow as ma
from marshmallow import fields, validate

from ...domain import phases, rooms


class Signature(ma.Schema):
    """How a text is signed."""

    as_ = fields.String(data_key="as", required=True)
    text = fields.String(required=True)
    function = fields.String(required=True)
    speaks_from = fields.String(required=True)
    organisation = fields.String(required=True, allow_none=True)


class Counts(ma.Schema):
    """The opinions received."""

    agree = fields.Integer(required=True)
    mixed = fields.Integer(required=True)
    disagree = fields.Integer(required=True)


class Place(ma.Schema):
    """A territory, named."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class Territory(Place):
    """A territory of the tree."""

    kind = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    time_zone = fields.String(required=True)


class Numbered(ma.Schema):
    """A theme or a question, and its number as addresses write it."""

    id = fields.String(required=True)
    number = fields.String(required=True)


class Text(ma.Schema):
    """What every published text carries; `counts` is null while results are hidden."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    theme = fields.Nested(Numbered, required=True, allow_none=True)
    question = fields.Nested(Numbered, required=True, allow_none=True)
    text = fields.String(required=True)
    signature = fields.Nested(Signature, required=True)
    actor_kind = fields.String(required=True, allow_none=True)
    territory = fields.Nested(Place, required=True, allow_none=True)
    channel = fields.String(required=True)
    place = fields.String(required=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)
    counts = fields.Nested(Counts, required=True, allow_none=True)


class Answer(Text):
    """An answer to a question."""

    value = fields.Raw(required=True, allow_none=True)
    carried_from = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    comments = fields.Integer(required=True)


class Proposal(Text):
    """An article or an idea, put to opinions."""

    title = fields.String(required=True)
    explanation = fields.String(required=True)
    carried_from = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    comments = fields.Integer(required=True)
    arguments = fields.Integer(required=True)
    sources = fields.Integer(required=True)
    amendments = fields.Integer(required=True)


class Argument(Text):
    """A reasoned side on a proposal."""

    parent = fields.String(required=True)
    title = fields.String(required=True)
    side = fields.String(required=True)


class Amendment(Text):
    """Another wording for a proposal, and what was decided of it."""

    parent = fields.String(required=True)
    title = fields.String(required=True)
    explanation = fields.String(required=True)
    decision = fields.String(required=True, allow_none=True)
    decision_reason = fields.String(required=True)
    decided_at = fields.DateTime(required=True, allow_none=True)


class Held(ma.Schema):
    """How many published texts a consultation holds."""

    answers = fields.Integer(required=True)
    proposals = fields.Integer(required=True)


class Consultation(ma.Schema):
    """A consultation, in a list."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    asked_by = fields.String(required=True)
    purpose = fields.String(required=True)
    phase = fields.String(required=True, validate=validate.OneOf(phases.PHASES))
    territory = fields.Nested(Place, required=True, allow_none=True)
    time_zone = fields.String(required=True)
    opens_at = fields.DateTime(required=True, allow_none=True)
    closes_at = fields.DateTime(required=True, allow_none=True)
    counts = fields.Nested(Held, required=True)


class AnswerCount(ma.Schema):
    """How many published answers a question has, and how many more in the local editions."""

    answers = fields.Integer(required=True)
    in_editions = fields.Integer(required=True)


class Question(Numbered):
    """A question and what its kind expects."""

    url = fields.String(required=True)
    kind = fields.String(required=True)
    wording = fields.String(required=True)
    easy_wording = fields.String(required=True)
    context = fields.String(required=True)
    why = fields.String(required=True)
    help = fields.String(required=True)
    example = fields.String(required=True)
    options = fields.Dict(required=True)
    counts = fields.Nested(AnswerCount, required=True)


class Theme(Numbered):
    """A theme and its questions."""

    label = fields.String(required=True)
    title = fields.String(required=True)
    introduction = fields.String(required=True)
    questions = fields.List(fields.Nested(Question), required=True)


class WholeConsultation(Consultation):
    """A consultation, with its themes and questions."""

    will_decide = fields.String(required=True)
    will_not_decide = fields.String(required=True)
    access = fields.String(required=True)
    moderation = fields.String(required=True)
    results = fields.String(required=True)
    tags = fields.List(fields.String(), required=True)
    follows = fields.String(required=True, allow_none=True)
    edition_of = fields.String(required=True, allow_none=True)
    editions = fields.List(fields.String(), required=True)
    themes = fields.List(fields.Nested(Theme), required=True)


class Named(ma.Schema):
    """A room, named."""

    slug = fields.String(required=True)
    name = fields.String(required=True)


class RoomPeople(ma.Schema):
    """How many people are in a room."""

    facilitators = fields.Integer(required=True)
    members = fields.Integer(required=True)


class Room(Named):
    """A room: its level, its place, the room above; `moderates` tells that it reads its place."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(rooms.LEVELS))
    territory = fields.Nested(Place, required=True, allow_none=True)
    parent = fields.Nested(Named, required=True, allow_none=True)
    moderates = fields.Boolean(required=True)
    private = fields.Boolean(required=True)
    counts = fields.Nested(RoomPeople, required=True)


class LoggedDecision(ma.Schema):
    """A decision of the public log: by its day and its role, never by whom."""

    day = fields.Date(required=True)
    consultation = fields.String(required=True, allow_none=True)
    open_call = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    result = fields.String(required=True)
    reason = fields.String(required=True)
    role = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    second_reading = fields.String(required=True, allow_none=True)


def page(name: str, item: type[ma.Schema]) -> type[ma.Schema]:
    """Return the shape of a list: its items, and where the next page starts."""
    shape = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return ma.Schema.from_dict(shape, name=name)  # type: ignore[arg-type]


Answers = page("Answers", Answer)
Proposals = page("Proposals", Proposal)
Arguments = page("Arguments", Argument)
Amendments = page("Amendments", Amendment)
Consultations = page("Consultations", Consultation)
Territories = page("Territories", Territory)
Rooms = page("Rooms", Room)
LoggedDecisions = page("LoggedDecisions", LoggedDecision)


class Receipt(ma.Schema):
    """What is given for an answer; the number is its author's alone."""

    id = fields.String(required=True)
    tracking_number = fields.String(required=True)
    url = fields.String(required=True)


class ReportReceipt(ma.Schema):
    """What is given for a report; the number is its sender's alone."""

    id = fields.String(required=True)
    number = fields.String(required=True)
    url = fields.String(required=True)


class StanceGiven(ma.Schema):
    """The opinion as it now stands; `counts` is null while results are hidden."""

    value = fields.String(required=True, allow_none=True)
    counts = fields.Nested(Counts, required=True, allow_none=True)


class Wrong(ma.Schema):
    """What is wrong, and where: a pointer into the body, or the name of a parameter or header."""

    pointer = fields.String()
    parameter = fields.String()
    header = fields.String()
    code = fields.String()
    detail = fields.String(required=True)


class Problem(ma.Schema):
    """Problem details, as RFC 9457 writes them."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    code = fields.String()
    errors = fields.List(fields.Nested(Wrong))
