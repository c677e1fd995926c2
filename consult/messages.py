"""The sentence of each broken rule, by its code; English here, French in the catalogue."""


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated when it is shown."""
    return message


MESSAGES: dict[str, str] = {
    "page-unknown": _("This page of the list does not exist."),
    "link-unknown": _("This link has expired or does not exist. Ask for another one."),
    "link-used": _("This link has already been used. Ask for another one."),
    "code-wrong": _("This code is not the right one. %(left)s tries left."),
}
