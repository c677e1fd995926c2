"""The application that a production server loads: `consult.wsgi:app`."""

from . import create_app
from .startup import set_clock

app = create_app()
set_clock(app)
