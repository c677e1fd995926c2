"""demo and check-fixture, as they are run."""

import json
import sqlite3

import pytest


def test_the_demonstration_loads_once(consult):
    first = consult("demo").stdout
    assert "26 regions, 109 départements, 1,255 EPCI and 34,969 communes loaded" in first
    assert "is loaded" in first
    assert "nothing changed" in consult("demo").stdout
    consult("doctor")


@pytest.mark.parametrize("consult", ["sqlite"], indirect=True)
def test_the_same_seed_and_day_give_the_same_demonstration(consult, tmp_path, monkeypatch):
    seen = []
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path / name))
        consult("demo", "--date", "2026-03-01", "--seed", seed)
        with sqlite3.connect(tmp_path / name / "consult.sqlite") as database:
            query = "select id, created_at, body, agree, mixed, disagree from statement order by id"
            seen.append(database.execute(query).fetchall())
        database.close()
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


@pytest.mark.slow
def test_a_greater_size_adds_what_is_missing(consult):
    consult("demo")
    assert "1940 answers made" in consult("demo", "--size", "m").stdout
    assert "nothing changed" in consult("demo", "--size", "m").stdout
    consult("doctor")


def test_a_site_in_use_is_left_alone_in_production(consult, tmp_path, monkeypatch):
    path = tmp_path / "forum.jsonl"
    path.write_text('{"type": "consultation", "key": "c", "title": "Un forum"}\n')
    consult("import", "jsonl", path)
    for name, value in (
        ("ENV", "production"),
        ("SECRET_KEY", "a secret for trials"),
        ("BASE_URL", "https://consult.example.org"),
    ):
        monkeypatch.setenv(f"CONSULT_{name}", value)
    assert "real consultations" in consult("demo", status=1).stderr


def test_the_manifest_says_where_everything_is(consult):
    manifest = json.loads(consult("check-fixture", "--json").stdout)
    assert set(manifest) == {"base_url", "accounts", "crowd", "objects", "routes"}
    shape = {"email", "password", "token", "totp", "sign_in"}
    people = [*manifest["accounts"].values(), *manifest["crowd"]]
    assert all(set(person) == shape for person in people)
    assert all(
        thing["id"] and thing["url"].startswith(f"{manifest['base_url']}/")
        for thing in manifest["objects"].values()
    )
    refused = consult("check-fixture", "--json", status=1)
    assert len(refused.stderr.strip().splitlines()) == 1


def test_the_routes_say_whom_they_let_in(consult):
    manifest = json.loads(consult("check-fixture", "--json").stdout)
    routes = {(route["method"], route["rule"]): route["allowed"] for route in manifest["routes"]}
    assert set(routes["GET", "/"]) == {"visitor", *manifest["accounts"]}
    console = routes["GET", "/console"]
    assert "organiser" in console
    assert not {"visitor", "citizen_a", "mediator", "banned"} & set(console)
    assert "banned" not in routes["GET", "/account"]


def test_without_json_it_prints_the_ways_in(consult):
    printed = consult("check-fixture").stdout
    assert "/sign-in/" in printed
    assert "consultation_open: http" in printed


def test_production_is_never_filled(consult, monkeypatch):
    monkeypatch.setenv("CONSULT_ENV", "production")
    assert "development" in consult("check-fixture", "--json", status=1).stderr
