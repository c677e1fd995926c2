"""Lets `python -m consult` do what the command `consult` does."""

from .cli import main

main()
