import codecs
from fractions import Fraction

import pytest

from consult.formats import claims_table
from consult.formats.report import FormatError

HEADER = "project,claim\n"


@pytest.fixture
def read(tmp_path):
    def call(content):
        path = tmp_path / "claims.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return claims_table.read(path)

    return call


def test_every_column(read):
    rows = "A,10.5,1,9,1.5,2\n\nB , 3 ,,,,\nC,4\n"
    claims = read("Project, CLAIM ,minimum,maximum,weight,priority\n" + rows)
    assert claims.projects == ["A", "B", "C"]
    demand = claims.demand()
    assert demand.asked == [1050, 300, 400]
    assert demand.minimum == [100, 0, 0]
    assert demand.maximum == [900, None, None]
    assert demand.weight == [Fraction(3, 2), 1, 1]
    assert demand.priority == [2, 1, 1]


@pytest.mark.parametrize(
    "content",
    [
        "project,claim\r\nCafé,1\r\n".encode(),
        codecs.BOM_UTF8 + "project,claim\nCafé,1\n".encode(),
        "project;claim\nCafé;1".encode("cp1252"),
        codecs.BOM_UTF16_LE + "project\tclaim\nCafé\t1\n".encode("utf-16-le"),
        'project,claim\n"Café","1.00"\n'.encode(),
    ],
)
def test_as_spreadsheets_save_it(read, content):
    claims = read(content)
    assert (claims.projects, claims.demand().asked) == (["Café"], [100])


def test_a_name_keeps_its_spaces_and_lines(read):
    claims = read('project,claim\nQui aide\u00a0?,1\n"deux\nlignes",2\n')
    assert claims.projects == ["Qui aide\u00a0?", "deux\nlignes"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "claims.csv: The file does not begin"),
        (HEADER, "claims.csv: The file holds nothing"),
        ("nom,montant\nA,1\n", "claim is missing"),
        ("claim\n1\n", "project is missing"),
        ("A,1\nB,2\n", "claim is missing"),
        ("project,claim,minimun\nA,1,1\n", "The column minimun is not known"),
        ("project,claim,claim\nA,1,1\n", "Two columns have the same name"),
        (HEADER + 'A,1\nB,"1,50"\n', "claims.csv:3: The field claim holds 1,50"),
        (HEADER + "A,1e9\n", "claims.csv:2: The field claim holds 1e9"),
        (HEADER + "A,a\x1b[31m\n", "holds a?[31m, which"),
        (HEADER + "A,-5\n", "claims.csv:2: The amount in the field claim is below zero."),
        (HEADER + "A,\n", "claims.csv:2: The field claim is missing"),
        (HEADER + "A, \n", "claims.csv:2: The field claim is missing"),
        (HEADER + ",1\n", "claims.csv:2: The field project is missing"),
        (HEADER + "A,1\nA ,2\n", "claims.csv:3: A is already in the file."),
        (HEADER + "Café,1\nCafe\u0301,2\n", "is already in the file."),
        (HEADER + '"deux\nlignes",1\n"deux\nlignes",1\n', "claims.csv:4: deux?lignes is already"),
        (HEADER + "A\x00,1\n", "claims.csv:2: The field project holds characters"),
        (HEADER + "A,1,2\n", "claims.csv:2: The row has 3 cells"),
        (HEADER + '"A"b,1\nB,1\n', "claims.csv:2: The quotation marks"),
        (HEADER + 'B,1\n"A"b,1\n', "claims.csv:3: The quotation marks"),
        (HEADER + "A,1\nB", "claims.csv: The file is cut"),
        (HEADER + 'A,1\n"B,2\n', "claims.csv: The file is cut"),
        ("project,claim,weight\nA,1,0\n", "The number in the field weight is out of range."),
        ("project,claim,weight\nA,1,-2\n", "The field weight holds -2, which is not a number."),
        ("project,claim,priority\nA,1,1.5\n", "The field priority holds 1.5, which is not"),
        (b"\x00\x01\x02" * 400, "The file is not text"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(read, content, said):
    with pytest.raises(FormatError) as refused:
        read(content)
    assert said in str(refused.value)
    assert str(refused.value).isprintable()
