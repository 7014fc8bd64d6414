"""The two economies in words: what the policy does in each, what differs, and what explains it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xinzhi.analysis.reading.text import format_number, listed, within_sentence, wrapped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["countries_text", "effect_words", "gap_sentence", "page_text"]

FACTS_TITLE = "The two economies at the opening"
TOO_WIDE = "The interval of this difference is too wide for parts of it; more seeds make it narrower."
LEAST_PART = 0.1  # of a gap that is named
CAUTION = (
    "Each effect is against the economy's own twin on the same random draws. A block is exchanged alone, from either "
    "side, so that parts do not add up; a negative part makes the difference larger. What no block closes is the "
    "structure of production, trade, public finance and all other parameters."
)


def countries_text(
    effects: pd.DataFrame, exchanged: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str],
    blocks: Mapping[str, str], labels: Mapping[str, str], left_out: Sequence[str] = (),
) -> str:  # fmt: skip
    """All that the command prints. ``names`` are those of economies in a sentence, ``labels`` those of scenarios."""
    lines: list[str] = []
    for scenario in effects["scenario"].unique():
        lines += ["", labels[scenario], *_table(effects[effects["scenario"] == scenario], names), ""]
        lines += [wrapped(one, 2) for one in _sentences(effects, exchanged, scenario, names, blocks)]
    lines += ["", FACTS_TITLE, *_facts(facts, names), "", *(wrapped(one, 2) for one in (CAUTION, *left_out))]
    return "\n".join(lines).strip("\n")


def page_text(
    effects: pd.DataFrame, exchanged: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str],
    blocks: Mapping[str, str], labels: Mapping[str, str], left_out: Sequence[str] = (),
) -> str:  # fmt: skip
    """The same as Markdown."""
    head = ["", *names.values(), "difference"]
    lines: list[str] = []
    for scenario in effects["scenario"].unique():
        rows = effects[effects["scenario"] == scenario]
        lines += [f"## {labels[scenario]}", "", *_markdown(head, _cells(rows, names)), ""]
        lines += [f"{one}\n" for one in _sentences(effects, exchanged, scenario, names, blocks)]
        if len(exchanged) and (table := _blocks_table(exchanged, effects, scenario, names, blocks)):
            lines += [*table, ""]
    lines += [
        f"## {FACTS_TITLE}",
        "",
        *_markdown(["", *names.values()], _fact_cells(facts, names)),
        "",
        " ".join([CAUTION, *left_out]),
    ]
    return "\n".join(lines)


def effect_words(row: pd.Series) -> str:
    """``-33.1 per cent [-33.6 to -32.5]``, or that nothing is clear."""
    decimals = 1 if row["unit"] == "per cent" else 2
    low, high = (format_number(row[end], decimals, True) for end in ("low", "high"))
    between = f" [{low} to {high}]" if math.isfinite(row["low"]) else ""
    return f"{format_number(row['effect'], decimals, True)}{between}{'' if row['clear'] else ', not clear'}"


def gap_sentence(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """One sentence on a measure: what the policy does in each economy, and whether they differ."""
    first, second = names
    by = {row["economy"]: row for _, row in rows.iterrows()}
    unit = by[first]["unit"]
    phrases = [f"{effect_words(by[one])} in {names[one]}" for one in (first, second)]
    differ = "the two differ clearly" if by["gap"]["clear"] else "the difference between the two is not clear"
    return f"{by[first]['title']}, {unit}: {' and '.join(phrases)}; {differ}."


def _sentences(
    effects: pd.DataFrame, exchanged: pd.DataFrame, scenario: str, names: Mapping[str, str], blocks: Mapping[str, str]
) -> list[str]:
    """A sentence for every measure with a clear gap, with what closes it; one for the others together."""
    rows = effects[effects["scenario"] == scenario]
    gaps = rows[rows["economy"] == "gap"]
    out = []
    for variable in gaps[gaps["clear"]]["variable"]:
        out.append(gap_sentence(rows[rows["variable"] == variable], names))
        if len(exchanged):
            chosen = exchanged[(exchanged["scenario"] == scenario) & (exchanged["variable"] == variable)]
            out.append(_explanation(chosen, names, blocks) if chosen["closed"].notna().any() else TOO_WIDE)
    same = [within_sentence(title) for title in gaps[~gaps["clear"]]["title"]]
    if same:
        out.append(f"No clear difference between the two in {listed(same)}.")
    return out


def _explanation(rows: pd.DataFrame, names: Mapping[str, str], blocks: Mapping[str, str]) -> str:
    """How much of the gap each block closes, from either side."""
    sentences = []
    for economy, name in names.items():
        other = next(one for key, one in names.items() if key != economy)
        found = rows[(rows["economy"] == economy) & rows["clear"]].sort_values("closed", ascending=False, kind="stable")
        parts = [f"{blocks[row['block']]} ({100 * row['closed']:.0f} %)"
                 for _, row in found.iterrows() if abs(row["closed"]) >= LEAST_PART]  # fmt: skip
        closing = listed(parts) if parts else "nothing that is clear"
        sentences.append(f"With one block of {other} in {name}, this part of the difference closes: {closing}")
    return ". ".join(sentences) + "."


def _cells(rows: pd.DataFrame, names: Mapping[str, str]) -> list[list[str]]:
    out = []
    for variable in rows["variable"].unique():
        by = {row["economy"]: row for _, row in rows[rows["variable"] == variable].iterrows()}
        head = f"{by['gap']['title']}, {by['gap']['unit']}"
        out.append([head, *(effect_words(by[one]) for one in (*names, "gap"))])
    return out


def _table(rows: pd.DataFrame, names: Mapping[str, str]) -> Sequence[str]:
    from abm import aligned

    return aligned([["", *names.values(), "difference"], *_cells(rows, names)]).splitlines()


def _fact_cells(facts: pd.DataFrame, names: Mapping[str, str]) -> list[list[str]]:
    return [
        [f"{row['title']}, {row['unit']}", *(format_number(row[one], int(row["decimals"])) for one in names)]
        for _, row in facts.iterrows()
    ]


def _facts(facts: pd.DataFrame, names: Mapping[str, str]) -> Sequence[str]:
    from abm import aligned

    return aligned([["", *names.values()], *_fact_cells(facts, names)]).splitlines()


def _blocks_table(
    exchanged: pd.DataFrame, effects: pd.DataFrame, scenario: str, names: Mapping[str, str], blocks: Mapping[str, str]
) -> list[str]:
    """Per cent of each clear gap that a block closes, from either economy."""
    rows = exchanged[(exchanged["scenario"] == scenario) & exchanged["closed"].notna()]
    gaps = effects[(effects["scenario"] == scenario) & (effects["economy"] == "gap")]
    gaps = gaps[gaps["variable"].isin(rows["variable"])]
    cells = []
    for economy, name in names.items():
        for block in rows["block"].unique():
            found = rows[(rows["economy"] == economy) & (rows["block"] == block)].set_index("variable")
            if found.empty:  # an economy that does not open with that block
                continue
            shares = [f"{100 * found.loc[one, 'closed']:.0f}" if found.loc[one, "clear"] else "-"
                      for one in gaps["variable"]]  # fmt: skip
            cells.append([name, blocks[block], *shares])
    return (
        _markdown(["per cent of the difference that closes in", "with the other's", *gaps["title"]], cells)
        if len(gaps)
        else []
    )


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]
