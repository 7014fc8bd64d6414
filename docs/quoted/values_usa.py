"""The values of the American runs that texts quote; each is named in the sentences of quotes_usa.py."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from quoted.commands import Run
from quoted.numbers import named_in, plain, signed, within_sentence
from quoted.quotes_usa import CLAIMS_USA, LIMITS_USA, SENTENCES_USA

__all__ = ["HORIZONS", "VALUES_USA", "duel_errors", "facts_printed", "only_named", "table_of"]

HORIZONS = ("1", "2", "4", "8", "12")
SERIES = {"growth": "real_gdp_growth", "deflator": "gdp_deflator_growth", "unemployment": "unemployment_rate"}
OPENED = {
    "growth": "real_gdp", "deflator": "gdp_deflator", "unemployment": "unemployment_rate",
    "value_added": "value_added_share", "investment": "investment_share", "labour_share": "labour_share",
    "electricity": "electricity_use", "co2": "co2_emissions", "employment": "employment_share", "gini": "gini",
}  # fmt: skip


def table_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _one(rows: Iterable[Any]) -> Any:
    (row,) = rows
    return row


def _between(text: str, pattern: str, what: str) -> re.Match[str]:
    found = re.search(pattern, " ".join(text.split()))
    if found is None:
        raise ValueError(f"the command printed no {what}")
    return found


def facts_printed(printed: str) -> list[tuple[str, str, str, str, str]]:
    """(label, median, inside, verdict, origin) of every fact that was printed with a band and a verdict."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in printed.partition("\n\n")[0].splitlines()]
    return [(one[0], one[1], *one[3:6]) for one in lines if len(one) > 5 and one[4].lower() in ("pass", "fail")]


def _facts(run: Run) -> dict[str, str]:
    """Counts; by the name of each fact that counts its median, the part of seeds inside and the verdict."""
    from xinzhi.analysis.moments.targets import load_targets

    every = _between(run.printed, r"(\d+) of (\d+) facts pass", "count of facts")
    asked = _between(run.printed, r"(\d+) of (\d+) emergent or tuned facts pass", "count of facts that count")
    found = {"all_passed": every[1], "all_asked": every[2], "passed": asked[1], "asked": asked[2]}
    names = {one.label: one.name for one in load_targets("usa")}
    counted = [one for one in facts_printed(run.printed) if one[4] in ("emergent", "tuned")]
    for label, median, inside, verdict, _ in counted:
        number = re.fullmatch(r"(-?[\d.]+)(?: %)?", median)
        shown = plain(float(number[1]), 1 if "%" in median else 2) if number else median
        name = names[label]
        found |= {name: shown, f"{name}_inside": inside.removesuffix(" %"), f"{name}_verdict": verdict.lower()}
    found["passing"] = "; ".join(within_sentence(one[0]) for one in counted if one[3] == "pass")
    return found


def _headline(run: Run) -> dict[str, str]:
    rows = table_of(run.folder / "headline.csv")
    wanted = {
        "gdp": ("real_gdp_per_year", "relative"), "consumption": ("real_consumption_per_year", "relative"),
        "unemployment": ("unemployment_rate_per_cent", ""), "gini": ("gini_disposable_income_of_100", ""),
        "co2": ("co2_emissions_per_year", "relative"),
    }  # fmt: skip
    found = {"pairs": rows[0]["pairs"]}
    for name, (variable, kind) in wanted.items():
        for year in ("2030", "2050"):
            row = _one(
                one for one in rows if (one["variable"], one["year"], one["scenario"]) == (variable, year, "With AI")
            )
            keys = ("relative", "relative_low", "relative_high") if kind else ("difference", "low", "high")
            for suffix, key in zip(("", "_low", "_high"), keys, strict=True):
                found[f"{name}_{year}{suffix}"] = signed(float(row[key]))
            found[f"{name}_{year}_finding"] = row["finding"]
    return found


