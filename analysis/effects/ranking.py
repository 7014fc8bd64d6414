"""Levers in words: ranked by household consumption gained per yuan, then unemployment, inequality and emissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from abm import speaking_of, spoken
from xinzhi.analysis.effects.effects import economy_of, lever_title, notes, span_words
from xinzhi.analysis.effects.measured import CRITERION, EFFECTS, GAINS, TOO_HIGH, Gain, per_yuan_words
from xinzhi.analysis.effects.standing import (
    Standing,
    budget_of,
    discounted,
    last_year,
    standing_of,
    subject_words,
)
from xinzhi.analysis.reading.text import format_number, within_sentence, wrapped

__all__ = ["effects_text", "ranking_text"]

CONSUMPTION = "real_consumption_per_year"
BESIDE = (  # effects that have a sentence each
    "unemployment_rate_per_cent", "employment", "hours_worked_per_year", "trainees", "gini_disposable_income_of_100",
    "co2_emissions_per_year",
)  # fmt: skip
FEW = 5  # levers without a clear effect that are named
FIRST = 3  # levers named for each time in force


class Entry(NamedTuple):
    """What is measured of one lever, with its 90 % confidence interval."""

    lever: str
    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        return self.low > 0.0 or self.high < 0.0

    def words(self, decimals: int) -> str:
        """``+2.1 [+1.0 to +3.2]``, without an interval where a single pair has none."""
        mean, low, high = (format_number(value, decimals, True) for value in (self.mean, self.low, self.high))
        return mean if low == "-" else f"{mean} [{low} to {high}]"


def effects_text(
    table: pd.DataFrame, seeds: int, paid_for: bool, left_out: Mapping[str, str] | None = None
) -> str:  # fmt: skip
    """What the command prints: the ranking, then how to read it; the paragraphs by lever are ``effects_details``."""
    with speaking_of(economy_of(table)):
        statements = [ranking_text(table, left_out or {}), ""]
        return "\n".join([*statements, *(wrapped(sentence, 2) for sentence in notes(table, seeds, paid_for))])


def ranking_text(table: pd.DataFrame, left_out: Mapping[str, str]) -> str:
    """The levers from the most consumption gained per yuan to the least, and apart those that spend another sum.

    ``table`` is an effects_table; ``left_out`` says why other levers were not run.
    """
    rows = last_year(table)
    stands = standing_of(rows)
    lines = [spoken(f"{subject_words(rows)}: ranked by {CRITERION.title} gained per yuan, {discounted(rows)}"), ""]
    sentences = (
        _ranking(rows, stands),
        *_uncertain(rows, stands),
        *_other_gains(rows, stands),
        *_other_spans(table),
        *_apart(rows, stands),
        *(_effects(rows, name, stands) for name in BESIDE if name in set(rows["variable"])),
        *_costs(rows, stands),
        *_left_out(left_out),
    )
    for sentence in sentences:
        lines += [wrapped(sentence, 2), ""]
    return "\n".join(lines[:-1])


def _title(lever: str) -> str:
    return within_sentence(lever_title(lever))


def _per_yuan(rows: pd.DataFrame, levers: Sequence[str], gain: Gain = CRITERION) -> list[Entry]:
    firsts = rows.drop_duplicates("lever").set_index("lever")
    return [Entry(lever, *map(float, firsts.loc[lever, gain.columns])) for lever in levers]


def _of(rows: pd.DataFrame, variable: str, levers: Sequence[str]) -> list[Entry]:
    found = rows[rows["variable"] == variable].set_index("lever")
    there = [lever for lever in levers if lever in found.index]
    return [Entry(lever, *map(float, found.loc[lever, ["effect", "low", "high"]])) for lever in there]


def _ranking(rows: pd.DataFrame, stands: Standing) -> str:
    """``1. research grants +6.0 [+5.5 to +6.5] (+3.00 per cent); ...``, with what makes it uncertain."""
    if not stands.ranked:
        reason = "none spends that sum" if stands.other else "none spends money"
        return f"No lever is ranked by {CRITERION.title} gained per yuan, since {reason}."
    year = rows["last_year"].iloc[0]
    totals = {one.lever: one for one in _of(rows, CONSUMPTION, stands.ranked)}
    entries = _per_yuan(rows, stands.ranked)
    gains = [one for one in entries if one.clear and one.mean > 0]
    losses = [one for one in entries if one.clear and one.mean < 0]

    def phrase(one: Entry) -> str:
        total = totals.get(one.lever)
        more = f" ({total.words(2)} per cent)" if total and total.clear else ""
        more = f" (no clear difference in {year})" if total and not total.clear else more
        return f"{_title(one.lever)} {one.words(1)}{more}"

    parts = [f"{place}. {phrase(one)}" for place, one in enumerate(gains, 1)]
    if unclear := [one for one in entries if not one.clear]:
        parts.append(f"no clear gain or loss with {_few(unclear)}")
    if losses:
        parts.append(f"loses: {', '.join(map(phrase, losses))}")
    found = "; ".join(parts)
    rate = float(rows["discount_rate_per_cent"].iloc[0]) / 100
    sums = "" if budget_of(rows) is not None else " The sums differ; --budget compares equal ones."
    return (
        f"Household consumption gained per yuan spent, with what the whole sum does to it in {year} in brackets "
        f"({per_yuan_words(rate)}; {TOO_HIGH}): {found}. Ranks of levers whose intervals overlap are uncertain.{sums}"
    )


def _uncertain(rows: pd.DataFrame, stands: Standing) -> Iterator[str]:
    """Between which values the gain lies as what nothing fixes moves; intervals are of the sampling of seeds alone."""
    if "per_yuan_uncertain_low" not in rows:
        return
    firsts = rows.drop_duplicates("lever").set_index("lever")
    found = [firsts.loc[lever] for lever in (*stands.ranked, *stands.other)]
    ranged = [row for row in found if pd.notna(row["per_yuan_uncertain_low"])]
    if ranged:
        ends = [
            f"{_title(str(row.name))} {format_number(float(row['per_yuan_uncertain_low']), 1, True)} to "
            f"{format_number(float(row['per_yuan_uncertain_high']), 1, True)}"
            for row in ranged
        ]
        yield (
            f"Range of {CRITERION.title} gained per yuan over what no figure fixes, one assumption at a time "
            f"(UNCERTAIN in the lever's file): {'; '.join(ends)}."
        )


def _other_gains(rows: pd.DataFrame, stands: Standing) -> Iterator[str]:
    """What a yuan brings in net domestic product and in GDP, which count goods that are not for households."""
    for gain in GAINS[1:]:
        entries = sorted(_per_yuan(rows, stands.ranked, gain), key=lambda one: -one.mean)
        parts = [f"{_title(one.lever)} {one.words(1)}" for one in entries if one.clear]
        if unclear := [one for one in entries if not one.clear]:
            parts.append(f"no clear gain or loss with {_few(unclear)}")
        if parts:
            title = f"{gain.title[:1].upper()}{gain.title[1:]}"
            yield f"{title} gained per yuan spent, {discounted(rows)}: {'; '.join(parts)}."


def _few(entries: Sequence[Entry]) -> str:
    return ", ".join(_title(one.lever) for one in entries) if len(entries) <= FEW else f"{len(entries)} others"


def _other_spans(table: pd.DataFrame) -> Iterator[str]:
    """The first of the ranked levers over every time in force, since their order depends on it."""
    ranked = standing_of(last_year(table)).ranked
    spans = list(table.groupby("years"))
    if len(spans) < 2 or not ranked:
        return
    phrases = []
    for _, rows in spans:
        found = sorted(_per_yuan(rows, ranked), key=lambda one: -one.mean)
        entries = [one for one in found if one.clear and one.mean > 0][:FIRST]
        named = ", ".join(f"{_title(one.lever)} {format_number(one.mean, 1, True)}" for one in entries)
        phrases.append(f"{span_words(rows)} {named or 'no clear gain'}")
    yield f"The order depends on the time in force. First in {CRITERION.title} gained per yuan: {'; '.join(phrases)}."


def _apart(rows: pd.DataFrame, stands: Standing) -> Iterator[str]:
    """What has no place in the ranking, and what it does by itself."""
    firsts, year, budget = rows.drop_duplicates("lever").set_index("lever"), rows["last_year"].iloc[0], budget_of(rows)
    if stands.other:
        phrases = []
        for one in _per_yuan(rows, stands.other):
            first = firsts.loc[one.lever]
            bound = ", its bound" if first["at_bound"] else ""
            cost = f"{format_number(first['cost_per_cent'], 2)} % ({first['strength_words']}{bound})"
            phrases.append(f"{_title(one.lever)} {cost}, {CRITERION.title} per yuan {one.words(1)}")
        least = bool(firsts.loc[list(stands.other), "at_bound"].all())
        start = "cannot spend" if least else "spend another sum than"
        yield f"Not ranked, since they {start} {budget:.3g} % of GDP: {'; '.join(phrases)}."
    for start, levers in (
        ("Not ranked, since they raise money (per cent of GDP a year)", stands.revenue),
        ("Not ranked, since they cost the budget nothing, though firms, workers or contributors may pay", stands.free),
    ):
        phrases = []
        for one in _of(rows, CONSUMPTION, levers):
            first = firsts.loc[one.lever]
            money = f"{format_number(-first['cost_per_cent'], 2)} " if levers is stands.revenue else ""
            effect = f"{CRITERION.title} {one.words(2)} per cent"
            effect = effect if one.clear else f"no clear difference in {CRITERION.title}"
            phrases.append(f"{_title(one.lever)} {money}({first['strength_words']}), {effect}")
        if phrases:
            yield f"{start}; effects in {year}: {'; '.join(phrases)}."


def _effects(rows: pd.DataFrame, variable: str, stands: Standing) -> str:
    """``Unemployment in 2051, percentage points: lowered by ...; raised by ...; not ranked: ...``."""
    effect, year = EFFECTS[variable], rows["last_year"].iloc[0]
    entries = sorted(_of(rows, variable, stands.ranked), key=lambda one: one.mean)
    costs = rows.drop_duplicates("lever").set_index("lever")["cost_per_cent"]
    unlike = budget_of(rows) is None

    def phrase(one: Entry, with_cost: bool) -> str:
        spent = format_number(costs[one.lever], 2)
        cost = f" (for {spent} % of GDP)" if with_cost and float(spent) > 0 else ""
        return f"{_title(one.lever)}{cost} {one.words(2)}"

    parts = []
    for start, chosen in (
        ("lowered by", [one for one in entries if one.clear and one.mean < 0]),
        ("raised by", [one for one in entries if one.clear and one.mean > 0][::-1]),
    ):
        if chosen:
            parts.append(f"{start} {', '.join(phrase(one, unlike) for one in chosen)}")
    if unclear := [one for one in entries if not one.clear]:
        parts.append(f"no clear difference with {_few(unclear)}")
    apart = [one for one in _of(rows, variable, (*stands.other, *stands.revenue, *stands.free)) if one.clear]
    if apart:
        parts.append(f"not ranked: {', '.join(phrase(one, True) for one in apart)}")
    title = f"{effect.title[:1].upper()}{effect.title[1:]} in {year}, {effect.unit}"
    return f"{title}: {'; '.join(parts) or 'no clear difference'}."


def _costs(rows: pd.DataFrame, stands: Standing) -> Iterator[str]:
    """What each lever costs at its documented strength, the dearest first."""
    if budget_of(rows) is not None or not stands.ranked:
        return
    firsts = rows.drop_duplicates("lever").set_index("lever").loc[list(stands.ranked)]
    phrases = [
        f"{_title(row.Index)} {format_number(row.cost_per_cent, 2)} ({row.strength_words})"
        for row in firsts.sort_values("cost_per_cent", ascending=False, kind="stable").itertuples()
    ]
    yield f"Cost, % of GDP a year: {'; '.join(phrases)}."


def _left_out(left_out: Mapping[str, str]) -> Iterator[str]:
    if left_out:
        phrases = [f"{_title(name)} ({reason})" for name, reason in left_out.items()]
        yield f"Omitted because they spend nothing: {', '.join(phrases)}."
