"""What a request asks for, read from its JSON and checked: every fault is a UserError that names the key.

Only numbers, names and texts come from a request. A base is the name of a scenario, shipped or of the page's library,
never a path, and no setting may bring a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from abm.data import DEFAULT_ECONOMY, offered_economies
from abm.errors import UserError, brief, located, nearest, refusal, shown
from abm.languages import ENGLISH, LANGUAGES
from abm.results.judged import SHOWN_OVER_TIME
from abm.results.outcomes import OUTCOMES
from abm.scenarios.checks import FIRST_YEAR, LAST_YEAR
from abm.scenarios.scenario import Scenario, load_scenario
from abm.values import LARGEST_SEED
from xinzhi.app.economies import offered, runnable, shipped

__all__ = ["HEADLINE", "MOST_SCENARIOS", "MOST_SEEDS", "Limits", "Mix", "Question", "economy_of", "scenario_of"]

MOST_SCENARIOS, MOST_SEEDS, FEWEST_WORKERS = 4, 64, 2_000
MOST_SETTINGS = 400
GROUPS = ("levers", "closures", "mechanisms", "applications", "assumptions")
SINGLE = ("ai",)
KEY = re.compile(r"[a-z_\[\]0-9.]{1,60}")
HEADLINE = SHOWN_OVER_TIME  # the panels of the page, in their order

Finder = Callable[[str], Scenario | None]  # of scenarios in the library of the page


@dataclass(frozen=True)
class Limits:
    """What the server allows: simulated adults of a run."""

    workers: int = 50_000


@dataclass(frozen=True)
class Mix:
    """A base scenario, the dotted settings laid over it, and the economy in which they are run."""

    base: str = "baseline"
    settings: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    question: str = ""
    economy: str = DEFAULT_ECONOMY

    @classmethod
    def read(cls, data: Any, place: str = "mix") -> Mix:
        """The mix in a JSON value. Raises UserError."""
        given = _mapping(data, place, ("base", "settings", "title", "question", "economy"))
        base = _text(given.get("base", "baseline"), "base", 64)
        settings = given.get("settings", {})
        if not isinstance(settings, dict):
            raise SettingFault(
                located(
                    place,
                    refusal("give settings as an object of dotted keys, not {settings}", settings=shown(settings)),
                ),
                "settings",
            )
        if len(settings) > MOST_SETTINGS:
            raise SettingFault(
                located(
                    place,
                    refusal(
                        "at most {most_settings} settings, not {count}",
                        most_settings=MOST_SETTINGS,
                        count=f"{len(settings):,}",
                    ),
                ),
                "settings",
            )
        for key in settings:
            group, _, rest = key.partition(".")
            if not (key in SINGLE or (group in GROUPS and rest)):
                valid = nearest(key, (*GROUPS, *SINGLE))
                raise SettingFault(refusal("{key} is no setting of the page{valid}", key=shown(key), valid=valid), key)
        title = _text(given.get("title", ""), "title", 40)
        return cls(base, settings, title, _text(given.get("question", ""), "question", 2_000), economy_of(given))

    def plain(self) -> dict[str, Any]:
        """The mix as JSON has it, with its economy unless that is the default one."""
        economy = {} if self.economy == DEFAULT_ECONOMY else {"economy": self.economy}
        texts = {"title": self.title, "question": self.question}
        return {"base": self.base, "settings": dict(self.settings), **texts, **economy}


def scenario_of(mix: Mix, find: Finder) -> Scenario:
    """The scenario behind a mix; ``find`` knows the library of the page. Raises UserError."""
    base = shipped()[mix.base] if mix.base in runnable(mix.economy) else find(mix.base)
    if base is None:
        hint = nearest(mix.base, offered(mix.economy))
        raise SettingFault(
            refusal("no scenario {base} is shipped or in the library{hint}", base=shown(mix.base), hint=hint),
            "base",
        )
    texts = {name: text for name, text in (("title", mix.title), ("question", mix.question)) if text.strip()}
    economy = {} if (base.economy or DEFAULT_ECONOMY) == mix.economy else {"economy": mix.economy}
    if economy and base.economy:
        text = refusal("{base} is a scenario of the economy {economy}", base=shown(mix.base), economy=base.economy)
        raise SettingFault(text, "economy")
    settings = {**economy, **mix.settings, **texts}
    try:
        return load_scenario(base, settings)
    except UserError as error:
        raise _placed_fault(error, settings) from None


class SettingFault(UserError):
    """A fault of one setting, whose dotted key is ``key``."""

    def __init__(self, message: str, key: str):
        super().__init__(message)
        self.key = key


def _placed_fault(error: UserError, settings: Mapping[str, Any]) -> UserError:
    """The fault without its place, which a page shows by marking the control."""
    text, inner = str(error), getattr(error.text, "values", {}).get("message")
    for key, value in settings.items():
        for place in (f"override {key}={brief(value)}", f"override {key}: "):
            if text.startswith(place := " ".join(place.split())):
                return SettingFault(inner or text[len(place) :].lstrip(": ") or text, key)
    return error


@dataclass(frozen=True)
class Question:
    """What is to be run and sent: see ``read``. ``until`` and ``group_year`` may be None, ``outcomes`` None for all.

    Of ``levels`` only the mean levels are sent.
    """

    page: str
    mixes: tuple[Mix, ...]
    reference: int
    workers: int
    seeds: tuple[int, ...]
    until: int | None
    on_debt: bool
    group_year: int | None
    language: str
    outcomes: tuple[str, ...] | None = HEADLINE
    levels: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Any, limits: Limits, more: tuple[str, ...] = ()) -> Question:
        """The question in the body of a request; ``more`` are further keys that it may have. Raises UserError."""
        keys = ("page", "scenarios", "reference", "workers", "seeds", "first_seed", "until", "on_debt", "group_year",
                "language", "outcomes", "levels", *more)  # fmt: skip
        given = _mapping(data, "the request", keys)
        listed = given.get("scenarios")
        if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_SCENARIOS:
            raise UserError(
                refusal("scenarios: give a list of 1 to {most_scenarios} scenarios", most_scenarios=MOST_SCENARIOS)
            )
        mixes = tuple(Mix.read(one, f"scenarios[{at}]") for at, one in enumerate(listed))
        seeds = _whole(given, "seeds", 8, 1, MOST_SEEDS)
        first = _whole(given, "first_seed", 1, 0, LARGEST_SEED - MOST_SEEDS)
        return cls(
            page=page_of(given),
            mixes=mixes,
            reference=_whole(given, "reference", 0, 0, len(mixes) - 1),
            workers=_whole(given, "workers", 10_000, FEWEST_WORKERS, limits.workers),
            seeds=tuple(range(first, first + seeds)),
            until=optional_year(given, "until"),
            on_debt=_flag(given, "on_debt"),
            group_year=optional_year(given, "group_year"),
            language=language_of(given),
            outcomes=outcomes_of(given),
            levels=_known_outcomes(given, "levels") if given.get("levels") else (),
        )


def page_of(given: Mapping[str, Any]) -> str:
    """The name of the page that asks."""
    page = _text(given.get("page", ""), "page", 64)
    if not page.strip():
        raise UserError(refusal("page: give the random name of the page"))
    return page


def language_of(given: Mapping[str, Any]) -> str:
    """The language of the texts, English by default."""
    return one_of(given, "language", LANGUAGES)


def economy_of(given: Mapping[str, Any]) -> str:
    """The economy that is asked for, the default one by default."""
    return one_of(given, "economy", offered_economies())


def outcomes_of(given: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The outcomes to send: those of the page's panels by default, None for ``all``, else the names in a list."""
    value = given.get("outcomes", "headline")
    if value in ("headline", "all"):
        return HEADLINE if value == "headline" else None
    return _known_outcomes(given, "outcomes")


