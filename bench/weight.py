"""The weight of a first view: what a browser fetches for a page, compressed as it is served."""

import re

import httpx

from bench import machine

LIMIT_KB, LIMIT_REQUESTS = 60, 6
ASSET = re.compile(r'(?:<script[^>]+src|<link[^>]+rel="(?:stylesheet|icon)"[^>]+href)="([^"]+)"')


def first_view(base: str, path: str) -> tuple[int, int]:
    """Return the bytes transferred and the requests made by the first view of a page."""
    with httpx.Client(base_url=base, headers={"Accept-Encoding": "br, gzip"}) as client:
        answers = [client.get(path)]
        html = answers[0].text
        answers += [client.get(url) for url in dict.fromkeys(ASSET.findall(html))]
    return sum(answer.num_bytes_downloaded for answer in answers), len(answers)


def measure(settings: dict[str, str], port: int, made: dict[str, str]) -> tuple[str, str, bool]:
    """Measure the heaviest of the public pages; return a row of the table."""
    base = f"http://127.0.0.1:{port}"
    paths = (
        "/",
        "/consultations/bench",
        "/consultations/bench/questions/1-1",
        "/consultations/bench/questions/1-1/answers",
        f"/proposals/{made['proposal']}",
    )
    with machine.serving("consult.wsgi:app", port, settings, workers=1):
        views = {path: first_view(base, path) for path in paths}
    heaviest = max(views, key=lambda path: views[path][0])
    size, requests = views[heaviest]
    seen = f"{size / 1000:.1f} kB in {requests} requests ({heaviest}; limit {LIMIT_KB} kB, 6)"
    passed = size <= LIMIT_KB * 1000 and all(n <= LIMIT_REQUESTS for _size, n in views.values())
    return "first view, the heaviest of five public pages", seen, passed
