"""Exports: the public texts, once each, with what they belong to."""

import io
import zipfile
from datetime import timedelta

import pytest

from consult.domain import cells
from consult.domain.errors import RuleBroken
from consult.formats import csv_zip, exporters
from consult.models import AnswerQuestion, Consultation
from consult.services import exports


def test_results_kept_until_the_close_are_not_exported_before(session, make, now):
    consultation = make.consultation(results="after_close")
    with pytest.raises(RuleBroken, match="results-hidden"):
        exports.chunks(session, consultation, "csv", now=now)
    with pytest.raises(RuleBroken, match="format-unknown"):
        exports.chunks(session, consultation, "docx", now=now)


@pytest.mark.parametrize("kind", sorted(exporters()))
def test_hidden_pending_and_withdrawn_texts_leave_in_no_export(session, make, now, kind):
    question = make.question()
    for state in ("hidden", "pending", "withdrawn", "awaiting", "to_correct"):
        make.answer(question, state=state, body=f"SECRET {state}", title="SECRET")
    make.answer(question, body="=1+1 visible")
    consultation = session.get(Consultation, question.consultation_id)
    written = b"".join(exports.chunks(session, consultation, kind, now=now))
    assert b"SECRET" not in unpacked(written)
    assert b"visible" in unpacked(written)


def unpacked(written):
    """All the bytes of a file, of a zip its members'."""
    if not written.startswith(b"PK"):
        return written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_whole_copy_holds_every_state_and_says_it(session, make, now):
    question = make.question()
    for state in ("published", "hidden", "pending", "withdrawn"):
        make.answer(question, state=state)
    consultation = session.get(Consultation, question.consultation_id)
    public = [r for r in exports.stream(session, consultation) if r.type == "answer"]
    whole = [r for r in exports.stream(session, consultation, whole=True) if r.type == "answer"]
    assert [record.state for record in public] == ["published"]
    assert {record.state for record in whole} == {"published", "hidden", "pending", "withdrawn"}


def test_every_kind_leaves_with_what_it_belongs_to(session, make):
    theme = make.theme(number=3, label="III")
    question, further = make.question(theme), make.question(theme)
    answer = make.answer(question, agree=0, declared_agree=7)
    session.add(AnswerQuestion(statement_id=answer.id, question_id=further.id))
    proposal = make.proposal(theme, position=4)
    amendment = make.amendment(proposal, decision="refused", decision_reason="Non.")
    make.argument(amendment, side="against")
    make.source(proposal, link="https://exemple.fr/")
    make.comment(answer)
    session.commit()
    consultation = session.get(Consultation, theme.consultation_id)
    found = {record.type: record for record in exports.stream(session, consultation)}
    assert found["theme"].label == "III"
    assert found["answer"].question_keys == (question.id, further.id)
    assert (found["answer"].agree, found["proposal"].position) == (7, 4)
    assert found["argument"].parent_key == amendment.id
    assert found["argument"].side == "against"
    assert found["amendment"].decision == "refused"
    assert found["source"].link == "https://exemple.fr/"
    assert found["comment"].parent_key == answer.id


NASTY = [
    "", " ", "=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "\uff1d1", "'=1", "\n-",
    "\u200b =1", "50 %", "100 %% sûr", 'un "mot", et\nune ligne\r\n', "\\N", "\\.", "\x01",
    "é\u202eab", "x" * 110,
    *(f"{space}=1" for space in cells.SKIPPED), *(f"{space}a" for space in cells.SKIPPED),
]  # fmt: skip


def members(written):
    """The tables of a zip, by their name."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_the_database_copies_is_what_the_records_say(session, make, now):
    theme = make.theme(number=3, label="III")
    question, further = make.question(theme), make.question(theme)
    later = now + timedelta(microseconds=120)
    for nasty in NASTY:
        answer = make.answer(question, body=nasty, signature=nasty, place=nasty, created_at=later)
        session.add(AnswerQuestion(statement_id=answer.id, question_id=further.id))
        proposal = make.proposal(theme, title=nasty, explanation=nasty, link=nasty, position=4)
        make.argument(proposal, side="for", body=nasty, function=nasty, speaks_from=nasty)
    make.answer(question, value=[{"name": "é", "link": '"', "place": "=1"}, 1.5, None, "\n"])
    make.answer(question, body="x" * 5_000, value="=1", state_reason="=1", actor_kind="resident")
    make.answer(question, value=-7, territory_code="M-54395", origin="=answer:1")
    make.answer(question, question_id=None, value=None, agree=2, declared_agree=7)
    amendment = make.amendment(proposal, decision="refused", decision_reason="-", decided_at=later)
    make.comment(make.argument(amendment, side="against"))
    make.source(proposal, link="https://exemple.fr/")
    make.answer(make.question(make.theme(hidden=True)), body="SECRET")
    make.comment(make.answer(question, state="hidden"), body="SECRET")
    session.commit()
    consultation = session.get(Consultation, theme.consultation_id)
    for whole in (False, True):
        said = csv_zip.chunks(exports.stream(session, consultation, whole))
        found = members(
            b"".join(exports.chunks(session, consultation, "csv", now=now, whole=whole))
        )
        expected = members(b"".join(said))
        assert list(found) == list(expected)
        for name, text in expected.items():
            assert found[name].split("\r\n") == text.split("\r\n"), name
        assert ("SECRET" in "".join(found.values())) is whole
