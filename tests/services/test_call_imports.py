"""Calls imported from files: written once, met again, and real demand split to the cent."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from consult.domain import call_splits, chain
from consult.formats import importers
from consult.formats.call_records import Call, Project
from consult.formats.report import COMMAND, Report
from consult.models import CallEnvelope, OpenCall
from consult.models import Project as Row
from consult.services import call_imports, splits
from tests import splits as ready

CALL = Call(key="c", title="Un budget", funder="La ville", amount_cents=100_000)
PROJECTS = [Project(key=str(n), title=f"Projet {n}", asked_cents=n * 30_000) for n in (1, 2, 3)]


def take(session, records, now):
    calls, counts = call_imports.run(session, iter(records), kind="pabulib", now=now)
    session.commit()
    return calls, (dict(counts.created), dict(+counts.updated), dict(+counts.unchanged))


def test_a_second_import_changes_nothing_and_a_new_file_brings_up_to_date(session, make, now):
    (call,), counts = take(session, [CALL, *PROJECTS], now)
    assert counts == ({"project": 3}, {}, {}) and call.projects == 3
    (again,), counts = take(session, [CALL, *PROJECTS], now)
    assert again.id == call.id and counts == ({}, {}, {"project": 3})
    more = replace(PROJECTS[0], asked_cents=1), Project(key="4", title="Neuf", asked_cents=5)
    (_same,), counts = take(session, [replace(CALL, amount_cents=7), *more], now)
    assert counts == ({"project": 1}, {"project": 1}, {})
    rows = session.scalars(select(Row).order_by(Row.number)).all()
    assert [(row.number, row.asked_cents, row.version) for row in rows] == [
        (1, 1, 2), (2, 60_000, 1), (3, 90_000, 1), (4, 5, 1),
    ]  # fmt: skip
    assert session.scalars(select(CallEnvelope)).one().amount_cents == 7
    assert session.scalars(select(OpenCall)).one().projects == 4


def test_once_a_split_is_published_the_file_changes_nothing(session, make, now):
    (call,), _counts = take(session, [CALL, *PROJECTS], now)
    ready.published(session, call, make.account("administrator"), now)
    changed = replace(PROJECTS[0], asked_cents=1), Project(key="4", title="Neuf", asked_cents=5)
    _calls, counts = take(session, [replace(CALL, amount_cents=7), *changed], now)
    assert counts == ({}, {}, {"project": 1})
    assert session.scalars(select(CallEnvelope)).one().amount_cents == 100_000


def test_a_project_without_its_call_goes_nowhere(session, now):
    assert take(session, PROJECTS, now) == ([], ({}, {}, {}))


@pytest.mark.realdata
def test_the_demand_of_toulouse_is_shared_to_the_cent_by_both_rules(session, make, now, shared):
    files = sorted((shared / "data/pabulib").glob("*.pb"))
    stream = list(importers()["pabulib"].read(files, Report(limits=COMMAND)))
    calls, (created, _updated, _unchanged) = take(session, stream, now)
    assert len(calls) == 21 and created["project"] > 200
    _calls, counts = take(session, stream, now)
    assert counts == ({}, {}, created)
    for call in calls:
        for rule in ("equal_awards", "proportional"):
            call.rule = rule
            draft = splits.compute(session, call, now=now)
            kept, rows = draft.record, draft.record["projects"]
            assert sum(row["award"] for row in rows) == min(kept["envelope"], kept["asked"])
            assert all(0 < row["award"] <= row["asked"] for row in rows)
            assert kept["awarded"] + kept["left"] == kept["envelope"]
            text = chain.encode(kept)
            assert chain.encode(call_splits.again(json.loads(text))) == text
    session.rollback()
