"""Levers ranked in words: GDP, GDP per yuan, unemployment, inequality, emissions; each with its cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from xinzhi.analysis.effects.effects import EFFECTS, PER_YUAN, lever_title, notes
from xinzhi.analysis.reading.text import format_number, within_sentence, wrapped

__all__ = ["effects_text", "last_year", "ranking_text"]

LESS_IS_BETTER = ("unemployment_rate", "gini_disposable_income", "co2_emissions")
LEAST_SHOWN = 5e-5  # of GDP: a cost below it is shown as nothing
FEW = 5  # levers without a clear effect that are named
SPENT = 0.05  # a lever whose cost misses the budget by more of it is named with its cost


class Entry(NamedTuple):
    """One lever in a ranking: its cost over GDP, and what is measured with its 90 % confidence interval."""

    lever: str
    cost: float
    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        return self.low > 0.0 or self.high < 0.0


def last_year(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the longest time in force that the runs reach."""
    return table[table["years"] == table["years"].max()]


def effects_text(
    table: pd.DataFrame,
    seeds: int,
    paid_for: bool,
    budget: float | None = None,
    left_out: Mapping[str, str] | None = None,
) -> str:
    """What the command prints: the ranking, then how to read it; the paragraphs by lever are ``effects_details``."""
    statements = [ranking_text(table, budget, left_out or {}), ""]
    return "\n".join([*statements, *(wrapped(sentence, 2) for sentence in notes(table, seeds, paid_for))])


def ranking_text(table: pd.DataFrame, budget: float | None, left_out: Mapping[str, str]) -> str:
    """The levers from the one that gains most to the one that loses most, and those of which nothing clear is known.

    ``table`` is an effects_table; ``budget`` is what each spends, None at the documented strengths, where each lever
    stands with its cost; ``left_out`` says why other levers have no place in it.
    """
    rows = last_year(table)
    years = rows["years"].iloc[0]
    title = f"Effects of each policy after {years} years in force, each at its documented strength"
    if budget is not None:
        title = f"Effects of spending {100 * budget:.3g} % of GDP a year after {years} years in force"
    lines = [title, ""]
    costs = _short_of(rows, budget) if budget is not None else _costs(rows)
    for sentence in (*_rankings(rows, budget), *costs, *_left_out(left_out)):
        lines += [wrapped(sentence, 2), ""]
    return "\n".join(lines[:-1])


def _rankings(rows: pd.DataFrame, budget: float | None) -> Iterator[str]:
    if budget is None:  # of unlike sums, the whole effect comes before that of a yuan
        yield _ranked_effects(rows, "real_gdp", budget)
    firsts = rows.drop_duplicates("lever").dropna(subset=["benefit_per_yuan"])
    entries = [
        Entry(row.lever, row.cost, row.benefit_per_yuan, row.benefit_low, row.benefit_high)
        for row in firsts[firsts["cost"] >= LEAST_SHOWN].itertuples()
    ]
    yield _ranking(f"Real GDP gained per yuan spent ({PER_YUAN})", entries, 1, ("gains", "loses"), 1, budget)
    for variable in LESS_IS_BETTER:
        yield _ranked_effects(rows, variable, budget)


def _ranked_effects(rows: pd.DataFrame, variable: str, budget: float | None) -> str:
    entries = [
        Entry(row.lever, row.cost, row.effect, row.low, row.high)
        for row in rows[rows["variable"] == variable].itertuples()
    ]
    effect = EFFECTS[variable]
    title = f"{effect.title[:1].upper()}{effect.title[1:]}, {effect.unit}"
    if variable in LESS_IS_BETTER:
        return _ranking(title, entries, -1, ("lowered by", "raised by"), 2, budget)
    return _ranking(title, entries, 1, ("raised by", "lowered by"), 2, budget)


def _named(lever: str, cost: float, budget: float | None) -> str:
    """The title, with the cost where it is not the budget: then the effect is that of another sum."""
    title = within_sentence(lever_title(lever))
    if budget is not None and _spends(cost, budget):
        return title
    if abs(cost) < LEAST_SHOWN:
        return f"{title} (costs nothing)"
    verb = "for" if cost > 0 else "brings"
    return f"{title} ({verb} {format_number(100 * abs(cost), 2)} % of GDP)"


def _spends(cost: float, budget: float) -> bool:
    return abs(cost / budget - 1.0) <= SPENT


def _ranking(
    title: str, entries: list[Entry], sign: int, words: tuple[str, str], decimals: int, budget: float | None
) -> str:
    """``Real GDP gained per yuan spent: gains a +2.1 [+1.0 to +3.2]; loses b ...; no clear difference with c, d.``

    ``sign`` is that of a good effect. Levers with a clear effect stand with their cost.
    """
    clear = sorted((one for one in entries if one.clear), key=lambda one: -sign * one.mean)
    parts = []
    for word, chosen in (
        (words[0], [one for one in clear if sign * one.mean > 0]),
        (words[1], [one for one in clear if sign * one.mean < 0][::-1]),
    ):
        phrases = [
            f"{_named(one.lever, one.cost, budget)} {format_number(one.mean, decimals, True)} "
            f"[{format_number(one.low, decimals, True)} to {format_number(one.high, decimals, True)}]"
            for one in chosen
        ]
        if phrases:
            parts.append(f"{word} {', '.join(phrases)}")
    unclear = [within_sentence(lever_title(one.lever)) for one in entries if not one.clear]
    if unclear:
        named = ", ".join(unclear)
        parts.append(f"no clear difference with {named if len(unclear) <= FEW else f'{len(unclear)} others'}")
    return f"{title}: {'; '.join(parts) or 'no lever remains'}."


def _costs(rows: pd.DataFrame) -> Iterator[str]:
    """What each lever costs at its documented strength, the dearest first."""
    firsts = rows.drop_duplicates("lever").sort_values("cost", ascending=False, kind="stable")
    spend, bring = (firsts[sign * firsts["cost"] >= LEAST_SHOWN] for sign in (1, -1))
    nothing = [within_sentence(lever_title(name)) for name in firsts.loc[firsts["cost"].abs() < LEAST_SHOWN, "lever"]]
    for start, chosen in (("Cost, % of GDP a year", spend), ("Revenue, % of GDP a year", bring)):
        if len(chosen):
            phrases = [
                f"{within_sentence(lever_title(row.lever))} {format_number(100 * abs(row.cost), 2)} "
                f"({row.strength_words})"
                for row in chosen.itertuples()
            ]
            yield f"{start}: {'; '.join(phrases)}."
    if nothing:
        yield f"Cost the budget nothing: {', '.join(nothing)}."


def _short_of(rows: pd.DataFrame, budget: float) -> Iterator[str]:
    """The levers that do not spend the budget."""
    other = [row for row in rows.drop_duplicates("lever").itertuples() if not _spends(row.cost, budget)]
    if other:
        phrases = [
            f"{within_sentence(lever_title(row.lever))} {format_number(100 * row.cost, 2)} % ({row.strength_words})"
            for row in sorted(other, key=lambda row: -row.cost)
        ]
        start = "These levers spend another share of GDP than the budget, most because their strength is at its bound"
        yield f"{start}: {', '.join(phrases)}."


def _left_out(left_out: Mapping[str, str]) -> Iterator[str]:
    if left_out:
        phrases = [f"{within_sentence(lever_title(name))} ({reason})" for name, reason in left_out.items()]
        yield f"Omitted because they spend nothing: {', '.join(phrases)}."
