"""What is given of open calls: their promise, their envelopes, their terms."""

import marshmallow as ma
from marshmallow import fields, validate

from ...domain import open_calls, sharing
from .given import Place, page


class CallCounts(ma.Schema):
    """How many projects were sent."""

    projects = fields.Integer(required=True)


class OpenCall(ma.Schema):
    """An open call, in a list; amounts are whole cents."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    opened_by = fields.String(required=True)
    about = fields.String(required=True)
    phase = fields.String(required=True, validate=validate.OneOf(open_calls.PHASES))
    rule = fields.String(required=True, validate=validate.OneOf(sharing.payable()))
    envelope_cents = fields.Integer(required=True)
    territory = fields.Nested(Place, required=True, allow_none=True)
    time_zone = fields.String(required=True)
    opens_at = fields.DateTime(required=True, allow_none=True)
    closes_at = fields.DateTime(required=True, allow_none=True)
    counts = fields.Nested(CallCounts, required=True)


class CallPrinciple(ma.Schema):
    """What a project must respect."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    hint = fields.String(required=True)


class Funding(ma.Schema):
    """What one funder gives, and what it is kept for."""

    funder = fields.String(required=True)
    amount_cents = fields.Integer(required=True)
    territory = fields.String(required=True, allow_none=True)
    priority = fields.Integer(required=True, allow_none=True)
    pot = fields.String(required=True, allow_none=True)


class WholeCall(OpenCall):
    """An open call: who may ask, its principles, its envelopes, the terms that were locked."""

    may_apply = fields.String(required=True)
    audience = fields.String(required=True)
    surplus = fields.String(required=True)
    fiscal_host = fields.String(required=True)
    extended_reason = fields.String(required=True)
    cancelled_reason = fields.String(required=True)
    principles = fields.List(fields.Nested(CallPrinciple), required=True)
    envelopes = fields.List(fields.Nested(Funding), required=True)
    terms = fields.Dict(required=True, allow_none=True)
    terms_digest = fields.String(required=True, allow_none=True)


OpenCalls = page("OpenCalls", OpenCall)
