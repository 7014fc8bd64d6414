"""The values that texts quote, read from what the commands gave, written as the documents write numbers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from quoted.commands import Run
from quoted.numbers import plain, signed
from quoted.two_economies import VALUES_COUNTRIES
from quoted.values_usa import VALUES_USA

__all__ = ["VALUES", "plain", "signed"]

FIRST_RUN = ("Real GDP", "Real household consumption")
KEPT = ("gdp", "consumption", "unemployment_finding")
HEADLINES = {
    "gdp": "real_gdp_per_year",
    "consumption": "real_consumption_per_year",
    "gini": "gini_disposable_income_of_100",
    "co2": "co2_emissions_per_year",
    "labour_share": "labour_share_per_cent",
    "unemployment": "unemployment_rate_per_cent",
}


def _first_run(run: Run) -> dict[str, str]:
    """The first lines that are printed, line by line, as they stand in a block of code."""
    lines = run.printed.splitlines()
    start = next(number for number, line in enumerate(lines) if re.fullmatch(r" +2024 +2025", line))
    shown = [lines[start]]
    for title in FIRST_RUN:
        place = next(number for number, line in enumerate(lines) if line.startswith(f"{title}, "))
        shown += lines[place : place + 2]
    return {f"line_{number}": line for number, line in enumerate(shown)}


def _headline(run: Run) -> dict[str, str]:
    rows = list(csv.DictReader((run.folder / "headline.csv").open(encoding="utf-8")))
    found: dict[str, str] = {"pairs": rows[0]["pairs"]}
    for name, variable in HEADLINES.items():
        row = _only(
            one for one in rows if (one["variable"], one["year"], one["scenario"]) == (variable, "2050", "With AI")
        )
        reference = _only(
            one for one in rows if (one["variable"], one["year"], one["scenario"]) == (variable, "2050", "Without AI")
        )
        share = name in {"gdp", "consumption", "co2"}
        keys = ("relative", "relative_low", "relative_high") if share else ("difference", "low", "high")
        decimals = 2 if name == "gini" else 1
        write: Callable[[float, int], str] = signed if name == "unemployment" else plain
        for suffix, key in zip(("", "_low", "_high"), keys, strict=True):
            found[name + suffix] = write(float(row[key]), decimals)
        found[f"{name}_size"] = plain(abs(float(row[keys[0]])), decimals)
        found[f"{name}_finding"] = row["finding"]
        found[f"{name}_with"], found[f"{name}_without"] = (f"{float(one['level']):.0f}" for one in (row, reference))
    product = [one for one in rows if one["variable"] == "real_ndp_per_year"]
    early = [one for one in product if one["scenario"] == "With AI" and one["year"] == "2035"]
    found["product_2035_finding"] = _only(early)["finding"]
    return found


def _kept(run: Run) -> dict[str, str]:
    """Of the same where what public demand saves lowers debt, what is quoted."""
    return {key: value for key, value in _headline(run).items() if key in KEPT}


def _closures(_run: object) -> dict[str, str]:
    """The ranges that the command saved, which other commands print too; so nothing has to be run to read them."""
    from xinzhi.analysis import load_ranges

    ranges = load_ranges()[0]
    names = {
        "gdp": "real_gdp", "unemployment": "unemployment_rate", "labour_share": "labour_share",
        "gini": "gini_disposable_income",
    }  # fmt: skip
    found = {}
    for name, variable in names.items():
        size, one = ranges[variable, 2050, "relative" if name == "gdp" else "effect"]
        found["pairs"] = str(size.seeds)
        found[f"{name}_low"], found[name], found[f"{name}_high"] = (
            signed(value) for value in (one.lowest, one.central, one.highest)
        )
    return found


def _nowcast(run: Run) -> dict[str, str]:
    figures = json.loads((run.folder / "nowcast.json").read_text(encoding="utf-8"))["figures"]
    counted = [one for one in figures if one["counted"]]
    return {"counted": str(len(counted)), "inside": str(sum(one["model_inside_80"] for one in counted))}


def _evidence(run: Run) -> dict[str, str]:
    found = re.search(r"Of (\d+) figures that are not imposed the model hits (\d+)", " ".join(run.printed.split()))
    if found is None:
        raise ValueError("xinzhi evidence printed no count of hits")
    return {"free": found[1], "hits": found[2]}


def _facts(run: Run) -> dict[str, str]:
    found = re.search(r"(\d+) of (\d+) emergent or tuned facts pass", run.printed)
    if found is None:
        raise ValueError("xinzhi facts printed no count of facts that pass")
    return {"passed": found[1], "asked": found[2]}


def _only(rows: Iterable[Any]) -> Any:
    (row,) = rows
    return row


# Which of a command's results are quoted; a command without an entry gives a page only.
VALUES: dict[str, Callable[[Any], dict[str, str]]] = {
    "first_run": _first_run,
    "headline": _headline,
    "headline_kept": _kept,
    "closures": _closures,
    "nowcast": _nowcast,
    "evidence": _evidence,
    "facts": _facts,
    **VALUES_USA,
    **VALUES_COUNTRIES,
}
