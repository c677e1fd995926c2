"""What an address may ask, what a copy still holds, what a page costs."""

import pytest

LISTS = ("answers", "proposals", "arguments", "amendments")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=1e9", "limit=-1", "limit=a", "limit=", "limit=1.5",
        "limit=" + "9" * 5000, "cursor=", "cursor=" + "a" * 601, "question=%00",
        "question=3-2-1", "question='--", "territory=%00", "territory=%ED%A0%80",
        "territory=" + "a" * 21, "question=" + "9" * 30,
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_refused_by_name(program, question, query):
    found = program.get(f"/consultations/numerique/answers?{query}")
    assert found.status_code == 422
    assert found.json["errors"][0]["parameter"] == query.partition("=")[0]
    assert "%(" not in found.json["detail"]


@pytest.mark.parametrize(
    "cursor",
    [
        "a",
        "W10",
        "WzFd",
        "WyJcdTAwMDAiLCJhIl0",
        "WyIyMDI2LTExLTIzIiwgIlx1ZDgwMCJd",
        "WyJcdWQ4MDAiXQ",
        "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjAwIiwiYSJd",
    ],
)
@pytest.mark.parametrize(
    "path", ["/consultations/numerique/answers", "/territories", "/consultations"]
)
def test_a_cursor_of_ones_own_making_leads_nowhere(program, question, path, cursor):
    assert program.get(f"{path}?cursor={cursor}").status_code == 404


@pytest.mark.parametrize("slug", ["%00", "%ED%A0%80", "a" * 300, "'; --", "..%2f"])
def test_strange_addresses_are_missing(program, slug):
    assert program.get(f"/consultations/{slug}").status_code == 404


def test_unknown_parameters_change_nothing(program, make, question):
    make.answer(question)
    plain = program.get("/consultations/numerique/answers").data
    asked = "/consultations/numerique/answers?state=hidden&account__email=a&order=score"
    assert program.get(asked).data == plain


@pytest.mark.parametrize(
    "path",
    [
        "/consultations",
        "/consultations/numerique",
        "/consultations/numerique/answers",
        "/territories",
        "/openapi.json",
    ],
)
def test_a_copy_that_still_holds_is_not_sent_again(program, make, question, path):
    first = program.get(path)
    mark = first.headers["ETag"]
    again = program.get(path, If_None_Match=mark)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == mark
    compressed = program.get(path, Accept_Encoding="br")
    assert program.get(path, If_None_Match=compressed.headers["ETag"]).status_code == 304
    make.answer(question)
    make.consultation()
    changed = program.get(path, If_None_Match=mark).status_code
    assert changed == (304 if path in ("/territories", "/openapi.json") else 200)


def test_a_list_costs_the_same_whatever_its_length(program, make, theme, question, statements):
    proposal = make.proposal(theme)
    for _ in range(30):
        make.answer(question, territory_code="D-54")
        make.argument(proposal)
    for kind in LISTS:
        with statements() as seen:
            found = program.get(
                f"/consultations/numerique/{kind}?question=3-2&territory=R-44&limit=100"
            )
        assert found.status_code == 200
        assert len(seen) <= 5, seen
    for path in ("/consultations", "/consultations/numerique", "/territories"):
        with statements() as seen:
            program.get(path)
        assert len(seen) <= 5, seen


def test_a_list_with_a_token_costs_little_more(known, make, question, statements):
    caller = known(make.account())
    caller.get("/territories")
    with statements() as seen:
        assert caller.get("/consultations/numerique/answers?question=3-2").status_code == 200
    assert len(seen) <= 5, seen


def test_reading_sets_no_cookie_and_varies_with_the_caller(program, question):
    found = program.get("/consultations")
    assert "Set-Cookie" not in found.headers
    assert {"Authorization", "Cookie"} <= set(found.headers["Vary"].split(", "))
    assert "private" in found.headers["Cache-Control"]
