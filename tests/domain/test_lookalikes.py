import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import lookalikes


@pytest.mark.parametrize(
    "name",
    [
        "region grand est",
        "Région  Grand-Est",
        "RÉGION GRAND EST",
        "R\u00e9gion Gr\u200band Est",
        "Région Grаnd Еst",  # a Cyrillic a and e
        "Reg1on Grand Est",
        "Reglon Grand Est",
        "Régiοn Grand Est",  # a Greek o
        "Régιon Grand Est",
        "\u202eRégion Grand Est",
    ],
)
def test_what_the_eye_confuses_is_one_name(name):
    assert lookalikes.skeleton(name) == lookalikes.skeleton("Région Grand Est")


@pytest.mark.parametrize("name", ["Région Sud", "Grand Est", "Les amis de la Région Grand Est", ""])
def test_another_name_stays_another(name):
    assert lookalikes.skeleton(name) != lookalikes.skeleton("Région Grand Est")


@given(name=st.text(max_size=300))
def test_any_name_has_a_short_skeleton(name):
    found = lookalikes.skeleton(name)
    assert len(found) <= 200
    assert lookalikes.skeleton(f" {name.upper().lower()} ") == lookalikes.skeleton(
        name.upper().lower()
    )
