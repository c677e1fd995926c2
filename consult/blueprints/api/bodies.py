"""What a program sends: JSON only, read strictly, each mistake named by its place."""

import json
from typing import Any, NoReturn

import marshmallow as ma
from flask import Request, abort, request
from webargs.flaskparser import FlaskParser

from . import problems

LIMIT = 512_000


class Parser(FlaskParser):
    """Read addresses and JSON bodies, and refuse in problem details."""

    def _raw_load_json(self, req: Request) -> Any:
        return body()

    def handle_error(
        self, error: ma.ValidationError, req: Request, schema: ma.Schema, **_rest: Any
    ) -> NoReturn:
        """Say which fields are wrong, and why."""
        raise problems.Refused(problems.listed(error.messages_dict))


def body() -> Any:
    """Return the JSON sent; 415 for any other kind, 413 above the limit, 400 when malformed."""
    if request.mimetype != "application/json":
        abort(415)
    request.max_content_length = LIMIT
    raw = request.get_data(cache=True)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        abort(400)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
