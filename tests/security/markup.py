"""Hostile texts, and the proof that none of them became more than text."""

import re

import html5lib

WORD = "zzcible"
PAYLOADS = [
    f"<script>{WORD}()</script>",
    f"</script><script>{WORD}()</script>",
    f'"><img src=x onerror={WORD}()>',
    f"'><img src=x onerror={WORD}()>",
    f"<svg/onload={WORD}()>",
    f"</textarea><{WORD}>",
    f"</title><{WORD}>",
    f"--><{WORD}>",
    f"]]><{WORD}/>",
    f'" autofocus onfocus={WORD}() x="',
    f"' onmouseover='{WORD}()",
    f"<a href=javascript:{WORD}()>x</a>",
    f"javascript:{WORD}()",
    f"JaVa\tScript:{WORD}()",
    f"data:text/html,<{WORD}>",
    f"vbscript:{WORD}()",
    f"<iframe srcdoc='<{WORD}>'>",
    f'<form action="//{WORD}.example"><input name=csrf_token>',
    f'<div hx-get="/{WORD}" hx-trigger=load hx-on:load={WORD}()>',
    f'<hx-partial id="{WORD}" hx-swap-oob="true">',
    f"<template hx-get=/{WORD}></template>",
    f"<math><mtext></p><{WORD}>",
    f"<style>@import'//{WORD}.example'</style>",
    f'<base href="//{WORD}.example/">',
    f"&lt;{WORD}&gt;&#60;{WORD}&#62;",
    f"{{{{7*191}}}}{{% {WORD} %}}${{7*191}}#{{7*191}}<%= 7*191 %>",
    f"%(x)s %s %d %n {{0}} {{name}} {WORD}",
    f"http://ok.example@{WORD}.example/ //{WORD}.example",
    f"\u202e{WORD}\u202d\u2028\u200b",
    f"\\u003c{WORD}\\u003e \\x3c{WORD}\\x3e",
]
URLS = ("href", "src", "action", "formaction", "srcdoc", "poster", "background", "data")
ACTIVE = ("script", "style", "iframe", "base", "template", "object", "embed")
HELD = ("id", "class", "style", "name")
SCRIPTS = re.compile(r"/static/[\w./-]+\.js\?v=[\w-]+")


def faults(text):
    """Return what a page holds that someone typed and that a browser would act on."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)
    return [fault for element in tree.iter() for fault in _of(element)]


def _of(element):
    if not isinstance(element.tag, str):
        return
    if WORD in element.tag:
        yield f"element {element.tag}"
    if element.tag in ACTIVE and not SCRIPTS.fullmatch(element.get("src") or ""):
        yield f"{element.tag} {element.attrib}"
    for name, value in element.attrib.items():
        if _is_fault(element, str(name), value):
            yield f"{element.tag} {name}={value}"


def _is_fault(element, name, value):
    if WORD in name or name.startswith(("on", "hx-on", "data-hx-on")):
        return True
    if name.startswith(("hx-", "data-hx-")) or name in HELD:
        return WORD in value and element.tag != "input"
    if name not in URLS:
        return False
    runs = re.match(r"\s*(?:javascript|data:text|vbscript)", value, re.IGNORECASE)
    return bool(runs) or (WORD in value and not _ordinary(element, value))


def _ordinary(element, value):
    """A link that someone typed, which says so; a telephone; a page of this site."""
    if re.match(r"https?://", value):
        return "ugc" in (element.get("rel") or "") or value.startswith("http://localhost/")
    return re.match(r"(?:mailto|tel):", value) or re.match(r"/(?![/\\])|\?|#", value)
