"""What is wrong with a request, field by field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ... import errors
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence

Wrong = dict[str, str]


class Refused(HTTPException):
    """Values that cannot be accepted; `wrong` names each place and says why."""

    code = 422

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__()
        self.wrong = wrong


def answer(refused: Refused) -> ResponseReturnValue:
    """Return the problem details of a refused request."""
    db.session.rollback()
    code = refused.wrong[0].get("code") if len(refused.wrong) == 1 else None
    return errors.problem(
        422,
        " ".join(dict.fromkeys(wrong["detail"] for wrong in refused.wrong)),
        errors=refused.wrong,
        **({"code": code} if code else {}),
    )


@contextmanager
def at(place: str, name: str) -> Iterator[None]:
    """Say where a rule of the field is broken: a pointer into the body, or a name."""
    try:
        yield
    except RuleBroken as broken:
        if broken.status != 422:
            raise
        wrong = {place: name, "code": broken.code, "detail": sentence(broken)}
        raise Refused([wrong]) from broken


def listed(messages: Mapping[str, Any]) -> list[Wrong]:
    """Flatten the messages of a schema: one entry for each place."""
    return [
        wrong
        for location, tree in messages.items()
        for path, message in _leaves(tree, ())
        for wrong in [_entry(location, path, message)]
    ]


def _entry(location: str, path: tuple[str, ...], message: str) -> Wrong:
    detail = gettext(message)
    if location == "json":
        return {"pointer": "#" + "".join(f"/{_escaped(part)}" for part in path), "detail": detail}
    return {"parameter": ".".join(path), "detail": detail}


def _leaves(tree: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(tree, Mapping):
        for name, branch in tree.items():
            inside = path if name == "_schema" else (*path, str(name))
            yield from _leaves(branch, inside)
    else:
        for message in tree:
            yield path, str(message)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
