"""The sentence of each broken rule about the split of a call."""

from ..domain.kinds import N_

MESSAGES: dict[str, str] = {
    "sharing-rule-not-payable": N_("No call can pay by this rule."),
    "record-unreadable": N_("This file is not the record of a split."),
    "comparison-empty": N_("Write what each project asks for, one amount a line."),
    "comparison-too-many": N_("This page compares %(most)s projects at most."),
    "split-not-published": N_("The split is not published yet."),
    "split-own-project": N_("You wrote or carry a project of this call. Someone else must do it."),
    "split-published": N_("A split was published a moment ago. Read it before you go on."),
    "split-reason-missing": N_("Write why another split follows."),
    "split-not-ready": N_("Some things are missing before this split. The list is on the page."),
    "split-changed": N_("Something changed since you computed. Read the new amounts."),
    "split-too-long-to-print": N_("This split is too long to print. Take its table (CSV)."),
    "document-kind-lacking": N_("This site cannot make this file. Print the page instead."),
    "split-same": N_("These amounts are those already published."),
    "split-needs-one": N_("In this call, one person publishes. Nobody has to propose first."),
    "split-not-proposed": N_("Someone must propose this split first."),
    "split-same-person": N_("You proposed this split. Another person must publish it."),
}
