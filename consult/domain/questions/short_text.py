"""A text of one line."""

from .. import clean
from ..kinds import N_
from ._writing import Writing

LABEL = N_("Short text")
_TYPED = Writing(clean.line, clean.LINE_LIMIT)

normalise_options = _TYPED.normalise_options
read = _TYPED.read
read_json = _TYPED.read_json
as_text = _TYPED.as_text
form_value = _TYPED.form_value
summarise = _TYPED.summarise
