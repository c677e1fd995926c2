"""What the projects of open calls hold about a person: theirs, what they checked, their help."""

from sqlalchemy import select

from ...domain.kinds import N_
from ...models import Assessment, HelpOffer, OpenCall, Project, ProjectFile
from ._rows import Part, Person, Rows, columns, part

IN_CALL = OpenCall.title.label("call")
IN_PROJECT = Project.title.label("project")
SAID = "title for_whom what place group_name asked_cents state contact_name contact_email"
WHEN = "contact_phone created_at updated_at submitted_at withdrawn_at withdrawn_reason"


def files(person: Person) -> Rows:
    """Select the files joined to the projects that someone wrote."""
    query = select(IN_PROJECT, *columns(ProjectFile, "title file_name size created_at"))
    query = query.join(Project, Project.id == ProjectFile.project_id)
    return query.where(Project.account_id == person.account_id).order_by(ProjectFile.id)


PARTS = (
    part(
        "projects",
        N_("Projects I wrote"),
        [IN_CALL, *columns(Project, f"{SAID} {WHEN}")],
        Project.account_id,
        Project.contact_email,
        via=(OpenCall,),
    ),
    Part("project_files", N_("Files of my projects"), (), files),
    part(
        "help",
        N_("Help I offered"),
        [IN_PROJECT, *columns(HelpOffer, "kind body name contact created_at withdrawn_at")],
        HelpOffer.participant_id,
        via=(Project,),
    ),
    part(
        "assessments",
        N_("Principles I checked"),
        [IN_PROJECT, *columns(Assessment, "verdict reason fix assessed_at")],
        Assessment.account_id,
        via=(Project,),
    ),
    part(
        "second_assessments",
        N_("Principles I read a second time"),
        [IN_PROJECT, *columns(Assessment, "second_verdict second_reason second_at")],
        Assessment.second_id,
        via=(Project,),
    ),
)
