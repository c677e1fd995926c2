"""A fragment is one element, named after its file, and some page includes it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import jinja2
import pytest
from jinja2 import nodes

from tests.architecture import project

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
FRAGMENTS = project.files("_*.html", "consult/templates")


class Roots(HTMLParser):
    """The elements of a fragment that have no parent, and the text beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str | None] = []
        self.loose: list[str] = []

    def handle_starttag(self, tag, attrs):
        if not self.stack:
            self.ids.append(dict(attrs).get("id"))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        if not self.stack:
            self.ids.append(dict(attrs).get("id"))

    def handle_endtag(self, tag):
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass

    def handle_data(self, data):
        if not self.stack and data.strip():
            self.loose.append(data.strip())


def roots_of(source: str) -> Roots:
    roots = Roots()
    roots.feed(project.without_jinja(source))
    roots.close()
    return roots


def names_in(expression: nodes.Expr) -> list[str]:
    """Return the patterns of the template names an expression can give."""
    if isinstance(expression, nodes.Const):
        values = expression.value
        return [re.escape(v) for v in (values if isinstance(values, tuple | list) else [values])]
    if isinstance(expression, nodes.List | nodes.Tuple):
        return [name for item in expression.items for name in names_in(item)]
    if isinstance(expression, nodes.CondExpr):
        other = names_in(expression.expr2) if expression.expr2 else []
        return [*names_in(expression.expr1), *other]
    if isinstance(expression, nodes.Concat):
        return ["".join(names_in(part)[0] for part in expression.nodes)]
    if isinstance(expression, nodes.Add):
        return [names_in(expression.left)[0] + names_in(expression.right)[0]]
    return ["[^/]+"]


def used_names() -> Iterator[str]:
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    kinds = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for path in project.files("*.html", "consult/templates"):
        for node in environment.parse(path.read_text()).find_all(kinds):
            yield from names_in(node.template)


@pytest.mark.parametrize("path", FRAGMENTS, ids=project.name)
def test_a_fragment_has_one_root_named_after_it(path):
    roots = roots_of(path.read_text())
    expected = path.stem.removeprefix("_").replace("_", "-")
    assert len(roots.ids) == 1, f"{len(roots.ids)} root elements"
    assert not roots.loose, f"text beside the root element: {roots.loose}"
    assert re.fullmatch(re.escape(expected) + r"(-X.*)?", roots.ids[0] or ""), roots.ids


def test_every_fragment_is_included():
    used = list(used_names())
    alone = [
        name
        for path in FRAGMENTS
        if (name := path.relative_to(project.TEMPLATES).as_posix())
        and not any(re.fullmatch(pattern, name) for pattern in used)
    ]
    assert not alone


def test_the_reader_of_roots_sees_two_and_text_beside():
    twice = roots_of("{% if a > 1 %}<p id=a>x</p>{% else %}<p id=b>y<br>z</p>{% endif %}")
    assert twice.ids == ["a", "b"]
    stored = "{% set a %}<b>{% endset %}{% set b = 1 %}"
    assert roots_of(stored + '<p id="a-{{ x }}"></p>').ids == ["a-X"]
    assert roots_of("<p></p>{{ more }}").loose == ["X"]


def test_names_are_read_through_expressions():
    source = "{% include 'a/' ~ kind ~ '/_b.html' %}{% include ['c.html', 'd.html'] %}"
    found = jinja2.Environment().parse(source).find_all(nodes.Include)
    assert [names_in(node.template) for node in found] == [
        [re.escape("a/") + "[^/]+" + re.escape("/_b.html")],
        [re.escape("c.html"), re.escape("d.html")],
    ]
