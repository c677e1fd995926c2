"""The project speaks of itself: not of the machine that saw it written, nor of other folders."""

import re

from tests.architecture import project

# Written in two halves, so that this file does not hold what it looks for.
HALVES = [
    ("pypi", r"\.org"),
    ("files.python", r"hosted\.org"),
    ("npm", r"js\.(?:org|com)"),
    ("registry", r"\.npm"),
    ("unp", r"kg\.com"),
    ("jsd", r"elivr"),
    (r"(?<![\w.])/wo", r"rk/"),
    (r"(?<![\w.])/ro", r"ot/"),
    ("/tmp/t", "eam"),
    ("/tmp/n", "pm"),
    (r"\banth", r"ropic\b"),
    (r"\bopen", r"ai\b"),
    (r"\bchat", r"gpt\b"),
    (r"\bco", r"pilot\b"),
    (r"\blanguage ", r"models?\b"),
    (r"\bLL", r"Ms?\b"),
    (r"\bA", r"I[- ](?:generated|assisted|agents?)\b"),
    (r"generated ", r"with\b.{0,20}\b(?:code|assistant)\b"),
    ("co-auth", "ored-by"),
    (r"\bsub", r"agents?\b"),
]
FORBIDDEN = re.compile("|".join(first + second for first, second in HALVES), re.IGNORECASE)


def test_no_text_names_what_it_should_not():
    found = []
    for path in project.kept_files():
        if (text := project.text_of(path)) is None:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if hit := FORBIDDEN.search(line):
                found.append(f"{project.name(path)}:{number}: {hit.group()}")
    assert not found


def test_the_words_are_seen():
    assert FORBIDDEN.search("see /wo" + "rk/main")
    assert FORBIDDEN.search("Co-Auth" + "ored-By: someone")
    assert not FORBIDDEN.search("../shared/data, /var/lib/consult, openapi.json, a framework/x")


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    noqa = re.compile(r"#\s*no" + r"qa\b")
    found = [
        f"{project.name(path)}:{number}"
        for path in project.kept_files()
        if path.suffix in {".py", ".html", ".js", ".css"}
        for number, line in enumerate((project.text_of(path) or "").splitlines(), 1)
        if marks.search(line) or noqa.search(line)
    ]
    assert not found
