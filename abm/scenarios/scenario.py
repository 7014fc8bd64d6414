"""Scenario files: the only reader of them, from a name or a path to a frozen Scenario.

A file holds a question, what is expected and left out, the levers pulled, a preset of AI, the closures, mechanisms and
assumptions changed, and may extend another one. What these make of the parameters is settled in resolution.py.
Every fault is one line that names the file, the line, the nearest valid key and the remedy.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from abm.arguments import check_scenario
from abm.data import DEFAULT_ECONOMY, economy_for
from abm.errors import UserError, brief, nearest, placed, shown, whole_number
from abm.levers.finding import lever_named, require_files
from abm.levers.time_paths import FIRST_QUARTER, laid_over, read_setting
from abm.scenarios.checks import FIRST_YEAR, LAST_YEAR, LENGTH, LONGEST_RUN, Layer, check, opening_year_in
from abm.scenarios.conversion import Conversion, conversions_to, in_words_after, other_currency, set_anew
from abm.scenarios.economies import identity, named_economy, require_tables
from abm.scenarios.lever_files import KEY, files_used, read_lever_files
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.places import Place
from abm.scenarios.plain_values import canonical, grouped, nested, plain
from abm.scenarios.posteriors import find_posterior, named_posterior
from abm.scenarios.presets import CENTRAL
from abm.scenarios.switches import written

__all__ = [
    "Scenario", "baseline_in", "checked_quarters", "find_scenario", "list_scenarios", "load_scenario", "parse_settings",
    "reference_from", "scenario_library", "twin_of", "with_settings",
]  # fmt: skip

LONGEST_CHAIN = 3  # times that one scenario may extend another, counted along the chain
SUFFIXES = ("", ".yaml", ".yml")
LONGEST_SETTING = 100  # characters of it that a message shows
TEXTS = ("name", "title", "question", "expected_channels", "leaves_out", "measured_by")
USUAL_TWIN = "baseline"


@dataclass(frozen=True)
class Scenario:
    """What one run assumes: the levers pulled and the assumptions changed, everything it extends already merged in.

    ``extends`` names the files below this one, nearest first. ``levers`` maps a lever to its setting in the normal
    form of abm/levers/time_paths.py: a number, a time path or its parameters by name; ``assumptions`` maps a dotted
    parameter ("labour.separation_rate") to its value. ``ai`` names a preset, ``closures`` maps a closure to a level,
    ``mechanisms`` a mechanism and ``applications`` a use of AI to whether it is on. ``overrides`` are the settings
    beside the file, already applied. ``reference`` is what was asked for: a shipped name or that of a file.
    ``levers_from`` is {absolute path: SHA-256} of files of levers from outside. ``title`` is what figures and reports
    call the scenario, else its name. ``economy`` is asked for, ``tables`` opens. ``posterior`` is the
    table of which each seed takes a draw. ``against`` is the scenario that it is compared with where no other is given,
    and ``measured_by`` names the outcomes that answer its question beside those of every comparison; both belong to the
    file itself and not to what extends it. ``converted`` says which amounts of money were written for an economy with
    another currency.
    """

    name: str
    title: str = ""
    question: str = ""
    expected_channels: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    against: str = ""
    measured_by: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    levers: dict[str, Any] = field(default_factory=dict)
    assumptions: dict[str, Any] = field(default_factory=dict)
    quarters: int = 107
    overrides: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    ai: str = CENTRAL
    closures: dict[str, str] = field(default_factory=dict)
    mechanisms: dict[str, bool] = field(default_factory=dict)
    applications: dict[str, bool] = field(default_factory=dict)
    levers_from: dict[str, str] = field(default_factory=dict)
    economy: str = ""
    posterior: str = ""
    converted: tuple[Conversion, ...] = ()

    @property
    def opening_year(self) -> int:
        """The calendar year of quarter 0."""
        return int(self.assumptions.get(OPENING_YEAR_KEY, FIRST_YEAR))

    @property
    def tables(self) -> str:
        """The economy that opens: a shipped name or the path of a folder."""
        return self.economy or economy_for(self.opening_year)

    def resolved(self) -> dict[str, Any]:
        """The whole scenario as one file would say it, nothing extended: written out as YAML, it loads again."""
        return {
            "name": self.name,
            "title": str(self.title),
            "question": str(self.question),
            "expected_channels": list(map(str, self.expected_channels)),
            "leaves_out": list(map(str, self.leaves_out)),
            **({"against": self.against} if self.against else {}),
            **({"measured_by": list(self.measured_by)} if self.measured_by else {}),
            "economy": self.tables,
            **({"posterior": self.posterior} if self.posterior else {}),
            "quarters": self.quarters,
            **({KEY: self.levers_from} if self.levers_from else {}),
            "levers": self.levers,
            "ai": self.ai,
            "closures": self.closures,
            "assumptions": grouped(self.assumptions),
            "mechanisms": written(self.mechanisms),
            "applications": written(self.applications),
        }

    def digest(self) -> str:
        """SHA-256 of what the economy depends on: levers, assumptions and quarters, however they are written.

        A lever from outside the package counts by the content of its file, wherever that is.
        """
        from abm.scenarios.resolution import settled

        content = {**settled(self), "levers": self.levers, "quarters": self.quarters, "economy": identity(self.tables)}
        if self.posterior:
            content["posterior"] = find_posterior(self.posterior).sha256
        if self.levers_from:
            content[KEY] = {Path(path).stem: sha256 for path, sha256 in self.levers_from.items()}
        return hashlib.sha256(json.dumps(canonical(content), sort_keys=True).encode()).hexdigest()


def scenario_library() -> Path:
    """The folder of shipped scenarios: the copy packaged with abm, else the one of the checkout."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "scenario_library"
    return packaged if packaged.is_dir() else package.parent / "scenarios"


