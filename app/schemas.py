"""The shapes of the page's answers, as its OpenAPI description has them and as tests hold real answers against them."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

__all__ = ["ANSWERS", "EVENTS", "WHY_EVENTS", "add_schemas", "answer_of", "stream_of"]

Schema = dict[str, Any]

ANY: Schema = {}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _map(of: Schema) -> Schema:
    """An object with any names, whose values are alike."""
    return {"type": "object", "additionalProperties": of}


def _object(**fields: Schema) -> Schema:
    """An object with all of these names and no others."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _one_of(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


KNOWN: Schema = {"type": ["number", "null"]}  # null stands for what is not defined
BY_YEAR = _list(KNOWN)
ESTIMATE = {"mean": KNOWN, "low": KNOWN, "high": KNOWN}
WORD = _one_of("higher", "lower", "unclear", "same", "one_pair")
TITLED = {"key": TEXT, "title": TEXT}
SETTINGS = _map(ANY)

MIX = _object(base=TEXT, settings=SETTINGS, title=TEXT, question=TEXT)
MIX["properties"]["economy"] = TEXT  # of another than the default one
REFUSAL = _object(message=TEXT, key=_or_null(TEXT), nearest=_or_null(TEXT))
HEALTH = _object(
    ready=FLAG, state=_one_of("warming", "ready"), version=TEXT, processes=WHOLE, warm=WHOLE, queued=WHOLE, busy=WHOLE,
    seeds_in_memory=WHOLE, compiling=_or_null(_list(WHOLE)), fault=_or_null(TEXT),
)  # fmt: skip
CHECK = _object(
    title=TEXT, digest=TEXT, mix=MIX, yaml=TEXT, command=TEXT, financing=TEXT, cautions=_list(TEXT), idle=_list(TEXT),
    paths=_map(TEXT),
)  # fmt: skip

LEVER_PARAMETER = _object(
    **TITLED, neutral=NUMBER, lower=NUMBER, upper=NUMBER, unit=TEXT, meaning=TEXT, source=TEXT, usual=_list(NUMBER),
    step=NUMBER, display=_object(text=TEXT, factor=NUMBER), acting=TEXT, detail=FLAG,
    money=FLAG,
)  # fmt: skip
LEVER = _object(
    **TITLED, strategy=TEXT, summary=TEXT, documentation=TEXT, spends=FLAG, not_spending=TEXT, beside=SETTINGS,
    parameters=_list(LEVER_PARAMETER),
)  # fmt: skip
CLOSURE = _object(
    **TITLED, question=TEXT, central=TEXT, levels=_list(_object(**TITLED, value=KNOWN)), source=TEXT
)  # fmt: skip
PARAMETER = _object(
    **TITLED, group=TEXT, default=ANY, lower=KNOWN, upper=KNOWN, unit=TEXT, meaning=TEXT, source=TEXT, status=TEXT
)  # fmt: skip
OUTCOME = _object(
    **TITLED, unit=TEXT, decimals=WHOLE, change_unit=TEXT, change_decimals=WHOLE, from_zero=FLAG, better=WHOLE,
    headline=FLAG, origin=TEXT, origin_note=TEXT, definition=TEXT,
)  # fmt: skip
ENTRY = _object(
    name=TEXT, title=TEXT, question=TEXT, expected_channels=_list(TEXT), leaves_out=_list(TEXT), base=TEXT,
    settings=SETTINGS, both=FLAG, economy=TEXT,
)  # fmt: skip
CATALOGUE = _object(
    version=TEXT, language=TEXT, languages=_list(TEXT), economy=TEXT, economies=_list(_object(**TITLED)),
    opening_year=WHOLE, last_year=WHOLE,
    precisions=_list(_object(**TITLED, workers=WHOLE, seeds=WHOLE, note=TEXT)),
    measures=_list(_object(**TITLED, table=TEXT, noun=TEXT, relative=FLAG, better=WHOLE)),
    group_titles=_map(_map(TEXT)), strategies=_list(_object(**TITLED)), levers=_list(LEVER),
    presets=_list(_object(**TITLED, summary=TEXT, source=TEXT)), closures=_list(CLOSURE),
    families=_list(_object(**TITLED)), mechanisms=_list(_object(**TITLED, family=TEXT, summary=TEXT)),
    parameter_groups=_list(_object(**TITLED)), parameters=_list(PARAMETER), statuses=_map(TEXT),
    outcomes=_list(OUTCOME), origins=_map(_object(title=TEXT, meaning=TEXT)), references=_list(_object(**TITLED)),
    library=_list(ENTRY), counting=_map(_object(unit=TEXT, factor=NUMBER)), strings=_map(TEXT),
)  # fmt: skip

