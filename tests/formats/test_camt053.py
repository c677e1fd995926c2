"""A bank's statement: read without trust, and only what it says."""

from datetime import date

import pytest

from consult.domain.errors import RuleBroken
from consult.formats import camt053
from tests.payments import IBANS, PAYER, entry, statement


@pytest.mark.parametrize("version", ["02", "08", "13"])
def test_lines_are_read_whatever_the_version(version):
    content = statement(
        entry("C1", "800.00", IBANS[0]),
        entry("C2", "1200.5", IBANS[1], sense="CRDT", reason="AC04"),
        entry("C3", "7", IBANS[1], sense="CRDT"),
        version=version,
    )
    (found,) = camt053.read(content)
    day = date(2026, 11, 23)
    assert found.iban == PAYER.iban
    assert found.lines == (
        camt053.Line("C1", 80_000, (IBANS[0],), day),
        camt053.Line("C2", 120_050, (IBANS[1],), day, True, "AC04"),
        camt053.Line("C3", 700, (IBANS[1],), day, True, "RETURN"),
    )


def test_several_transfers_of_one_line_keep_their_own_amounts():
    many = (
        '<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><DtTm>2026-11-23T08:00:00Z</DtTm></BookgDt><NtryDtls>"
        "<TxDtls><Refs><EndToEndId>C1</EndToEndId></Refs><AmtDtls><TxAmt>"
        '<Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls></TxDtls>'
        '<TxDtls><Refs><EndToEndId>C2</EndToEndId></Refs><Amt Ccy="EUR">20.00000</Amt></TxDtls>'
        "<TxDtls><Refs><EndToEndId>C3</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>"
    )
    (found,) = camt053.read(statement(many))
    assert [(line.end_to_end, line.cents) for line in found.lines] == [("C1", 1000), ("C2", 2000)]


@pytest.mark.parametrize(
    "one",
    [
        entry("C1", "8", IBANS[0]).replace("BOOK", "PDNG"),
        entry("C1", "8", IBANS[0]).replace("<Cd>BOOK</Cd>", "PDNG"),
        entry("C1", "8", IBANS[0]).replace("EUR", "USD"),
        entry("C1", "8.999", IBANS[0]),
        entry("C1", "-8", IBANS[0]),
        entry("C1", "1e3", IBANS[0]),
        entry("C1", "", IBANS[0]),
        entry("C1", "8", IBANS[0], day="2026-02-30"),
        entry("C1", "8", IBANS[0], day=""),
    ],
)
def test_a_line_that_is_not_sure_is_left_out(one):
    (found,) = camt053.read(statement(one))
    assert found.lines == ()


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>'
    "<Document><BkToCstmrStmt><Stmt>&y;</Stmt></BkToCstmrStmt></Document>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-missing"),
        (b"x" * (camt053.MOST_BYTES + 1), "statement-too-large"),
        (b"hello", "statement-unreadable"),
        (b"\xff\xfe\x00", "statement-unreadable"),
        (b'<?xml version="1.0" encoding="klingon"?><Document/>', "statement-unreadable"),
        (b"<Document/>", "statement-unreadable"),
        (b"<Other><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Other>", "statement-unreadable"),
        (BOMB.encode(), "statement-unreadable"),
        (OUTSIDE.encode(), "statement-unreadable"),
    ],
)
def test_what_is_no_statement_is_refused(content, code):
    with pytest.raises(RuleBroken) as broken:
        camt053.read(content)
    assert broken.value.code == code


def test_a_statement_of_too_many_lines_is_refused(monkeypatch):
    monkeypatch.setattr(camt053, "MOST_LINES", 1)
    with pytest.raises(RuleBroken):
        camt053.read(statement(*[entry("C1", "8", IBANS[0])] * 2))


def test_a_grouped_line_without_details_is_there_for_someone_to_look_at():
    grouped = (
        '<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-11-23</Dt></BookgDt></Ntry>"
    )
    (found,) = camt053.read(statement(grouped))
    assert found.lines == (camt053.Line("", 3_000, (), date(2026, 11, 23)),)
