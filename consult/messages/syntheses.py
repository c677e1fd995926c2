"""The sentence of each broken rule about syntheses."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "synthesis-begun": N_("The notebook of this summary is already open."),
    "synthesis-published": N_("This summary is published. It can change, not go away."),
    "synthesis-unknown": N_("This summary does not exist."),
    "synthesis-too-early": N_("The consultation is not closed yet. Publish after the close."),
    "synthesis-changed": N_("Something changed since you looked. Read the summary again."),
    "synthesis-empty": N_("There is no block in this summary yet."),
    "synthesis-same": N_("This is what is published already. Nothing changed since."),
    "synthesis-reason-missing": N_("Write why another version follows."),
    "synthesis-needs-one": N_("One person publishes here. Nobody has to propose first."),
    "synthesis-not-proposed": N_("Someone must propose this summary first."),
    "synthesis-same-person": N_("You proposed this summary. Another person must publish it."),
    "archive-ended": N_("No file is being made now."),
    "outcome-link-unknown": N_("Not everyone can read this page. Check its address."),
    "follow-up-unknown": N_("The last edition left no such point open."),
    "follow-up-state-unknown": N_("Choose where it stands: done, going on, dropped or no news."),
    "follow-up-state-missing": N_("Say where it stands too: done, going on or dropped."),
    "synthesis-promise-missing": N_("Say by when the summary will be there. Outcomes come after."),
    "foreword-unsigned": N_("Write who signs the foreword."),
    "block-kind-unknown": N_("Choose a kind of block in the list."),
    "block-incomplete": N_("Fill in what this kind of block needs."),
    "block-empty": N_("Write at least one line."),
    "block-gone": N_("Someone else took this block away."),
    "blocks-too-many": N_("A summary holds %(max)s blocks at most."),
    "figure-unreadable": N_("Line %(line)s: write words, a colon, then a whole number."),
    "figure-too-long": N_("A table holds %(max)s rows at most."),
    "credit-name-missing": N_("Write the name to thank."),
    "note-empty": N_("Write your note."),
    "note-unknown": N_("This note is settled, or gone."),
}
