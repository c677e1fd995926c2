"""The known project: sent by a citizen's organisation, with a file that is not public."""

from consult.models import OpenCall, Project, ProjectFile
from consult.services import fixture_projects


def test_a_known_project_was_sent_with_its_file(session, make, now):
    by = make.account()
    known = fixture_projects.things(session, {"citizen_a": by}, now=now)
    session.commit()
    project = session.get(Project, known["project_open"][0])
    assert (project.state, project.number, project.account_id) == ("submitted", 1, by.id)
    assert session.get(OpenCall, project.call_id).slug == fixture_projects.SLUG
    file = session.get(ProjectFile, known["attachment_private"][0])
    assert file.project_id == project.id and file.size == len(fixture_projects.CONTENT)
    assert known["attachment_private"][1] == f"/projects/{project.id}/files/{file.id}"
