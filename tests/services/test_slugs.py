from consult.services import slugs


def test_the_next_free_address_is_given(session, make):
    assert slugs.free(session, "Un Forum d'été") == "un-forum-d-ete"
    make.consultation(slug="un-forum-d-ete")
    make.consultation(slug="un-forum-d-ete-2")
    assert slugs.free(session, "Un Forum d'été") == "un-forum-d-ete-3"
    assert slugs.free(session, "Un Forum") == "un-forum"
