"""HTML as a browser reads it, with each mistake it would mend; several times faster than html5lib.

html5ever reads; its tree goes through XML into ElementTree, which the tests know. Where XML
cannot hold the page, or where there is a mistake to name, html5lib has the word.
"""

import re
from xml.etree import ElementTree

import html5lib
import markupever

_KEPT_BY_HTML_ALONE = re.compile(r'\sxmlns="|="[^"]*[\n\t]|<template|<noscript', re.IGNORECASE)
_HTML = ' xmlns="http://www.w3.org/1999/xhtml"'
_SHELL = "<!doctype html><html><head></head><body>{}</body></html>"


def read(text, *, fragment=False):
    """Return the root element, and the mistakes as "(line, column): name"."""
    root = None if _KEPT_BY_HTML_ALONE.search(text) else _fast(text, fragment)
    return (root, []) if root is not None else _slow(text, fragment)


def _fast(text, fragment):
    parser = markupever.Parser(markupever.HtmlOptions())
    parser.process(_SHELL.format(text) if fragment else text)
    parser.finish()
    if parser.errors():
        return None
    xml = parser.into_dom().root().serialize(is_html=False)
    try:
        root = ElementTree.fromstring(xml.replace(_HTML, "").replace("&nbsp;", "\u00a0"))
    except ElementTree.ParseError:
        return None
    return root.find("body") if fragment else root


def _slow(text, fragment):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(text) if fragment else parser.parse(text)
    return root, [f"{position}: {name}" for position, name, _ in parser.errors]