def _known_outcomes(given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of recorded names, each once."""
    value = given[key]
    if not isinstance(value, list) or not value:
        words = "headline, all or " if key == "outcomes" else ""
        raise UserError(located(key, refusal("{words}a list of names, not {value}", words=words, value=shown(value))))
    known = [one.name for one in OUTCOMES]
    for name in value:
        if name not in known:
            raise UserError(
                located(key, refusal("unknown outcome {name}{nearest}", name=shown(name), nearest=nearest(name, known)))
            )
    return tuple(dict.fromkeys(value))


def optional_year(given: Mapping[str, Any], key: str) -> int | None:
    """A year of the model, or None."""
    if given.get(key) is None:
        return None
    return _whole(given, key, FIRST_YEAR, FIRST_YEAR - 10, LAST_YEAR)


def _mapping(data: Any, place: str, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise UserError(located(place, refusal("give an object, not {data}", data=shown(data))))
    for key in data:
        if key not in keys:
            raise UserError(
                located(place, refusal("unknown key {key}{nearest}", key=shown(key), nearest=nearest(key, keys)))
            )
    return data


def _text(value: Any, place: str, longest: int) -> str:
    if not isinstance(value, str):
        raise UserError(located(place, refusal("give a text, not {value}", value=shown(value))))
    if len(value) > longest:
        raise UserError(
            located(
                place, refusal("at most {longest} characters, not {count}", longest=longest, count=f"{len(value):,}")
            )
        )
    return value


def _whole(given: Mapping[str, Any], key: str, usual: int, least: int, most: int) -> int:
    value = given.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UserError(located(key, refusal("give a whole number, not {value}", value=shown(value))))
    if not least <= value <= most:
        raise UserError(
            located(
                key,
                refusal(
                    "from {least} to {most}, not {value}", least=f"{least:,}", most=f"{most:,}", value=shown(value)
                ),
            )
        )
    return value


def _flag(given: Mapping[str, Any], key: str) -> bool:
    value = given.get(key, False)
    if not isinstance(value, bool):
        raise UserError(located(key, refusal("give true or false, not {value}", value=shown(value))))
    return value


def one_of(given: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    """One of some words, the first by default."""
    value = given.get(key, choices[0])
    if value not in choices:
        raise UserError(
            located(key, refusal("one of {names}, not {value}", names=", ".join(choices), value=shown(value)))
        )
    return str(value)


def fault_of(error: UserError, language: str = ENGLISH) -> dict[str, Any]:
    """A fault as the page shows it: the sentence, the setting at fault as a dotted key, the nearest valid word."""
    text, key = str(error), getattr(error, "key", None)
    head = text.partition(":")[0]
    if key is None and KEY.fullmatch(head):
        key = head
    close = re.search(r"; nearest valid: (\S+)", text)
    return {"message": error.in_language(language), "key": key, "nearest": close.group(1) if close else None}
