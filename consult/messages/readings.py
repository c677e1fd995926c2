"""The sentence of each broken rule about reading, passages and reading aids."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "passage-missing": N_("Tick at least one sentence, or the whole text."),
    "passage-unknown": N_("This passage is not in the text. Tick it again."),
    "reading-unknown": N_("Choose what becomes of this text."),
    "set-aside-reason": N_("Choose why this text is set aside."),
    "reading-changed": N_("Something changed since you read this text. Read it again."),
    "text-not-public": N_("This text is not public. It cannot be used."),
    "extract-elsewhere": N_("This synthesis does not draw on this text."),
    "extract-unnamed": N_("This text bears no name. Quote it without one."),
    "extract-done": N_("This passage is already in this block."),
    "extract-gone": N_("This passage is no longer in the synthesis."),
    "block-missing": N_("Choose a block of the synthesis."),
    "extract-block-kind": N_("Choose the kind of the block."),
    "synthesis-not-begun": N_("Begin the synthesis first."),
    "contest-done": N_("You already said so. It is noted."),
    "suggestion-unnamed": N_("Give this theme a name."),
    "suggestion-changed": N_("This theme changed meanwhile. Look at it again."),
    "suggestion-apart": N_("Choose another theme of the same question."),
    "suggestion-way": N_("Choose what this theme becomes."),
    "suggestion-unproven": N_("Tick at least one passage."),
    "aid-unknown": N_("There is no such help."),
    "aid-too-few": N_("There are fewer than %(fewest)s texts. Read them one by one."),
    "aid-asked": N_("This was already asked. Wait until it is done."),
    "aid-over": N_("Nothing is running."),
    "aid-unable": N_("This site cannot do this. Read the texts one by one."),
    "group-left": N_("This text is no longer in this group. Look again."),
}
