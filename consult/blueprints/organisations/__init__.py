"""The page of an organisation: what is signed under its name, and who may sign for it."""

from . import invitations, mandates, views
from .routes import bp

__all__ = ["bp", "invitations", "mandates", "views"]
