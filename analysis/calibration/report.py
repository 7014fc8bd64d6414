"""What a fit has found: tables of trials, targets and slopes, which moments inform which parameter, and the text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xinzhi.analysis.calibration.fit import OUTSIDE, Objective, left_out_of, scaled, two_sided
from xinzhi.analysis.moments.facts import Fact
from xinzhi.analysis.reading.text import aligned, format_number, wrapped

if TYPE_CHECKING:
    from abm.experiments.calibration.fit import Fit
    from abm.experiments.calibration.storage import Trial

__all__ = ["best_of", "fit_text", "identification", "slopes_table", "targets_table", "trials_table"]

WEAK = 0.1  # halves of a band, over all moments, for a tenth of a parameter's range: below, nothing tells
CLEAR = 0.1  # for a single moment
ALIKE = 0.95  # cosine of two parameters' slopes from which they cannot be distinguished
FEW = 3  # moments named for each parameter


def best_of(fit: Fit) -> Trial:
    """The best trial of a fit that has one; raises ValueError for another, of which there is nothing to report."""
    if fit.best is None:
        raise ValueError("no trial of this fit has a distance")
    return fit.best


def trials_table(fit: Fit) -> pd.DataFrame:
    """A row for each trial: trial (from 1), distance (none if failed), failure, each parameter, what was measured."""
    rows = [
        {"trial": trial.number + 1, "distance": trial.distance, "failure": trial.failure}
        | dict(trial.values)
        | dict(trial.measured)
        for trial in fit.trials
    ]
    return pd.DataFrame(rows)


def targets_table(fit: Fit, objective: Objective) -> pd.DataFrame:
    """A row for each fact and moment aimed at.

    Columns: target, moment, weight, low, high, on_record, before, after, fresh (means over the seeds, ``fresh`` on
    seeds that no trial has seen), outside_before, outside_after, outside_fresh (shares of seeds), distance_before,
    distance_after, distance_fresh, origin, source.
    """
    moments = {"before": fit.before, "after": best_of(fit).measured, "fresh": fit.fresh.get("after", {})}
    distances = {name: objective.distances(measured) for name, measured in moments.items()}
    rows = []
    for fact in objective.facts:
        for moment in fact.moments:
            row: dict[str, Any] = {"target": fact.name, "moment": moment, "weight": objective.weights[fact.name]}
            row |= {"low": fact.band.get("at_least", fact.band.get("above", math.nan))}
            row |= {"high": fact.band.get("at_most", fact.band.get("below", math.nan))}
            row |= {"on_record": math.nan if fact.value is None else fact.value}
            row |= {name: one.get(moment, math.nan) for name, one in moments.items()}
            row |= {f"outside_{name}": one.get(OUTSIDE + fact.name, math.nan) for name, one in moments.items()}
            row |= {f"distance_{name}": one[fact.name] for name, one in distances.items()}
            rows.append(row | {"origin": fact.origin, "source": fact.source})
    return pd.DataFrame(rows)


def slopes_table(fit: Fit, objective: Objective) -> pd.DataFrame:
    """How far a tenth of each parameter's range moves each moment, in halves of its band, at the best values.

    The index is the moment, of bands with two ends; the columns are the parameters. NaN where a run failed.
    """
    moments = {name: fact for fact in objective.facts if two_sided(fact) for name in fact.moments}
    moments = {name: fact for name, fact in moments.items() if math.isfinite(fit.before.get(name, math.nan))}
    ranges = {one.key: one.high - one.low for one in fit.design.ranges}
    table = pd.DataFrame(index=list(moments), columns=list(fit.slopes), dtype=float)
    for key, slope in fit.slopes.items():
        tenths = (slope.high - slope.low) / (0.1 * ranges[key])
        for name, fact in moments.items():
            above, below = (scaled(fact, side.get(name, math.nan)) for side in (slope.above, slope.below))
            table.loc[name, key] = (above - below) / tenths if tenths else math.nan
    return table


def identification(slopes: pd.DataFrame, facts: Mapping[str, Fact]) -> list[str]:
    """Identification in words: the moments that inform each parameter, and parameters identified only jointly."""
    lines = []
    strength = np.sqrt((slopes**2).sum(axis=0))
    for key in slopes.columns:
        order = slopes[key].abs().sort_values(ascending=False)
        named = [
            f"{words(name, facts)} ({slopes.loc[name, key]:+.2f})" for name in order.index[:FEW] if order[name] > CLEAR
        ]
        if strength[key] < WEAK or not named:
            lines.append(f"{key}: no moment tells; its value is little more than the start.")
        else:
            lines.append(f"{key}: {'; '.join(named)}.")
    strong = [key for key in slopes.columns if strength[key] >= WEAK]
    for place, one in enumerate(strong):
        for other in strong[place + 1 :]:
            cosine = float((slopes[one] * slopes[other]).sum() / (strength[one] * strength[other]))
            if abs(cosine) > ALIKE:
                together = "sum" if cosine > 0 else "difference"
                lines.append(
                    f"{one} and {other} move the moments alike ({cosine:+.2f}): only their {together} is found."
                )
    return lines


def words(moment: str, facts: Mapping[str, Fact]) -> str:
    """A moment in a reader's words: the label of its fact, with its own name where the fact has several."""
    fact = facts[moment]
    return fact.label if len(fact.moments) == 1 else f"{fact.label} [{moment}]"


