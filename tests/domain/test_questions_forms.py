"""A stored value goes back into the form that gave it, so that a correction starts from it."""

import pytest

from consult.domain.questions import (
    actors,
    choice,
    choices,
    long_text,
    number,
    ranking,
    scale,
    yes_no,
)

COLOURS = {"choices": ["Rouge", "Vert", "Bleu"]}
OPEN = {**COLOURS, "allow_other": "on"}


@pytest.mark.parametrize(
    ("kind", "settings", "value"),
    [
        (long_text, {}, "Un texte\n\nen deux paragraphes."),
        (choice, OPEN, "Vert"),
        (choice, OPEN, {"other": "Mauve"}),
        (choices, OPEN, ["Rouge", {"other": "Mauve"}]),
        (choices, OPEN, ["Rouge", "Bleu"]),
        (ranking, COLOURS, ["Bleu", "Rouge", "Vert"]),
        (number, {}, -1234.5),
        (scale, {}, 3),
        (yes_no, {}, {"choice": "no", "detail": ""}),
        (actors, {}, [{"name": "Fablab", "place": "", "link": "https://a.fr/"}]),
    ],
)
def test_a_value_goes_back_into_its_form(kind, settings, value):
    options = kind.normalise_options(settings)
    assert kind.read(kind.form_value(value, options), options) == value
    assert kind.read_json(value, options) == value
