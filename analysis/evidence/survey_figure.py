"""American surveys beside the model at a glance: the path of use, use by size, and the age gap in exposed work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from abm import ENGLISH, said, translated
from xinzhi.analysis.evidence.numbers import country_of_run
from xinzhi.analysis.evidence.published import COUNTRIES, Published, load_published
from xinzhi.analysis.evidence.text import opening_words
from xinzhi.analysis.figures.style import INK, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm import Evidence

__all__ = ["has_surveys", "survey_figure"]

MODEL, OTHER_READING = SCENARIO_COLOURS[0], SCENARIO_COLOURS[1]
PANEL, ROOM = (3.0, 2.5), Room(beside=0.35, above=0.75, left=0.55)
# {measurement: the middle of its quarter}; that of the opening is asked as the year begins.
QUARTERS = {
    "use_2023q3": 2023.7, "use_2024q1": 2024.05, "use_2024q4": 2024.95, "use_2025q1": 2025.125, "use_2025q2": 2025.375,
    "use_2025q3": 2025.625, "use_2025q4": 2025.875,
}  # fmt: skip
NARROW = ("us_use_2023", "us_use_2024", "us_use_2024q4", "us_use_2025q1", "us_use_2025q2")


class Gap(NamedTuple):
    """A row on the young: the published figure, with AI against without, and over time in the run itself."""

    words: str
    published: str
    paired: str
    over_time: str


GAPS = (
    Gap(said("22 to 24, exposed fifth"), "us_young_census", "young_in_exposed", "young_in_exposed_change"),
    Gap(said("22 to 25, beside others"), "us_young_payroll", "young_beside_others", "young_beside_others_change"),
    Gap(
        said("35 to 49, beside others"),
        "us_middle_aged",
        "middle_aged_beside_others",
        "middle_aged_beside_others_change",
    ),
)


def has_surveys(evidence: Evidence) -> bool:
    """Whether the economy is one whose surveys are on record by quarter and size."""
    return country_of_run(evidence) == COUNTRIES["USA"]


def survey_figure(evidence: Evidence, language: str = ENGLISH) -> Figure:
    """Three panels; black is what was published."""
    footer = [
        said(
            "Bars and bands: 90 % confidence interval of the model's mean; black bars: published range. The wide "
            "question asks for AI in any business function, the narrow one in producing goods or services; the two are "
            "not one series. Firms of 250 persons need runs with 40,000 simulated adults."
        ),
        opening_words(evidence, language),
    ]
    key = [
        (said("published"), INK), (said("model"), MODEL),
        (said("model: one department of the firm; change over time"), OTHER_READING),
    ]  # fmt: skip
    figure, axes = new_figure(
        1, 3, PANEL, said("AI in the United States: what surveys and payrolls show, and what the model gives"),
        said("Use as it spread, use by size of firm, and jobs by age in the work most exposed to AI"), footer, ROOM,
        key, language,
    )  # fmt: skip
    figures = {one.code: one for one in load_published()}
    _path(axes[0], evidence, figures, language)
    _sizes(axes[1], evidence, figures, language)
    _ages(axes[2], evidence, figures, language)
    return figure


def _path(axes: Axes, evidence: Evidence, figures: dict[str, Published], language: str) -> None:
    dress(axes, said("Firms that use AI"), said("per cent, narrow question"))
    found = {QUARTERS[name]: _mean(evidence, name) for name in QUARTERS}
    known = [(time, one) for time, one in found.items() if one]
    if known:
        times = [time for time, _ in known]
        axes.plot(times, [one.mean for _, one in known], color=MODEL, linewidth=1.8)
        low, high = ([getattr(one, end) for _, one in known] for end in ("low", "high"))
        axes.fill_between(times, low, high, color=MODEL, alpha=0.25, linewidth=0)
    for code in NARROW:
        axes.plot(QUARTERS[figures[code].measured_by], figures[code].value, "o", color=INK, markersize=5)
    wide = figures["us_use_wide"]
    axes.plot(2025.92, wide.value, "D", color=INK, markerfacecolor="white", markersize=5)
    _note(axes, said("wide question"), 2025.86, wide.value, "right", language)
    axes.set_xlim(2023.5, 2026.05)
    axes.set_ylim(0.0, 1.12 * wide.value)
    axes.set_xticks([2024, 2025, 2026])


def _sizes(axes: Axes, evidence: Evidence, figures: dict[str, Published], language: str) -> None:
    dress(axes, said("Use by size of firm"), said("per cent, narrow question, September 2025"))
    highest = 0.0
    for place, (size, code) in enumerate((("1_4", "us_use_1_4"), ("250", "us_use_250"))):
        one = figures[code]
        axes.plot([place - 0.2] * 2, [one.low or one.value, one.high or one.value], color=INK, linewidth=2.5)
        axes.plot(place - 0.2, one.value, "o", color=INK, markersize=5)
        for shift, name, colour in ((0.0, "use", MODEL), (0.2, "department", OTHER_READING)):
            found = _mean(evidence, f"{name}_{size}_2025q3")
            if found:
                axes.plot([place + shift] * 2, [found.low, found.high], color=colour, linewidth=1.8)
                axes.plot(place + shift, found.mean, "o", color=colour, markersize=5)
                highest = max(highest, found.mean, found.high if np.isfinite(found.high) else 0.0)
            elif not shift:
                _note(axes, said("no such firm in these runs"), place + 0.05, one.value * 0.8, "center", language)
    axes.set_xlim(-0.6, 1.6)
    axes.set_ylim(0.0, max(16.0, 1.1 * highest))
    axes.set_xticks([0, 1], [translated(name, language) for name in (said("1-4 persons"), said("250 and more"))])


def _ages(axes: Axes, evidence: Evidence, figures: dict[str, Published], language: str) -> None:
    dress(axes, said("Jobs in exposed work, by age"), said("per cent, ten quarters; blue: with AI against without"))
    for place, gap in enumerate(GAPS):
        one = figures[gap.published]
        if one.low is not None and one.high is not None:
            axes.plot([place - 0.22] * 2, [one.low, one.high], color=INK, linewidth=2.5)
        axes.plot(place - 0.22, one.value, "o", color=INK, markersize=5)
        for shift, name, colour in ((0.0, gap.paired, MODEL), (0.22, gap.over_time, OTHER_READING)):
            found = _mean(evidence, name)
            if found:
                axes.plot([place + shift] * 2, [found.low, found.high], color=colour, linewidth=1.8)
                axes.plot(place + shift, found.mean, "o", color=colour, markersize=5)
    axes.axhline(0.0, color=SOFT_INK, linewidth=0.8)
    axes.set_xlim(-0.6, 2.6)
    axes.set_xticks(range(3), [_in_lines(translated(gap.words, language)) for gap in GAPS], fontsize=7.5)


def _in_lines(words: str) -> str:
    return words.replace(", ", ",\n").replace("，", "，\n")


def _mean(evidence: Evidence, name: str) -> Difference | None:
    return mean_of_pairs(100.0 * evidence.values[name])


def _note(axes: Axes, words: str, x: float, y: float, side: str, language: str) -> None:
    axes.annotate(
        translated(words, language), xy=(x, y), xytext=(-2.0, 0.0), textcoords="offset points", ha=side, va="center",
        fontsize=8.0, color=SOFT_INK,
    )  # fmt: skip
