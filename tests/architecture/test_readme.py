"""The README says what each table is, and names both commands."""

import re

from consult.models import Base
from tests.architecture import project


def readme() -> str:
    return (project.ROOT / "README.md").read_text()


def glossary() -> str:
    """Return the README's section named Glossary or Glossaire."""
    found = re.search(r"^(#+) *Gloss(?:ary|aire).*?(?=^#{1,2} |\Z)", readme(), re.M | re.S)
    assert found, "the README has no glossary"
    return found.group()


def test_every_table_is_in_the_glossary():
    named = set(re.findall(r"`(\w+)`", glossary()))
    assert Base.metadata.tables
    assert not set(Base.metadata.tables) - named


def test_both_commands_are_named():
    assert "./start" in readme()
    assert "./test" in readme()


def test_every_local_link_of_the_readme_leads_somewhere():
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", readme())
    assert not [link for link in links if not (project.ROOT / link).exists()]
