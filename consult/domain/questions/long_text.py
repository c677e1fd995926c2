"""A text of several paragraphs."""

from .. import clean
from ..kinds import N_
from ._writing import Writing

LABEL = N_("Long text")
_TYPED = Writing(clean.text, clean.TEXT_LIMIT)

normalise_options = _TYPED.normalise_options
read = _TYPED.read
read_json = _TYPED.read_json
as_text = _TYPED.as_text
form_value = _TYPED.form_value
summarise = _TYPED.summarise
