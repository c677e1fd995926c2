"""Names that look alike: what the eye takes for the same word, whatever letters it is made of."""

import unicodedata

# Letters of other alphabets and figures that are drawn as one of ours; source: the confusables of
# Unicode Technical Standard 39, those of one letter.
_DRAWN_AS = str.maketrans(
    "авеёзіјкмнорстухѕԁԛԝһɡɩɑαβεικνορτυχγ01|",
    "abee3ijkmhopctyxsdqwhgiaabeiknoptuxyoii",
)


def skeleton(name: str) -> str:
    """Return what two names that the eye confuses share: no accent, case, space nor sign."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    drawn = plain.translate(_DRAWN_AS).replace("l", "i").replace("rn", "m").replace("vv", "w")
    return "".join(letter for letter in drawn if letter.isalnum())[:200]
