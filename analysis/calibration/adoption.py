"""What the fit of adoption says: tables, a figure and the text, in the order of what a reader should doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, Room, dress, new_figure
from xinzhi.analysis.reading.text import aligned, format_number, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawn

    from abm.experiments.adoption_fit.predictions import AdoptionScores
    from abm.experiments.adoption_fit.record import Figure
    from abm.experiments.adoption_fit.study import AdoptionStudy

__all__ = ["adoption_figure", "adoption_tables", "adoption_text"]

CURVES = {"bass": "Bass curve", "logit_line": "line through log odds", "last_step": "last step carried on"}
EUROPE = "EU27"
FITS = ("fit to 2024", "fit to 2025")
PLACES = {EUROPE: "EU", "USA": "US", "CHN": "China"}
LABELS = {
    "all_10_plus": "10 persons and more", "all": "all firms", "small": "10-49 persons", "medium": "50-249 persons",
    "large": "250 persons and more", "information": "information", "business_services": "business services",
    "real_estate": "real estate", "trade": "trade", "manufacturing": "manufacturing", "hospitality": "hotels and meals",
    "construction": "construction",
}  # fmt: skip
SCENARIOS = {"china": "China, central", "diffusion_eu": "as in Europe", "official_plan": "official plan"}
KNEW = (
    "* not in that fit, which has no term of a sector's own. The form of the equations was chosen, and the sizes of "
    "applications were set, by people who knew the figures of 2025. Own terms are imposed to meet the activities of "
    "2025 and test nothing."
)
ALIKE = 0.8  # correlation from which two estimates are said to move together


def adoption_tables(study: AdoptionStudy) -> dict[str, pd.DataFrame]:
    """Each surveyed figure with what every fit says, parameters, variants, and China's scenarios."""
    columns = {"to_2024": study.scores, "to_2025": study.shipped_scores, "own_terms": study.imposed_scores}
    rows: dict[tuple[str, float, str, str], dict[str, object]] = {}
    for name, scores in columns.items():
        for seen, pairs in ((True, scores.known), (False, scores.unseen)):
            for one, share in pairs:
                row = rows.setdefault((one.economy, one.time, one.kind, one.code), {"on_record": one.value})
                row |= {name: share, f"{name}_fitted": seen, "source": one.source, "status": one.status}
    keys = ("economy", "time", "kind", "code")
    figures = pd.DataFrame([dict(zip(keys, key, strict=True)) | row for key, row in rows.items()])
    parameters = pd.DataFrame(
        {"parameter": name, "to_2024": getattr(study.found.adoption, name), "deviation": deviation,
         "to_2025": getattr(study.shipped.adoption, name), "own_terms": getattr(study.imposed.adoption, name)}
        for name, deviation in study.found.deviations.items()
    )  # fmt: skip
    variants = pd.DataFrame(
        {"variant": name, "error": fit.error, **{f"eu_{year:.0f}": share for year, share in shares.items()},
         **{key: getattr(fit.adoption, key) for key in fit.deviations}}
        for name, (fit, shares) in study.variants.items()
    )  # fmt: skip
    china = pd.DataFrame(
        {"scenario": name, "time": year, "all_firms": path.all_firms[year], "ten_and_more": path.ten_and_more[year],
         "departments": path.departments[year]}
        for name, path in study.china.items() for year in path.all_firms
    )  # fmt: skip
    own = pd.DataFrame({"activity": list(study.own), "log_odds": list(study.own.values())})
    return {"adoption": figures, "parameters": parameters, "variants": variants, "china": china, "own_terms": own}


def adoption_text(study: AdoptionStudy) -> str:
    """The fit as the terminal shows it: what was predicted first, then parameters, what they leave open, China."""
    parts = [
        _predictions(study),
        _parameters(study),
        _left_open(study),
        _china(study),
        _costs(study),
    ]
    return "\n\n".join(parts)


def _predictions(study: AdoptionStudy) -> str:
    rows = [["Firms that use AI, per cent", "on record", "fit to 2024", "fit to 2025", "own terms"]]
    tables = _answers(study)
    known = {one for one, _ in study.scores.known}
    for one in sorted(tables[0], key=lambda one: (one.economy, one.kind != "size", one.time)):
        if one.kind in {"size", "activity"}:
            first, *others = (_per_cent(table[one]) for table in tables)
            label = f"{PLACES[one.economy]} {int(one.time)}, {LABELS.get(one.code, one.code + ' persons')}"
            rows.append([label, _per_cent(one.value), first + ("  " if one in known else " *"), *others])
    for name, title in CURVES.items():
        rows.append([f"EU 2025, {title}, no model", "", _per_cent(study.scores.curves[name]) + "  ", "", ""])
    for name, title in (("sectors", "EU activities"), ("american", "US sectors")):
        first, *others = (format_number(getattr(one, name), 2) for one in _scores(study))
        rows.append([f"Rank correlation, {title}", "1.00", first + "  ", *others])
    return f"{aligned(rows, right=(1, 2, 3, 4))}\n{wrapped(KNEW, 2)}"


def _answers(study: AdoptionStudy) -> list[dict[Figure, float]]:
    return [dict((*one.known, *one.unseen)) for one in _scores(study)]


def _scores(study: AdoptionStudy) -> Sequence[AdoptionScores]:
    return study.scores, study.shipped_scores, study.imposed_scores


