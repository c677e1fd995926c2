from consult.domain import kinds, questions


def test_finds_every_public_module_of_a_package():
    assert set(kinds.discover(questions)) == {
        "actors", "choice", "choices", "long_text", "number", "ranking", "scale", "short_text",
        "yes_no",
    }  # fmt: skip


def test_a_marked_sentence_is_left_as_it_is():
    assert kinds.N_("Open") == "Open"
