"""The sentence of each broken rule, by its code; English here, French in the catalogue."""


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated when it is shown."""
    return message


MESSAGES: dict[str, str] = {
    "page-unknown": _("This page of the list does not exist."),
    "link-unknown": _("This link has expired or does not exist. Ask for another one."),
    "link-used": _("This link has already been used. Ask for another one."),
    "code-wrong": _("This code is not the right one. %(left)s tries left."),
    "answer-empty": _("Write your answer."),
    "text-too-long": _("Your text is too long: remove %(over)s characters."),
    "text-unreadable": _(
        "Your text holds characters that cannot be kept. Type it again without them."
    ),
    "value-unreadable": _("This answer does not have the form that the question asks for."),
    "one-answer-only": _("Give only one answer to this question."),
    "option-unknown": _("Choose one of the answers offered."),
    "option-twice": _("You chose the same answer twice. Keep it once."),
    "choices-too-few": _("Choose at least %(min)s answers."),
    "choices-too-many": _("Choose at most %(max)s answers."),
    "other-missing": _('Write your answer beside "Other".'),
    "detail-missing": _("Say in a few words why."),
    "scale-out": _("Choose a number from %(min)s to %(max)s."),
    "rank-out": _("Give each answer a rank from %(min)s to %(max)s."),
    "rank-twice": _("Two answers have the rank %(rank)s. Give each its own rank."),
    "number-unreadable": _("Write a number in digits, for example 1234,5."),
    "number-out": _("Write a number from %(min)s to %(max)s."),
    "number-decimals": _("Write at most %(max)s digits after the decimal point."),
    "link-unreadable": _("Write the whole link. It begins with https:// or http://."),
    "email-unreadable": _("Check the e-mail address. Example: name@example.org."),
    "actors-too-many": _("List at most %(max)s actors."),
    "actor-name-missing": _("Write the name of each actor."),
    "stance-unknown": _("Choose Agree, Mixed or Disagree."),
    "signature-unknown": _("Choose how you sign."),
    "signature-missing": _("Write the name you sign with."),
    "actor-kind-unknown": _("Choose who you are from the list."),
    "tracking-number-unknown": _(
        "This tracking number does not exist. Check the letters: there is neither O nor I."
    ),
    "not-open-yet": _("This consultation is not open yet. Come back on its opening date."),
    "consultation-closed": _("This consultation is closed. You can still read the answers."),
    "numeral-unreadable": _("Write a number: III, 3 or C."),
    "question-kind-unknown": _("Choose a kind of question from the list."),
    "template-unknown": _("Choose a template from the list."),
    "options-choices-few": _("Write at least 2 choices, one on each line."),
    "options-choices-many": _("Write at most %(max)s choices."),
    "options-choices-twice": _("Two choices are the same. Change one of them."),
    "options-choices-tilde": _("A choice cannot begin with ~. Remove this sign."),
    "options-out": _("Write a whole number from %(min)s to %(max)s."),
    "options-bounds": _("The smallest number is above the greatest. Change one of them."),
    "verdict-unknown": _("Choose what became of it: kept, kept in part, not kept or answered."),
    "account-shut-out": _("This account can no longer write on this site."),
    "statement-unknown": _("This text does not exist, or is no longer shown."),
    "statement-not-published": _("This text is not published yet."),
    "amendment-decided": _("The organiser has already answered this change."),
    "email-needed": _("This consultation asks for your e-mail address. Sign in, then try again."),
    "not-on-the-list": _("Only the people on the list can take part in this consultation."),
    "consultation-unknown": _("There is no consultation at %(slug)s."),
    "format-unknown": _("The format %(kind)s is not known."),
    "results-hidden": _("Results are shown after the close, and so is the export."),
}
