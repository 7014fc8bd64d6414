"""Answers have the shapes that the description of the interface gives them."""

import pytest
from page.serving import page as served
from page.test_server import PLAIN, asked, events

from xinzhi.app.schemas import ANSWERS, EVENTS, WHY_EVENTS

jsonschema = pytest.importorskip("jsonschema")
pytestmark = pytest.mark.page

SIZE = {"workers": 2_000, "seeds": 2, "until": 2026}
MIX = {"settings": {"levers.carbon_price": 300, "levers.research_grants": 0.01}}


def fits(content, schema):
    jsonschema.Draft202012Validator(schema).validate(content)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with served(tmp_path_factory.mktemp("seeds")) as one:
        yield one


@pytest.mark.parametrize(
    "name, method, path, content",
    [
        ("Health", "GET", "/api/health", None),
        ("Catalogue", "GET", "/api/catalogue?language=en", None),
        ("Catalogue", "GET", "/api/catalogue?language=zh", None),
        ("Check", "POST", "/api/check", {"mix": {**MIX, "title": "Mine"}}),
        ("Check", "POST", "/api/check", {"mix": {"base": "carbon_price"}, "reference": {}, "on_debt": True}),
        ("Refusal", "POST", "/api/check", {"mix": {"settings": {"levers.carbon_prise": 1}}}),
        ("Refusal", "POST", "/api/stream", {**PLAIN, "outcomes": ["real_gpd"]}),
        ("Refusal", "GET", "/api/nothing", None),
    ],
)
def test_answers_have_their_shapes(name, method, path, content):
    answer = asked(method, path, **({"json": content} if content is not None else {}))
    fits(answer.json(), ANSWERS[name])


@pytest.mark.parametrize("more", [{}, {"outcomes": "all", "group_year": 2025}, {"seeds": 1, "language": "zh"}])
def test_the_events_of_a_stream_have_their_shapes(page, more):
    found = page.all_of("/api/stream", {"page": "s", "scenarios": [{}, MIX], **SIZE, **more})
    assert {name for name, _ in found} == {"start", "update", "done"}
    for name, content in found:
        fits(content, EVENTS[name])


@pytest.mark.parametrize("by", ["levers", "mechanisms"])
def test_the_events_of_a_question_why_have_their_shapes(page, by):
    size = {**SIZE, "seeds": 1, "until": 2025}
    found = page.all_of("/api/why", {"page": "w", "mix": MIX, "by": by, "year": 2025, **size})
    assert {"start", "update", "done"} <= {name for name, _ in found}
    for name, content in found:
        fits(content, WHY_EVENTS[name])


def test_faults_have_their_shape():
    found = [content for name, content in events(asked("POST", "/api/stream", json=PLAIN)) if name == "fault"]
    assert len(found) == 2
    for content in found:
        fits(content, EVENTS["fault"])


def test_the_description_holds_every_shape_that_it_refers_to():
    description = asked("GET", "/api/openapi.json").json()
    shapes = description["components"]["schemas"]
    referred = set(_references(description["paths"]))
    assert {"Health", "Catalogue", "Check", "StreamUpdate", "WhyUpdate", "Refusal"} <= referred
    assert referred <= set(shapes)
    for shape in shapes.values():
        jsonschema.Draft202012Validator.check_schema(shape)


def _references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _references(one)
