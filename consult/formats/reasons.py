"""The sentences of a report, in English, by their code; the edge translates and fills them."""

from collections.abc import Mapping

from consult.domain.kinds import N_

REASONS = {
    "cut": N_("The file is cut: its end is missing."),
    "broken": N_("The file is damaged and cannot be unpacked."),
    "undecodable": N_("The file is not text in UTF-8, UTF-16 or Windows-1252."),
    "no-header": N_("The file does not begin as this format does: %(expected)s is missing."),
    "too-large": N_("The file is larger than %(limit)s bytes."),
    "line-too-long": N_("Line %(line)s is longer than %(limit)s characters."),
    "quote-open": N_("A quotation mark opened at line %(line)s is not closed."),
    "too-many-columns": N_("The file has more than %(limit)s columns."),
    "too-many-faults": N_("More than %(limit)s records cannot be read: is it the right format?"),
    "file-missing": N_("The file does not exist or cannot be opened."),
    "nothing-found": N_("The file holds nothing that this format knows."),
    "column-unknown": N_("The column %(name)s is not known. Known columns: %(known)s."),
    "column-twice": N_("Two columns have the same name: %(name)s."),
    "empty": N_("The file is empty."),
    "not-utf-8": N_("The file is not text in UTF-8."),
    "not-one-object": N_("The file is not one object of JSON, with each name once."),
    "not-json": N_("This is not JSON: %(detail)s."),
    "not-text": N_("Some bytes of this record cannot be read as text."),
    "nul": N_("The field %(field)s holds a NUL character."),
    "missing-field": N_("The field %(field)s is missing or is not what it should be."),
    "unknown-field": N_("The field %(field)s is not known."),
    "unknown-type": N_("The type %(type)s is not known."),
    "unknown-value": N_("The field %(field)s holds %(value)s, which is not known."),
    "not-a-date": N_("The field %(field)s holds %(value)s, which is not a date."),
    "not-a-number": N_("The field %(field)s holds %(value)s, which is not a number."),
    "not-an-amount": N_(
        "The field %(field)s holds %(value)s, which is not an amount such as 1234.56."
    ),
    "below-zero": N_("The amount in the field %(field)s is below zero."),
    "unreadable": N_("The field %(field)s holds characters that no text should."),
    "out-of-range": N_("The number in the field %(field)s is out of range."),
    "too-long": N_("The field %(field)s is longer than %(limit)s characters."),
    "key-twice": N_("%(key)s is already in the file."),
    "parent-missing": N_("It belongs to %(key)s, which is not in the file before it."),
    "columns-over": N_("The row has %(found)s cells and the header %(expected)s."),
    "shifted": N_("The cells are shifted: %(column)s should be empty in this row."),
    "bad-quotes": N_("The quotation marks of this row cannot be understood."),
    "member-too-large": N_("This file of the archive is larger than %(limit)s bytes."),
    "not-a-json-file": N_("This file of the archive is not a .json file."),
}

CHECKS = {
    "consultation": N_("consultations"),
    "theme": N_("themes"),
    "question": N_("questions"),
    "answer": N_("answers"),
    "proposal": N_("proposals"),
    "argument": N_("arguments"),
    "source": N_("sources"),
    "amendment": N_("amendments"),
    "comment": N_("comments"),
    "stance": N_("opinions"),
    "person": N_("people"),
    "project": N_("projects"),
    "proposals-agreeing": N_("proposals whose counters agree with what they hold"),
    "arguments": N_("arguments"),
    "arguments-for": N_("arguments for"),
    "arguments-against": N_("arguments against"),
    "sources": N_("sources"),
    "amendments": N_("amendments"),
    "opinions": N_("opinions"),
    "opinions-agree": N_("opinions: agree"),
    "opinions-mixed": N_("opinions: mixed"),
    "opinions-disagree": N_("opinions: disagree"),
    "opinions-one-by-one": N_("individual opinions, already in the counters and not added"),
    "opinions-imported": N_("individual opinions imported, out of those counted"),
    "opinions-baseline": N_("opinions kept as a declared baseline, out of those counted"),
    "definitions": N_("texts of law quoted in windows, not imported"),
    "reports": N_("reports to the moderators, not imported"),
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return the English sentence of a reason."""
    return REASONS[code] % facts
