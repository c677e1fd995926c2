"""The sentence of each broken rule about payments, help in kind and reports."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "no-split-yet": N_("No split is published yet."),
    "award-missing": N_("This project receives nothing."),
    "payment-unknown": N_("This payment does not exist."),
    "payment-settled": N_("This payment is settled already."),
    "payment-withdrawn": N_("This project was withdrawn. Decide another split first."),
    "payment-not-made": N_("This payment was not made yet."),
    "pays-own-project": N_(
        "This project is yours or your organisation's. Someone else must do it."
    ),
    "payment-day-future": N_("This day is still to come."),
    "paying-account-missing": N_("Give the account to pay from first."),
    "nothing-to-pay": N_("Nothing can be paid now. See what is missing."),
    "file-unknown": N_("This file does not exist any more."),
    "file-settled": N_("A payment of this file is settled. The file cannot be taken back."),
    "statement-unreadable": N_("This file is no bank statement. Ask your bank for camt.053."),
    "statement-too-large": N_("This file is too large: 5 MB at most."),
    "return-reason-missing": N_("Write why it came back."),
    "statement-other-account": N_("This statement is of another account."),
    "holder-missing": N_("Write who holds the account."),
    "holder-too-long": N_("Write a name of %(max)s letters at most, as the bank knows it."),
    "iban-missing": N_("Write the IBAN."),
    "iban-unreadable": N_("This IBAN is not right. Check each figure."),
    "iban-outside": N_("No SEPA transfer reaches this account. Give another."),
    "bic-unreadable": N_("This BIC is not right. You can leave it empty."),
    "in-kind-project": N_("Choose one of the projects of this call."),
    "in-kind-unknown": N_("Choose one of the kinds of help."),
    "in-kind-missing": N_("Write what it is."),
    "in-kind-gone": N_("This help in kind does not exist."),
    "in-kind-back": N_("There is nothing to give back."),
    "in-kind-too-many": N_("A project gets %(max)s helps in kind at most."),
    "quantity-number": N_("Write how many, in figures, %(max)s at most."),
    "lent-ends-first": N_("The last day must come after the first day."),
    "report-missing": N_("Write what you did."),
    "people-number": N_("Write how many people, in figures."),
    "photo-kind": N_("This file is no photo. Choose a JPEG, PNG or WebP."),
    "photo-shows-missing": N_("Write what the photo shows, for those who do not see it."),
}