def list_scenarios() -> tuple[str, ...]:
    """The names of the shipped scenarios, in alphabetical order."""
    return tuple(sorted(path.stem for path in scenario_library().glob("*.yaml")))


def load_scenario(scenario: str | os.PathLike[str] | Scenario, overrides: dict[str, Any] | None = None) -> Scenario:
    """The scenario behind a shipped name or a path to a YAML file, with or without its suffix.

    ``overrides`` are dotted keys laid over it, such as {"levers.carbon_price": 200, "quarters": 40}.
    A Scenario is accepted too and comes back as it is, without a file being read or checked again, but for levers that
    it has from files where this process does not know them. Raises UserError.
    """
    check_scenario(scenario, overrides)
    loaded = scenario if isinstance(scenario, Scenario) else _load_chain(os.fspath(scenario))
    if loaded.levers_from:
        require_files(loaded.levers_from)
    return with_settings(loaded, overrides) if overrides else loaded


def baseline_in(economy: str = DEFAULT_ECONOMY) -> Scenario:
    """The baseline, opened in an economy. Raises UserError for one that is not there."""
    usual = isinstance(economy, str) and economy == DEFAULT_ECONOMY  # what is no text is refused by the scenario
    return load_scenario(USUAL_TWIN, {} if usual else {"economy": economy})


def with_settings(scenario: Scenario, settings: Mapping[str, Any], here: str = "") -> Scenario:
    """The scenario with dotted keys laid over it, checked as a file that extends it would be.

    ``here`` is the place of the settings where they stand in a file, for UserErrors.
    """
    data = {str(key): nested(str(key), plain(value)) for key, value in settings.items()}
    opening = opening_year_in(reversed(list(data.values())), scenario.opening_year)
    changed = scenario
    pairs = list(zip(settings, data.items(), strict=True))
    # The economy first: amounts beside it are in its currency, and what the scenario has already is converted.
    for key, (name, content) in sorted(pairs, key=lambda pair: pair[1][0] != "economy"):
        changed = _override(changed, name, plain(settings[key]), content, here, opening)
    given = {name: plain(settings[key]) for key, (name, _) in pairs}
    texts = {name: text for name, text in in_words_after(scenario, changed).items() if name not in given}
    changed = replace(changed, overrides=scenario.overrides | given, **texts)
    require_tables(changed.tables, opening, changed.levers, here or "override economy")
    if opening != scenario.opening_year:
        for name, setting in changed.levers.items():
            place = here or f"override assumptions.{OPENING_YEAR_KEY}={opening}"
            read_setting(lever_named(name), setting, lambda *_, place=place: place, (opening, LAST_YEAR))
    return changed


