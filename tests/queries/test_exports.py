from consult.models import Consultation
from consult.queries import exports


def test_only_what_is_public_unless_the_whole_is_asked(session, make):
    theme = make.theme()
    hidden = make.theme(session.get(Consultation, theme.consultation_id), hidden=True)
    parent = make.proposal(theme, state="withdrawn")
    shown = make.proposal(theme)
    make.proposal(hidden)
    make.argument(parent)
    kept = make.argument(shown)
    make.argument(make.proposal(make.theme()))
    owner = theme.consultation_id

    def ids(query):
        return {row.id for row in session.execute(query)}

    assert ids(exports.statements(owner, "proposal")) == {shown.id}
    assert len(ids(exports.statements(owner, "proposal", whole=True))) == 3
    assert ids(exports.statements(owner, "argument")) == {kept.id}
    assert len(session.scalars(exports.themes(owner)).all()) == 1
    assert len(session.scalars(exports.themes(owner, whole=True)).all()) == 2


def test_questions_come_with_the_keys_of_their_themes(session, make):
    theme = make.theme(origin="t-3")
    question = make.question(theme)
    rows = session.execute(exports.questions(theme.consultation_id)).all()
    assert [(row[0].id, row.theme_key) for row in rows] == [(question.id, "t-3")]
