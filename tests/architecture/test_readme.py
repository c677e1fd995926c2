"""The README says what each table is, and names both commands."""

import re

import click

from consult import formats
from consult.cli import main
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


def test_the_map_names_every_folder_of_the_code():
    tracked = {path.relative_to(project.ROOT).parts for path in project.kept_files()}
    folders = {parts[0] for parts in tracked if parts[1:] and not parts[0].startswith(".")}
    folders |= {"/".join(parts[:2]) for parts in tracked if parts[0] == "consult" and parts[2:]}
    found = re.search(r"^## Map of the code.*?(?=^## )", readme(), re.M | re.S)
    assert found, "the README has no map"
    named = "".join(re.findall(r"^\|.*?\|", found.group(), re.M))
    assert "consult/domain" in folders
    assert not [folder for folder in folders if f"`{folder}/" not in named]
    paths = re.findall(r"`([\w/]+/)`", named)
    assert not [path for path in paths if not (project.ROOT / path).is_dir()]


def test_every_command_and_every_format_is_named():
    rows = "".join(line for line in readme().splitlines() if line.startswith("| `consult "))
    names = main.list_commands(click.Context(main))
    assert names
    assert not [name for name in names if f"`consult {name}" not in rows]
    kinds = {*formats.importers(), *formats.exporters()}
    assert kinds
    assert not [kind for kind in kinds if not re.search(rf"(?<![\w-]){kind}(?![\w-])", rows)]


def test_both_commands_are_named():
    assert "./start" in readme()
    assert "./test" in readme()


def test_every_local_link_of_the_readme_leads_somewhere():
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", readme())
    assert not [link for link in links if not (project.ROOT / link).exists()]
