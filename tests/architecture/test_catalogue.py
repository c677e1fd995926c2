"""French and English are complete, say the same things, and French is plain."""

import gettext
import re

import pytest
import textstat
from babel.messages.mofile import write_mo

from tests.architecture import catalogue, project

LOCALES = ("fr", "en")
# Words that people far from digital do not use, or that scold them.
FORBIDDEN = re.compile(
    r"\b(?:veuillez|invalides?|erreur inattendue|oups|désolée?s?|tokens?|slugs?|workflows?|"
    r"soumettre|soumettez|cliquer ici|cliquez ici|items?|scopes?|back-office|e-inclusion)\b",
    re.IGNORECASE,
)
VALIDATE_ALONE = re.compile(r"^\s*valide[rz]\s*\.?\s*$", re.IGNORECASE)
MIDPOINT = re.compile(r"\w·\w")
PLAIN, PLAIN_CONSOLE = 65, 55
CONSOLE = re.compile(r"(?:^|/)(?:console|cli|moderation)\b")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_holds_every_message_and_no_other(locale):
    asked, held = set(catalogue.asked()), set(catalogue.messages(locale))
    assert asked
    assert not asked - held, "missing"
    assert not held - asked, "no longer used"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_fuzzy_or_fills_other_fields(locale):
    for text, message in catalogue.messages(locale).items():
        assert not message.fuzzy, text
        ids = message.id if isinstance(message.id, tuple | list) else [message.id]
        allowed = set().union(*map(catalogue.fields, ids))
        for string in filter(None, catalogue.strings(message)):
            assert catalogue.fields(string) <= allowed, text
            if len(ids) == 1:
                assert catalogue.fields(string) == allowed, text


def test_every_message_is_translated_into_french():
    held = catalogue.messages("fr")
    assert not [text for text, message in held.items() if not all(catalogue.strings(message))]


def test_no_message_is_cut_down_to_a_letter_and_many_are_counted():
    for text, message in catalogue.messages("fr").items():
        ids = message.id if isinstance(message.id, tuple | list) else [message.id]
        strings = catalogue.strings(message)
        assert len(text) < 3 or min(map(len, strings)) > 1, text
        assert catalogue.fields(strings[-1]) == catalogue.fields(ids[-1]), text


def test_no_line_is_broken_before_a_sign():
    """`catalogue.spaced` says how each of these is written."""
    wrong = [
        string
        for message in catalogue.messages("fr").values()
        for string in catalogue.strings(message)
        if string != catalogue.spaced(string)
    ]
    assert wrong == []


def test_plurals_are_plurals_in_both():
    for text, entry in catalogue.asked().items():
        message = catalogue.messages("fr")[text]
        assert bool(entry.plural) == isinstance(message.id, tuple | list), text


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_is_the_written_one(locale, tmp_path):
    """Compile with: .venv/bin/pybabel compile -d translations."""
    fresh = tmp_path / "messages.mo"
    with fresh.open("wb") as out:
        write_mo(out, catalogue.read(locale))
    kept = project.ROOT / "translations" / locale / "LC_MESSAGES" / "messages.mo"
    assert texts(kept) == texts(fresh)


def texts(path) -> dict:
    with path.open("rb") as source:
        read = vars(gettext.GNUTranslations(source))["_catalog"]
    return {key: text for key, text in read.items() if key}


def french() -> list[tuple[str, str]]:
    """Return every French text with its English key."""
    held = catalogue.messages("fr").items()
    return [(key, string) for key, m in held for string in catalogue.strings(m)]


def test_french_avoids_the_forbidden_words():
    patterns = (FORBIDDEN, VALIDATE_ALONE, MIDPOINT)
    plain = [(key, re.sub(r"%\(\w+\)[sd]|\{\w+\}", "", text)) for key, text in french()]
    assert not [text for _key, text in plain if any(p.search(text) for p in patterns)]


@pytest.mark.parametrize(
    "text",
    ["Veuillez patienter", "Valider", "Cliquez ici", "un animateur·rice", "Données invalides"],
)
def test_the_forbidden_words_are_seen(text):
    assert FORBIDDEN.search(text) or VALIDATE_ALONE.search(text) or MIDPOINT.search(text)


def sentences(texts: list[str]) -> list[str]:
    """Return the sentences of four words or more, filled in and without marks."""
    found = []
    for text in texts:
        filled = re.sub(r"%\(\w+\)[sd]|\{\w+\}", "deux", re.sub(r"<[^>]+>", " ", text))
        parts = re.split(r"(?<=[.!?…])\s+", filled.replace("\n", " "))
        found += [part.strip(" .!?…") for part in parts if len(re.findall(r"\w+", part)) >= 4]
    return found


def ease(kept: list[str]) -> float:
    textstat.set_lang("fr")
    return textstat.flesch_reading_ease(". ".join(kept) + ".")


@pytest.mark.parametrize(("console", "least"), [(False, PLAIN), (True, PLAIN_CONSOLE)])
def test_french_is_easy_to_read(console, least):
    asked = catalogue.asked()
    kept = sentences(
        [
            text
            for key, text in french()
            if key in asked and console == in_console(asked[key].places)
        ]
    )
    if not kept:
        pytest.skip("no such sentence yet")
    score = ease(kept)
    words = sum(len(re.findall(r"[\w'’-]+", sentence)) for sentence in kept) / len(kept)
    assert score >= least, f"{score:.0f}; hardest: {sorted(kept, key=lambda s: ease([s]))[:15]}"
    assert words <= 12, f"{words:.1f} words a sentence"


def in_console(places: list[str]) -> bool:
    return all(CONSOLE.search(place) for place in places)


def test_the_measure_tells_plain_from_heavy():
    plain = ["Vous pouvez changer votre avis tant que c'est ouvert"]
    heavy = ["L'instrumentalisation administrative conditionne l'opérationnalisation territoriale"]
    assert ease(plain) > PLAIN > PLAIN_CONSOLE > ease(heavy)
