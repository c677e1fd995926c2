import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import articles
from tests.patience import no_hang

LAW = """PROJET DE LOI POUR UNE RÉPUBLIQUE NUMÉRIQUE

TITRE Ier
LA CIRCULATION DES DONNÉES ET DU SAVOIR
Chapitre Ier
Économie de la donnée

Article 1er

I. – Le code des relations entre le public et l'administration est ainsi modifié :
Article 12 de la loi du 6 janvier 1978 est abrogé.
« Art. L. 312-1-1. – Les administrations publient en ligne. »

Article 1er bis (nouveau)
Sous réserve des articles L. 311-5 et L. 311-6, tout est publié.

TITRE II – LA PROTECTION DES DROITS

ARTICLE 2 : Neutralité de l'internet
Les opérateurs sont neutres.

Art. L. 312-1-2. – Les administrations publient leurs règles.
Suite de l'article.
Art. 6 A
Article premier - Un titre
"""


def test_a_bill():
    preamble, found = articles.split(LAW.replace("\n", "\r\n"))
    assert preamble.startswith("PROJET DE LOI")
    assert [article.number for article in found] == [
        "1er", "1er bis", "2", "L. 312-1-2", "6 A", "premier",
    ]  # fmt: skip
    assert found[0].body.endswith("publient en ligne. »")
    assert "Article 12 de la loi" in found[0].body
    assert found[1].body == "Sous réserve des articles L. 311-5 et L. 311-6, tout est publié."
    assert found[2].title == "Neutralité de l'internet"
    assert found[3].title == ""
    assert found[3].body.startswith("Les administrations publient leurs règles.\nSuite")
    assert (found[4].body, found[5].title) == ("", "Un titre")


def test_chapters_go_to_the_articles_that_follow():
    found = articles.split(LAW).articles
    assert found[0].section.startswith("TITRE Ier – LA CIRCULATION")
    assert found[1].section == found[0].section
    assert found[2].section == "TITRE II – LA PROTECTION DES DROITS"


def test_a_sentence_on_a_title_stays_in_the_text():
    text = "Article 1\nIl est créé un\nTitre II\nainsi rédigé, avec un point.\nArticle 2\nFin"
    first, second = articles.split(text).articles
    assert first.body.endswith("avec un point.")
    assert second.section == ""


def test_markdown_headings():
    text = "# Charte\nIntro\n## 1. Accueil\nOuvert à tous.\n### Détail\nx\n## Partage\nLibre."
    preamble, found = articles.split(text)
    assert preamble == "# Charte\nIntro"
    assert [(one.number, one.title) for one in found] == [("1", "Accueil"), ("2", "Partage")]
    assert found[0].body == "Ouvert à tous.\n### Détail\nx"


def test_markdown_articles():
    found = articles.split("## Article 7 bis A\nfin\n### **Art. 8** : Suite\nx").articles
    assert [one.number for one in found] == ["7 bis A", "8"]
    assert found[1].title == "Suite"


@pytest.mark.parametrize("text", ["", "Un texte sans article.", "article 3 du code\n#pas un titre"])
def test_a_text_without_heading_is_all_preamble(text):
    assert articles.split(text) == (text, [])


@given(
    st.lists(
        st.sampled_from(
            [
                "Article 1er",
                "Art. 2 - A",
                "# T",
                "## U",
                "TITRE II",
                "mots",
                "",
                "fin.",
                "Art. 3. x.",
            ]
        ),
        max_size=12,
    )
)
def test_no_word_is_lost(lines):
    preamble, found = articles.split("\n".join(lines))
    kept = " ".join([preamble, *(" ".join(article) for article in found)])
    for word in ("mots", "fin.", "TITRE II", "x."):
        assert kept.count(word) >= min(1, sum(line.count(word) for line in lines))


def test_no_text_holds_the_server():
    spaces, stars, marks = " " * 20_000, "*" * 20_000, "#_*" * 9_000
    for text in (f"Article 1 {spaces}", f"Titre II{stars}", f"# {marks}a"):
        with no_hang():
            articles.split(text)
