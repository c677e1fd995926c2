"""Every kind of reading aid says what it is, and writes nothing but what it keeps."""

import pytest

from consult.services import aid_kinds
from tests.architecture import catalogue

KINDS = sorted(aid_kinds.KINDS.items())


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_kind_says_what_it_is(name, kind):
    french = catalogue.messages("fr")
    for said in (kind.LABEL, kind.ABOUT, kind.BUTTON, kind.UNIT, kind.UNABLE):
        assert said in french
    assert {"done", "total"} == catalogue.fields(kind.UNIT)
    assert kind.FEWEST >= 1 and len(name) <= 20
    assert not isinstance(kind.NEEDS, str)
    assert aid_kinds.kind(name) is kind
    assert kind.PAGE == "" or kind.PAGE.isascii()
