"""The sentence of each broken rule about projects of a call, and about its principles."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "project-title-missing": N_("Write the name of your project."),
    "for-whom-missing": N_("Write for whom your project is."),
    "what-missing": N_("Write what you want to do."),
    "asked-missing": N_("Write the amount you ask for."),
    "cost-missing": N_("Write what your project costs in all."),
    "cost-below-funding": N_(
        "What you ask and what others give make %(amount)s. That is more than the cost."
    ),
    "budget-lines-missing": N_("Write the lines of your budget: this amount asks for them."),
    "budget-lines-too-many": N_("A budget has %(max)s lines at most on each side."),
    "budget-label-missing": N_("Say what each amount of the budget is for."),
    "budget-cost-differs": N_("The lines of costs make %(amount)s. Write the same total cost."),
    "budget-other-differs": N_("The lines of other funding make %(amount)s. Write the same total."),
    "priority-missing": N_("Choose the class of your project."),
    "theme-unknown": N_("Choose one of the themes offered."),
    "priority-unknown": N_("Choose one of the classes offered."),
    "project-email-missing": N_("Write an e-mail address: we tell you what comes next."),
    "partners-too-many": N_("A project has %(max)s other carriers at most."),
    "carrier-missing": N_("Say which organisation leads the project."),
    "carrier-once": N_(
        "This organisation already leads a project in this call. "
        "It may lead only one, and come along in others."
    ),
    "carrier-cap": N_("This organisation may still ask for %(amount)s in this call, no more."),
    "carrier-leads": N_("This organisation leads the project. Withdraw the project instead."),
    "project-carriers-only": N_("Only those who act for the lead organisation may do this."),
    "project-withdrawn": N_("This project is withdrawn. Take it up again first."),
    "project-not-sent": N_("This project is not public."),
    "project-waits": N_(
        "The call is closed, and this project waits to be read. You can complete it afterwards, "
        "if something is missing."
    ),
    "project-whole": N_("The call is closed, and nothing is missing from this project."),
    "project-own": N_("This is your own project, or your organisation's. Someone else reads it."),
    "project-changed": N_("The project was corrected meanwhile. Read it again."),
    "reading-changed": N_("Someone else read this project meanwhile. Look at what they say."),
    "withdrawal-reason-missing": N_("The call is closed. Say why you withdraw the project."),
    "principle-unknown": N_("This principle is not one of this call's."),
    "condition-unknown": N_("Choose one of the conditions offered."),
    "verdict-unknown": N_("Choose yes, to complete or no."),
    "assessment-reason-missing": N_("Say why: those who carry the project read it."),
    "assessment-fix-missing": N_("Say what would put it right."),
    "second-reader-own": N_("You wrote this “no”. Another person reads it a second time."),
    "reply-missing": N_("Write your answer."),
    "reply-nothing": N_("There is nothing to answer here any more."),
    "help-kind-unknown": N_("Choose what you offer."),
    "help-name-missing": N_("Write your name."),
    "help-contact-missing": N_("Write a phone number or an e-mail address."),
    "help-enough": N_("You already offered your help to this project."),
}
