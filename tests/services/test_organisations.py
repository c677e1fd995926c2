from consult.services import organisations


def test_two_spellings_are_one_organisation(session, now):
    first = organisations.named(session, "Les Petits Débrouillards", now=now)
    again = organisations.named(session, "les petits debrouillards", now=now)
    assert first.id == again.id
    assert first.slug == "les-petits-debrouillards"


def test_two_names_with_one_address_get_two(session, now):
    first = organisations.named(session, "Café & Cie", now=now)
    other = organisations.named(session, "Café Cie 2", now=now)
    third = organisations.named(session, "!!!", now=now)
    same = organisations.named(session, "Café Cie ２ 日本", now=now)
    assert len({one.slug for one in (first, other, third, same)}) == 4
    assert same.slug.startswith("cafe-cie-2-")