def parse_settings(settings: list[str]) -> dict[str, Any]:
    """The overrides behind ``KEY=VALUE`` texts of the command line; values are read as YAML. Raises UserError."""
    # Imported when needed, like every reader of YAML: a command without a scenario stays fast.
    from abm.yaml_reader import read_value

    overrides = {}
    for setting in settings:
        label, (key, equals, value) = f"--set {brief(setting, LONGEST_SETTING)}", setting.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise UserError(f"{label}: write --set KEY=VALUE, for instance --set levers.carbon_price=200")
        if key.strip() in overrides:
            raise UserError(f"{label}: {brief(key)} is set twice; remove one of them")
        overrides[key.strip()] = read_value(value, label)
    return overrides


def checked_quarters(quarters: int) -> int:
    """The number of quarters of a run if it stays within the model's years, else UserError."""
    quarters = whole_number("quarters", quarters)
    if not 1 <= quarters <= LONGEST_RUN:
        raise UserError(f"--quarters {quarters}: should be {LENGTH}")
    return int(quarters)


def _load_chain(reference: str) -> Scenario:
    """Read the file and all it extends, check each at its own lines, and merge them from the bottom up."""
    files = _read_chain(reference)
    for one in reversed(files):  # a file may pull a lever that a file below it has brought
        read_lever_files(one.data.get(KEY), one.path.parent, one.place.of(KEY))
    opening = opening_year_in(one.data for one in files)
    layers: list[Layer] = []
    below = ""
    for one in reversed(files):  # amounts of money are in the currency of the economy that the file or one below names
        layers.insert(0, check(one.data, one.place, opening, below, one.path.parent))
        below = named_economy(layers[0].economy, one.path.parent, one.place) or below
    seen, top = [one.path.resolve() for one in files], layers[0]
    scenario = Scenario(
        name=top.name or seen[0].stem,
        title=top.title,
        question=top.question,
        expected_channels=top.expected_channels,
        leaves_out=top.leaves_out,
        against=_twin_named(top.against, files[0]),
        measured_by=top.measured_by,
        extends=tuple(known.stem for known in seen[1:]),
        reference=seen[0].stem if seen[0].parent == scenario_library().resolve() else seen[0].name,
    )
    for file, layer in zip(reversed(files), reversed(layers), strict=True):
        scenario = _laid_over(scenario, layer, file.place, opening, file.path.parent)
    require_tables(scenario.tables, opening, scenario.levers, files[0].place.of("economy"))
    return scenario


class _File(NamedTuple):
    """One file of a chain as it was read."""

    path: Path
    place: Place
    data: dict[Any, Any]


def _read_chain(reference: str) -> list[_File]:
    """The file and all it extends, nearest first; nothing is checked but that they can be read and end."""
    from abm.yaml_reader import read_mapping

    path: Path | None = find_scenario(reference)
    files: list[_File] = []
    while path is not None:
        document = read_mapping(path, _label(path))
        place = Place(_label(path), document.lines)
        files.append(_File(path, place, document.data))
        parent = document.data.get("extends")
        if not isinstance(parent, str) or not parent.strip():  # what else it may be is for the check of the keys
            break
        with placed(place.of("extends")):
            path = find_scenario(parent, path.parent)
        seen = [one.path.resolve() for one in files]
        if path.resolve() in seen:
            chain = " -> ".join([*(known.stem for known in seen), path.stem])
            raise UserError(f"{place.of('extends')}: circular extends ({chain}); remove one of them")
        if len(seen) > LONGEST_CHAIN:
            raise UserError(
                f"{place.of('extends')}: more than {LONGEST_CHAIN} extends in a row; merge some of the files"
            )
    return files


def _twin_named(twin: str | None, file: _File) -> str:
    """What a file names under ``against`` as it is called from anywhere, empty where it names nothing."""
    if twin is None:
        return ""
    with placed(file.place.of("against")):
        if find_scenario(twin, file.path.parent).resolve() == file.path.resolve():
            raise UserError(f"against: {shown(twin)} is the scenario itself; name another one or leave the key out")
        return reference_from(twin, file.path.parent)


def twin_of(scenario: Scenario) -> Scenario:
    """The scenario that another one is compared with by itself: the one it names under ``against``, else the baseline.

    Only this one step is taken: what the twin is against itself does not matter. Raises UserError where the two are
    the same economy, or where there is no such scenario any more.
    """
    try:
        twin = load_scenario(scenario.against or USUAL_TWIN)
        if scenario.economy and not twin.economy:
            twin = load_scenario(twin, {"economy": scenario.economy})
    except UserError as error:
        raise UserError(f"{scenario.name} is against {shown(scenario.against)}: {error}") from None
    if twin.digest() == scenario.digest():
        raise UserError(
            f"{scenario.name} and {twin.name}, which it is compared with, are the same economy; give two scenarios"
        )
    return twin


