"""The shapes of what is read and sent; the OpenAPI document is made of them."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from ...domain import phases, signatures, stances
from ...domain.kinds import N_
from ...queries import paging

UNREADABLE = N_("This value does not have the form expected here.")
MISSING = N_("This value is missing.")
UNKNOWN = N_("This name is not known here.")
NAMED = {"required": MISSING, "null": MISSING, "invalid": UNREADABLE, "type": UNREADABLE}
CURSOR_LIMIT = 600
CODE = validate.Regexp(r"^[0-9A-Za-z-]{1,20}$", error=UNREADABLE)
WORD = validate.Regexp(r"^[a-z_]{1,20}$", error=UNREADABLE)
QUESTION = validate.Regexp(r"^([0-9]{1,4}-[0-9]{1,4}|[0-9a-z]{1,18})$", error=UNREADABLE)


def text(**facts: Any) -> fields.String:
    """Return a field of text with our own sentences."""
    return fields.String(error_messages=NAMED, **facts)


def maybe(**facts: Any) -> fields.String:
    """Return a text that may be null."""
    return text(allow_none=True, **facts)


class Strict(ma.Schema):
    """A shape whose unknown names are refused."""

    error_messages = {"unknown": UNKNOWN, "type": UNREADABLE}

    class Meta:
        """Refuse what is not declared."""

        unknown = ma.RAISE


class Nothing(ma.Schema):
    """An address that takes nothing more."""


class PageQuery(ma.Schema):
    """Which page of a list."""

    limit = fields.Integer(
        load_default=paging.SIZE,
        validate=validate.Range(1, paging.MOST, error=UNREADABLE),
        error_messages=NAMED,
        metadata={"description": "How many items at most"},
    )
    cursor = text(
        validate=validate.Length(1, CURSOR_LIMIT, error=UNREADABLE),
        metadata={"description": "Where the page starts: `next` of the page before"},
    )


class TextQuery(PageQuery):
    """Which texts of a consultation."""

    question = text(
        validate=QUESTION,
        metadata={"description": "The identifier of a question, or its numbers, such as 3-2"},
    )
    territory = text(
        validate=CODE,
        metadata={"description": "The code of a territory, with all that lies in it"},
    )


class ConsultationQuery(PageQuery):
    """Which consultations."""

    phase = text(validate=validate.OneOf(phases.PHASES, error=UNREADABLE))
    territory = text(validate=CODE)


class TerritoryQuery(PageQuery):
    """Which territories."""

    parent = text(validate=CODE)
    kind = text(validate=WORD)


class Signature(ma.Schema):
    """How a text is signed."""

    as_ = fields.String(data_key="as", required=True)
    text = fields.String(required=True)
    function = fields.String(required=True)
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
    """How many published answers a question has."""

    answers = fields.Integer(required=True)


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
    themes = fields.List(fields.Nested(Theme), required=True)


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


class SignatureSent(Strict):
    """How the author signs."""

    as_ = text(
        data_key="as",
        required=True,
        validate=validate.OneOf(signatures.SIGNATURE_KINDS, error=N_("Choose how you sign.")),
    )
    text = maybe()
    function = maybe()


class AnswerSent(Strict):
    """An answer: a text, or what the kind of question takes."""

    value = fields.Raw(required=True, error_messages=NAMED)
    territory = maybe()
    signature = fields.Nested(SignatureSent, allow_none=True, error_messages=NAMED)


class Receipt(ma.Schema):
    """What is given for an answer; the number is its author's alone."""

    id = fields.String(required=True)
    tracking_number = fields.String(required=True)
    url = fields.String(required=True)


class StanceSent(Strict):
    """An opinion; null takes it back."""

    value = maybe(
        required=True,
        validate=validate.OneOf(stances.STANCES, error=N_("Choose Agree, Mixed or Disagree.")),
    )


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
