"""The OpenAPI document: whole, true to the routes; and the page made from it."""

import re

import jsonschema_rs
import pytest

from tests.browser import Browser

METHODS = {"get", "post", "put", "patch", "delete"}


def references(node):
    """Every $ref of the document."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for branch in node.values():
            yield from references(branch)
    elif isinstance(node, list):
        for branch in node:
            yield from references(branch)


def operations(described):
    for path, item in described["paths"].items():
        for method in METHODS & set(item):
            yield path, method, item[method], item.get("parameters", [])


def test_it_has_the_parts_that_openapi_3_1_requires(described):
    assert re.fullmatch(r"3\.1\.\d+", described["openapi"])
    assert described["info"]["title"]
    assert described["info"]["version"]
    assert described["servers"] == [{"url": "http://localhost"}]
    known = {"openapi", "info", "servers", "paths", "components", "tags"}
    assert set(described) <= known
    assert all(path.startswith("/") for path in described["paths"])


def test_every_reference_leads_somewhere(described):
    found = set(references(described))
    assert found
    for reference in found:
        node = described
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_every_schema_is_a_json_schema(described):
    for name, schema in described["components"]["schemas"].items():
        jsonschema_rs.meta.validate(schema)
        assert "type" in schema, name


def test_every_operation_is_described(described):
    found = list(operations(described))
    names = [operation["operationId"] for _path, _method, operation, _rest in found]
    assert len(names) == len(set(names)) == 28
    for path, method, operation, shared in found:
        assert operation["summary"], path
        parameters = [*shared, *operation.get("parameters", [])]
        in_path = {one["name"] for one in parameters if one["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert all(one["required"] for one in parameters if one["in"] == "path")
        assert all("schema" in one for one in parameters)
        assert {"200", "201"} & set(operation["responses"])
        assert ("requestBody" in operation) == (method in ("post", "put"))
        schemes = {name for one in operation["security"] for name in one}
        assert schemes <= set(described["components"]["securitySchemes"])


def test_the_routes_are_the_paths(app, described):
    routes = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, *_rest in operations(described)} == routes


def test_refusals_are_problem_details(program, described, conforms):
    conforms(program.get("/consultations/rien"), "Problem")
    conforms(program.get("/consultations?limit=0"), "Problem")
    for status in ("NOT_FOUND", "CONFLICT", "DEFAULT_ERROR"):
        assert set(described["components"]["responses"][status]["content"]) == {
            "application/problem+json"
        }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_lists_every_operation(app, session, described, language):
    browser = Browser(app)
    page = browser.get("/api/")
    if language == "en":
        page = browser.submit(page, "/language", locale="en")
    codes = {"".join(code.itertext()) for code in page.all("code")}
    for path, method, _operation, _rest in operations(described):
        assert f"{method.upper()} {path}" in codes
    assert "/api/v1/openapi.json" in page.links()
    assert page.all("html")[0].get("lang") == language


def test_the_page_has_one_address(app):
    assert app.test_client().get("/api").headers["Location"].endswith("/api/")
