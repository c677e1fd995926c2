"""Who may do what: one table of roles and actions."""

ACTIONS: dict[str, frozenset[str]] = {
    "console.open": frozenset({"organiser", "organiser_other", "administrator"}),
}


def allowed(role: str, action: str) -> bool:
    """Whether a role may do an action; an unknown action is refused to all."""
    return role in ACTIONS.get(action, frozenset())