START = _object(
    scenarios=_list(_object(title=TEXT, digest=TEXT, base=TEXT)), reference=WHOLE, years=_list(WHOLE), workers=WHOLE,
    seeds=WHOLE, kept=WHOLE, financing=TEXT, cautions=_list(TEXT), idle=_list(TEXT), command=TEXT,
    idle_levers=_map(TEXT),
)  # fmt: skip
CHANGE = _object(
    mean=BY_YEAR, low=_or_null(BY_YEAR), high=_or_null(BY_YEAR), p10=BY_YEAR, p90=BY_YEAR, unit=TEXT, decimals=WHOLE,
    likely=_list(FLAG),
)  # fmt: skip
VERDICT = _object(
    **ESTIMATE, pairs=WHOLE, word=WORD, likely=FLAG, decimals=WHOLE, pairs_needed=_or_null(WHOLE)
)  # fmt: skip
GROUP = _object(**ESTIMATE, group=TEXT, word=WORD, likely=FLAG, small=FLAG)
COUNTS = {"pairs": WHOLE, "of": WHOLE}
UPDATE = _object(
    **COUNTS, seconds=NUMBER,
    sides=_list(_object(level=_map(BY_YEAR), low=_map(BY_YEAR), high=_map(BY_YEAR),
                        interval=_map(_object(low=BY_YEAR, high=BY_YEAR)))),
    changes=_list(_or_null(_map(CHANGE))), verdicts=_list(_or_null(_map(_map(VERDICT)))),
    groups=_or_null(_list(_or_null(_map(_list(GROUP))))),
)  # fmt: skip
FAULT = _object(message=TEXT, seed=WHOLE)
DONE = _object(pairs=WHOLE, seconds=NUMBER, from_store=WHOLE)

WHY_START = _object(
    by=_one_of("levers", "mechanisms"), year=WHOLE, runs=WHOLE, scenarios=_list(TEXT), parts=_list(TEXT),
    workers=WHOLE, seeds=WHOLE, cautions=_list(TEXT),
)  # fmt: skip
PROGRESS = _object(done=WHOLE, of=WHOLE, seconds_left=KNOWN)
SHARE = {**ESTIMATE, "word": WORD, "decimals": WHOLE}
ACCOUNT = _object(unit=TEXT, decimals=WHOLE, total=_object(**SHARE), parts=_list(_object(**TITLED, **SHARE)))
WHY_UPDATE = _object(**COUNTS, outcomes=_map(ACCOUNT))

ANSWERS = {"Health": HEALTH, "Catalogue": CATALOGUE, "Check": CHECK, "Refusal": REFUSAL}
EVENTS = {"start": START, "update": UPDATE, "fault": FAULT, "done": DONE}
WHY_EVENTS = {"start": WHY_START, "progress": PROGRESS, "update": WHY_UPDATE, "fault": FAULT, "done": DONE}


def _named(kind: str, event: str) -> str:
    return f"{kind}{event.capitalize()}"


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def answer_of(name: str) -> dict[int | str, dict[str, Any]]:
    """What a route says of its answer, one of ANSWERS."""
    return {200: {"description": name, "content": {"application/json": {"schema": _reference(name)}}}, **_REFUSED}


def stream_of(kind: str, events: dict[str, Schema]) -> dict[int | str, dict[str, Any]]:
    """What a route says of a stream: the content of each event by its name."""
    schema = {
        "type": "string",
        "description": f"Server-sent events, each with JSON as its data: {', '.join(events)}",
        "x-events": {name: _reference(_named(kind, name)) for name in events},
    }
    return {200: {"description": "Events", "content": {"text/event-stream": {"schema": schema}}}, **_REFUSED}


_REFUSED: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "Refused", "content": {"application/json": {"schema": _reference("Refusal")}}}
}


def add_schemas(app: FastAPI) -> None:
    """Have the description of the interface hold all shapes by name."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        found = plain()
        streams = {"Stream": EVENTS, "Why": WHY_EVENTS}
        of_events = {_named(kind, name): one for kind, events in streams.items() for name, one in events.items()}
        found.setdefault("components", {}).setdefault("schemas", {}).update({**ANSWERS, **of_events})
        return found

    app.openapi = described  # type: ignore[method-assign]
