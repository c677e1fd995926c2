from consult.domain import promises


def test_a_list_is_narrowed_to_a_state_or_not_at_all():
    assert set(promises.LABELS) == set(promises.STATES)
    assert promises.state("late") == "late"
    for raw in (None, "", "early", ["late"], 3):
        assert promises.state(raw) is None
