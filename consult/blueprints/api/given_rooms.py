"""What is given of one room: who is there, who holds its seats, when it meets."""

import marshmallow as ma
from marshmallow import fields

from .given import Named, Room


class RoomCollege(ma.Schema):
    """A college of a room: how many people are there, how many the room wants."""

    college = fields.String(required=True)
    held = fields.Integer(required=True)
    wanted = fields.Integer(required=True)


class RoomSeat(ma.Schema):
    """A seat of a room, with who holds it now."""

    title = fields.String(required=True)
    kind = fields.String(required=True)
    holder = fields.String(required=True, allow_none=True)
    deputy = fields.String(required=True, allow_none=True)
    appointed_by = fields.String(required=True, allow_none=True)
    since = fields.Date(required=True, allow_none=True)
    until = fields.Date(required=True, allow_none=True)


class RoomEvent(ma.Schema):
    """A meeting of a room."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    starts_at = fields.DateTime(required=True)
    ends_at = fields.DateTime(required=True)
    time_zone = fields.String(required=True)
    place = fields.String(required=True, allow_none=True)
    link = fields.String(required=True, allow_none=True)


class WholeRoom(Room):
    """A room: who is there, who holds its seats, its next meeting, the rooms right below."""

    purpose = fields.String(required=True)
    state = fields.String(required=True)
    colleges = fields.List(fields.Nested(RoomCollege), required=True)
    seats = fields.List(fields.Nested(RoomSeat), required=True)
    next_event = fields.Nested(RoomEvent, required=True, allow_none=True)
    facilitators = fields.List(fields.String(), required=True)
    rooms = fields.List(fields.Nested(Named), required=True)
