"""What the same budget buys with each lever, ranked in words: GDP per yuan, unemployment, inequality, emissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from xinzhi.analysis.effects.effects import EFFECTS, lever_title
from xinzhi.analysis.reading.text import format_number, within_sentence, wrapped

__all__ = ["last_year", "ranking_text"]

LESS_IS_BETTER = ("unemployment_rate", "gini_disposable_income", "co2_emissions")
SPENT = 0.05  # a lever whose cost misses the budget by more of it is named with its cost


class Entry(NamedTuple):
    """One lever in a ranking: its title and what is measured, with its 90 % confidence interval."""

    title: str
    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        return self.low > 0.0 or self.high < 0.0


def last_year(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the longest time in force that the runs reach."""
    return table[table["years"] == table["years"].max()]


def ranking_text(table: pd.DataFrame, budget: float, left_out: Mapping[str, str]) -> str:
    """The levers from the one that gains most to the one that loses most, and those of which nothing clear is known.

    ``table`` is an effects_table; ``left_out`` says why other levers have no place in it.
    """
    rows = last_year(table)
    years = rows["years"].iloc[0]
    lines = [f"Effects of spending {100 * budget:.3g} % of GDP a year after {years} years in force", ""]
    for sentence in (*_rankings(rows, budget), *_short_of(rows, budget), *_left_out(left_out)):
        lines += [wrapped(sentence, 2), ""]
    return "\n".join(lines[:-1])


def _rankings(rows: pd.DataFrame, budget: float) -> Iterator[str]:
    firsts = rows.drop_duplicates("lever").dropna(subset=["benefit_per_yuan"])
    entries = [
        Entry(_named(row.lever, row.cost, budget), row.benefit_per_yuan, row.benefit_low, row.benefit_high)
        for row in firsts.itertuples()
    ]
    yield _ranking("Real GDP gained per yuan spent", entries, 1, "gains", "loses", 1)
    for variable in LESS_IS_BETTER:
        entries = [
            Entry(_named(row.lever, row.cost, budget), row.effect, row.low, row.high)
            for row in rows[rows["variable"] == variable].itertuples()
        ]
        effect = EFFECTS[variable]
        title = f"{effect.title[:1].upper()}{effect.title[1:]}, {effect.unit}"
        yield _ranking(title, entries, -1, "lowered by", "raised by", 2)


def _named(lever: str, cost: float, budget: float) -> str:
    """The title, with the cost where it is not the budget: then the effect is that of another sum."""
    title = within_sentence(lever_title(lever))
    return title if _spends(cost, budget) else f"{title} (for {format_number(100 * cost, 2)} % of GDP)"


def _spends(cost: float, budget: float) -> bool:
    return abs(cost / budget - 1.0) <= SPENT


def _ranking(title: str, entries: list[Entry], sign: int, good: str, bad: str, decimals: int) -> str:
    """``Real GDP gained per yuan spent: gains a +2.1 [+1.0 to +3.2]; loses b ...; no clear difference with c, d.``

    ``sign`` is that of a good effect.
    """
    clear = sorted((one for one in entries if one.clear), key=lambda one: -sign * one.mean)
    parts = []
    for word, chosen in (
        (good, [one for one in clear if sign * one.mean > 0]),
        (bad, [one for one in clear if sign * one.mean < 0][::-1]),
    ):
        phrases = [
            f"{one.title} {format_number(one.mean, decimals, True)} "
            f"[{format_number(one.low, decimals, True)} to {format_number(one.high, decimals, True)}]"
            for one in chosen
        ]
        if phrases:
            parts.append(f"{word} {', '.join(phrases)}")
    unclear = [one.title for one in entries if not one.clear]
    if unclear:
        parts.append(f"no clear difference with {', '.join(unclear)}")
    return f"{title}: {'; '.join(parts) or 'no lever remains'}."


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
