"""The types with which a lever's file declares what it is; each file uses them, and nothing else of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from abm.levers.instruments import Instruments
from abm.text_tables import title_of_key
from abm.values import Number

__all__ = [
    "SPENDING",
    "DisplayUnit",
    "Lever",
    "LeverFile",
    "LeverParameter",
    "Spending",
    "Strategy",
    "not_spending",
    "per_cent",
    "programme_cost",
]

HIGHEST_COST = 0.05  # share of GDP


class Strategy(Enum):
    """The strategy of policy to which a lever belongs; the value is its title. The first six are those of Wen 2024."""

    RESEARCH = "Research and innovation"
    TALENT = "Talent"
    RULES = "Policy and regulation"
    INTEGRATION = "Industrial integration and demonstration"
    DATA = "Data and infrastructure"
    COOPERATION = "International cooperation"
    SOCIAL_SECURITY = "Jobs and social security"
    ENVIRONMENT = "Environment"
    PUBLIC_FINANCE = "Taxes and public finance"
    ABROAD = "Measures of other countries"
    OTHER = "Other"


class DisplayUnit(NamedTuple):
    """How a number is shown to a planner: multiplied by ``factor``, followed by ``text``."""

    text: str
    factor: float = 1.0


def per_cent(of: str) -> DisplayUnit:
    """Shown as ``30 % of the integration cost`` for 0.3; ``of`` is what follows the sign, such as ``of GDP``."""
    return DisplayUnit(f"% {of}", 100.0)


class LeverParameter(NamedTuple):
    """One number that a planner can set.

    neutral       the baseline's value; lower and upper are the bounds, all in ``unit``; amounts in CNY are converted
                  for an economy with another currency (abroad.py)
    meaning       one sentence for the planner
    usual         the range that a planner is offered first, in ``unit``; a judgement unless ``source`` gives it
    step          the least change that is worth setting, in ``unit``
    display       how the number is shown
    acting        a word for the part of a value that acts, where only what lies above the neutral value does; such as
                  "paid" for a price that is free of charge up to the neutral one
    rests_at      the instrument whose value in an economy is the neutral value there; empty where it is the
                  same anywhere
    detail        whether a planner who sees a lever for the first time can leave it alone; never of the first parameter
    """

    name: str
    neutral: float
    lower: float
    upper: float
    unit: str
    meaning: str
    source: str
    usual: tuple[float, float]
    step: float
    display: DisplayUnit
    acting: str = ""
    rests_at: str = ""
    detail: bool = False

    @property
    def title(self) -> str:
        """Its name in words."""
        return title_of_key(self.name)

    @property
    def kind(self) -> Number:
        """What it can be set to."""
        return Number(self.lower, self.upper, self.unit)

    @property
    def farthest(self) -> float:
        """The bound that lies farthest from the neutral value: full strength."""
        return max(self.lower, self.upper, key=lambda bound: abs(bound - self.neutral))

    def shown(self, value: float) -> str:
        """A value as a planner reads it, to four digits: ``30 % of the integration cost``."""
        return f"{float(f'{self.display.factor * value:.4g}'):g} {self.display.text}"


class Spending(NamedTuple):
    """Whether a lever spends public money on purpose; ``reason`` says why not."""

    spends: bool
    reason: str = ""


SPENDING = Spending(True)


def not_spending(reason: str) -> Spending:
    """For a lever that works without a budget, such as a rule or a tax."""
    return Spending(False, reason)


class LeverFile(NamedTuple):
    """The file of a lever from outside the package: its absolute path, and the SHA-256 of what was read from it."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Lever:
    """One lever as its file declares it.

    documentation        the first sentence of the file
    documented_strength  {parameter: value}: what a government might do; empty where it does nothing by itself
    costs, revenue       flows of the ledger that exist for policies alone and that the lever pays or raises
    uncertain            {what: (low, high)}: on what the effect depends and nothing fixes; a parameter of the lever,
                         ``policy_effects.NAME``, which acts only where the lever does, or ``GROUP.NAME``, an assumption
                         that acts in the baseline too
    beside               {lever: setting} that must be in force for it to have something to act on
    file                 where it comes from; None for the levers of the package
    """

    name: str
    title: str
    strategy: Strategy
    summary: str
    documentation: str
    parameters: tuple[LeverParameter, ...]
    documented_strength: Mapping[str, float]
    spending: Spending
    set_instruments: Callable[..., None]
    costs: tuple[str, ...] = ()
    revenue: tuple[str, ...] = ()
    uncertain: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    file: LeverFile | None = None

    def parameter(self, name: str) -> LeverParameter | None:
        """The parameter of that name, None where there is none."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def apply(self, instruments: Instruments, values: Mapping[str, float]) -> None:
        """Set the instruments to what the values of the parameters mean; those not given are neutral.

        The instruments are as they are without the lever: what rests at one of them stays there.
        """
        neutral = {
            one.name: float(getattr(instruments, one.rests_at)) if one.rests_at else one.neutral
            for one in self.parameters
        }
        self.set_instruments(instruments, **{**neutral, **values})


def programme_cost(expected: float, source: str) -> LeverParameter:
    """The parameter ``cost``: what the state spends on a programme for each unit of its strength above the neutral."""
    return LeverParameter(
        name="cost",
        neutral=expected,
        lower=0.0,
        upper=HIGHEST_COST,
        unit="share of GDP per unit of strength",
        meaning="The state spends this on the programme for each unit of strength above the neutral one.",
        source=source,
        usual=(0.5 * expected, 2.0 * expected),
        step=float(f"{0.1 * expected:.4g}"),  # 3e-05, not 2.9999999999999997e-05
        display=per_cent("of GDP per unit of strength"),
        detail=True,
    )