def fit_text(fit: Fit, objective: Objective, reasons: Mapping[str, str] | None = None) -> str:
    """The report for the terminal; ``reasons`` names what is not fitted and why, else targets.yaml is gone through."""
    design, best = fit.design, best_of(fit)
    failed = sum(bool(trial.failure) for trial in fit.trials)
    fresh = objective.distance(fit.fresh["after"]) if fit.fresh.get("after") else math.nan
    span = (
        f"seeds {design.span[0]} to {design.span[-1]} in each, {design.workers:,} workers, {design.quarters} quarters"
    )
    head = f"{len(fit.trials)} of {design.trials} trials{f', {failed} failed' if failed else ''}, {span}. Distance "
    head += f"{objective.distance(fit.before):.3f} before, {best.distance:.3f} after (trial {best.number + 1})"
    head += f", {fresh:.3f} on {len(design.fresh_span)} fresh seeds." if math.isfinite(fresh) else "."
    tables = aligned(_parameter_rows(fit), right=(1, 2, 3)), aligned(_target_rows(fit, objective))
    parts = [wrapped(head, 0), "", tables[0], "", tables[1], "", RULE, ""]
    missing = left_out_of(objective, fit.before) if reasons is None else reasons
    parts += ["Not fitted"] if missing else []
    for reason in dict.fromkeys(missing.values()):
        names = ", ".join(name for name, why in missing.items() if why == reason)
        parts.append(wrapped(f"  {reason}: {names}", 4))
    if fit.slopes:
        facts = {name: fact for fact in objective.facts for name in fact.moments}
        parts += ["", "Identification: change of a moment, in half-bands, for a tenth of the parameter's range"]
        parts += [wrapped(f"  {line}", 4) for line in identification(slopes_table(fit, objective), facts)]
    return "\n".join(parts)


RULE = (
    "Distance: for a band with two ends the squared distance of the mean from its centre, in halves of the band\n"
    "(1: at its edge); with one end the share of seeds outside. The whole is their mean by weight."
)


def _parameter_rows(fit: Fit) -> list[list[str]]:
    now, best = fit.design.current(), best_of(fit)
    rows = [["Parameter", "Before", "After", "Range", ""]]
    for one in fit.design.ranges:
        value = best.values[one.key]
        room = 0.02 * (one.high - one.low)
        note = "at the edge of its range" if min(value - one.low, one.high - value) < room else ""
        rows.append([one.key, f"{now[one.key]:.6g}", f"{value:.6g}", f"{one.low:g} to {one.high:g}", note])
    return rows


def _target_rows(fit: Fit, objective: Objective) -> list[list[str]]:
    rows = [["Target", "Band", "Before", "After", "Fresh seeds", "Distance"]]
    best = best_of(fit)
    before, after = (objective.distances(one) for one in (fit.before, best.measured))
    for fact in objective.facts:
        if not math.isfinite(before[fact.name]):
            continue
        cells = [shown(fact, measured) for measured in (fit.before, best.measured, fit.fresh.get("after", {}))]
        move = f"{format_number(before[fact.name], 2)} -> {format_number(after[fact.name], 2)}"
        weight = objective.weights[fact.name]
        rows.append([fact.label, fact.band_shown(), *cells, move + (f", weight {weight:g}" if weight != 1 else "")])
    return rows


def shown(fact: Fact, measured: Mapping[str, float]) -> str:
    """The means of a fact's moments as a reader wants them."""
    if fact.shown_as == "yes":  # a share of seeds
        share = 1.0 - measured.get(OUTSIDE + fact.name, math.nan)
        return f"{100 * share:.0f} % of seeds" if math.isfinite(share) else "-"
    text = ", ".join(fact.shown(measured.get(name, math.nan)) for name in fact.moments)
    return text.replace(" %,", ",") if fact.shown_as == "per cent" else text
