"""Every policy instrument that a phase may read, declared once with its neutral value, which is the baseline's.

An instrument is a number, or {code: number} for sectors or regions, where those that it does not name are neutral.

A lever sets instruments; a phase reads them; neither knows the other. This module imports no lever, so that phases may
read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from abm.arrays import Floats
from abm.compiling.tables import Viewed
from abm.data import load_tables

__all__ = ["EVERYWHERE", "INSTRUMENTS", "Instrument", "Instruments", "by_code"]

EVERYWHERE = "*"  # the code of all that are not named


@dataclass(frozen=True)
class Instrument:
    """What is known of one instrument."""

    name: str
    neutral: float | Mapping[str, float]
    unit: str
    meaning: str


def instrument(neutral: float | Mapping[str, float], unit: str, meaning: str) -> Any:
    """The field of one instrument, with its unit and meaning beside the neutral value."""
    about = {"unit": unit, "meaning": meaning}
    return field(default=neutral, metadata=about) if isinstance(neutral, float) else field(default_factory=dict, metadata=about)


@dataclass
class Instruments(Viewed):
    """The instruments in force in one quarter; ``Instruments()`` is the baseline."""

    carbon_price: float = instrument(load_tables().allowance_price, "CNY per tonne", "price of carbon dioxide; the neutral one is that of the emissions trading scheme, whose allowances are free")
    carbon_dividend: float = instrument(0.0, "share of carbon revenue", "revenue of the last quarter paid to every adult alike")
    carbon_tax_cut: float = instrument(0.0, "share of carbon revenue", "revenue of the last quarter by which the income tax is lowered")
    carbon_green: float = instrument(0.0, "share of carbon revenue", "revenue of the last quarter spent on clean power")
    grid_investment: float = instrument(0.0, "share of GDP", "public investment in clean power beyond the trend")
    public_investment: float = instrument(0.0, "share of GDP", "public investment in general infrastructure beyond the needs")
    retraining_capacity: float = instrument(0.002, "share of the labour force per quarter", "places in public retraining")
    retraining_length: float = instrument(1.0, "factor", "length of retraining courses against today's")
    retraining_stipend: float = instrument(1.0, "factor", "stipends of trainees against today's")
    retraining_targeting: float = instrument(0.0, "0 to 1", "how far places go first to those whose tasks AI can do")
    hiring_subsidy: float = instrument(0.0, "share of the wage of two quarters", "paid to firms that hire who was jobless for a year")
    basic_income: float = instrument(0.0, "share of the mean wage", "payment to every adult each quarter")
    benefit_rate: float = instrument(1.0, "factor", "unemployment benefit against today's")
    benefit_coverage: float = instrument(1.0, "factor", "insured unemployed against today's")
    benefit_duration: float = instrument(1.0, "factor", "longest unemployment benefit against today's")
    later_retirement: float = instrument(0.0, "years", "age of retirement above the law's path")
    pension_level: float = instrument(1.0, "factor", "pensions against today's rule")
    top_tax_step: float = instrument(0.6, "share", "rise of the income-tax rate in the top bracket")
    debt_brake: float = instrument(1.0, "factor", "response of taxes and spending to debt against today's")
    surcharge: float = instrument(0.0, "share of the cost of policies", "what the income tax of the next quarter has to raise")
    spending_cut: float = instrument(0.0, "share of the cost of policies", "what public consumption of the next quarter has to save")
    adoption_subsidy: float = instrument(0.0, "share of the integration cost", "subsidy to every adopter")
    process_subsidy: float = instrument(0.0, "share of the integration cost", "further subsidy to adopters in pure process industries")
    sector_subsidy: Mapping[str, float] = instrument({}, "share of the integration cost, by sector", "further subsidy to adopters of single sectors")
    zone_subsidy: Mapping[str, float] = instrument({}, "share of the integration cost, by region", "further subsidy to adopters in pure process industries inside demonstration zones")
    zone_clarity: Mapping[str, float] = instrument({}, "log odds of adoption, by region", "clear rules at once in pure process industries inside demonstration zones")
    small_firm_subsidy: float = instrument(0.0, "share of the integration cost", "further subsidy to adopters with less than firms.small_staff workers")
    compute_voucher: float = instrument(0.0, "share of AI spending", "part of running AI services that the state pays")
    public_compute: float = instrument(0.0, "share of GDP", "compute that the state buys and gives to small firms")
    ai_procurement: float = instrument(0.0, "share of GDP", "AI services that the state buys for its own use")
    ai_tax: float = instrument(0.0, "share of AI spending", "tax on AI services")
    compliance_cost: float = instrument(0.0, "share of AI spending", "services bought to comply with rules for AI, more than today")
    data_openness: float = instrument(0.1, "0 to 1", "part of the sector's data that every firm can use")
    data_market: float = instrument(0.0, "0 to 1", "further part of the sector's data that adopters use and pay for")
    investment_deduction: float = instrument(0.0, "share of investment", "fixed investment that lowers the profit which is taxed")
    research_credit: float = instrument(0.0, "share of research spending", "tax credit on business research, paid out")
    research_grants: float = instrument(0.0, "share of GDP", "public basic research beyond today's, bought from business services")
    ip_protection: float = instrument(0.0, "0 to 1", "protection of findings beyond today's")
    international_cooperation: float = instrument(1.0, "index", "exchange with the world's algorithm frontier")
    export_controls: float = instrument(0.0, "0 to 1", "part of foreign progress in compute that is withheld")
    regulatory_clarity: float = instrument(0.0, "log odds of adoption", "clear rules for AI, once they are in force everywhere")
    regulation_lag: float = instrument(12.0, "quarters", "time in which rules are written and learned")
    explanation: float = instrument(0.0, "share", "black-box distrust that is overcome")
    fairness_enforcement: float = instrument(0.3, "0 to 1", "part of screening bias that is prevented")
    data_security: float = instrument(0.3, "0 to 1", "part of data breaches that is prevented")
    education: float = instrument(1.0, "index", "AI literacy and skills of young entrants")
    ai_literacy: float = instrument(0.0, "0 to 1", "strength of joint courses of firms and schools")
    programme_spending: float = instrument(0.0, "share of GDP", "administration and programmes of all policies, bought from the sectors of these roles")
    teaching_spending: float = instrument(0.0, "share of GDP", "teaching beyond today's, bought from the sector that teaches")

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self.__dataclass_fields__:
            raise AttributeError(f"no instrument '{name}'")
        super().__setattr__(name, value)


def by_code(setting: Mapping[str, float], codes: Sequence[str]) -> Floats:
    """An instrument of sectors or regions as an array in the order of their codes."""
    if not setting:
        return np.zeros(len(codes))
    return np.array([setting.get(code, setting.get(EVERYWHERE, 0.0)) for code in codes])


INSTRUMENTS = tuple(
    Instrument(item.name, getattr(Instruments(), item.name), item.metadata["unit"], item.metadata["meaning"])
    for item in fields(Instruments)
)
