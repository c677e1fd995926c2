"""The file of transfers: as the standard says, exact to the cent."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

from consult.domain.bank_accounts import Account
from consult.formats import pain001
from tests.payments import IBANS, PAYER

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_file_says_each_transfer_in_the_letters_of_banks():
    sent = [
        pain001.Transfer(Account("Café & Été", IBANS[0], "AGRIFRPP"), 5, "Aînés « 1 »", "C1"),
        pain001.Transfer(Account("B", IBANS[1]), 10**15 // 100 + 1, "漢" * 3 + "&", "C2"),
        pain001.Transfer(Account("C", IBANS[2]), 100, "&", "C3"),
    ]
    payer = Account(PAYER.holder, PAYER.iban, "BDFEFRPP")
    text = pain001.write(payer, sent, message_id="m1", on=date(2026, 11, 23), at=AT)
    root = ElementTree.fromstring(text)
    space = f"{{urn:iso:std:iso:20022:tech:xsd:{pain001.SCHEMA}}}"

    def said(name):
        return [node.text for node in root.iter(f"{space}{name}")]

    assert said("InstdAmt") == ["0.05", "100000000000.01", "1.00"]
    assert said("EndToEndId") == ["C1", "C2", "C3"]
    assert said("BtchBookg") == ["false"]
    assert said("IBAN") == [PAYER.iban, *IBANS]
    assert said("CtrlSum") == ["100000000001.06"] * 2 and said("NbOfTxs") == ["3", "3"]
    assert said("MsgId") == ["m1"] and said("CreDtTm") == ["2026-11-23T09:00:00Z"]
    assert "Cafe Ete" in said("Nm") and said("Ustrd")[0] == "Aines 1" and said("Ustrd")[2] == "C3"
    assert len(pain001.digest(text)) == 64
