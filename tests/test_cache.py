from datetime import timedelta

import pytest
from markupsafe import Markup

from consult.cache import Fragments


def test_a_fragment_is_made_once_for_its_key():
    made = []
    kept = Fragments()

    def make():
        made.append(1)
        return Markup("<b>un</b>")

    assert kept.get("a", make) == kept.get("a", make) == "<b>un</b>"
    assert len(made) == 1
    kept.clear()
    kept.get("a", make)
    assert len(made) == 2


def test_what_is_not_markup_is_escaped():
    assert Fragments().get("a", lambda: "<b>") == "&lt;b&gt;"


def test_the_least_used_leave_first():
    kept = Fragments(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: Markup(key))
    assert len(kept) == kept.size == 2
    assert kept.get("a", lambda: Markup("made again")) == "a"
    assert kept.get("b", lambda: Markup("made again")) == "made again"
    assert len(kept) == kept.size == 0  # longer than all that may be kept


def test_a_mark_is_only_made_of_what_is_shown(make):
    from consult import cache

    consultation = make.consultation()
    before = cache._plain({"one": [consultation, ("a", 1)]})
    assert before == cache._plain({"one": [consultation, ("a", 1)]})
    consultation.title = "Un autre titre"
    assert before != cache._plain({"one": [consultation, ("a", 1)]})
    with pytest.raises(cache.Unmarkable):
        cache._plain([object()])


class TestUnchangedPages:
    PATHS = ("/", "/consultations", "/consultations/ici", "/consultations/ici/answers", "/help")

    def test_an_unchanged_page_is_not_sent_again(self, app, make):
        question = make.question(make.theme(make.consultation(slug="ici")))
        make.answer(question)
        client = app.test_client()
        client.get("/follow-up")
        for path in self.PATHS:
            first = client.get(path)
            mark = first.headers["ETag"]
            assert mark.startswith("W/")
            again = client.get(path, headers={"If-None-Match": mark})
            assert (again.status_code, again.data) == (304, b""), path
            assert "Cookie" in again.headers["Vary"]
            packed = client.get(path, headers={"Accept-Encoding": "gzip"})
            again = client.get(
                path, headers={"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
            )
            assert again.status_code == 304, path

    @pytest.mark.parametrize("path", ["/", "/consultations", "/search?q=carte", "/data", "/help"])
    def test_a_page_without_a_form_is_the_same_for_all(self, app, make, path):
        make.answer(make.question(), body="Une carte")
        client, other = app.test_client(), app.test_client()
        first = client.get(path)
        assert "csrf_token" not in first.text
        assert "Set-Cookie" not in first.headers
        other.get("/follow-up")
        for visitor in (client, other, app.test_client()):
            assert visitor.get(path).headers["ETag"] == first.headers["ETag"]
            again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
            assert (again.status_code, again.data) == (304, b"")
            assert "Set-Cookie" not in again.headers

    def test_a_closed_list_holds_no_form(self, app, make, now):
        opened, closed = make.consultation(), make.consultation(closes_at=now - timedelta(days=1))
        for consultation, has_form in ((opened, True), (closed, False)):
            make.answer(make.question(make.theme(consultation)))
            page = app.test_client().get(f"/consultations/{consultation.slug}/answers")
            assert ("csrf_token" in page.text, "Set-Cookie" in page.headers) == (has_form,) * 2

    def test_a_first_visit_gets_a_form_of_its_own(self, app, make):
        make.answer(make.question(make.theme(make.consultation(slug="ici"))))
        path = "/consultations/ici/answers"
        client, other = app.test_client(), app.test_client()
        assert "ETag" not in client.get(path).headers
        mark = client.get(path).headers["ETag"]
        assert "Set-Cookie" not in client.get(path, headers={"If-None-Match": mark}).headers
        other.get(path)
        assert other.get(path, headers={"If-None-Match": mark}).status_code == 200
        assert app.test_client().get(path, headers={"If-None-Match": mark}).status_code == 200

    def test_anything_that_changes_makes_a_new_page(self, app, session, make):
        from consult.models import Setting

        consultation = make.consultation(slug="ici")
        theme = make.theme(consultation)
        client = app.test_client()
        client.get("/")
        mark = client.get("/consultations/ici").headers["ETag"]

        def changed():
            nonlocal mark
            response = client.get("/consultations/ici", headers={"If-None-Match": mark})
            mark = response.headers["ETag"]
            return response.status_code == 200

        assert not changed()
        question = make.question(theme)
        assert changed()
        make.answer(question)
        assert changed()
        consultation.purpose = "Une autre raison"
        session.commit()
        assert changed()
        session.add(Setting(key="site_name", value="Un autre nom"))
        session.commit()
        assert changed()
        assert not changed()

    def test_who_has_an_account_always_gets_a_fresh_page(self, browser, make):
        make.consultation(slug="ici")
        browser.as_(make.account())
        response = browser.get("/consultations/ici").response
        assert "ETag" not in response.headers
        assert "no-store" in response.headers["Cache-Control"]

    def test_the_two_languages_are_two_pages(self, browser, make):
        browser.get("/")
        mark = browser.get("/").response.headers["ETag"]
        page = browser.get("/help")
        page = browser.submit(page, action="/language", button=("locale", "en"))
        assert page.html is not None
        assert next(iter(page.all("html"))).get("lang") == "en"
        assert browser.get("/", If_None_Match=mark).status == 200
