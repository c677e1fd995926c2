"""What this browser gave the number of, kept in its session alone."""

from flask import Response, make_response, session

MOST = 5


def contributions() -> list[str]:
    """Return the contributions followed by their number."""
    return list(session.get("followed", []))


def add(contribution_id: str) -> None:
    """Remember a contribution whose number was just given."""
    others = [one for one in contributions() if one != contribution_id]
    session["followed"] = [contribution_id, *others][:MOST]


def reports() -> list[str]:
    """Return the reports followed by their number."""
    return list(session.get("followed_reports", []))


def add_report(report_id: str) -> None:
    """Remember a report whose number was just given."""
    others = [one for one in reports() if one != report_id]
    session["followed_reports"] = [report_id, *others][:MOST]


def quiet(text: str) -> Response:
    """Return a page whose address, which may hold a number, is told to nobody."""
    response = make_response(text)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
