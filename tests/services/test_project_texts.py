"""What a project says is written whole and read back as the form that said it."""

from consult.domain.projects import Facts, Line
from consult.models import Mandate
from consult.services import project_texts
from tests import open_calls


def test_written_whole_and_read_back_the_same(session, make, now):
    ada, lead = make.account(), make.organisation()
    make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=now))
    call = open_calls.call(make)
    project = open_calls.project(make, call, state="draft", number=None)
    facts = Facts(
        title="Café",
        for_whom="Tous",
        what="Réparer",
        place="Mairie",
        territory_code="R-44",
        group_name="Les bricoleurs",
        asked_cents=1,
        cost_cents=3,
        other_cents=2,
        priority=1,
        theme=2,
        help_wanted="Une salle",
        help_offered="Des outils",
        contact_name="Ada",
        contact_email="ada@exemple.fr",
        contact_phone="06",
        lines=(Line("cost", "Vis", 3), Line("other", "La ville", 2)),
        lead=lead.id,
        partners=("La Ludothèque",),
    )
    for _ in range(2):
        project_texts.say(session, project, facts)
        project_texts.write(session, project, facts, by=ada, now=now)
    session.commit()
    assert project_texts.facts_of(session, project) == facts
    assert project_texts.budget(session, project) == list(facts.lines)
    assert "bricoleur" in project.search and project_texts.words(project) == project.search
    bare = Facts(title="Café", lead=lead.id)
    project_texts.say(session, project, bare)
    project_texts.write(session, project, bare, by=ada, now=now)
    assert project_texts.facts_of(session, project) == bare
