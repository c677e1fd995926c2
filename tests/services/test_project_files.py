"""Files of a project: checked by their bytes, counted, changed by its carriers in time only."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.errors import RuleBroken
from consult.models import Mandate, ProjectFile
from consult.queries import projects as queries
from consult.services import project_files
from consult.services.stored_files import Upload
from tests import open_calls

TEXT = Upload("devis.txt", b"Un devis.", "Le devis")


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def test_files_are_joined_and_taken_away_by_the_carriers(session, make, now, tmp_path):
    call, ada = open_calls.call(make), make.account()
    lead = make.organisation()
    make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=now))
    project = open_calls.project(make, call, lead=lead)
    by = {"by": ada, "now": now}

    def add(upload=TEXT, **how):
        return project_files.add(session, call, project, upload, **(by | how))

    made = add()
    project_files.SHELF.keep(tmp_path, made.id, TEXT.content)
    assert project_files.SHELF.path(tmp_path, made.id).read_bytes() == b"Un devis."
    assert (made.title, made.file_name, made.size) == ("Le devis", "devis.txt", 9)
    untitled = add(Upload("plan.txt", b"Un plan."))
    assert untitled.title == "plan"
    refused("file-kind", 422, lambda: add(Upload("x.pdf", b"<html>")))
    refused("file-missing", 422, lambda: add(Upload("x.pdf", b"")))
    refused("project-carriers-only", 403, lambda: add(by=make.account()))
    refused("project-waits", 409, lambda: add(now=call.closes_at + timedelta(days=1)))
    for _ in range(project_files.SHELF.most - 2):
        add()
    refused("documents-too-many", 422, add)
    project_files.remove(session, call, made, **by)
    project_files.SHELF.forget(tmp_path, [made.id, "none"])
    session.commit()
    assert not project_files.SHELF.path(tmp_path, made.id).exists()
    project_files.SHELF.keep(tmp_path, "gone", b"a")
    project_files.SHELF.keep(tmp_path, untitled.id, b"a")
    later = datetime.now(UTC) + timedelta(hours=1)
    assert project_files.SHELF.sweep(session, tmp_path, before=later - timedelta(days=1)) == 0
    assert project_files.SHELF.sweep(session, tmp_path, before=later) == 1
    assert project_files.SHELF.path(tmp_path, untitled.id).exists()
    kept = session.scalars(queries.files(project.id)).all()
    assert len(kept) == project_files.SHELF.most - 1 and isinstance(kept[0], ProjectFile)
    project.state = "withdrawn"
    session.commit()
    refused("project-withdrawn", 409, add)
