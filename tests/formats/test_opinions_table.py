"""The tables of opinions and of groups: read whole, or refused with the line."""

import pytest

from consult.formats import opinions_table
from consult.formats.report import FormatError

OPINIONS = "participant,statement,vote\n"
GROUPS = "participant,group\n"


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "avis.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_opinions_are_read_with_any_delimiter_order_and_further_columns(file):
    path = file("when;Vote;Participant;statement\n1;1; ada ;s1\n2;-1;bob;s1\n\n3;0;ada;s2\n")
    found = [("ada", "s1", 1), ("bob", "s1", -1), ("ada", "s2", 0)]
    assert list(opinions_table.opinions(path)) == found


def test_groups_are_read(file):
    path = file(GROUPS + "ada,0\nbob,1\nada,0\n")
    assert opinions_table.groups(path) == {"ada": "0", "bob": "1"}


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("", "no-header", "avis.csv"),
        ("participant,vote\na,1\n", "no-header", "avis.csv"),
        (OPINIONS, "nothing-found", "avis.csv"),
        (OPINIONS + "a,1,2\n", "unknown-value", "avis.csv:2"),
        (OPINIONS + "a,1,1\na,2,yes\n", "unknown-value", "avis.csv:3"),
        (OPINIONS + "a,1,\x07\n", "unknown-value", "avis.csv:2"),
        (OPINIONS + "a,1,\n", "missing-field", "avis.csv:2"),
        (OPINIONS + ",1,1\n", "missing-field", "avis.csv:2"),
        (OPINIONS + "a,1,1,9\n", "columns-over", "avis.csv:2"),
        (OPINIONS + "a,1,1\nb,1,1,9\n", "columns-over", "avis.csv:3"),
        (b"participant,statement,vote\na\x00b,1,1\n", None, None),
        ("participant,participant,statement,vote\n", "column-twice", "avis.csv"),
    ],
)
def test_a_faulty_file_is_refused_whole(file, content, code, place):
    with pytest.raises(FormatError) as refused:
        list(opinions_table.opinions(file(content)))
    if code:
        assert (refused.value.code, refused.value.file) == (code, place)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (GROUPS + "a,0\na,1\n", "key-twice"),
        (GROUPS + "a,\n", "missing-field"),
        ("participant,side\na,0\n", "no-header"),
    ],
)
def test_faulty_groups_are_refused(file, content, code):
    with pytest.raises(FormatError) as refused:
        opinions_table.groups(file(content))
    assert refused.value.code == code
