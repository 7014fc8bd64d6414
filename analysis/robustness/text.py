"""What a sweep says about policies under uncertainty, in sentences made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xinzhi.analysis.figures.wording import seeds_text
from xinzhi.analysis.reading.sweeps import SweepValues
from xinzhi.analysis.reading.text import format_number, listed, within_sentence
from xinzhi.analysis.robustness.boxes import FEWEST, Box
from xinzhi.analysis.robustness.regret import ALL, Goal, Need

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["box_sentence", "front_sentences", "needs_sentences", "regret_sentences", "setting_sentences"]

FEW_WORLDS = 20
SURE = 0.9995  # a share that is shown as all of them


def setting_sentences(values: SweepValues, reference: str) -> list[str]:
    """What was run, what is left out, and what a share of worlds is not."""
    worlds = f"{len(values.worlds)} worlds"
    names = ", ".join(values.policies)
    sentences = [
        f"{worlds}, {values.year}, means of {seeds_text(values.seeds)}, the same for all policies: {names}. "
        f"Changes are from '{reference}'.",
        *([values.payer] if values.payer else []),
        "Worlds count alike; a share of worlds is no probability.",
    ]
    if len(values.worlds) < FEW_WORLDS:
        sentences.append(f"Only {worlds}: shares and greatest regrets are rough.")
    if values.left_out:
        sentences.append(f"Worlds {values.missing}.")
    return sentences


def regret_sentences(table: pd.DataFrame, goals: Sequence[Goal]) -> list[str]:
    """For each goal the policy with the smallest maximum regret, the one most often best, and the most regretted."""
    sentences = []
    for goal in goals:
        rows = table[table["goal"] == goal.name].set_index("policy")
        safest, often, worst = rows["greatest"].idxmin(), rows["best"].idxmax(), rows["greatest"].idxmax()
        number = lambda policy, column, rows=rows, goal=goal: format_number(  # noqa: E731 - a name for a long call
            rows.loc[policy, column], goal.measure.decimals
        )
        way = "highest" if goal.sign > 0 else "lowest"
        sentence = f"{goal.measure.title} ({way} is best): '{safest}' has "
        if rows.loc[safest, "greatest"] > 0.0:
            sentence += (
                f"the smallest maximum regret, at most {number(safest, 'greatest')} {goal.measure.unit} behind the "
                f"best policy in any world and {number(safest, 'p90')} in nine of ten worlds"
            )
        else:
            sentence += "no regret: no policy is better in any world"
        if worst != safest:
            sentence += f"; '{worst}' has the largest"
        sentence += f", {number(worst, 'greatest')} {goal.measure.unit}" if worst != safest else ""
        if often != safest or rows.loc[safest, "greatest"] > 0.0:
            sentence += f". '{often}' is best in {_share(rows.loc[often, 'best'])} of the worlds"
            clear = _share(rows.loc[safest, "clearly_behind"])
            sentence += f"; '{safest}' is clearly behind the best in {clear} of them (90 % confidence interval)"
        sentences.append(f"{sentence}.")
    return sentences


def needs_sentences(table: pd.DataFrame, needs: Sequence[Need], reference: str) -> list[str]:
    """Where the thresholds come from, and which policy keeps them in most worlds."""
    named = "; ".join(within_sentence(need.words) for need in needs)
    if all(need.given for need in needs):
        sentences = [f"Requirements, as given: {named}."]
    else:
        sentences = [
            f"Requirements: {named}. None was given; these are the values of '{reference}' in its median world. Set "
            "your own with --need."
        ]
    ranked = table.sort_values("all", ascending=False, kind="stable")
    cells = [f"'{row.policy}' {_share(row.all)}" for row in ranked.itertuples()]
    return [*sentences, f"Share of worlds in which a policy meets {_needs_in_words(len(needs))}: {', '.join(cells)}."]


def front_sentences(table: pd.DataFrame, goals: Sequence[Goal], values: SweepValues) -> list[str]:
    """Which policies are on the Pareto front, and which are dominated by which."""
    if len(goals) < 2:
        return []
    names = listed([within_sentence(goal.measure.title) for goal in goals])
    on = [f"'{row.policy}' (in {_share(row.worlds)} of the worlds)" for row in table.itertuples() if row.on_front]
    sentences = [f"Pareto-efficient in {names}, on the mean of the worlds: {listed(on)}."]
    beaten = [
        f"'{row.policy}' is dominated by '{row.beaten_by}' (efficient in {_share(row.worlds)} of the worlds)"
        for row in table.itertuples()
        if not row.on_front
    ]
    if beaten:
        sentences.append(f"{listed(beaten)}.")
    sentences.append(
        f"This ranking ignores sampling noise ({len(values.seeds)} seeds a world): small differences are uncertain."
    )
    return sentences


def box_sentence(
    policy: str,
    failed: Mapping[str, int],
    worlds: int,
    boxes: Mapping[str, Box | None],
    stated: Sequence[Need] = (),
) -> str:
    """Where a policy fails to meet all requirements; if no condition is found, where it misses each.

    ``failed`` and ``boxes`` map "all" and the text of each need to the worlds that fail and to where they are;
    ``stated`` are the needs themselves.
    """
    needs = [name for name in boxes if name != ALL]
    wanted = _needs_in_words(len(needs))
    if not failed[ALL]:
        return f"'{policy}' never fails to meet {wanted}."
    start = f"'{policy}' fails to meet {wanted} in {failed[ALL]} of {worlds} worlds"
    whole = boxes[ALL]
    if whole is not None:
        return f"{start}, most where {_where(whole)}."
    few = min(failed[ALL], worlds - failed[ALL]) < FEWEST
    start += "; too few worlds to find a condition" if few else "; no condition separates them"
    words = {need.text: within_sentence(need.words) for need in stated}
    places = [
        f"{words.get(name, name)} ({failed[name]} worlds) where {_where(box)}" for name in needs if (box := boxes[name])
    ]
    return f"{start}. It misses {'; '.join(places)}." if places else f"{start}."


def _where(box: Box) -> str:
    words = " and ".join(limit.words for limit in box.limits)
    caught, inside = _share(box.coverage), _share(box.density)
    return f"{words}: that catches {caught} of them, and {inside} of the {box.worlds} inside fail"


def _needs_in_words(count: int) -> str:
    return {1: "the requirement", 2: "both requirements"}.get(count, f"all {count} requirements")


def _share(value: float) -> str:
    return "all" if value >= SURE else "none" if value <= 1.0 - SURE else f"{100 * value:.0f} %"