def _single_run(run: Run) -> dict[str, str]:
    """Means over the seeds of a run: wealth of the richest tenth, investment in compute, the mean wage."""
    rows = [row for row in table_of(run.folder / "years.csv") if row["table"] == "economy"]

    def mean(variable: str, year: str) -> float:
        found = [float(row["value"]) for row in rows if (row["variable"], row["year"]) == (variable, year)]
        return sum(found) / len(found)

    return {
        "top_tenth": plain(mean("top10_wealth_share_per_cent", "2024") / 100, 3),
        "compute_2024": plain(mean("compute_investment_ratio_per_cent", "2024"), 3),
        "compute_2025": plain(mean("compute_investment_ratio_per_cent", "2025"), 3),
        "wage_2024": plain(mean("real_wage_mean_per_year", "2024")),
    }


def _evidence(run: Run) -> dict[str, str]:
    """Hits of the American figures, and of each figure the model's value with its interval."""
    alone = "The United States alone: of (\\d+) figures that are not imposed the model hits (\\d+)"
    count = _between(run.printed, alone, "count of American hits")
    found = {"free": count[1], "hits": count[2]}
    for row in table_of(run.folder / "evidence.csv"):
        if not row["model"]:
            continue
        decimals = 2 if row["unit"] == "ratio" else 1
        for suffix, key in (("", "model"), ("_low", "model_low"), ("_high", "model_high")):
            found[row["code"] + suffix] = plain(float(row[key]), decimals) if row[key] else ""
        found[f"{row['code']}_verdict"] = row["verdict"]
    return found


def _nowcast(run: Run) -> dict[str, str]:
    figures = json.loads((run.folder / "nowcast.json").read_text(encoding="utf-8"))["figures"]
    counted = [one for one in figures if one["counted"]]
    ratios = _between(run.printed, r"is ([\d.]+) times that of the AR\(1\) and ([\d.]+) times", "ratio to an AR(1)")
    found = {
        "counted": str(len(counted)), "inside": str(sum(one["model_inside_80"] for one in counted)),
        "to_ar1": plain(float(ratios[1]), 2), "to_no_change": plain(float(ratios[2]), 2),
    }  # fmt: skip
    for one in figures:
        if one["period"] == "2025" and one["model"] is not None:
            found[f"{one['variable']}_2025"] = plain(one["model"])
            found[f"{one['variable']}_2025_published"] = plain(one["published"])
    for row in table_of(run.folder / "nowcast_variables.csv"):
        found[f"{row['variable']}_error"] = signed(float(row["mean_error"]))
    return found


def _backtest(run: Run) -> dict[str, str]:
    """Counts of comparisons, mean errors beside those of the drift, and the last year of the series."""
    count = _between(run.printed, r"more accurate in (\d+) of (\d+) comparisons .*? in (\d+) of \d+ without", "count")
    inside = _between(run.printed, r"80 % intervals of the model hold (\d+) %", "coverage")
    found = {"won": count[1], "of": count[2], "won_without": count[3], "inside_80": inside[1]}
    for row in table_of(run.folder / "errors_summary.csv"):
        name = _one(key for key, target in OPENED.items() if target == row["target"])
        for key in ("model", "drift"):
            found[f"{name}_{key}"] = plain(float(row[key]), 2)
    last: dict[str, dict[str, str]] = {}
    for row in table_of(run.folder / "errors.csv"):
        last[f"{row['target']}/{row['group']}"] = row
    for name in ("growth", "electricity"):
        row = _one(one for one in last.values() if one["target"] == OPENED[name])
        found |= {f"{name}_last_error": signed(float(row["error"]), 2 if name == "growth" else 1)}
    return found


def _opening(run: Run) -> dict[str, str]:
    """The Gini beside the record, and how far growth and unemployment go without shocks."""
    gini = _between(run.printed, r"Gini of income index 0-1 ([\d.]+) ([\d.]+)", "Gini")
    growth = _between(run.printed, r"mean growth within .*?: distance ([\d.]+)", "distance of growth")
    jobs = _between(
        run.printed, r"unemployment within .*?: largest distance ([\d.]+) (\w+)", "distance of unemployment"
    )
    found = {"gini_published": plain(float(gini[1]), 3), "gini": plain(float(gini[2]), 3)}
    return found | {"growth": plain(float(growth[1]), 2), "unemployment": plain(float(jobs[1]), 2), "verdict": jobs[2]}


