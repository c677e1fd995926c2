"""What rooms send down: its page, how each room received it, the questions asked back."""

from .views import bp

__all__ = ["bp"]