def _parameters(study: AdoptionStudy) -> str:
    rows = [["Parameter", "fit to 2024", "2 s.e.", "fit to 2025", "own terms"]]
    for name, deviation in study.found.deviations.items():
        fits = [getattr(one.adoption, name) for one in (study.found, study.shipped, study.imposed)]
        rows.append([name, format_number(fits[0], 2), format_number(2 * deviation, 2),
                     *(format_number(value, 2) for value in fits[1:])])  # fmt: skip
    errors = [format_number(one.error, 3) for one in (study.found, study.shipped, study.imposed)]
    rows.append(["error, log odds", errors[0], "", *errors[1:]])
    note = f"America's survey of 2021 by size asks for a departments_elasticity of {study.american_elasticity:.2f}."
    return f"{aligned(rows, right=(1, 2, 3, 4))}\n{note}"


def _left_open(study: AdoptionStudy) -> str:
    first, *_ = study.variants.values()
    rows = [["The fit to 2024 with one assumption changed", "error", *(f"EU {year:.0f}" for year in first[1])]]
    for name, (fit, shares) in study.variants.items():
        rows.append([name, format_number(fit.error, 3), *map(_per_cent, shares.values())])
    names = list(study.found.deviations)
    together = [
        f"{names[one]} and {names[other]} ({study.found.alike[one, other]:+.2f})"
        for one in range(len(names)) for other in range(one) if abs(study.found.alike[one, other]) >= ALIKE
    ]  # fmt: skip
    note = (
        f"Estimates that move together: {', '.join(together) or 'none'}. Where the error is about the same, surveys to "
        "2024 do not tell the variants apart: the rest of the path is a range, not a forecast."
    )
    return f"{aligned(rows, right=(1, 2, 3, 4))}\n{wrapped(note, 2)}"


def _china(study: AdoptionStudy) -> str:
    years = list(study.china["china"].all_firms)
    rows = [["China, per cent at the beginning of", *(f"{year:.0f}" for year in years)]]
    for name, path in study.china.items():
        for title, shares in (("all firms", path.all_firms), ("10 persons and more", path.ten_and_more),
                              ("departments, by pay", path.departments)):  # fmt: skip
            rows.append([f"{SCENARIOS[name]}: {title}", *(_per_cent(shares[year], 0) for year in years)])
    return f"{aligned(rows, right=tuple(range(1, len(years) + 1)))}\n{wrapped(_plan_note(study), 2)}"


def _plan_note(study: AdoptionStudy) -> str:
    return (
        "No survey shows China's rate: these are scenarios. The official plan speaks of terminals and agents, not of "
        f"firms; to reach it here takes {study.keener:.1f} log odds more from the plan on, departments that consider "
        "AI three times as often, a quarter of pilots that fail and few that give up."
    )


def _costs(study: AdoptionStudy) -> str:
    titles = {"low": ".3", "middle": ".5", "high": ".9, revenue with chips and exports"}
    rows = [
        ["Spending on AI in 2025, per cent of GDP", "a pilot costs, of annual pay", "years to earn it back", "in 2034"]
    ]
    for name, title in titles.items():
        years = [format_number(study.payback[name, year], 0) for year in (2025, 2034)]
        rows.append([title, format_number(study.cost[name], 3), *years])
    note = (
        "Scaling costs three pilots more; failed pilots are not counted. Firms that spend this much expect more than "
        "the applications on record save today, or the spending is less: the surveys do not say which. Use weighted by "
        f"employment is {study.by_employment:.1f} times that weighted by firms in the American design; the survey says "
        "1.8."
    )
    return f"{aligned(rows, right=(1, 2, 3))}\n{wrapped(note, 2)}"


def _per_cent(share: float, decimals: int = 1) -> str:
    return format_number(100 * share, decimals)


def adoption_figure(study: AdoptionStudy) -> Drawn:
    """Europe's surveys by size and in 2025 by activity: on record, predicted, and with everything fitted."""
    surveys = [one for one in _answers(study)[0] if one.economy == EUROPE]
    footer = [
        "Fitted to surveys by size, without a term of a sector's own: the first fit predicts all of 2025. The form was "
        "chosen by people who knew 2025. China's own rate is not on record.",
    ]
    sizes = [one for one in surveys if one.kind == "size"]
    figure, axes = new_figure(
        2,
        1,
        (5.2, 0.25 * len(sizes)),
        "Firms that use AI in Europe: 2025 came faster than expected",
        "On record, from a fit to the surveys up to 2024, and from one to those up to 2025",
        footer,
        Room(1.9, 0.55, 1.7),
    )
    _draw(axes[0], study, "By size and year", sizes)
    _draw(axes[1], study, "By activity, 2025", [one for one in surveys if one.kind == "activity"])
    return figure


def _draw(axes: Axes, study: AdoptionStudy, title: str, figures: Sequence[Figure]) -> None:
    rows = np.arange(len(figures))[::-1]
    axes.plot([100 * one.value for one in figures], rows, "|", color=INK, markersize=11, markeredgewidth=2)
    marks = [("on record", INK)]
    for name, answers, marker, colour in zip(FITS, _answers(study), ("o", "D"), SCENARIO_COLOURS, strict=False):
        axes.plot([100 * answers[one] for one in figures], rows, marker, color=colour, markersize=5, fillstyle="none")
        marks.append((name, colour))
    dress(axes, title, "per cent of firms")
    axes.set_xlim(left=0.0)
    axes.set_yticks(rows, [_row_label(one) for one in figures])
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    for order, (text, colour) in enumerate(marks):
        axes.annotate(
            text, xy=(1, 1), xycoords="axes fraction", xytext=(6, -8 - 13 * order), textcoords="offset points",
            fontsize=8.5, weight="bold", color=colour, annotation_clip=False,
        )  # fmt: skip


def _row_label(one: Figure) -> str:
    label = LABELS[one.code].replace(" persons", "")
    return f"{one.time:.0f}, {label}" if one.kind == "size" else label
