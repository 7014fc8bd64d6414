"""All that `xinzhi robust` leaves: sentences, tables, figures and robust.json, from a sweep with several policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinzhi.analysis.figures.findings import write_findings
from xinzhi.analysis.reading.sweeps import SweepValues
from xinzhi.analysis.reading.text import OPENING_YEAR
from xinzhi.analysis.robustness.boxes import Box, can_find_boxes, failure_box
from xinzhi.analysis.robustness.figures import front_figure, needs_figure, regret_figure
from xinzhi.analysis.robustness.regret import (
    ALL,
    GOALS,
    Goal,
    Need,
    front_table,
    needs_met,
    needs_table,
    read_goal,
    read_need,
    regret_table,
    usual_needs,
    worlds_table,
)
from xinzhi.analysis.robustness.text import (
    box_sentence,
    front_sentences,
    needs_sentences,
    regret_sentences,
    setting_sentences,
)

if TYPE_CHECKING:
    import pandas as pd

    from abm import Sweep
    from abm.arrays import BoolArray

__all__ = ["Robustness", "robustness"]

NO_BOXES = "Conditions under which policies fail: not looked for, since ema_workbench is missing; "
NO_BOXES += "install it with pip install 'xinzhi[explore]'."


@dataclass(frozen=True)
class Robustness:
    """How policies do over the worlds of a sweep.

    regret, needs_share, front, worlds  DataFrames, see xinzhi.analysis.robustness.regret
    boxes      {policy: {need or "all": where it fails, None where no condition is found}}; empty without ema_workbench
    sentences  all of it in words
    """

    values: SweepValues
    goals: tuple[Goal, ...]
    needs: tuple[Need, ...]
    reference: str
    regret: pd.DataFrame
    needs_share: pd.DataFrame
    front: pd.DataFrame
    worlds: pd.DataFrame
    boxes: dict[str, dict[str, Box | None]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Robustness({len(self.values.policies)} policies in {len(self.values.worlds)} worlds)"

    @property
    def sentences(self) -> list[str]:
        """What was run, regret, needs, the front, and where each policy fails, in the words of the economy."""
        from abm import speaking_of, spoken

        with speaking_of(self.values.economy):
            return [spoken(sentence) for sentence in self._sentences()]

    def _sentences(self) -> list[str]:
        sentences = [
            *setting_sentences(self.values, self.reference),
            *regret_sentences(self.regret, self.goals),
            *needs_sentences(self.needs_share, self.needs, self.reference),
            *front_sentences(self.front, self.goals, self.values),
        ]
        failed = {name: one.sum(axis=0) for name, one in _failures(self.values, self.needs).items()}
        for at, policy in enumerate(self.values.policies if self.boxes else ()):
            counts = {name: int(one[at]) for name, one in failed.items()}
            sentences.append(box_sentence(policy, counts, len(self.values.worlds), self.boxes[policy], self.needs))
        return sentences if self.boxes else [*sentences, NO_BOXES]

    def write(self, folder: str | Path) -> None:
        """Write regret.csv, needs.csv, front.csv, worlds.csv, boxes.csv, robust.json and the figures. UserError."""
        from abm import speaking_of

        with speaking_of(self.values.economy):
            self._write(folder)

    def _write(self, folder: str | Path) -> None:
        tables = {
            "regret": self.regret, "needs": self.needs_share, "front": self.front, "worlds": self.worlds,
            "boxes": self._boxes_table(),
        }  # fmt: skip
        figures = {
            "front": front_figure(self.values, self.front, self.goals, self.reference),
            "regret_of_policies": regret_figure(self.values, self.regret, self.goals, self.reference),
            "needs_of_policies": needs_figure(self.values, self.needs_share, self.needs, self.reference),
        }
        write_findings(folder, tables, figures, {"robust": self.described()})

    def described(self) -> dict[str, Any]:
        """Everything as plain values for robust.json."""
        import abm

        return {
            "xinzhi": abm.__version__,
            "design_digest": self.values.design.get("digest", ""),
            "year": self.values.year,
            "seeds": list(self.values.seeds),
            "policies": list(self.values.policies),
            "reference": self.reference,
            "who_pays": self.values.payer,
            "worlds": list(self.values.worlds),
            "left_out": {str(world): why for world, why in self.values.left_out.items()},
            "goals": {goal.name: "up" if goal.sign > 0 else "down" for goal in self.goals},
            "needs": [
                {"outcome": need.measure.name, "comparison": need.comparison, "threshold": need.threshold,
                 "unit": need.measure.level, "given": need.given}
                for need in self.needs
            ],
            "regret": self.regret.to_dict("records"),
            "needs_met": self.needs_share.to_dict("records"),
            "front": self.front.to_dict("records"),
            "boxes": {
                policy: {
                    need: None if box is None else box._asdict() | {"limits": [one._asdict() for one in box.limits]}
                    for need, box in boxes.items()
                }
                for policy, boxes in self.boxes.items()
            },
            "sentences": self.sentences,
        }  # fmt: skip

    def _boxes_table(self) -> pd.DataFrame:
        import pandas as pd

        rows = [
            (
                policy, need, box.coverage, box.density, box.worlds, limit.key, limit.low, limit.high,
                " ".join(limit.levels),
            )
            for policy, boxes in self.boxes.items()
            for need, box in boxes.items()
            if box is not None
            for limit in box.limits
        ]  # fmt: skip
        columns = ["policy", "need", "coverage", "density", "worlds", "uncertainty", "low", "high", "levels"]
        return pd.DataFrame(rows, columns=columns)


def robustness(
    sweep: Sweep,
    goals: Sequence[str] = GOALS,
    needs: Sequence[str] = (),
    year: int | None = None,
    reference: str | None = None,
) -> Robustness:
    """How the policies of a sweep do over its worlds.

    ``goals`` like gdp=up, ``needs`` like gini<47, in the units of a year (by default what ``reference``, the first
    policy, reaches in its median world), ``year`` the last by default. Raises UserError for what the sweep does not
    have, and for one with a single policy.
    """
    from abm import UserError

    read = [read_goal(text) for text in goals]
    wanted = [read_need(text, int(sweep.design.get("first_year", OPENING_YEAR))) for text in needs]
    measures = [*(goal.measure for goal in read), *(need.measure for need in wanted)]
    names = list(dict.fromkeys(measure.name for measure in measures))
    values = SweepValues(sweep, names, year)
    if len(values.policies) < 2:
        raise UserError(f"{values.folder}: has one policy only; give the design several under `policies:`")
    reference = values.policies[0] if reference is None else reference
    if reference not in values.policies:
        raise UserError(f"--reference {reference}: the sweep has the policies {', '.join(values.policies)}")
    kept = wanted or usual_needs(values, read, reference)
    return Robustness(
        values, tuple(read), tuple(kept), reference, regret_table(values, read), needs_table(values, kept),
        front_table(values, read, reference), worlds_table(values, read, kept), _boxes(values, kept),
    )  # fmt: skip


def _failures(values: SweepValues, needs: Sequence[Need]) -> dict[str, BoolArray]:
    """{"all" or the text of a need: (worlds, policies) whether it is missed}."""
    missed = ~needs_met(values, needs)
    return {ALL: missed.any(axis=0), **{need.text: one for need, one in zip(needs, missed, strict=True)}}


def _boxes(values: SweepValues, needs: Sequence[Need]) -> dict[str, dict[str, Box | None]]:
    if not can_find_boxes():
        return {}
    failed = _failures(values, needs)
    return {
        policy: {name: failure_box(values.uncertainties, one[:, at]) for name, one in failed.items()}
        for at, policy in enumerate(values.policies)
    }
