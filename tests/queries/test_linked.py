"""The pages that an outcome may lead to: titles that anyone may read, and no others."""

from consult.queries import linked


def test_only_what_anyone_may_read_has_a_title(session, make, now):
    shown = make.consultation(title="Le bus")
    listed = make.consultation(access="listed")
    theme = make.theme(shown)
    public, hidden = make.proposal(theme, title="Le soir"), make.proposal(theme, state="hidden")
    inside = make.proposal(make.theme(listed), title="Entre nous")

    def title(kind, key):
        return session.scalar(linked.title(kind, key, now))

    assert title("consultations", shown.slug) == "Le bus"
    assert title("proposals", public.id) == "Le soir"
    assert title("consultations", listed.slug) is None
    assert title("proposals", hidden.id) is title("proposals", inside.id) is None
    assert title("polls", "rien") is None and title("matters", "rien") is None
    assert linked.title("syntheses", "carnet", now) is None
