import io

import pytest

from consult.formats import ballots
from consult.formats.report import FormatError


def read(raw, **limits):
    return ballots.read(io.BytesIO(raw), "b.json", **limits)


def test_an_object_with_or_without_a_mark_of_order():
    assert read(b'\xef\xbb\xbf {"ballots": [{"A": 1}]}\n') == {"ballots": [{"A": 1}]}
    assert read(b'{"ballots": [{"A": 1, "A": 2}]}') == {"ballots": [(("A", 1), ("A", 2))]}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b" \n", "empty"),
        (b'{"A": "\xff"}', "not-utf-8"),
        (b'{"A": [1,', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[" + b"9" * 5000 + b"]", "not-json"),
        (b"[]", "not-one-object"),
        (b'{"A": 1, "A": 1}', "not-one-object"),
        (b'{"A": ' + b" " * 100 + b"1}", "too-large"),
    ],
)
def test_one_reason_for_each_fault(raw, code):
    with pytest.raises(FormatError) as refused:
        read(raw, limit=100 if code == "too-large" else 10**6)
    assert refused.value.code == code
    assert "b.json" in str(refused.value) and len(str(refused.value)) < 120
