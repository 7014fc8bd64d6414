"""The two economies in words: what the policy does in each, what differs, and what explains it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from abm import ENGLISH, aligned, said, translated
from xinzhi.analysis.countries.effects import clear_decimals
from xinzhi.analysis.reading.text import format_number, within_sentence, wrapped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CountryFindings", "countries_text", "effect_words", "gap_sentence", "money_note", "page_text"]

FACTS_TITLE = said("The two economies at the opening")
PARTS_TITLE = said("Where emissions change, percentage points of all emissions")
LEAST_PART = 0.1  # of a gap that is named
READING = said(
    "Each effect is against the economy's own twin on the same random draws; in brackets its 90 % confidence interval. "
    "A block is exchanged alone, from either side, so that parts do not add up; above 100 % the difference turns "
    "round, and below zero it becomes larger. What no block closes comes from several blocks together."
)


@dataclass(frozen=True)
class CountryFindings:
    """What is said. ``names`` of economies and ``labels`` of scenarios are as they stand in a sentence.

    ``effects``, ``exchanged`` and ``parts`` are the tables of effects.py, ``facts`` has a column for each economy.
    ``notes`` are sentences on money, and on economies that do not open or only with other saving.
    """

    effects: pd.DataFrame
    exchanged: pd.DataFrame
    facts: pd.DataFrame
    names: Mapping[str, str]
    blocks: Mapping[str, str]
    labels: Mapping[str, str]
    parts: pd.DataFrame | None = None
    notes: Sequence[str] = field(default_factory=tuple)
    language: str = ENGLISH

    def say(self, text: str) -> str:
        """The text in the language of the reader."""
        return translated(text, self.language)


def countries_text(found: CountryFindings) -> str:
    """All that the command prints."""
    lines: list[str] = []
    for scenario in found.effects["scenario"].unique():
        lines += [
            "",
            found.say(found.labels[scenario]),
            *(_paragraph(one, found) for one in _sentences(found, scenario)),
        ]
        for table in _tables(found, scenario):
            lines += ["", *aligned(table).splitlines()]
    lines += ["", found.say(FACTS_TITLE), *aligned(_fact_cells(found)).splitlines(), ""]
    return "\n".join([*lines, *(_paragraph(one, found) for one in _closing(found))]).strip("\n")


def page_text(found: CountryFindings) -> str:
    """The same as Markdown."""
    lines: list[str] = []
    for scenario in found.effects["scenario"].unique():
        lines += [f"## {found.say(found.labels[scenario])}", "", *(f"{one}\n" for one in _sentences(found, scenario))]
        for table in _tables(found, scenario):
            lines += [*_markdown(table), ""]
    lines += [f"## {found.say(FACTS_TITLE)}", "", *_markdown(_fact_cells(found)), ""]
    return "\n".join([*lines, _blank(found).join(_closing(found))])


def money_note(rate: float, units: Sequence[str], purchasing_power: bool) -> str:
    """How money was converted; ``units`` are the currency that is given and the one that it is given for."""
    values = {"amount": format_number(rate, 2), "unit": units[0], "other": units[1]}
    if purchasing_power:
        return said("Amounts of money are converted at purchasing power over all of GDP, {amount} {unit} for one "
                    "{other}; blocks of tables at the exchange rate.", **values)  # fmt: skip
    return said("Amounts of money are converted at the exchange rate, {amount} {unit} for one {other}.", **values)


def effect_words(row: pd.Series) -> str:
    """``-33.1 [-33.6 to -32.5]``, or ``not clear [-0.1 to +0.2]``."""
    decimals = clear_decimals(row)
    if not math.isfinite(row["low"]):
        return format_number(row["effect"], decimals, True)
    low, high = (format_number(row[end], decimals, True) for end in ("low", "high"))
    if not row["clear"]:
        return said("not clear [{low} to {high}]", low=low, high=high)
    return said("{effect} [{low} to {high}]", effect=format_number(row["effect"], decimals, True), low=low, high=high)


def gap_sentence(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """One sentence on a measure that differs clearly: what the policy does in each economy."""
    by = {row["economy"]: row for _, row in rows.iterrows()}
    one = next(iter(by.values()))
    phrases = tuple(_phrase(by[economy], name) for economy, name in names.items())
    return said("{measure} in {year}: {findings}; difference {gap}.", measure=one["title"], year=int(one["year"]),
                findings=phrases, gap=effect_words(by["gap"]))  # fmt: skip


def _phrase(row: pd.Series, name: str) -> str:
    """``33.4 per cent lower in China [33.0 to 33.7]``."""
    decimals = clear_decimals(row)
    low, high = (format_number(row[end], decimals, True) for end in ("low", "high"))
    if not row["clear"]:
        return said("no clear change in {name} [{low} to {high}]", name=name, low=low, high=high)
    ends = sorted((abs(row["low"]), abs(row["high"])))
    low, high = (format_number(end, decimals) for end in ends)
    values = {"size": format_number(abs(row["effect"]), decimals), "unit": row["unit"], "name": name,
              "low": low, "high": high}  # fmt: skip
    if row["effect"] > 0:
        return said("{size} {unit} higher in {name} [{low} to {high}]", **values)
    return said("{size} {unit} lower in {name} [{low} to {high}]", **values)


def _sentences(found: CountryFindings, scenario: str) -> list[str]:
    """A sentence for every measure with a clear gap, with what closes it; one each for what is unclear or too wide."""
    rows = found.effects[found.effects["scenario"] == scenario]
    gaps = rows[rows["economy"] == "gap"]
    out, wide = [], []
    for _, gap in _largest_first(gaps[gaps["clear"]]):
        words = found.say(gap_sentence(rows[rows["variable"] == gap["variable"]], found.names))
        if len(found.exchanged):
            table = found.exchanged
            chosen = table[(table["scenario"] == scenario) & (table["variable"] == gap["variable"])]
            if chosen["closed"].notna().any():
                words = _blank(found).join([words, *_explanation(chosen, found)])
            else:
                wide.append(gap["title"])
        out.append(words)
    if wide:
        out.append(found.say(said(
            "The differences in {measures} are clear, but too uncertain with these seeds to be taken apart.",
            measures=_inside(wide),
        )))  # fmt: skip
    if same := list(gaps[~gaps["clear"]]["title"]):
        text = said("No clear difference between the two economies in {measures}.", measures=_inside(same))
        out.append(found.say(text))
    return out


def _largest_first(gaps: pd.DataFrame) -> list[tuple[object, pd.Series]]:
    """Rows of clear gaps, the one that is best known in proportion to its interval first."""
    known = gaps["effect"].abs() / (gaps["high"] - gaps["low"])
    return list(gaps.loc[known.sort_values(ascending=False, kind="stable").index].iterrows())


def _inside(titles: Sequence[str]) -> list[str]:
    return [within_sentence(title) for title in titles]


def _explanation(rows: pd.DataFrame, found: CountryFindings) -> list[str]:
    """How much of the gap each block closes, from either side."""
    sentences = []
    for economy, name in found.names.items():
        other = next(one for key, one in found.names.items() if key != economy)
        known = rows[(rows["economy"] == economy) & rows["clear"]].sort_values("closed", ascending=False, kind="stable")
        named = {"name": name, "other": other}
        if closing := _shares(known[known["closed"] >= LEAST_PART], found):
            words = said("If {name} had one block of {other}, so much of the difference would close: {parts}.",
                         parts=closing, **named)  # fmt: skip
        else:
            words = said("In {name}, no single block of {other} would close a clear part of it.", **named)
        sentences.append(found.say(words))
        if widening := _shares(known[known["closed"] <= -LEAST_PART], found):
            sentences.append(found.say(said("It would widen with {parts}.", parts=widening)))
    return sentences


def _shares(rows: pd.DataFrame, found: CountryFindings) -> tuple[str, ...]:
    """``energy and its prices 103 %`` for each row."""
    return tuple(
        said("{block} {share} %", block=found.blocks[row["block"]], share=format_number(100 * abs(row["closed"]), 0))
        for _, row in rows.iterrows()
    )


def _tables(found: CountryFindings, scenario: str) -> list[list[list[str]]]:
    """The effects, where emissions change, and what blocks close, as far as there is something to show."""
    rows = found.effects[found.effects["scenario"] == scenario]
    tables = [[["", *found.names.values(), found.say(said("difference"))], *_cells(rows, found)]]
    if found.parts is not None and len(found.parts) and (found.parts["scenario"] == scenario).any():
        cells = _cells(found.parts[found.parts["scenario"] == scenario], found, with_unit=False)
        tables.append([[found.say(PARTS_TITLE), *found.names.values(), found.say(said("difference"))], *cells])
    if len(found.exchanged) and (blocks := _block_cells(found, scenario)):
        tables.append(blocks)
    return tables


def _cells(rows: pd.DataFrame, found: CountryFindings, with_unit: bool = True) -> list[list[str]]:
    out = []
    for variable in rows["variable"].unique():
        by = {row["economy"]: row for _, row in rows[rows["variable"] == variable].iterrows()}
        title, unit = by["gap"]["title"], by["gap"]["unit"]
        head = found.say(said("{title}, {unit}", title=title, unit=unit)) if with_unit else found.say(title)
        out.append([head, *(found.say(effect_words(by[one])) for one in (*found.names, "gap"))])
    return out


def _fact_cells(found: CountryFindings) -> list[list[str]]:
    rows = [
        [found.say(said("{title}, {unit}", title=row["title"], unit=row["unit"])),
         *(format_number(row[one], int(row["decimals"])) for one in found.names)]
        for _, row in found.facts.iterrows()
    ]  # fmt: skip
    return [["", *found.names.values()], *rows]


def _block_cells(found: CountryFindings, scenario: str) -> list[list[str]]:
    """Per cent of each clear gap that a block closes, from either economy."""
    rows = found.exchanged[(found.exchanged["scenario"] == scenario) & found.exchanged["closed"].notna()]
    variables = list(dict.fromkeys(rows["variable"]))
    if not variables:
        return []
    titles = [found.say(rows[rows["variable"] == one]["title"].iloc[0]) for one in variables]
    cells = [[found.say(said("per cent of the difference that closes in")), found.say(said("with the other's")),
              *titles]]  # fmt: skip
    for economy, name in found.names.items():
        for block in rows["block"].unique():
            known = rows[(rows["economy"] == economy) & (rows["block"] == block)].set_index("variable")
            if len(known):  # else an economy that does not open with that block
                shares = [format_number(100 * known.loc[one, "closed"], 0) if known.loc[one, "clear"] else "-"
                          for one in variables]  # fmt: skip
                cells.append([name, found.say(found.blocks[block]), *shares])
    return cells


def _closing(found: CountryFindings) -> list[str]:
    return [found.say(one) for one in (READING, *found.notes)]


def _paragraph(text: str, found: CountryFindings) -> str:
    return wrapped(text, 2) if found.language == ENGLISH else text


def _blank(found: CountryFindings) -> str:
    """What stands between two sentences."""
    return " " if found.language == ENGLISH else ""


def _markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return ["| " + " | ".join(cells) + " |" for cells in lines]
