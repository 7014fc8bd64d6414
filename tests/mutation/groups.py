"""The parts of the economy that bugs are spread over, and the tests that guard them.

A function belongs to the first group that has a pattern for it: ``file pattern::function pattern`` below abm/, as the
shell writes them; one that begins with * looks in FOLDERS only. What belongs to none, such as random draws, recording
and the opening, gets no bugs.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

__all__ = ["GOLDEN", "GROUPS", "Group", "behaviour_tests", "files_of", "group_of"]


class Group(NamedTuple):
    """A part of the economy: where its functions are and words in the names of the tests that are run first for it."""

    name: str
    places: tuple[str, ...]
    words: tuple[str, ...]


FOLDERS = ("phases", "kernels", "economics")  # in which a pattern that begins with * looks
LEFT_OUT = (
    "compiling/*.py::*", "kernels/draws.py::*", "kernels/statistics.py::*", "population/kernels/*.py::*",
    "*::Ledger.received", "*::Ledger.paid", "*::matrix_text", "*::_cell",
)  # fmt: skip

GROUPS = (
    Group("policy costs", (
        "phases/policy_costs.py::*", "*::income_tax_rate", "*::income_for_all", "*::programmes_bought",
        "*::*subsidies_for_hires*", "*::trade_in_data", "*::compute_for_small_firms", "kernels/subsid*.py::*",
        "economics/*fund*.py::*", "economics/*tax*.py::*", "*::*policy_cost*",
    ), ("cost", "polic", "lever", "subsid")),
    Group("energy", (
        "phases/energy.py::*", "kernels/energy.py::*", "economics/carbon.py::*", "*::*co2*", "*::*carbon*",
        "*::*electric*",
    ), ("energy", "carbon")),
    Group("research", (
        "*::productivity_advances", "*::firms_choose_research", "kernels/productivity.py::*", "*::research_cycle",
        "*::sector_productivity_diverges", "*::*diverge*",
    ), ("research", "productivity")),
    Group("adoption", (
        "phases/artificial_intelligence.py::*", "kernels/adoption.py::*", "kernels/departments.py::*",
        "kernels/abilities.py::*", "kernels/technology.py::*", "economics/abilities.py::*", "economics/log_odds.py::*",
        "economics/tasks.py::*", "*::firms_organise_tasks",
    ), ("adoption", "departments", "artificial", "technology", "task")),
    Group("prices", (
        "*::firms_cost_inputs", "*::firms_set_prices", "kernels/prices.py::*", "*::goods_markets_clear",
        "kernels/markets.py::*", "*::firms_produce", "kernels/production.py::*",
    ), ("price", "pricing", "market", "goods", "production")),
    Group("investment", (
        "*::firms_plan*", "kernels/investment.py::*", "economics/bank*.py::*", "*::plan_firms", "*::order_compute",
    ), ("investment", "spending", "planning")),
    Group("competition", (
        "*::market_shares_shift", "kernels/competition.py::*", "*::firms_exit_and_enter",
    ), ("competition", "entry")),
    Group("money and expectations", (
        "phases/expectations.py::*", "phases/trends.py::*", "*::bank_settles", "economics/equity.py::*",
        "economics/interest.py::*", "economics/monetary*.py::*", "phases/public_spending.py::*", "*::foreigners_order",
    ), ("expectations", "money", "drift", "wealth", "equity", "public", "books")),
    Group("accounting", (
        "accounting.py::*", "phases/*settlement.py::*", "phases/books.py::*", "phases/government*.py::*",
        "kernels/accounts.py::*", "kernels/settlement.py::*",
    ), ("accounting", "ledger", "settlement", "books")),
    Group("households", (
        "phases/consumption.py::*", "kernels/consumption.py::*", "kernels/engel.py::*", "*::*benefit*",
    ), ("household", "consumption", "engel", "benefit", "wealth", "behaviour")),
    Group("demography", (
        "phases/people.py::*", "*::farmers_leave", "*::jobless_return_to_farms", "kernels/migration.py::*",
        "kernels/demography.py::*",
        "population/generations.py::*",
    ), ("demography", "estates", "generations", "migration", "participation", "behaviour")),
    Group("labour", (
        "phases/labour_market.py::*", "*::occupations_set_wages", "*::firms_pay_wages", "kernels/employment.py::*",
        "kernels/retraining.py::*", "kernels/wages.py::*", "kernels/matching.py::*", "kernels/search.py::*",
        "kernels/ordering.py::*",
    ), ("labour", "wages", "retraining", "matching", "employment", "support", "ordering")),
)  # fmt: skip

# Tests of behaviour, the quick ones first. Not among them: golden files, the twins, which run the same source twice,
# the same bits twice, and what does not run the economy.
QUICK = (
    "tests/kernels/test_naive*.py", "tests/kernels/test_technology.py",
    "tests/kernels/test_engel.py", "tests/kernels/test_ordering.py", "tests/unit/phases/test_*.py",
    "tests/unit/economics/test_*.py", "tests/unit/model/test_accounting.py", "tests/unit/levers/test_policy_costs.py",
)  # fmt: skip
WHOLE_MODEL = (
    "tests/invariants/test_metamorphic*.py", "tests/invariants/test_agent_ledger.py",
    "tests/invariants/test_estates.py", "tests/invariants/test_mechanisms.py", "tests/levers/test_lever_contract.py",
    "tests/unit/experiments/test_funding.py", "tests/unit/population/test_generations.py", "tests/theory/test_*.py",
    "tests/invariants/test_bounds.py", "tests/invariants/test_properties.py",
)  # fmt: skip
NOT_RUN = ("test_fit_recovery.py", "test_attribution.py")
GOLDEN = "tests/golden/test_golden.py"


def group_of(path: str, function: str) -> str | None:
    """The group of a function of abm, or None where it gets no bugs."""
    place = f"{path.removeprefix('abm/')}::{function}"
    if any(fnmatchcase(place, pattern) for pattern in LEFT_OUT):
        return None
    inside = path.startswith(tuple(f"abm/{folder}/" for folder in FOLDERS))
    for group in GROUPS:
        if any(fnmatchcase(place, pattern) for pattern in group.places if inside or not pattern.startswith("*")):
            return group.name
    return None


def files_of(root: Path) -> list[str]:
    """Python files below abm/ in which some function may belong to a group."""
    prefixes = {pattern.partition("::")[0] for group in GROUPS for pattern in group.places}
    found = sorted(path.relative_to(root).as_posix() for path in (root / "abm").rglob("*.py"))
    return [path for path in found if any(fnmatchcase(path.removeprefix("abm/"), prefix) for prefix in prefixes)]


def behaviour_tests(root: Path, group: str | None = None) -> tuple[list[str], list[str]]:
    """Quick and whole-model test files; those whose names have a word of the group come first within each."""
    words = next((one.words for one in GROUPS if one.name == group), ())

    def rank(path: str) -> bool:
        return not any(word in Path(path).name for word in words)

    def listed(patterns: tuple[str, ...]) -> list[str]:
        found = dict.fromkeys(
            path.relative_to(root).as_posix() for pattern in patterns for path in sorted(root.glob(pattern))
        )
        return sorted((path for path in found if Path(path).name not in NOT_RUN), key=rank)

    return listed(QUICK), listed(WHOLE_MODEL)
