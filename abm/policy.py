"""Every policy instrument that a phase may read, declared once with its neutral value, which is the baseline's.

A lever sets instruments; a phase reads them; neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

__all__ = ["INSTRUMENTS", "Instrument", "Policy"]


@dataclass(frozen=True)
class Instrument:
    """What is known of one instrument."""

    name: str
    neutral: float
    unit: str
    meaning: str


def instrument(neutral: float, unit: str, meaning: str):
    return field(default=neutral, metadata={"unit": unit, "meaning": meaning})


@dataclass
class Policy:
    """The instruments in force in one quarter; ``Policy()`` is the baseline."""

    carbon_price: float = instrument(90.0, "CNY per tonne", "price of carbon dioxide; the neutral one is that of the emissions trading scheme, whose allowances are free")
    retraining_capacity: float = instrument(0.002, "share of the labour force per quarter", "places in public retraining")
    basic_income: float = instrument(0.0, "share of the mean wage", "payment to every adult each quarter")
    adoption_subsidy: float = instrument(0.0, "share of the integration cost", "subsidy to every adopter")
    small_firm_subsidy: float = instrument(0.0, "share of the integration cost", "subsidy to adopters with fewer than ten workers")
    compute_voucher: float = instrument(0.0, "share of AI spending", "part of running AI services that the state pays")
    ai_tax: float = instrument(0.0, "share of AI spending", "tax on AI services")
    data_openness: float = instrument(0.1, "0 to 1", "part of the sector's data that every firm can use")
    research_credit: float = instrument(0.0, "share of research spending", "tax credit on business research, paid out")
    research_grants: float = instrument(0.0, "share of GDP", "public basic research, bought from BUS")
    international_cooperation: float = instrument(1.0, "index", "exchange with the world's algorithm frontier")
    regulatory_clarity: float = instrument(0.0, "log odds of adoption", "clear rules for AI")
    fairness_enforcement: float = instrument(0.3, "0 to 1", "part of screening bias that is prevented")
    data_security: float = instrument(0.3, "0 to 1", "part of data breaches that is prevented")
    education: float = instrument(1.0, "index", "AI literacy and skills of young entrants")


INSTRUMENTS = tuple(
    Instrument(item.name, item.default, item.metadata["unit"], item.metadata["meaning"]) for item in fields(Policy)
)