def duel_errors(printed: str) -> dict[str, dict[str, list[str]]]:
    """{series: {forecast: errors 1, 2, 4, 8 and 12 quarters ahead}}, on the forecasts that were published too.

    Without 2020 and 2021.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for block in printed.split("\n\n"):
        head, *lines = block.splitlines() or [""]
        title, mark, _ = head.partition(": on the forecasts that were published too")
        if mark:
            cells = [re.split(r"\s{2,}", line.strip()) for line in lines]
            found[title] = {one[0]: one[-len(HORIZONS) :] for one in cells}
    return found


def _duel(run: Run) -> dict[str, str]:
    """At which horizons the model is nearer than each rival, and what its intervals hold."""
    found: dict[str, str] = {}
    rivals = {"ar1": "AR(1)", "abm": "US_BeforeIT, accounts of 2024", "smets_wouters": "its Smets-Wouters model"}
    errors = duel_errors(run.printed)
    for name, title in zip(SERIES, errors, strict=True):
        for rival, label in rivals.items():
            pairs = zip(HORIZONS, errors[title]["model"], errors[title][label], strict=True)
            ahead = [horizon for horizon, own, other in pairs if float(own) < float(other)]
            found[f"{name}_ahead_of_{rival}"] = _listed(ahead)
    scores = [
        one for one in table_of(run.folder / "duel_scores.csv") if one["rule"] == "model" and one["period"] != "all"
    ]
    for name, variable in SERIES.items():
        rows = [
            _one(one for one in scores if one["variable"] == variable and one["quarters_ahead"] == h) for h in HORIZONS
        ]
        found[f"{name}_inside_80"] = ", ".join(f"{100 * float(one['inside_80']):.0f}" for one in rows)
        found[f"{name}_first_error"] = signed(float(rows[0]["mean_error"]))
    test = _between(
        run.printed, r"Growth of real GDP, without 2020-21: Diebold-Mariano.*? AR\(1\) \S+ \(([\d.]+)\)", "test"
    )
    found["growth_probability"] = plain(float(test[1]), 2)
    return found


def _listed(horizons: list[str]) -> str:
    """``at 4 and 8 quarters``, ``at no horizon``."""
    if not horizons:
        return "at no horizon"
    return f"at {' and '.join([', '.join(horizons[:-1]), horizons[-1]] if horizons[1:] else horizons)} quarters"


def _responses(run: Run) -> dict[str, str]:
    count = _between(run.printed, r"Of (\d+) responses .*? (\d+) lie inside, (\d+) below and (\d+) above", "count")
    outside = re.findall(r"^  (\S.*?)\s{2,}\S+ \[.*?band .*?  (?:below|above)\b", run.printed, re.MULTILINE)
    return {"asked": count[1], "inside": count[2], "outside": "; ".join(map(within_sentence, outside)) or "none"}


READERS: dict[str, Callable[[Run], dict[str, str]]] = {
    "opening_usa_2017": _opening, "opening_usa_2019": _opening, "facts_usa": _facts,
    "headline_usa": _headline, "run_usa": _single_run, "nowcast_usa": _nowcast, "duel_usa": _duel,
    "backtest_usa_2017": _backtest, "backtest_usa_2019": _backtest, "responses_usa": _responses,
    "evidence_usa": _evidence, "evidence_usa_large": _evidence,
}  # fmt: skip


def only_named(read: Callable[[Run], dict[str, str]], names: set[str]) -> Callable[[Run], dict[str, str]]:
    """The reader, for these values alone: the pages hold the others."""
    return lambda run: {key: value for key, value in read(run).items() if key in names}


QUOTED = (*SENTENCES_USA, *LIMITS_USA)
VALUES_USA = {name: only_named(read, named_in(QUOTED, CLAIMS_USA, name)) for name, read in READERS.items()}
