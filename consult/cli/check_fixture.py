"""consult check-fixture: known people and objects in an empty database, and where they are."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

import click
from flask import Flask

from .. import access, clock
from ..domain import roles
from ..extensions import db
from ..services import (
    fixture,
    fixture_calls,
    fixture_projects,
    fixture_rooms,
    project_files,
    room_files,
)
from ..services.stored_files import Shelf
from . import Failure, application

VISITOR = roles.VISITOR
# The bytes of the files that the fixture joins.
BYTES: Mapping[str, tuple[Shelf[Any], bytes]] = {
    "attachment_private": (project_files.SHELF, fixture_projects.CONTENT),
    "attachment_document": (room_files.SHELF, fixture_rooms.CONTENT),
    "attachment_handover": (room_files.SHELF, fixture_rooms.CONTENT),
}


@click.command("check-fixture")
@click.option("--json", "as_json", is_flag=True, help="Print the whole manifest as JSON.")
def command(as_json: bool) -> None:
    """Fill an empty development database with known objects and print the manifest."""
    if os.environ.get("CONSULT_ENV") == "production":
        raise Failure("check-fixture is for development: nothing is filled in production.")
    with application() as app:
        made = fixture.fill(db.session(), now=clock.now())
        printed = manifest(app, made)
        db.session.commit()
        keep_files(app, made)
    if as_json:
        click.echo(json.dumps(printed, indent=2, ensure_ascii=False))
        return
    for role, person in printed["accounts"].items():
        click.echo(f"{role}: {person['sign_in'] or person['email']}")
    for name, thing in printed["objects"].items():
        click.echo(f"{name}: {thing['url']}")


def keep_files(app: Flask, made: fixture.Fixture) -> None:
    """Write the bytes of the files that the fixture joins."""
    for name, (shelf, content) in BYTES.items():
        shelf.keep(app.config["DATA_DIR"], made.things[name].id, content)


def manifest(app: Flask, made: fixture.Fixture) -> dict[str, Any]:
    """Return what an outsider needs to know."""
    base = app.config["BASE_URL"]
    return {
        "base_url": base,
        "accounts": {role: shown(person, base) for role, person in made.people.items()},
        "crowd": [shown(person, base) for person in made.crowd],
        "objects": {
            name: {
                "id": thing.id,
                "url": base + thing.path,
                **({"tracking_number": thing.tracking_number} if thing.tracking_number else {}),
            }
            for name, thing in made.things.items()
        },
        "routes": list(routes(app)),
    }


def shown(person: fixture.Person, base: str) -> dict[str, str | None]:
    """Return how to act as someone; `totp` is the secret of the second step, where there is one."""
    return {
        "email": person.email,
        "password": person.password,
        "token": person.token,
        "totp": person.totp,
        "sign_in": f"{base}/sign-in/{person.link}" if person.link else None,
    }


def held() -> dict[str, set[str]]:
    """Return the roles that each account of the fixture, and a visitor, holds."""
    everyone = {
        role: {VISITOR, roles.PARTICIPANT, *granted} for role, granted in fixture.ROLES.items()
    }
    for name, room in fixture_rooms.FACILITATORS.items():
        everyone[name].add(roles.OF_LEVEL[fixture_rooms.ROOMS[room].level])
    everyone["co_organiser"].add(roles.CO_ORGANISER)
    for owner, _opens, _closes in fixture_calls.CALLS.values():
        everyone[owner].add(roles.CALL_OFFICER)
    return {VISITOR: {VISITOR}, **everyone, "banned": {VISITOR}}


def routes(app: Flask) -> Iterator[dict[str, Any]]:
    """List every route and whom its rule lets in; what is theirs is checked on the object."""
    people = held()
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        if rule.endpoint == "static":
            continue
        action = access.rule_of(app, rule.endpoint)
        allowed = [
            name
            for name, holding in people.items()
            if action == access.PUBLIC
            or (action and any(roles.allowed(role, action) for role in holding))
        ]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield {"method": method, "rule": rule.rule, "allowed": allowed}