def _override(scenario: Scenario, key: str, value: Any, data: dict[Any, Any], here: str, opening_year: int) -> Scenario:
    """The scenario with one dotted key set."""
    if value is None:
        raise UserError(f"{here or f'override {brief(key)}'}: no value is given")
    label = here or f"override {brief(key, LONGEST_SETTING)}={brief(value)}"
    read_lever_files(data.get(KEY), Path(), label)
    place = Place(label, None)
    layer = check(data, place, opening_year, scenario.economy)
    for name in ("extends", "against"):
        if getattr(layer, name) is not None:
            raise UserError(f"{label}: `{name}` belongs in a scenario file")
    changed = _laid_over(scenario, layer, place, opening_year)
    texts = {name: getattr(layer, name) for name in TEXTS if name in data}
    return replace(changed, **texts)


def _laid_over(scenario: Scenario, layer: Layer, place: Place, opening_year: int, folder: Path = Path()) -> Scenario:
    economy = named_economy(layer.economy, folder, place) or scenario.economy
    scenario = _moved_to(scenario, economy, opening_year, place)
    levers = dict(scenario.levers)
    for name, setting in layer.levers.items():
        with placed(place.of("levers", name)):
            first_year = opening_year + FIRST_QUARTER // 4
            levers[name] = laid_over(lever_named(name), levers.get(name), setting, first_year)
    quarters = layer.quarters or scenario.quarters
    instead = set_anew(layer.levers)
    return replace(
        scenario, levers=levers, levers_from={**scenario.levers_from, **files_used(layer.levers)},
        assumptions={**scenario.assumptions, **layer.assumptions}, ai=layer.ai or scenario.ai, quarters=quarters,
        economy=economy, converted=tuple(one for one in scenario.converted if one.lever not in instead),
        posterior=named_posterior(layer.posterior, folder, place) or scenario.posterior,
        closures={**scenario.closures, **layer.closures}, mechanisms={**scenario.mechanisms, **layer.mechanisms},
        applications={**scenario.applications, **layer.applications},
    )  # fmt: skip


def _moved_to(scenario: Scenario, economy: str, opening_year: int, place: Place) -> Scenario:
    """The scenario with its amounts of money in the currency of an economy that a file or a setting names."""
    origin = scenario.economy or DEFAULT_ECONOMY
    if not scenario.levers or not economy or not other_currency(origin, economy):
        return scenario
    with placed(place.of("economy")):
        made = conversions_to(scenario.levers, origin, economy, opening_year)
    levers = scenario.levers | {one.lever: one.after for one in made}
    return replace(scenario, levers=levers, converted=made)


def find_scenario(reference: str, folder: Path = Path()) -> Path:
    """A shipped scenario by its bare name, else a file beside ``folder``, else a shipped one by its file name.

    Every name of a scenario that stands in a file is looked up like this, from the folder of that file.
    """
    if not reference.strip():
        raise UserError("the name of a scenario is empty; give a shipped name or the path of a file")
    shipped = {f"{name}{suffix}": name for name in list_scenarios() for suffix in SUFFIXES}
    if shipped.get(reference) != reference:
        for suffix in SUFFIXES:
            candidate = folder / f"{reference}{suffix}"
            if os.path.isfile(candidate):  # noqa: PTH113 - Path.is_file raises for over-long names
                return candidate
    if reference in shipped:
        return scenario_library() / f"{shipped[reference]}.yaml"
    if os.path.isdir(folder / reference):  # noqa: PTH112
        raise UserError(f"'{reference}' is a folder; give the scenario file in it")
    hint = nearest(reference, list_scenarios())
    raise UserError(f"no scenario '{reference}': neither a file nor a shipped name{hint}; see `xinzhi list`")


def reference_from(reference: str, folder: Path) -> str:
    """What stands in a file of ``folder`` for a scenario, as the same scenario is called from anywhere else."""
    path = find_scenario(reference, folder)
    return path.stem if path.parent == scenario_library() else str(path)


def _label(path: Path) -> str:
    return path.name if path.parent == scenario_library() else str(path)
