import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import addresses
from consult.domain.errors import RuleBroken

names = st.from_regex(r"[a-z][a-z0-9.]{0,8}[a-z]", fullmatch=True)
people = st.lists(names.map(lambda name: f"{name}@exemple.fr"), min_size=1, max_size=20)


@pytest.mark.parametrize("separator", [",", ";", "\t", "\n", " ; ", "\r\n", "\r"])
@given(people=people)
def test_each_is_found_once_whatever_separates_them(separator, people):
    found = addresses.read(separator.join(people).upper())
    assert found.addresses == list(dict.fromkeys(people))
    assert len(found.doubles) == len(people) - len(found.addresses)
    assert found.unreadable == []


@pytest.mark.parametrize("header", ["Nom;Prénom;Adresse\n", "\ufeffemail\n", "\n", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_in_each_writing(header, encoding):
    table = f'{header}Noël;Éloïse;eloise@exemple.fr\n\n"Ba";"Awa";"Awa <awa@exemple.fr>"\n'
    content = table.encode(encoding, errors="ignore")
    assert addresses.read(addresses.decode(content)).addresses == [
        "eloise@exemple.fr",
        "awa@exemple.fr",
    ]


def test_lines_that_cannot_be_read_are_numbered():
    found = addresses.read("email\na@x.fr\nBa;Awa;\n;;\nmoi@chez\na@x.fr,b@x.fr\n\x00@x.fr @")
    assert found.addresses == ["a@x.fr", "b@x.fr"]
    assert found.unreadable == [(3, "Ba;Awa;"), (5, "moi@chez"), (7, "\x00@x.fr"), (7, "@")]
    assert found.doubles == [(6, "a@x.fr")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "listed-empty"),
        ("email\n\n", "listed-empty"),
        ("a@x.fr " * 200_000, "text-too-long"),
        ("\n".join(f"p{n}@x.fr" for n in range(addresses.MOST + 1)), "listed-too-many"),
    ],
)
def test_what_cannot_be_a_list_is_refused(raw, code):
    with pytest.raises(RuleBroken) as broken:
        addresses.read(raw)
    assert broken.value.code == code


def test_ten_thousand_lines_are_read():
    raw = "\n".join(f"personne.{n}@exemple.fr" for n in range(addresses.MOST))
    assert len(addresses.read(raw).addresses) == addresses.MOST


@given(content=st.binary(max_size=200))
def test_any_file_is_a_text(content):
    assert isinstance(addresses.decode(content), str)
