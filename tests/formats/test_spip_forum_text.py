import pytest

from consult.formats.report import FormatError

from .streams import by_type, drawn

KIND = "spip-forum-text"
PAGE = """Le numérique

chez nous

Venez participer !

mardi 1er août 2017 / libellé : Sciences par Ada Bon / Directrice

I. CONSTAT

Une introduction.

1. Les lieux : que manque-t-il ?

2. Qui agit ? — — — —

Notre texte :

1. un point

2. un autre

V - SUITE

3. pas une question

1. Et après ?

— — — — La suite de notre texte.

Contrib 2 Un autre texte.

Réagissez !

Plan du site
"""


def page(tmp_path, text=PAGE, encoding="utf-8"):
    path = tmp_path / "page.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_page_is_themes_questions_and_contributions(tmp_path, encoding):
    records, report = drawn(KIND, page(tmp_path, PAGE.replace("\n", "\r\n"), encoding))

    consultation = records[0]
    assert (consultation.title, consultation.introduction) == (
        "Le numérique chez nous",
        "Venez participer !",
    )
    assert consultation.settings["tags"] == ["Sciences"]
    assert [(t.number, t.label, t.title) for t in by_type(records, "theme")] == [
        (1, "I", "CONSTAT"),
        (5, "V", "SUITE"),
    ]
    assert [(q.key, q.context, q.wording) for q in by_type(records, "question")] == [
        ("question:1-1", "Les lieux", "que manque-t-il ?"),
        ("question:1-2", "", "Qui agit ?"),
        ("question:5-1", "", "Et après ?"),
    ]
    first, second = by_type(records, "answer")
    assert first.question_keys == ("question:1-1", "question:1-2", "question:5-1")
    assert first.body == (
        "I. CONSTAT\n\nNotre texte :\n\n1. un point\n\n2. un autre\n\n"
        "V. SUITE\n\nLa suite de notre texte."
    )
    assert (second.theme_key, second.question_keys) == ("theme:5", ())
    assert second.body == "Un autre texte."
    assert (second.signature.text, second.signature.function) == ("Ada Bon", "Directrice")
    assert second.created_at.isoformat() == "2017-08-01T00:00:00+02:00"
    assert report.quarantined == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "date is missing"),
        ("Bonjour\n\nRéagissez !\n", "date is missing"),
        (PAGE[: PAGE.index("Réagissez")], "cut"),
        (PAGE[: PAGE.index("I. CONSTAT")] + "Réagissez !\n", "nothing"),
        (PAGE[: PAGE.index("chez nous")], "date is missing"),
    ],
)
def test_another_page_or_a_cut_one_is_refused(tmp_path, text, message):
    with pytest.raises(FormatError, match=message):
        drawn(KIND, page(tmp_path, text))


def test_a_mark_without_text_is_no_contribution(tmp_path):
    text = PAGE.replace("Réagissez", "Contrib 3\n\nRéagissez")

    assert len(by_type(drawn(KIND, page(tmp_path, text))[0], "answer")) == 2


def test_a_page_without_author_is_unsigned(tmp_path):
    text = PAGE.replace(" par Ada Bon / Directrice", "")

    records, report = drawn(KIND, page(tmp_path, text))

    assert report.quarantined == []
    assert by_type(records, "person") == []
    assert {(a.person_key, a.signature.kind) for a in by_type(records, "answer")} == {("", "none")}


def test_what_only_looks_like_a_theme_is_text(tmp_path):
    records, _ = drawn(KIND, page(tmp_path, PAGE.replace("Notre texte :", "IIII. NOTRE TEXTE")))

    assert [t.label for t in by_type(records, "theme")] == ["I", "V"]
    assert "IIII. NOTRE TEXTE" in by_type(records, "answer")[0].body


def test_a_faulty_theme_is_quarantined(tmp_path):
    records, report = drawn(KIND, page(tmp_path, PAGE.replace("CONSTAT", "CON\x00STAT")))

    assert [t.label for t in by_type(records, "theme")] == ["V"]
    assert report.quarantined[0].code == "nul"


@pytest.mark.realdata
def test_the_page_of_the_grand_est(shared):
    records, report = drawn(KIND, shared / "seeds" / "004_9ad45538cb28e714.txt")

    assert report.quarantined == []
    assert records[0].title == "DV, Département Virtuel Grand Est"
    assert [(t.label, t.title) for t in by_type(records, "theme")] == [
        ("I", "DIAGNOSTIC"),
        ("III", "MUTUALISATION"),
        ("IV", "STRATEGIE LOCALE"),
    ]
    assert all(theme.introduction for theme in by_type(records, "theme"))
    questions = by_type(records, "question")
    assert [q.key for q in questions] == [
        "question:1-1", "question:1-2", "question:3-1", "question:3-2", "question:4-1",
        "question:4-2",
    ]  # fmt: skip
    assert questions[0].context.startswith("Sur son territoire")
    assert questions[1].wording.endswith("prioritaires dans sa collectivité ?")
    first, second, third = by_type(records, "answer")
    assert first.question_keys == tuple(q.key for q in questions)
    assert first.body.startswith("I. DIAGNOSTIC\n\nDe multiples expérimentations")
    assert "\n\nIII. MUTUALISATION\n\nUn des lieux prioritaires" in first.body
    assert first.body.endswith("posture inédite dans le paysage.")
    assert (second.theme_key, third.theme_key) == ("theme:4", "theme:4")
    assert second.body.startswith("En ex-Lorraine")
    assert second.body.endswith("constat , connaissance et actions.")
    assert third.body.startswith("Le projet associatif")
    assert third.body.endswith("https://formations.debrouillonet.org/")
    assert first.signature.text == "Ameline Bunle"
    assert first.signature.function == "Directrice APDGE"
    assert first.created_at.date().isoformat() == "2017-03-28"
