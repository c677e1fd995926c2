"""An illustration: a picture, what it shows for whoever does not see it, and who made it."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line, picture

LABEL = N_("Illustration")
HINT = N_("A picture that helps to understand. Say in words what it shows.")
TITLE, BODY = N_("Caption"), ""
NEEDS = ("picture", "alternative")
FIELDS: Mapping[str, Field] = {
    "picture": picture(
        N_("Picture"),
        N_("JPEG, PNG or WebP, 10 MB at most. We take away the place and the hour that it holds."),
    ),
    "alternative": line(
        N_("What the picture shows"), N_("For people who do not see it. One or two sentences.")
    ),
    "credit": line(N_("Credit")),
}
RANK = 3
