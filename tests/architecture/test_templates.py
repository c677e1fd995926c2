"""Templates are plain HTML and htmx 4: no inline script or style, forms that work alone."""

import re
import subprocess
import sys

import pytest

from tests.architecture import project

PAGES = project.files("*.html", "consult/templates")
CHECKER = project.ROOT / "tests/architecture/vendor/htmx_upgrade_check.py"
FORBIDDEN = {
    "an inline style": r"<style\b|\sstyle\s*=",
    "an inline script": r"<script\b(?![^>]*\bsrc\s*=)",
    "an event handler": r"<[a-z][^<>]*\son[a-z]+\s*=",
    "hx-on": r"\bhx-on\b",
    "a javascript address": r"javascript:",
    "a computed htmx value": r"""\bhx-[\w:-]+\s*=\s*(["'])\s*(?:js|javascript):""",
    "a trigger filter": r"""\bhx-trigger\s*=\s*(["'])[^"']*\[""",
    "a third party": r"""<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)=["']?(?:https?:)?//""",
}
UNSAFE = {
    "the safe filter": r"\|\s*safe\b",
    "escaping turned off": r"\{%-?\s*autoescape\s+false",
}


def opened(tag: str, source: str) -> list[str]:
    return re.findall(rf"<{tag}\b[^>]*>", source, re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES, ids=project.name)
def test_a_template_holds_nothing_inline(path):
    source = path.read_text()
    markup = project.html_alone(source)
    found = [what for what, p in FORBIDDEN.items() if re.search(p, markup, re.IGNORECASE)]
    found += [what for what, p in UNSAFE.items() if re.search(p, source)]
    assert not found


@pytest.mark.parametrize("path", PAGES, ids=project.name)
def test_a_form_works_without_script(path):
    source = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    for start in opened(r"[a-z][\w-]*", project.html_alone(source)):
        if re.search(r"\bhx-(post|put|patch|delete)\b", start):
            assert re.match(r"<(form|button|input)\b", start), f"not a form: {start}"
            if start.startswith("<form"):
                assert re.search(r"\bmethod\s*=\s*[\"']?post", start, re.IGNORECASE), start
                assert re.search(r"\baction\s*=", start), start
    for form in re.findall(r"<form\b.*?</form>", source, re.DOTALL | re.IGNORECASE):
        if 'action="/language"' in form:  # docs/decisions/0008
            continue
        if 'action="/follow"' in form and 'name="email"' in form:  # docs/decisions/0016
            continue
        if re.search(r"\bmethod\s*=\s*[\"']?post", form.split(">", 1)[0], re.IGNORECASE):
            assert re.search(r"\bcsrf", form), f"no form token: {form[:80]}"


def test_no_htmx_2_idiom():
    kept = [*PAGES, *project.files("*.js", "consult/static")]
    assert kept
    command = [sys.executable, CHECKER, "--no-color", *kept]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_htmx_checker_sees_an_old_idiom(tmp_path):
    page = tmp_path / "old.html"
    page.write_text('<form hx-post="/x" hx-disabled-elt="this"></form>')
    done = subprocess.run([sys.executable, CHECKER, page], capture_output=True, check=False)
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ('<p style="color:red">', "an inline style"),
        ("<script>alert(1)</script>", "an inline script"),
        ('<a href="#" onclick="x()">', "an event handler"),
        ('<form hx-vals="js:{a: 1}">', "a computed htmx value"),
        ('<input hx-trigger="keyup[key==1]">', "a trigger filter"),
        ('<script src="https://example.org/x.js"></script>', "a third party"),
    ],
)
def test_the_patterns_see_what_they_forbid(markup, what):
    assert re.search(FORBIDDEN[what], markup)
