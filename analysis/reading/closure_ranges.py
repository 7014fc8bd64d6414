"""The closure grid in numbers: what AI changes at every corner, the range over them, and what moves it most.

The effect of AI is the difference of two runs with the same seeds. A range over the corners is a range of assumptions,
not of luck: no number of seeds makes it narrower. The shipped ranges stand beside the headline results.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.paired import paired_difference
from xinzhi.analysis.reading.text import aligned, format_number, words_of, wrapped, year_label

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray

__all__ = ["Range", "closure_effects", "closures_of", "closures_text", "load_ranges", "main_effects", "save_ranges"]

RANGES = Path(__file__).with_name("closure_ranges.csv")
CENTRAL = "central"
BEFORE, AFTER = "corner", "seed"  # the columns of the grid between which the closures stand
RELATIVE = {"real_gdp"}  # whose effect is shown in per cent
KEYS = ["quarter", "variable"]


class Range(NamedTuple):
    """Lowest, central and highest value over the corners, in recorded units."""

    lowest: float
    central: float
    highest: float


def closures_of(table: pd.DataFrame) -> list[str]:
    """The closures of a grid or of its effects, in their order."""
    columns = list(table.columns)
    after = AFTER if AFTER in columns else KEYS[0]
    return columns[columns.index(BEFORE) + 1 : columns.index(after)]


def closure_effects(grid: pd.DataFrame) -> pd.DataFrame:
    """One row for each corner, quarter and variable of a closure grid.

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


def main_effects(effects: pd.DataFrame, quarter: int, variable: str) -> dict[str, float]:
    """{closure: how much AI's effect moves from its first end to its second, mean over all else}, shown units.

    A closure of which only one end is there has NaN. The ends are in the order of the grid.
    """
    chosen = effects[(effects["quarter"] == quarter) & (effects["variable"] == variable)]
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
    return DISPLAYS[variable].factor * chosen["effect"].to_numpy()


def shown_effects(effects: pd.DataFrame, quarter: int, variable: str) -> pd.DataFrame:
    """The corners of one quarter and variable with a column ``shown``, the effect as it is shown."""
    chosen = effects[(effects["quarter"] == quarter) & (effects["variable"] == variable)]
    return chosen.assign(shown=_shown(chosen, variable))


def unit_of(variable: str) -> str:
    """The unit of a shown effect."""
    if variable in RELATIVE:
        return "per cent"
    return "percentage points" if DISPLAYS[variable].factor == 100.0 else "points"


def decimals_of(variable: str) -> int:
    """The decimals of a shown effect."""
    return 1 if variable in RELATIVE else DISPLAYS[variable].decimals + (DISPLAYS[variable].factor == 100.0)


def closures_text(effects: pd.DataFrame, seeds: int) -> str:
    """Every corner, the range and what moves it most, for each year, as text for the terminal."""
    blocks = []
    for quarter in sorted(effects["quarter"].unique()):
        blocks += [*_corner_lines(effects, int(quarter)), "", *_mover_lines(effects, int(quarter)), ""]
    corners = effects[BEFORE].nunique()
    notes = [
        f"{corners} corners of the closures, mean of {seeds} paired seeds. Each cell: level with AI (effect of AI).",
        "Effect: with AI less without AI, shares in percentage points, GDP in per cent of the level without.",
        "The range is one of assumptions: more seeds do not make it narrower.",
    ]
    return "\n".join([*blocks, *notes])


def _corner_lines(effects: pd.DataFrame, quarter: int) -> Iterator[str]:
    variables, closures = list(effects["variable"].unique()), closures_of(effects)
    rows = [[*map(words_of, closures), *(DISPLAYS[name].title for name in variables)]]
    found = {name: shown_effects(effects, quarter, name) for name in variables}
    for corner in effects[BEFORE].unique():
        cells = []
        for name in variables:
            of_corner = found[name][found[name][BEFORE] == corner]
            cells.append("".join(_cell(name, row.level, row.shown) for row in of_corner.itertuples()))
        levels = effects.loc[effects[BEFORE] == corner, closures].iloc[0]
        rows.append([*(level.replace("_", " ") for level in levels), *cells])
    for label, pick in (("Lowest", min), ("Highest", max)):
        cells = []
        for name in variables:
            chosen = found[name]
            level = DISPLAYS[name].factor * pick(chosen["level"])
            cells.append(_pair(name, level, pick(chosen["shown"])))
        rows.append([label, *[""] * (len(closures) - 1), *cells])
    yield f"{year_label(quarter)}"
    yield aligned(rows)


def _cell(name: str, level: float, effect: float) -> str:
    return _pair(name, DISPLAYS[name].factor * level, effect)


def _pair(name: str, level: float, effect: float) -> str:
    signed = format_number(effect, decimals_of(name), signed=True)
    return f"{format_number(level, DISPLAYS[name].decimals)} ({signed})"


def _mover_lines(effects: pd.DataFrame, quarter: int) -> Iterator[str]:
    for name in effects["variable"].unique():
        moved = {key: value for key, value in main_effects(effects, quarter, name).items() if np.isfinite(value)}
        if not moved:
            continue
        ranked = sorted(moved, key=lambda key: -abs(moved[key]))
        told = [f"{_way(effects, key)} {format_number(moved[key], decimals_of(name), signed=True)}" for key in ranked]
        label = f"{DISPLAYS[name].title}: moved most by {words_of(ranked[0]).lower()}"
        yield wrapped(f"{label} (effect of AI in {unit_of(name)}: {'; '.join(told)})", indent=2)


def _way(effects: pd.DataFrame, closure: str) -> str:
    first, second = (level.replace("_", " ") for level in ends_of(effects, closure))
    return f"{words_of(closure).lower()} from {first} to {second}"


def save_ranges(effects: pd.DataFrame, command: str, path: Path = RANGES) -> Path:
    """Write the ranges that other tables print, stamped with the version and the command that made them."""
    import pandas as pd

    from abm import __version__, whole_file, writing

    rows = []
    for (quarter, variable), part in effects.groupby(KEYS, sort=False):
        for measure in ("level", "effect"):
            centre = part.loc[part[BEFORE] == CENTRAL, measure]
            if len(centre) == 1:
                rows.append((variable, quarter, measure, part[measure].min(), centre.iloc[0], part[measure].max()))
    table = pd.DataFrame(rows, columns=["variable", "quarter", "measure", *Range._fields])
    stamp = f"# xinzhi {__version__}\n# {command}\n"
    text = stamp + table.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    remedy = "install the program where you may write, or leave out --save"
    with writing(path.name, "beside the program", remedy), whole_file(path) as part:
        part.write_text(text, encoding="utf-8")
    return path


@cache
def load_ranges(path: Path = RANGES) -> tuple[dict[tuple[str, int, str], Range], str]:
    """{(variable, quarter, "level" or "effect"): Range} as shipped, and the version and command they are from."""
    import pandas as pd

    if not path.is_file():
        return {}, ""
    with path.open(encoding="utf-8") as file:
        version, command = (file.readline().removeprefix("#").strip() for _ in range(2))
        table = pd.read_csv(file)
    ranges = {
        (row.variable, int(row.quarter), row.measure): Range(row.lowest, row.central, row.highest)
        for row in table.itertuples()
    }
    return ranges, f"{version}, {command}"
