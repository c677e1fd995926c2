"""The blueprint, and what each operation declares: its words, its answers, its refusals."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

import marshmallow as ma
from flask import Response, g, request
from flask_smorest import Blueprint

from . import bodies, problems, sent

View = TypeVar("View", bound=Callable[..., Any])
Schema = type[ma.Schema]
READ = (304, 404, 422)
WRITE = (400, 401, 403, 404, 409, 413, 415, 422, 429)
LINK = {"description": "The next page of a list", "schema": {"type": "string"}}
ETAG = {"description": "The mark of this answer", "schema": {"type": "string"}}


class JsonBlueprint(Blueprint):
    """A blueprint whose bodies are JSON and nothing else."""

    ARGUMENTS_PARSER = bodies.Parser()


bp = JsonBlueprint("api", __name__, url_prefix="/api/v1", description="Consultations")
bp.register_error_handler(problems.Refused, problems.answer)


def reads(summary: str, answer: Schema, query: Schema = sent.Nothing) -> Callable[[View], View]:
    """Declare an operation that reads: what it takes in the address and what it gives."""

    def declare(view: View) -> View:
        view = bp.response(200, answer, headers={"ETag": ETAG, "Link": LINK})(view)
        view = bp.arguments(query, location="query")(view)
        return _described(view, summary, READ, [{}, {"token": []}])

    return declare


def writes(
    summary: str, status: int, answer: Schema, body: Schema, **described: Any
) -> Callable[[View], View]:
    """Declare an operation that writes: the body it takes and what it gives."""

    def declare(view: View) -> View:
        view = bp.response(status, answer)(view)
        view = bp.arguments(body)(view)
        return _described(view, summary, WRITE, [{"token": []}, {"device": []}, {}], **described)

    return declare


def _described(
    view: View, summary: str, refusals: tuple[int, ...], security: list[Any], **described: Any
) -> View:
    responses = {status: HTTPStatus(status).name for status in refusals}
    doc = bp.doc(
        summary=summary,
        operationId=view.__name__,
        responses=responses,
        security=security,
        **described,
    )
    return doc(view)


@bp.after_request
def finish(response: Response) -> Response:
    """Mark what was read, so that it is not sent twice; give no number to who was refused."""
    if response.status_code >= 400:
        g.pop("new_device", None)
    if request.method in ("GET", "HEAD"):
        response.vary.update(["Authorization", "Cookie"])
        confirm(response)
    return response


def confirm(response: Response) -> Response:
    """Answer 304 when the reader's copy still holds."""
    if response.status_code == 200:
        response.add_etag(weak=True)
        response.make_conditional(request)
        response.headers.pop("Date", None)  # the server writes it
    return response
