"""The page that explains the interface, made from its document."""

from typing import Any, NamedTuple

from flask import Blueprint, Response, current_app

from ... import cache
from ...access import public
from . import document

bp = Blueprint("api_page", __name__)


class Operation(NamedTuple):
    """One operation, as the page shows it."""

    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    body: list[str]


@bp.get("/api/")
@public
def index() -> Response:
    """Say what programs can read and write here, and how."""
    api = document.current()
    return cache.page(
        "api/index.html",
        operations=operations(api.described),
        base_url=current_app.config["BASE_URL"],
    )


def operations(described: dict[str, Any]) -> list[Operation]:
    """Return the operations of a document, in its order."""
    return [
        Operation(
            method.upper(),
            path,
            operation["summary"],
            [*rest.get("parameters", []), *operation.get("parameters", [])],
            body(described, operation),
        )
        for path, rest in described["paths"].items()
        for method, operation in rest.items()
        if method != "parameters"
    ]


def body(described: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """Return the names of the body that an operation takes."""
    if "requestBody" not in operation:
        return []
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rpartition("/")[2]
    return list(described["components"]["schemas"][name]["properties"])
