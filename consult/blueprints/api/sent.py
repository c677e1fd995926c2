"""The shapes of what a program sends: addresses and bodies."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from ...domain import phases, reports, signatures, stances
from ...domain.kinds import N_
from ...queries import paging

UNREADABLE = N_("This value does not have the form expected here.")
MISSING = N_("This value is missing.")
UNKNOWN = N_("This name is not known here.")
NAMED: dict[str, Any] = {
    "required": MISSING,
    "null": MISSING,
    "invalid": UNREADABLE,
    "type": UNREADABLE,
}
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


class CallQuery(PageQuery):
    """Which open calls."""

    territory = text(
        validate=CODE,
        metadata={"description": "A place: calls for its people, those of no place too"},
    )


class TerritoryQuery(PageQuery):
    """Which territories."""

    parent = text(
        validate=CODE,
        metadata={"description": "The code of what the territories lie in, or are grouped by"},
    )
    kind = text(
        validate=WORD,
        metadata={
            "description": "country, region, department, collectivity, epci, commune,"
            " former-region or grouping; an overseas collectivity is also among regions and"
            " departments"
        },
    )
    q = text(
        validate=validate.Length(1, 80, error=UNREADABLE),
        metadata={"description": "A postcode, or the beginning of words of a name"},
    )


class LogQuery(PageQuery):
    """Which decisions."""

    consultation = text(
        validate=validate.Regexp(r"^[0-9a-z-]{1,80}$", error=UNREADABLE),
        metadata={"description": "The address of a consultation, its `slug`"},
    )
    open_call = text(
        validate=validate.Regexp(r"^[0-9a-z-]{1,80}$", error=UNREADABLE),
        metadata={"description": "The address of an open call, its `slug`"},
    )


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

    value = fields.Raw(
        required=True,
        error_messages=NAMED,
        metadata={"type": ["string", "number", "boolean", "array", "object"]},
    )
    territory = maybe()
    signature = fields.Nested(SignatureSent, allow_none=True, error_messages=NAMED)


class StanceSent(Strict):
    """An opinion; null takes it back."""

    value = maybe(
        required=True,
        validate=validate.OneOf(stances.STANCES, error=N_("Choose Agree, Mixed or Disagree.")),
    )


class ReportSent(Strict):
    """What is wrong with a text; illegal content needs a name, an address and good faith."""

    reason = text(
        required=True,
        validate=validate.OneOf(tuple(reports.REASONS), error=N_("Choose a reason.")),
    )
    explanation = maybe()
    name = maybe()
    email = maybe()
    good_faith = fields.Boolean(
        truthy={True}, falsy={False}, error_messages=NAMED, load_default=False
    )
