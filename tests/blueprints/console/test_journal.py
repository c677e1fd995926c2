"""The entries of the journal, for whoever checks the site."""

import pytest

from consult.services import journal


@pytest.fixture
def written(session, now):
    for number in range(130):
        subject = f"room:{number % 2}"
        journal.record(session, f"room.act-{number}", subject, actor="account:a", now=now, n=number)
    session.commit()


def acts(page):
    return {"".join(one.itertext()) for one in page.all("code")}


def test_an_auditor_reads_the_entries_a_page_at_a_time(browser, make, written):
    auditor = make.account("auditor")
    browser.as_(auditor)
    assert "/console/journal" in browser.get("/account").links()
    page = browser.get("/console/journal")
    assert "room.act-129" in page.words() and "room.act-11" not in acts(page)
    (more,) = [link for link in page.links() if "cursor=" in link]
    assert "room.act-11" in acts(browser.get(more))
    page = browser.get("/console/journal?about=room:1")
    assert "room.act-129" in page.words() and "room.act-128" not in page.words()
    assert "Aucune entrée" in browser.get("/console/journal?about=room:9").words()


@pytest.mark.parametrize("about", ["%00", "'", "<b>", "x" * 300, "%ED%A0%80"])
def test_what_is_no_subject_filters_nothing(browser, make, written, about):
    browser.as_(make.account("auditor"))
    assert "room.act-129" in browser.get(f"/console/journal?about={about}").words()


@pytest.mark.parametrize("cursor", ["a", "W10", "WzFd"])
def test_a_cursor_of_ones_own_making_leads_nowhere(browser, make, written, cursor):
    browser.as_(make.account("auditor"))
    assert browser.get(f"/console/journal?cursor={cursor}").status in (200, 404)


@pytest.mark.parametrize("role", ["", "organiser", "mediator"])
def test_nobody_else_reads_them(browser, make, role):
    browser.as_(make.account(*([role] if role else [])))
    assert browser.get("/console/journal").status == 403


def test_an_auditor_reads_and_does_nothing_else(browser, make):
    browser.as_(make.account("auditor"))
    for url in ("/console", "/console/people", "/console/rooms", "/assistance"):
        assert browser.get(url).status == 403
