"""How each variable, sector and occupation is shown to a reader: its title, its unit in words, its precision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from abm import JUDGED_BY
from xinzhi.analysis.reading.panel import QuarterPanel
from xinzhi.analysis.reading.text import words_of

if TYPE_CHECKING:
    from abm import Display

__all__ = ["DISPLAYS", "HEADLINE", "axis_display", "display_of", "group_title", "headline_of"]

HEADLINE = JUDGED_BY  # what is read first, and together, in every comparison


def headline_of(panels: Iterable[QuarterPanel]) -> tuple[str, ...]:
    """What is read first of these scenarios: what every comparison is judged by, then what answers their questions."""
    own = [name for panel in panels for name in panel.measured_by if panel.has(name)]
    return tuple(dict.fromkeys((*HEADLINE, *own)))


class _Declared(Mapping[str, "Display"]):
    """How every variable is shown: the recorded ones as they are declared, and the ratios that are made of them here.

    The declarations are read when they are first asked for, so that importing this module stays fast.
    """

    def __getitem__(self, variable: str) -> Display:
        return _known()[variable]

    def __iter__(self) -> Iterator[str]:
        return iter(_known())

    def __len__(self) -> int:
        return len(_known())


DISPLAYS: Mapping[str, Display] = _Declared()


@cache
def _known() -> dict[str, Display]:
    from abm import OUTCOMES, Display, as_per_cent, said

    derived = {
        "carbon_dioxide_per_gdp": Display(
            said("CO2 per unit of real GDP"), "tonnes per million CNY", 1.0, 0, from_zero=True
        ),
        "electricity_per_gdp": Display(
            said("Electricity per unit of real GDP"), said("terawatt hours per trillion CNY"), decimals=0
        ),
        "ai_electricity_share": as_per_cent(said("Share of AI in electricity use"), "per cent", from_zero=True),
        "consumption_ratio": as_per_cent(said("Household consumption over GDP"), "per cent of GDP", span=10.0),
        "investment_ratio": as_per_cent(said("Investment over GDP"), "per cent of GDP", span=10.0),
        "government_consumption_ratio": as_per_cent(
            said("Government consumption over GDP"), "per cent of GDP", span=6.0
        ),
    }
    return {outcome.name: outcome.display for outcome in OUTCOMES} | derived


def axis_display(decimals: int, span: float = 0.0, factor: float = 1.0, from_zero: bool = False) -> Display:
    """How an axis behaves that needs no title: what is drawn is made here and not recorded."""
    from abm import Display

    return Display("", factor=factor, decimals=decimals, from_zero=from_zero, span=span)


TENTHS = ("Poorest", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Richest")
DECILE_TITLES = {f"decile_{number}": f"{word} tenth" for number, word in enumerate(TENTHS, start=1)}
SIZE_TITLES = {
    "micro_1_9": "1 to 9 persons",
    "small_10_49": "10 to 49 persons",
    "medium_50_249": "50 to 249 persons",
    "large_250_plus": "250 persons or more",
}
SCREENED_TITLES = {"screened_group": "Group that screening may reject", "all_others": "All others"}
GROUP_TITLES = {**DECILE_TITLES, **SIZE_TITLES, **SCREENED_TITLES}


def display_of(panel: QuarterPanel, variable: str) -> Display:
    """How to show a variable: its unit in words, flows by the year or the quarter as the panel has them."""
    from abm import in_currency, of_a_year

    known = DISPLAYS.get(variable) or replace(axis_display(1), title=words_of(variable))
    shown = of_a_year(known, panel.unit(variable), panel.opening_year, panel.period)
    return replace(shown, unit=in_currency(shown.unit, panel.economy))


def group_title(group: str) -> str:
    """A sector code, an occupation, a region, a tenth of incomes or a size of firms in plain words."""
    from abm import group_titles

    return GROUP_TITLES.get(group) or group_titles().get(group) or words_of(group)
