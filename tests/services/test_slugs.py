from consult.services import slugs


def test_the_next_free_address_is_given(session, make):
    assert next(slugs.free(session, "Un Forum d'été")) == "un-forum-d-ete"
    make.consultation(slug="un-forum-d-ete")
    make.consultation(slug="un-forum-d-ete-2")
    free = slugs.free(session, "Un Forum d'été")
    assert [next(free), next(free)] == ["un-forum-d-ete-3", "un-forum-d-ete-4"]
    assert next(slugs.free(session, "Un Forum")) == "un-forum"
