"""The OpenAPI document, generated from the operations and their schemas."""

import json
from functools import cached_property
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask, Response, current_app

from ...access import public
from . import bp, given

PROBLEM = "application/problem+json"
ABOUT = """Read what people wrote in consultations, and write in their place with a token.

What is public needs nothing. To write, send a personal token (`Authorization: Bearer`), or keep
the device cookie that the first write gives where a consultation is open to all. Lists are pages:
follow `next`, or the `Link` header. Send the `ETag` of an answer back in `If-None-Match`.
Each refusal is a problem as RFC 9457 describes it."""


class Api(flask_smorest.Api):
    """The interface as OpenAPI describes it; errors stay those of the application."""

    ERROR_SCHEMA = given.Problem

    def _register_error_handlers(self) -> None:
        """Leave the application's own handlers in place."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                response["content"] = {PROBLEM: {"schema": given.Problem}}
            self.spec.components.response(status.name, response, lazy=True)
        refused = {"description": "Refused", "content": {PROBLEM: {"schema": given.Problem}}}
        self.spec.components.response("DEFAULT_ERROR", refused, lazy=True)

    @cached_property
    def described(self) -> dict[str, Any]:
        """The whole document."""
        return self.spec.to_dict()

    @cached_property
    def written(self) -> str:
        """The whole document as it is sent."""
        return json.dumps(self.described, ensure_ascii=False, indent=1)

    @public
    def _openapi_json(self) -> Response:
        """Send the document."""
        return bp.confirm(Response(self.written, mimetype="application/json"))


def options(app: Flask) -> dict[str, Any]:
    """Return what the document says of the whole interface."""
    return {
        "info": {"description": ABOUT, "license": {"name": "Licence Ouverte 2.0"}},
        "servers": [{"url": app.config["BASE_URL"]}],
    }


def complete(api: Api) -> None:
    """Describe the two ways to be known."""
    schemes = api.spec.components
    schemes.security_scheme("token", {"type": "http", "scheme": "bearer"})
    device = {"type": "apiKey", "in": "cookie", "name": current_name(api)}
    schemes.security_scheme("device", device)


def current_name(api: Api) -> str:
    """Return the name of the device's cookie in this configuration."""
    return str(api.config["DEVICE_COOKIE_NAME"])


def current() -> Api:
    """Return the interface of the running application."""
    return current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
