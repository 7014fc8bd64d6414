"""The closure grid in numbers: what AI changes at every corner, the range over them, and what moves it most.

The effect of AI is the difference of two runs with the same seeds. A range over the corners is a range of assumptions,
not of chance: no number of seeds makes it narrower. The shipped ranges stand beside runs of the same size.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.reading.changes import difference_unit
from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.paired import paired_difference
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import aligned, format_number, within_sentence, words_of, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray

__all__ = [
    "ClosureRange", "Size", "closure_effects", "closures_of", "closures_text", "load_ranges", "ranges_in",
    "main_effects", "ranges_of", "save_ranges",
]  # fmt: skip

RANGES = Path(__file__).with_name("closure_ranges.csv")
RANGED = "china"  # the economy whose ranges are shipped
CENTRAL = "central"
BEFORE, AFTER = "corner", "seed"  # the columns of the grid between which the closures stand
RELATIVE = {"real_gdp"}  # whose effect is shown in per cent
UNITS = {"real_gdp": "trillion CNY"}  # of levels whose unit is not declared with their display
KEYS = ["year", "variable"]


class ClosureRange(NamedTuple):
    """Lowest, central and highest value over the corners, in the units of a year."""

    lowest: float
    central: float
    highest: float


class Size(NamedTuple):
    """The runs of a grid: simulated workers, first seed, number of seeds."""

    workers: int
    first_seed: int
    seeds: int


def closures_of(table: pd.DataFrame) -> list[str]:
    """The closures of a grid or of its effects, in their order."""
    columns = list(table.columns)
    after = AFTER if AFTER in columns else KEYS[0]
    return columns[columns.index(BEFORE) + 1 : columns.index(after)]


def closure_effects(grid: pd.DataFrame) -> pd.DataFrame:
    """One row for each corner, year and variable of a closure grid.

    ``level`` is the mean over the seeds with AI, ``effect`` the mean of the paired differences from the economy without
    AI with ``low`` and ``high`` of its 90 % confidence interval, ``relative`` the effect over the level without AI.
    """
    import pandas as pd

    names = [BEFORE, *closures_of(grid)]
    rows = []
    for keys, part in grid.groupby([*names, *KEYS], sort=False):
        found = paired_difference(part["with_ai"].to_numpy(), part["without_ai"].to_numpy())
        if found is not None:
            level, base = part["with_ai"].mean(), part["without_ai"].mean()
            rows.append((*keys, level, found.mean, found.low, found.high, found.mean / base, part["unit"].iloc[0]))
    return pd.DataFrame(rows, columns=[*names, *KEYS, "level", "effect", "low", "high", "relative", "unit"])


def main_effects(effects: pd.DataFrame, year: int, variable: str) -> dict[str, float]:
    """{closure: how much AI's effect moves from its first end to its second, mean over all else}, shown units.

    A closure of which only one end is there has NaN. The ends are in the order of the grid.
    """
    chosen = effects[(effects["year"] == year) & (effects["variable"] == variable)]
    values = _shown(chosen, variable)
    moved = {}
    for name in closures_of(effects):
        ends = ends_of(effects, name)
        means = [values[(chosen[name] == end).to_numpy()] for end in ends]
        moved[name] = means[1].mean() - means[0].mean() if len(means) == 2 and all(map(len, means)) else np.nan
    return moved


def ends_of(effects: pd.DataFrame, closure: str) -> list[str]:
    """The levels of a closure in the grid, the centre apart."""
    return [level for level in effects[closure].unique() if level != CENTRAL]


def _shown(chosen: pd.DataFrame, variable: str) -> FloatArray:
    """Effects as they are shown: GDP in per cent, shares in percentage points."""
    if variable in RELATIVE:
        return 100 * chosen["relative"].to_numpy()
    return chosen["effect"].to_numpy()


def shown_effects(effects: pd.DataFrame, year: int, variable: str) -> pd.DataFrame:
    """The corners of one year and variable with a column ``shown``, the effect as it is shown."""
    chosen = effects[(effects["year"] == year) & (effects["variable"] == variable)]
    return chosen.assign(shown=_shown(chosen, variable))


def unit_of(variable: str) -> str:
    """The unit of a shown effect."""
    if variable in RELATIVE:
        return "per cent"
    return difference_unit(DISPLAYS[variable])


def decimals_of(variable: str) -> int:
    """The decimals of a shown effect."""
    return 1 if variable in RELATIVE else DISPLAYS[variable].decimals + 1


def closures_text(effects: pd.DataFrame, seeds: int) -> str:
    """Every corner, the range and what moves it most, for each year, as text for the terminal."""
    from abm import CLOSURES, spoken

    blocks = []
    for year in sorted(effects["year"].unique()):
        blocks += [*_corner_lines(effects, int(year)), "", *_mover_lines(effects, int(year)), ""]
    corners = effects[BEFORE].nunique()
    notes = [
        f"{corners} combinations of assumptions, mean of {seeds} paired seeds. Cells: level with AI (effect of AI).",
        "Effect: with AI less without AI; pt: percentage points, of the Gini points from 0 to 100.",
        "The range is one of assumptions: more seeds do not make it narrower.",
        *(wrapped(f"{words_of(name)}: {within_sentence(CLOSURES[name].meaning)}", indent=2)
          for name in closures_of(effects) if name in CLOSURES),
    ]  # fmt: skip
    return spoken("\n".join([*blocks, *notes]))


def _corner_lines(effects: pd.DataFrame, year: int) -> Iterator[str]:
    variables, closures = list(effects["variable"].unique()), closures_of(effects)
    rows = [[*map(words_of, closures), *(DISPLAYS[name].title for name in variables)]]
    found = {name: shown_effects(effects, year, name) for name in variables}
    for corner in effects[BEFORE].unique():
        cells = []
        for name in variables:
            of_corner = found[name][found[name][BEFORE] == corner]
            cells.append("".join(_pair(name, row.level, row.shown) for row in of_corner.itertuples()))
        levels = effects.loc[effects[BEFORE] == corner, closures].iloc[0]
        rows.append([*(level.replace("_", " ") for level in levels), *cells])
    for label, pick in (("Lowest", min), ("Highest", max)):
        cells = []
        for name in variables:
            chosen = found[name]
            level = pick(chosen["level"])
            cells.append(_pair(name, level, pick(chosen["shown"])))
        rows.append([label, *[""] * (len(closures) - 1), *cells])
    yield str(year)
    yield aligned(rows)


def _pair(name: str, level: float, effect: float) -> str:
    """``51.8 % (+0.35 pt)``, ``305 trillion CNY (+15.7 %)``: level and effect in their units."""
    unit = DISPLAYS[name].unit.partition(",")[0] or UNITS.get(name, "")
    short = "%" if unit.startswith("per cent") else "" if unit.startswith("Gini") else unit.removesuffix(" a year")
    points = "%" if unit_of(name) == "per cent" else "pt"
    level_words = f"{format_number(level, DISPLAYS[name].decimals)} {short}".rstrip()
    return f"{level_words} ({format_number(effect, decimals_of(name), signed=True)} {points})"


def _mover_lines(effects: pd.DataFrame, year: int) -> Iterator[str]:
    for name in effects["variable"].unique():
        moved = {key: value for key, value in main_effects(effects, year, name).items() if np.isfinite(value)}
        if not moved:
            continue
        ranked = sorted(moved, key=lambda key: -abs(moved[key]))
        moves = [f"{_way(effects, key)} {format_number(moved[key], decimals_of(name), signed=True)}" for key in ranked]
        label = f"{DISPLAYS[name].title}: moved most by {words_of(ranked[0]).lower()}"
        yield wrapped(f"{label} (effect of AI in {unit_of(name)}: {'; '.join(moves)})", indent=2)


def _way(effects: pd.DataFrame, closure: str) -> str:
    first, second = (level.replace("_", " ") for level in ends_of(effects, closure))
    return f"{words_of(closure).lower()} from {first} to {second}"


def save_ranges(effects: pd.DataFrame, size: Size, command: str, path: Path = RANGES) -> Path:
    """Write the ranges that other tables print, stamped with the version, the command and the size of its runs."""
    import pandas as pd

    from abm import __version__, whole_file, writing

    rows = []
    effects = effects.assign(relative=100.0 * effects["relative"])
    for (year, variable), part in effects.groupby(KEYS, sort=False):
        for measure in ("level", "effect", *(["relative"] if variable in RELATIVE else [])):
            centre = part.loc[part[BEFORE] == CENTRAL, measure]
            if len(centre) == 1:
                ends = (part[measure].min(), centre.iloc[0], part[measure].max())
                rows.append((variable, year, measure, *size, *ends))
    table = pd.DataFrame(rows, columns=["variable", "year", "measure", *Size._fields, *ClosureRange._fields])
    stamp = f"# xinzhi {__version__}\n# {command}\n"
    text = stamp + table.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    remedy = "install the program where you may write, or leave out --save"
    with writing(path.name, "beside the program", remedy), whole_file(path) as part:
        part.write_text(text, encoding="utf-8")
    return path


@cache
def load_ranges(path: Path = RANGES) -> tuple[dict[tuple[str, int, str], tuple[Size, ClosureRange]], str]:
    """{(variable, year, "level", "effect" or "relative"): (size of the runs, ClosureRange)}, and where they are from.

    Units are those of a year.
    """
    import pandas as pd

    if not path.is_file():
        return {}, ""
    with path.open(encoding="utf-8") as file:
        version, command = (file.readline().removeprefix("#").strip() for _ in range(2))
        table = pd.read_csv(file)
    ranges = {
        (row.variable, int(row.year), row.measure): (
            Size(row.workers, row.first_seed, row.seeds),
            ClosureRange(row.lowest, row.central, row.highest),
        )
        for row in table.itertuples()
    }
    return ranges, f"{version}, {command}"


def ranges_in(economy: str) -> tuple[dict[tuple[str, int, str], tuple[Size, ClosureRange]], str]:
    """The shipped ranges where they are of an economy, else none."""
    return load_ranges() if economy in ("", RANGED) else ({}, "")


def ranges_of(panel: Panel) -> dict[tuple[str, int, str], ClosureRange]:
    """The shipped ranges that belong to a run: a shipped scenario as it is, with the workers and seeds of the grid.

    Of another size the central case itself may lie outside the range.
    """
    scenario = panel.provenance.get("scenario") or {}
    if scenario.get("reference") != panel.name or scenario.get("overrides") or not ranges_in(panel.economy)[0]:
        return {}
    seeds = panel.seeds
    size = Size(panel.provenance.get("workers", 0), seeds[0], len(seeds))
    if seeds != tuple(range(seeds[0], seeds[0] + len(seeds))):
        return {}
    return {key: found for key, (of_grid, found) in load_ranges()[0].items() if of_grid == size}
