"""The parts of an economy that can be another's: which tables, figures and parameters belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from abm.languages import said
from abm.parameters import describe_parameters

__all__ = ["ALL", "ALL_TITLE", "BLOCKS", "REST", "Block", "parameters_of"]


@dataclass(frozen=True)
class Block:
    """Whole files, groups or keys of parameters, columns of sectors.csv and rows of macro.csv.

    ``ages``: adults by age and those who come of age. ``production``: what sectors make, buy and earn, their jobs, and
    what each final use consists of. ``uses``: how large consumption, investment and trade are, and taxes on sectors.
    ``energy``: emissions and electricity by what is produced. No block has the price of allowances, from which a carbon
    price counts: with another one the policy would be another.
    """

    title: str
    files: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    ages: bool = False
    production: bool = False
    uses: bool = False
    energy: bool = False


BLOCKS: dict[str, Block] = {
    "production": Block(
        said("sectors and their inputs"), files=("input_drift.csv",), production=True,
        parameters=(
            "structural_change.", "labour.employment_shrinkage", "government.public_investment",
            "households.residential_investment",
        ),
        figures=("agriculture_employment_share", "urban_population_share_table"),
    ),
    "staffing": Block(
        said("occupations and staffing"), files=("occupations.csv", "staffing.csv", "similarity.csv")
    ),
    "ages": Block(
        said("ages and retirement"), ages=True,
        parameters=("demography.", "labour.retirement_age", "labour.participation"),
    ),
    "safety_net": Block(
        said("benefits and pensions"),
        parameters=(
            "households.benefit_", "households.insured_share", "households.pension_", "households.assistance",
            "labour.search_norm",
        ),
        figures=("pension_share",),
    ),
    "energy": Block(said("energy and its prices"), energy=True, parameters=("energy.",)),
    "adoption": Block(
        said("use of AI and size of firms"), parameters=("adoption.",),
        columns=("relative_adoption", "mean_firm_size", "black_box_weight", "rd_intensity"),
    ),
    "growth": Block(said("trends of growth"), parameters=("growth.trend", "growth.half_life", "growth.expected")),
    "rest": Block(
        said("all else (saving, taxes, debt, wages)"), uses=True, columns=("roles", "owner"),
        figures=(
            "foreign_position_ratio", "foreign_income_ratio",
            "public_debt_ratio", "deficit_target_share", "social_contributions_share", "corporate_tax_share",
            "income_tax_share", "unemployment_rate", "gini_disposable_income", "consumer_price_inflation",
            "hours_per_week",
        ),
    ),
}  # fmt: skip
REST = "rest"  # has every parameter that no other block has
ALL = "all_blocks"  # but REST, which makes the economy the other one
ALL_TITLE = said("all of these together")


def parameters_of(names: Sequence[str]) -> set[str]:
    """The dotted keys of all parameters of the named blocks."""
    keys = {one.key for one in describe_parameters()}
    claimed = tuple(key for name, block in BLOCKS.items() if name != REST for key in block.parameters)
    chosen = tuple(key for name in names for key in BLOCKS[name].parameters)
    found = {key for key in keys if chosen and key.startswith(chosen)}
    return found | ({key for key in keys if not key.startswith(claimed)} if REST in names else set())
